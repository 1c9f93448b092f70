import { z } from 'zod'
import { ORDER_STATUSES } from './customers.ts'
import { ORDER_SOURCES } from './lists.ts'
import type { OrderPage, WholeOrder } from './orders.ts'

/** Minor units and ISO code. */
const MoneyAnswerSchema = z.object({ amount: z.int(), currency: z.string() })

export const WholeOrderSchema = z
  .object({
    orderId: z.string(),
    /** What the customer is called here; null: a guest's, or not known. */
    customerId: z.string().nullable(),
    /** In lists, to who may read customers. */
    customerName: z.string().nullable().exactOptional(),
    at: z.int(),
    status: z.enum(ORDER_STATUSES),
    /** When each status was first told. */
    statusTimes: z.partialRecord(z.enum(ORDER_STATUSES), z.int()),
    total: MoneyAnswerSchema.exactOptional(),
    lines: z.array(
      z.object({
        productId: z.string(),
        name: z.string().exactOptional(),
        quantity: z.number(),
        /** Of one piece. */
        price: MoneyAnswerSchema.exactOptional(),
      }),
    ),
    source: z.enum(ORDER_SOURCES),
    isVerified: z.boolean(),
  })
  .meta({ id: 'WholeOrder' }) satisfies z.ZodType<WholeOrder>

export const OrderPageSchema = z.object({
  items: z.array(WholeOrderSchema),
  nextCursor: z.string().nullable(),
  lookedAt: z.int(),
}) satisfies z.ZodType<OrderPage>
