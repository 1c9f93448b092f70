import { z } from 'zod'
import {
  ConsentRecordSchema,
  CustomerAnswerSchema,
  CustomerItemSchema,
} from '#protocol/customer-answers.ts'
import { CustomerChangeSchema, CustomerSchema } from '#protocol/customers.ts'
import { describeImports } from '../catalog/service.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageOf, pageQuery } from '../core/api/fields.ts'

const topic = 'Customers'
const ofCustomer = { customerId: idOf('a customer') }
const params = { customerId: '$CUSTOMER_ID' }

const MOST_LISTED = 100
const CustomerQuerySchema = pageQuery(MOST_LISTED).extend({
  search: z
    .string()
    .optional()
    .describe('How a name begins, or a whole e-mail address, phone number or user id'),
  userId: z
    .string()
    .optional()
    .describe('The shop’s own id: answers that customer alone, with the newest orders'),
})

export const describedDirectory = {
  list: {
    name: 'listCustomers',
    topic,
    summary: 'The shop’s customers, or the one that it calls so',
    text: 'In the order in which they came. With userId the answer is no list, and there may be none.',
    query: CustomerQuerySchema,
    answer: { status: 200, schema: z.union([pageOf(CustomerItemSchema), CustomerAnswerSchema]) },
    refusals: ['not_found'],
    example: { query: { search: 'ana' } },
  },
  put: {
    name: 'putCustomer',
    topic,
    summary: 'Keeps what is told of a customer, who is made where there is none',
    text: 'Traits that are not told stay; null takes one back. A customer that a server tells of is verified.',
    body: { schema: CustomerSchema },
    answer: { status: 200, schema: CustomerAnswerSchema },
    example: {
      body: { userId: 'ana-42', traits: { firstName: 'Ana', email: 'ana@shop.example' } },
      gives: { CUSTOMER_ID: 'id' },
    },
  },
  change: {
    name: 'changeCustomer',
    topic,
    summary: 'Changes traits of a customer, and notes what was agreed to',
    text: 'Consents are added to what was said before; the newest of a purpose and channel holds.',
    params: ofCustomer,
    body: { schema: CustomerChangeSchema },
    answer: { status: 200, schema: CustomerAnswerSchema },
    example: {
      params,
      body: {
        traits: { city: 'Bogotá' },
        consents: [{ purpose: 'marketing', channel: 'email', isGranted: true, note: 'By phone' }],
      },
    },
  },
  consents: {
    name: 'listCustomerConsents',
    topic,
    summary: 'All that was agreed to or refused, the newest first',
    params: ofCustomer,
    answer: { status: 200, schema: z.object({ items: z.array(ConsentRecordSchema) }) },
    example: { params },
  },
} as const satisfies Record<string, RouteDescription>

export const describedCustomerImports = describeImports({
  topic,
  one: 'Customer',
  many: 'customers',
  file: 'id;e-mail;name\nluis-7;luis@shop.example;Luis\neva-8;eva@shop.example;Eva\n',
  fields: { userId: 'id', email: 'e-mail', firstName: 'name' },
  givenId: 'CUSTOMER_IMPORT_ID',
})
