import { and, asc, desc, eq, gte, inArray, like, lt, sql as text, type SQL } from 'drizzle-orm'
import type { OrderStatus } from '#protocol/customers.ts'
import type { TimeOrder } from '#protocol/lists.ts'
import type { OrderPage } from '#protocol/orders.ts'
import { Refusal } from '../core/errors.ts'
import { scan } from '../core/scan.ts'
import type { Database } from '../db/database.ts'
import { padded } from '../db/padded.ts'
import { isMeant } from './directory.ts'
import { wholeOf } from './whole-order.ts'

type Handle = Pick<Database, 'sql' | 't'>

/** Who placed an order: rows of customers and visitors. */
export interface Buyer {
  readonly customerId: number | null
  readonly visitorId: number | null
}

/**
 * Makes of a condition's text a judge of buyers, which answers in their order; refuses what is no condition. Of a slice
 * behind this one, which knows profiles.
 */
export type JudgeBuyers = (
  shopId: number,
  condition: string,
) => Promise<(buyers: readonly Buyer[]) => Promise<readonly boolean[]>>

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
  /** Minor units of `currency`, at least and at most. */
  readonly least?: number | undefined
  readonly most?: number | undefined
  readonly currency?: string | undefined
  readonly productId?: string | undefined
  /** A server of the shop told of it, or a browser alone. */
  readonly verified?: 'true' | 'false' | undefined
  /** As JSON; of whoever ordered. */
  readonly condition?: string | undefined
  readonly order?: TimeOrder | undefined
  /** Whoever asks may read what customers are called. */
  readonly tellsNames?: boolean
  readonly limit: number
  readonly cursor?: string | undefined
}

/** An answer takes at most 300 ms at the server: half of it may go to looking. */
const PATIENCE_MS = 150
/** Found by what was searched for, at most; whoever finds too many says more of them. */
const MOST_MEANT = 50
const MOST_NAMED = 512
/** No row has it. */
const NOBODYS = 0

interface Listed {
  readonly row: Row
  readonly isBuyerWanted: boolean
}

interface Row {
  readonly order: Database['t']['orders']['$inferSelect']
  readonly publicId: Buffer | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly email: string | null
}

/**
 * By when they were placed. What no index answers (what was bought, for how much, by whom) is asked of one after the
 * other, for a moment (ADR 0028).
 */
export async function listOrders(
  { handle, judgeBuyers }: { readonly handle: Handle; readonly judgeBuyers: JudgeBuyers },
  shopId: number,
  query: OrderQuery,
): Promise<OrderPage> {
  const { limit, condition } = query
  const page = { ...query, where: await narrowed(handle, shopId, query) }
  const judge = condition === undefined ? undefined : await judgeBuyers(shopId, condition)
  const isOrderWanted = wantedBy(query)
  const isLooking = judge !== undefined || isOrderWanted !== undefined
  const { found, goesOnBehind, lookedAt } = await scan<Listed>({
    limit,
    patienceMs: PATIENCE_MS,
    isWanted: isLooking ? ({ isBuyerWanted }) => isBuyerWanted : undefined,
    async next(last, count) {
      const after = last === undefined ? placeOf(query.cursor) : last.row.order
      const rows = await readRows(handle, shopId, { ...page, after, count })
      // Whoever ordered something else need not be looked at.
      const left = rows.filter(({ order }) => isOrderWanted?.(order) ?? true)
      const verdicts = (await judge?.(left.map(({ order }) => order))) ?? left.map(() => true)
      const wanted = new Set(left.filter((_, at) => verdicts[at] === true))
      return rows.map((row) => ({ row, isBuyerWanted: wanted.has(row) }))
    },
  })
  return {
    items: found.map(({ row }) => itemOf(row, query.tellsNames === true)),
    nextCursor:
      goesOnBehind === undefined
        ? null
        : `${goesOnBehind.row.order.at}-${goesOnBehind.row.order.id}`,
    lookedAt,
  }
}

function itemOf({ order, publicId, firstName, lastName, email }: Row, tellsNames: boolean) {
  return {
    ...wholeOf({ order, customerPublicId: publicId }),
    ...(tellsNames && { customerName: [firstName, lastName].filter(Boolean).join(' ') || email }),
  }
}

/** Undefined: nothing is asked of the order itself but what indexes answer. */
function wantedBy({
  currency,
  least,
  most,
  productId,
  verified,
}: OrderQuery): ((order: Row['order']) => boolean) | undefined {
  if ((least !== undefined || most !== undefined) && currency === undefined) {
    throw new Refusal('bad_request', 'currency: say which one least and most are in')
  }
  const all = [currency, productId, verified]
  if (all.every((one) => one === undefined)) return undefined
  return (order) =>
    (currency === undefined || order.currency === currency) &&
    (least === undefined || (order.total !== null && order.total >= least)) &&
    (most === undefined || (order.total !== null && order.total <= most)) &&
    (verified === undefined || order.isVerified === (verified === 'true')) &&
    (productId === undefined || order.lines.some((line) => line.productId === productId))
}

async function narrowed(
  handle: Handle,
  shopId: number,
  { customerId, status, from, to, search }: OrderQuery,
): Promise<SQL | undefined> {
  const { orders } = handle.t
  return and(
    status && eq(orders.status, status),
    from === undefined ? undefined : gte(orders.at, from),
    to === undefined ? undefined : lt(orders.at, to),
    customerId === undefined
      ? undefined
      : eq(orders.customerId, (await rowOf(handle, shopId, customerId)) ?? 0),
    search === undefined ? undefined : await isFound(handle, shopId, search),
  )
}

interface RowsAsked {
  readonly order?: TimeOrder | undefined
  readonly after: Place | undefined
  readonly where: SQL | undefined
  readonly count: number
}

async function readRows(
  { sql, t: { orders, customers } }: Handle,
  shopId: number,
  { order = 'newest', after, where, count }: RowsAsked,
): Promise<Row[]> {
  const way = order === 'newest' ? desc : asc
  const { publicId, firstName, lastName, email } = customers
  return sql
    .select({ order: orders, publicId, firstName, lastName, email })
    .from(orders)
    .leftJoin(customers, and(eq(customers.shopId, shopId), eq(customers.id, orders.customerId)))
    .where(and(eq(orders.shopId, shopId), after && behind(orders, order, after), where))
    .orderBy(way(orders.at), way(orders.id))
    .limit(count)
}

async function rowOf(
  { sql, t: { customers } }: Handle,
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
async function isFound({ sql, t }: Handle, shopId: number, search: string): Promise<SQL> {
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

interface Place {
  readonly at: number
  readonly id: number
}

function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(\d{1,16})-(\d{1,15})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) {
    throw new Refusal('bad_request', 'The cursor is none of ours')
  }
  return { at: Number(at), id: Number(id) }
}

/** As one comparison, so that both databases begin reading where the page before ended. */
function behind(orders: Database['t']['orders'], order: TimeOrder, { at, id }: Place): SQL {
  const place = text`(${at}, ${id})`
  return order === 'newest'
    ? text`(${orders.at}, ${orders.id}) < ${place}`
    : text`(${orders.at}, ${orders.id}) > ${place}`
}
