import { z } from 'zod'
import { PEOPLE_ORDERS, TIME_ORDERS } from '#protocol/lists.ts'
import {
  MAX_CONDITION_CHARS,
  PersonPageSchema,
  PersonSchema,
  TrailEventSchema,
} from '#protocol/people.ts'
import { SavedViewSchema, VIEW_LISTS, ViewSchema } from '#protocol/views.ts'
import { ProductFilters } from '../catalog/service.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageOf, pageQuery } from '../core/api/fields.ts'

const topic = 'People'
const ofFiles = 'Files'
const MOST_LISTED = 100
const EXAMPLE_VISITOR = 'RXhhbXBsZVZpc2l0b3IwMA'
const NEW_VISITOR = '{"kind":"visitor","is":"new"}'

const peopleFilters = {
  search: z
    .string()
    .min(2)
    .max(200)
    .optional()
    .describe('How a name begins, or a whole e-mail address, phone number or user id'),
  condition: z
    .string()
    .max(MAX_CONDITION_CHARS)
    .optional()
    .describe('A condition as JSON, as audiences have it: only those who fulfil it now'),
}
const customersOrder = z.enum(TIME_ORDERS).default('newest').describe('By when they came')
const visitorsOrder = z
  .enum(PEOPLE_ORDERS)
  .default('active')
  .describe('By who was seen last, or by when they came')

export const VisitorFilters = z.object({ ...peopleFilters, order: visitorsOrder })
export const CustomerFilters = z.object({ ...peopleFilters, order: customersOrder })
export const VisitorsQuery = pageQuery(MOST_LISTED).extend(VisitorFilters.shape)
export const CustomersQuery = pageQuery(MOST_LISTED).extend(CustomerFilters.shape)
export const TrailQuery = pageQuery(MOST_LISTED)
export const ViewsQuery = z.object({
  list: z.enum(VIEW_LISTS).optional().describe('Only of this list'),
})
const bounded =
  'With a condition, people are looked at one by one, for a moment: a page may have fewer than asked for, or none, and yet a next one. lookedAt says how many it has seen. An operator names whom they look for.'
const csv = { status: 200, type: 'text/csv' } as const
const fileText =
  'All of the list in UTF-8, as narrowed by the query. Texts that a spreadsheet would take for a formula are led by an apostrophe. The audit log keeps who took it.'
const json = { status: 200, type: 'application/json' } as const

const visitor = { visitorId: idOf('a visitor') }
const customer = { customerId: idOf('a customer') }
const exampleVisitor = { params: { visitorId: EXAMPLE_VISITOR } }
const exampleCustomer = { params: { customerId: '$CUSTOMER_ID' } }

export const describedPeople = {
  visitors: {
    name: 'listVisitorProfiles',
    topic,
    summary: 'Visitors with what is known of them, by what they did',
    text: bounded,
    query: VisitorsQuery,
    answer: { status: 200, schema: PersonPageSchema },
    example: { query: { search: 'ana', condition: NEW_VISITOR, limit: '10' } },
  },
  customers: {
    name: 'listCustomerProfiles',
    topic,
    summary: 'Customers with what is known of them over all their visitors',
    text: bounded,
    query: CustomersQuery,
    answer: { status: 200, schema: PersonPageSchema },
    example: { query: { search: 'ana', limit: '10' } },
  },
  visitor: {
    name: 'readVisitorProfile',
    topic,
    summary: 'All that is known of one visitor',
    text: 'One that was joined to another is answered as that other.',
    params: visitor,
    answer: { status: 200, schema: PersonSchema },
    example: exampleVisitor,
  },
  customer: {
    name: 'readCustomerProfile',
    topic,
    summary: 'All that is known of one customer, over all their visitors',
    text: 'One that was merged into another is answered as that other.',
    params: customer,
    answer: { status: 200, schema: PersonSchema },
    example: exampleCustomer,
  },
  visitorTrail: {
    name: 'readVisitorTrail',
    topic,
    summary: 'What a visitor did, the newest first, each with its session',
    params: visitor,
    query: TrailQuery,
    answer: { status: 200, schema: pageOf(TrailEventSchema) },
    example: { ...exampleVisitor, query: { limit: '10' } },
  },
  customerTrail: {
    name: 'readCustomerTrail',
    topic,
    summary: 'What a customer did in all their browsers, the newest first',
    params: customer,
    query: TrailQuery,
    answer: { status: 200, schema: pageOf(TrailEventSchema) },
    example: { ...exampleCustomer, query: { limit: '10' } },
  },
  visitorExport: {
    name: 'exportVisitor',
    topic,
    summary: 'All that is stored of one visitor, as JSON',
    text: 'The audit log keeps who took it. Needs a sign-in of the last minutes.',
    params: visitor,
    answer: json,
    refusals: ['sign_in_again'],
    example: exampleVisitor,
  },
  customerExport: {
    name: 'exportCustomer',
    topic,
    summary: 'All that is stored of one customer, as JSON',
    text: 'The audit log keeps who took it. Needs a sign-in of the last minutes.',
    params: customer,
    answer: json,
    refusals: ['sign_in_again'],
    example: exampleCustomer,
  },
  eraseVisitor: {
    name: 'eraseVisitor',
    topic,
    summary: 'Erases a visitor and all that it did, in the background',
    text: 'One that is a customer is erased with the customer. Orders stay, without a person. Needs a sign-in of the last minutes.',
    params: visitor,
    answer: { status: 204 },
    refusals: ['conflict', 'sign_in_again'],
    example: { params: { visitorId: EXAMPLE_VISITOR }, isShownOnly: true },
  },
  eraseCustomer: {
    name: 'eraseCustomer',
    topic,
    summary: 'Erases a customer and all their visitors, in the background',
    text: 'Orders stay, without a person. It cannot be undone. Needs a sign-in of the last minutes.',
    params: customer,
    answer: { status: 204 },
    refusals: ['sign_in_again'],
    example: { params: { customerId: '$CUSTOMER_ID' }, isShownOnly: true },
  },
  visitorsFile: {
    name: 'visitorsFile',
    topic: ofFiles,
    summary: 'The list of visitors as CSV',
    text: fileText,
    query: VisitorFilters,
    answer: csv,
    refusals: ['too_many_requests'],
    example: {},
  },
  customersFile: {
    name: 'customersFile',
    topic: ofFiles,
    summary: 'The list of customers as CSV',
    text: fileText,
    query: CustomerFilters,
    answer: csv,
    refusals: ['too_many_requests'],
    example: { query: { order: 'oldest' } },
  },
  ordersFile: {
    name: 'ordersFile',
    topic: ofFiles,
    summary: 'The list of orders as CSV',
    text: fileText,
    answer: csv,
    refusals: ['too_many_requests'],
    example: {},
  },
  productsFile: {
    name: 'productsFile',
    topic: ofFiles,
    summary: 'The list of products as CSV',
    text: `${fileText} With search only what fits best.`,
    query: ProductFilters,
    answer: csv,
    refusals: ['too_many_requests'],
    example: {},
  },
  views: {
    name: 'listSavedViews',
    topic,
    summary: 'Views of lists that the shop’s members saved, by name',
    query: ViewsQuery,
    answer: { status: 200, schema: pageOf(SavedViewSchema) },
    example: { query: { list: 'customers' } },
  },
  saveView: {
    name: 'saveView',
    topic,
    summary: 'Saves a view of a list under a name of its own',
    body: { schema: ViewSchema },
    answer: { status: 201, schema: SavedViewSchema },
    refusals: ['conflict'],
    example: {
      body: { list: 'customers', name: 'Newest first', query: 'order=newest' },
      gives: { VIEW_ID: 'id' },
    },
  },
  removeView: {
    name: 'removeSavedView',
    topic,
    summary: 'Removes a saved view',
    params: { viewId: idOf('a saved view') },
    answer: { status: 204 },
    example: { params: { viewId: '$VIEW_ID' } },
  },
} as const satisfies Record<string, RouteDescription>
