import { and, asc, desc, eq, gte, inArray, like, lt, sql as text, type SQL } from 'drizzle-orm'
import type { OrderStatus } from '#protocol/customers.ts'
import type { TimeOrder } from '#protocol/lists.ts'
import type { OrderPage } from '#protocol/orders.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import { padded } from '../db/padded.ts'
import { isMeant } from './directory.ts'
import { wholeOf } from './whole-order.ts'

export interface OrderQuery {
  /** What a customer is called outside. */
  readonly customerId?: string | undefined
  readonly status?: OrderStatus | undefined
  /** How an order's id begins, or who ordered, as in a list of customers. */
  readonly search?: string | undefined
  /** Placed not before; epoch ms. */
  readonly from?: number | undefined
  /** Placed before. */
  readonly to?: number | undefined
  readonly order?: TimeOrder | undefined
  /** Whoever asks may read what customers are called. */
  readonly tellsNames?: boolean
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Found by what was searched for, at most; whoever finds too many says more of them. */
const MOST_MEANT = 50
const MOST_NAMED = 512
/** No row has it. */
const NOBODYS = 0

/** By when they were placed. */
export async function listOrders(
  { sql, t }: Pick<Database, 'sql' | 't'>,
  shopId: number,
  query: OrderQuery,
): Promise<OrderPage> {
  const { orders, customers } = t
  const { customerId, status, from, to, order = 'newest', limit } = query
  const way = order === 'newest' ? desc : asc
  const rows = await sql
    .select({
      row: orders,
      publicId: customers.publicId,
      firstName: customers.firstName,
      lastName: customers.lastName,
      email: customers.email,
    })
    .from(orders)
    .leftJoin(customers, and(eq(customers.shopId, shopId), eq(customers.id, orders.customerId)))
    .where(
      and(
        eq(orders.shopId, shopId),
        behind(t, order, query.cursor),
        status && eq(orders.status, status),
        from === undefined ? undefined : gte(orders.at, from),
        to === undefined ? undefined : lt(orders.at, to),
        customerId === undefined
          ? undefined
          : eq(orders.customerId, (await rowOf({ sql, t }, shopId, customerId)) ?? 0),
        query.search === undefined ? undefined : await isFound({ sql, t }, shopId, query.search),
      ),
    )
    .orderBy(way(orders.at), way(orders.id))
    .limit(limit + 1)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1)?.row : undefined
  return {
    items: shown.map(({ row, publicId, firstName, lastName, email }) => ({
      ...wholeOf({ order: row, customerPublicId: publicId }),
      ...(query.tellsNames === true && {
        customerName: [firstName, lastName].filter(Boolean).join(' ') || email,
      }),
    })),
    nextCursor: last === undefined ? null : `${last.at}-${last.id}`,
  }
}

async function rowOf(
  { sql, t: { customers } }: Pick<Database, 'sql' | 't'>,
  shopId: number,
  customerId: string,
): Promise<number | undefined> {
  const publicId = Buffer.from(customerId, 'base64url')
  const [found] = await sql
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.shopId, shopId), eq(customers.publicId, publicId)))
  return found?.id
}

/** By rows that are looked up first, in the index of order ids alone: by their lines orders are wide. */
async function isFound(
  { sql, t }: Pick<Database, 'sql' | 't'>,
  shopId: number,
  search: string,
): Promise<SQL> {
  const { orders, customers } = t
  const beginning = `${search.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const named = await sql
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.shopId, shopId), text`${like(orders.orderId, beginning)} ESCAPE '\\'`))
    .limit(MOST_NAMED)
  const buyers = await sql
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.shopId, shopId), isMeant(t, search)))
    .limit(MOST_MEANT)
  const ids = (rows: readonly { readonly id: number }[]) =>
    rows.length === 0 ? [NOBODYS] : padded(rows.map(({ id }) => id))
  return text`(${inArray(orders.id, ids(named))} or ${inArray(orders.customerId, ids(buyers))})`
}

/** As one comparison, so that both databases begin reading where the page before ended. */
function behind(
  { orders }: Database['t'],
  order: TimeOrder,
  cursor: string | undefined,
): SQL | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(\d{1,16})-(\d{1,15})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) {
    throw new Refusal('bad_request', 'The cursor is none of ours')
  }
  const place = text`(${Number(at)}, ${Number(id)})`
  return order === 'newest'
    ? text`(${orders.at}, ${orders.id}) < ${place}`
    : text`(${orders.at}, ${orders.id}) > ${place}`
}
