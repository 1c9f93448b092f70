import { and, asc, desc, eq, gt, inArray, isNull, lt, sql as text, type SQL } from 'drizzle-orm'
import type { SubjectKind } from '#protocol/audiences.ts'
import type { Consent } from '#protocol/events.ts'
import type { PeopleOrder } from '#protocol/lists.ts'
import type { Database } from '../db/database.ts'
import { padded } from '../db/padded.ts'
import type { Touch } from '../events/service.ts'

export type Handle = Pick<Database, 'sql' | 't'>

/** A visitor or a customer, as far as lists need the row. */
export interface PersonRow {
  readonly id: number
  readonly publicId: Buffer
  /** Of a visitor: whom it was joined to. Of a customer: itself. */
  readonly customerId: number | null
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  readonly lastTouch: Touch | null
}

/** Where a list goes on: behind this row. */
export interface Place {
  readonly id: number
  /** In the order by who was seen last. */
  readonly at: number
}

export interface Rows {
  readonly order: PeopleOrder
  readonly after: Place | undefined
  readonly limit: number
  readonly where?: SQL | undefined
}

/** Visitors that stand for somebody: those that were joined to another are that other. */
export function listVisitorRows(
  { sql, t }: Handle,
  shopId: number,
  { order, after, limit, where }: Rows,
): Promise<PersonRow[]> {
  const { visitors } = t
  const { id, publicId, customerId, firstSeenAt, lastSeenAt, lastTouch } = visitors
  const isBehind = after && behind(order, after, { id, at: lastSeenAt })
  return sql
    .select({ id, publicId, customerId, firstSeenAt, lastSeenAt, lastTouch })
    .from(visitors)
    .where(and(eq(visitors.shopId, shopId), isNull(visitors.joinedTo), isBehind, where))
    .orderBy(...ordered(order, { id, at: lastSeenAt }))
    .limit(limit)
}

/** Customers that have become no other one. */
export async function listCustomerRows(
  { sql, t }: Handle,
  shopId: number,
  { order, after, limit, where }: Rows,
): Promise<PersonRow[]> {
  const { customers } = t
  const { id, publicId, createdAt, updatedAt } = customers
  const isBehind = after && behind(order, after, { id, at: updatedAt })
  const rows = await sql
    .select({ id, publicId, firstSeenAt: createdAt, lastSeenAt: updatedAt })
    .from(customers)
    .where(and(eq(customers.shopId, shopId), isNull(customers.mergedInto), isBehind, where))
    .orderBy(...ordered(order, { id, at: updatedAt }))
    .limit(limit)
  return rows.map((row) => ({ ...row, customerId: row.id, lastTouch: null }))
}

type Visitors = Handle['t']['visitors']
interface Columns {
  readonly id: Visitors['id'] | Handle['t']['customers']['id']
  readonly at: Visitors['lastSeenAt'] | Handle['t']['customers']['updatedAt']
}

function ordered(order: PeopleOrder, { id, at }: Columns): SQL[] {
  if (order === 'active') return [desc(at), desc(id)]
  return [order === 'newest' ? desc(id) : asc(id)]
}

/** As one comparison, so that both databases begin reading where the page before ended. */
function behind(order: PeopleOrder, after: Place, { id, at }: Columns): SQL {
  if (order === 'active') return text`(${at}, ${id}) < (${after.at}, ${after.id})`
  return order === 'newest' ? lt(id, after.id) : gt(id, after.id)
}

export interface ProfileColumns {
  readonly subjectId: number
  readonly document: string
  readonly consent: Consent | null
  readonly audiences: Readonly<Record<string, number>>
  readonly visits: number
  readonly orders: number
  readonly lastAt: number
}

/** Those that are there, by the row they are of. */
export async function findProfiles(
  { sql, t }: Handle,
  kind: SubjectKind,
  shopId: number,
  subjectIds: readonly number[],
): Promise<ReadonlyMap<number, ProfileColumns>> {
  if (subjectIds.length === 0) return new Map()
  const profiles = kind === 'visitor' ? t.visitorProfiles : t.customerProfiles
  const { subjectId, document, consent, audiences, visits, orders, lastAt } = profiles
  const rows = await sql
    .select({ subjectId, document, consent, audiences, visits, orders, lastAt })
    .from(profiles)
    .where(and(eq(profiles.shopId, shopId), inArray(subjectId, padded(subjectIds))))
  return new Map(rows.map((row) => [row.subjectId, row]))
}

export interface NamedCustomer {
  readonly id: number
  readonly publicId: Buffer
  readonly userId: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly firstName: string | null
  readonly lastName: string | null
}

/** What customers are called, by the row that was asked for; of one that has become another, that other. */
export async function findNames(
  handle: Handle,
  shopId: number,
  ids: readonly number[],
): Promise<ReadonlyMap<number, NamedCustomer>> {
  const rows = await customerRows(handle, shopId, ids)
  const later = rows.flatMap(({ mergedInto }) => mergedInto ?? [])
  const others = later.length === 0 ? [] : await customerRows(handle, shopId, later)
  const byId = new Map([...rows, ...others].map((row) => [row.id, row]))
  return new Map(
    rows.map((row) => [row.id, (row.mergedInto && byId.get(row.mergedInto)) || row] as const),
  )
}

async function customerRows({ sql, t }: Handle, shopId: number, ids: readonly number[]) {
  if (ids.length === 0) return []
  const {
    id,
    publicId,
    userId,
    email,
    phone,
    firstName,
    lastName,
    mergedInto,
    shopId: shop,
  } = t.customers
  return sql
    .select({ id, publicId, userId, email, phone, firstName, lastName, mergedInto })
    .from(t.customers)
    .where(and(eq(shop, shopId), inArray(id, padded(ids))))
}

/** The visitor of that id; of one that was joined to another, that other. */
export async function findVisitorRow(
  { sql, t }: Handle,
  shopId: number,
  publicId: Buffer,
): Promise<VisitorRow | undefined> {
  const { visitors } = t
  const find = async (which: SQL) => {
    const [found] = await sql
      .select()
      .from(visitors)
      .where(and(eq(visitors.shopId, shopId), which))
    return found
  }
  const found = await find(eq(visitors.publicId, publicId))
  const joinedTo = found?.joinedTo ?? null
  return joinedTo === null ? found : find(eq(visitors.id, joinedTo))
}

export type VisitorRow = Handle['t']['visitors']['$inferSelect']

/** Browsers that are this customer, the last seen first. */
export function listVisitorsOf(
  { sql, t }: Handle,
  shopId: number,
  customerIds: readonly number[],
  limit: number,
): Promise<VisitorRow[]> {
  const { visitors } = t
  return sql
    .select()
    .from(visitors)
    .where(
      and(
        eq(visitors.shopId, shopId),
        inArray(visitors.customerId, padded(customerIds)),
        isNull(visitors.joinedTo),
      ),
    )
    .orderBy(desc(visitors.lastSeenAt), desc(visitors.id))
    .limit(limit)
}

/** Whose ids begin so; `from` and `to` are bytes. */
export function idBetween({ visitors }: Handle['t'], from: Buffer, to: Buffer): SQL {
  return text`${visitors.publicId} between ${text.param(from, visitors.publicId)} and ${text.param(to, visitors.publicId)}`
}

export function isOfCustomers({ visitors }: Handle['t'], ids: readonly number[]): SQL {
  return inArray(visitors.customerId, padded(ids))
}
