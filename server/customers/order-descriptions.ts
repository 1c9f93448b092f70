import { z } from 'zod'
import { ORDER_STATUSES } from '#protocol/customers.ts'
import { TIME_ORDERS } from '#protocol/lists.ts'
import { MAX_ID_CHARS } from '#protocol/names.ts'
import { OrderPageSchema, WholeOrderSchema } from '#protocol/order-answers.ts'
import { MAX_CONDITION_CHARS } from '#protocol/people.ts'
import { OrderSchema, OrderStatusSchema } from '#protocol/orders.ts'
import { describeImports } from '../catalog/service.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageQuery } from '../core/api/fields.ts'

const topic = 'Orders'
const ofOrder = { orderId: idOf('an order, as the shop calls it') }
const params = { orderId: '$ORDER_ID' }

const MOST_LISTED = 100
const at = (what: string) => z.coerce.number().int().min(0).max(8.64e15).optional().describe(what)

const minorUnits = z.coerce.number().int().min(0).max(1e15).optional()

/** What a list of orders can be narrowed by, page by page or as a file. */
export const OrderFilters = z.object({
  customerId: z.string().max(200).optional().describe('Only this customer’s'),
  status: z.enum(ORDER_STATUSES).optional().describe('Only those that are so now'),
  search: z
    .string()
    .max(200)
    .optional()
    .describe('How an order’s id begins, or who ordered, as in the list of customers'),
  from: at('Placed not before, epoch ms'),
  to: at('Placed before, epoch ms'),
  least: minorUnits.describe('Of at least so much, minor units of currency'),
  most: minorUnits.describe('Of at most so much'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .describe('Only in this currency, ISO 4217'),
  productId: z.string().max(MAX_ID_CHARS).optional().describe('Only with this product in it'),
  verified: z
    .enum(['true', 'false'])
    .optional()
    .describe(
      'Only those that a server of the shop vouches for, or those that a browser alone told of',
    ),
  condition: z
    .string()
    .max(MAX_CONDITION_CHARS)
    .optional()
    .describe('A condition as JSON, as audiences have it: only of those who fulfil it now'),
  order: z.enum(TIME_ORDERS).default('newest').describe('By when they were placed'),
})
export const OrderQuerySchema = pageQuery(MOST_LISTED).extend(OrderFilters.shape)

export const describedOrders = {
  list: {
    name: 'listOrders',
    topic,
    summary: 'The shop’s orders, those that were placed last first',
    query: OrderQuerySchema,
    text: 'Amounts, products, sources and conditions are looked for one by one, for a moment: a page may have fewer than asked for, or none, and yet a next one. lookedAt says how many it has seen.',
    answer: { status: 200, schema: OrderPageSchema },
    example: {
      query: {
        limit: '10',
        least: '100',
        currency: 'COP',
      },
    },
  },
  read: {
    name: 'readOrder',
    topic,
    summary: 'An order with its lines and what became of it',
    params: ofOrder,
    answer: { status: 200, schema: WholeOrderSchema },
    example: { params },
  },
  put: {
    name: 'putOrder',
    topic,
    summary: 'Keeps an order, which counts from now on as one that the shop vouches for',
    text: 'Told again, it is answered with 200 and only its status may be another: amounts stand.',
    params: ofOrder,
    body: { schema: OrderSchema },
    answer: { status: 201, schema: WholeOrderSchema },
    refusals: ['conflict'],
    example: {
      params: { orderId: 'order-1001' },
      body: {
        userId: 'ana-42',
        at: Date.UTC(2026, 10, 1, 10),
        total: { amount: 29_900_00, currency: 'COP' },
        lines: [
          {
            productId: 'mug-1',
            name: 'Blue mug',
            quantity: 1,
            price: { amount: 29_900_00, currency: 'COP' },
          },
        ],
        status: 'paid',
      },
      gives: { ORDER_ID: 'orderId' },
    },
  },
  changeStatus: {
    name: 'changeOrderStatus',
    topic,
    summary: 'Notes what became of an order',
    text: 'One that is cancelled or returned counts no more in what its customer spent.',
    params: ofOrder,
    body: { schema: OrderStatusSchema },
    answer: { status: 200, schema: WholeOrderSchema },
    example: { params, body: { status: 'shipped' } },
  },
} as const satisfies Record<string, RouteDescription>

export const describedOrderImports = describeImports({
  topic,
  one: 'Order',
  many: 'orders',
  file: 'order;customer;date;total;currency\norder-900;luis-7;2026-10-20T15:00:00Z;45900;COP\n',
  fields: {
    orderId: 'order',
    userId: 'customer',
    at: 'date',
    total: 'total',
    currency: 'currency',
  },
  givenId: 'ORDER_IMPORT_ID',
})
