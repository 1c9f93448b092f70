import { z } from 'zod'
import { ORDER_STATUSES, type OrderStatus } from './customers.ts'
import { MAX_ID_CHARS } from './names.ts'

const Id = z.string().trim().min(1).max(MAX_ID_CHARS)
const Millis = z.number().int().min(0).max(8_640_000_000_000_000)

const MoneySchema = z.strictObject({
  amount: z.number().int().min(0).max(1e15),
  currency: z.string().regex(/^[A-Z]{3}$/, 'Three capital letters, like EUR'),
})

export const OrderIdSchema = Id

/** An order as the shop's server tells it. Its amounts stand once told; statuses may follow. */
export const OrderSchema = z.strictObject({
  /** The shop's own id of the customer; none: a guest's. */
  userId: Id.optional(),
  /** When it was placed, epoch ms. */
  at: Millis,
  total: MoneySchema,
  lines: z
    .array(
      z.strictObject({
        productId: Id,
        name: z.string().trim().min(1).max(200).optional(),
        quantity: z.number().positive().max(1_000_000),
        /** Of one piece. */
        price: MoneySchema.optional(),
      }),
    )
    .max(200)
    .default([]),
  status: z.enum(ORDER_STATUSES).default('new'),
  /** When it came to be what `status` says; else `at` of a new order, now of a known one. */
  statusAt: Millis.optional(),
})
export type OrderDraft = z.infer<typeof OrderSchema>

/** What became of a known order. */
export const OrderStatusSchema = z.strictObject({
  status: z.enum(ORDER_STATUSES),
  at: Millis.optional(),
})

/** An order in full, as it is read and listed. */
export interface WholeOrder {
  readonly orderId: string
  /** What the customer is called here; null: a guest's, or not known. */
  readonly customerId: string | null
  /** In lists, to who may read customers. */
  readonly customerName?: string | null
  readonly at: number
  readonly status: OrderStatus
  /** When each status was first told. */
  readonly statusTimes: Readonly<Partial<Record<OrderStatus, number>>>
  readonly total?: { readonly amount: number; readonly currency: string }
  readonly lines: readonly {
    readonly productId: string
    readonly name?: string
    readonly quantity: number
    readonly price?: { readonly amount: number; readonly currency: string }
  }[]
  readonly source: 'event' | 'api' | 'import'
  readonly isVerified: boolean
}

export interface OrderPage {
  /** The newest first. */
  readonly items: readonly WholeOrder[]
  readonly nextCursor: string | null
  /** How many were looked at for this page, which may be more than are on it. */
  readonly lookedAt: number
}
