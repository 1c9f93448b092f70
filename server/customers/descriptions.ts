import { z } from 'zod'
import {
  ContactListSchema,
  CustomerAnswerSchema,
  ListImportSchema,
  ListMemberSchema,
} from '#protocol/customer-answers.ts'
import {
  ListChangeSchema,
  ListSchema,
  MergeSchema,
  StartImportSchema,
} from '#protocol/customers.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { Cursor, idOf, pageOf } from '../core/api/fields.ts'

const topic = 'Customers'
const ofLists = 'Contact lists'
const ofList = { listId: idOf('a contact list') }
const ofImport = { importId: idOf('an import') }

export const describedCustomers = {
  read: {
    name: 'readCustomer',
    topic,
    summary: 'A customer with the newest orders',
    text: 'An id that was merged into another answers that other.',
    params: { customerId: idOf('a customer') },
    answer: { status: 200, schema: CustomerAnswerSchema },
    example: { params: { customerId: '$CUSTOMER_ID' } },
  },
  merge: {
    name: 'mergeCustomers',
    topic,
    summary: 'Makes one customer of two, and answers the one that is left',
    text: 'Sums add, the first touch is the earliest, the newest trait wins. It cannot be undone.',
    body: { schema: MergeSchema },
    answer: { status: 200, schema: CustomerAnswerSchema },
    refusals: ['not_found'],
    example: { body: { from: { userId: 'ana-old' }, into: { userId: 'ana-42' } } },
  },
  listLists: {
    name: 'listContactLists',
    topic: ofLists,
    summary: 'All contact lists of the shop',
    answer: { status: 200, schema: pageOf(ContactListSchema) },
    example: {},
  },
  createList: {
    name: 'createContactList',
    topic: ofLists,
    summary: 'The list of that name, made where there is none',
    body: { schema: ListSchema },
    answer: { status: 200, schema: ContactListSchema },
    refusals: ['conflict'],
    example: { body: { name: 'Newsletter' }, gives: { LIST_ID: 'id' } },
  },
  members: {
    name: 'listContactListMembers',
    topic: ofLists,
    summary: 'The addresses in a list, and whose they are now',
    params: ofList,
    query: z.object({ cursor: Cursor }),
    answer: { status: 200, schema: pageOf(ListMemberSchema) },
    example: { params: { listId: '$LIST_ID' } },
  },
  changeMembers: {
    name: 'changeContactListMembers',
    topic: ofLists,
    summary: 'Adds and removes addresses, at most a thousand of each; all of them or none',
    params: ofList,
    body: { schema: ListChangeSchema },
    answer: { status: 204 },
    example: {
      params: { listId: '$LIST_ID' },
      body: { add: [{ kind: 'email', value: 'ana@shop.example' }], remove: [] },
    },
  },
  upload: {
    name: 'uploadContactListImport',
    topic: ofLists,
    summary: 'Uploads a CSV file of at most 20 MB; nothing is in the list yet',
    text: 'The answer tells the columns, the first lines and a guess of which column is what.',
    params: ofList,
    body: { type: 'text/csv' },
    answer: { status: 201, schema: ListImportSchema },
    refusals: ['conflict', 'too_large'],
    example: {
      params: { listId: '$LIST_ID' },
      body: 'E-mail;Name\nana@shop.example;Ana\nluis@shop.example;Luis\n',
      gives: { IMPORT_ID: 'id' },
    },
  },
  readImport: {
    name: 'readImport',
    topic: ofLists,
    summary: 'How far an import has come, and which lines were left out',
    params: ofImport,
    answer: { status: 200, schema: ListImportSchema },
    example: { params: { importId: '$IMPORT_ID' } },
  },
  startImport: {
    name: 'startImport',
    topic: ofLists,
    summary: 'Begins to read an uploaded file; goes on after the answer',
    params: ofImport,
    body: { schema: StartImportSchema },
    answer: { status: 200, schema: ListImportSchema },
    refusals: ['conflict'],
    example: { params: { importId: '$IMPORT_ID' }, body: { mapping: { email: 'E-mail' } } },
  },
} as const satisfies Record<string, RouteDescription>
