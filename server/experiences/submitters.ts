import { and, eq, inArray } from 'drizzle-orm'
import type { Submission } from '#protocol/experiences.ts'
import type { Handle } from '../targeting/service.ts'

/** Who somebody is now, by the ids that the shop knows. */
export type Submitter = Pick<Submission, 'visitorId' | 'customerId'>

/** By the visitors' rows; one that was joined to another, or a customer that became another, is that other. */
export async function submittersOf(
  handle: Handle,
  shopId: number,
  visitorRows: readonly number[],
): Promise<ReadonlyMap<number, Submitter>> {
  const visitors = await followed(visitorRows, (ids) => findVisitors(handle, shopId, ids))
  const customerRows = [...visitors.values()].flatMap(({ customerId }) => customerId ?? [])
  const customers = await followed(customerRows, (ids) => findCustomers(handle, shopId, ids))
  return new Map(
    [...visitors].map(([row, { publicId, customerId }]) => {
      const customer = customerId === null ? undefined : customers.get(customerId)
      const visitorId = publicId.toString('base64url')
      return [row, { visitorId, customerId: customer?.publicId.toString('base64url') ?? null }]
    }),
  )
}

interface Followable {
  readonly id: number
  /** What this row has become. */
  readonly next: number | null
}

async function followed<Row extends Followable>(
  ids: readonly number[],
  find: (ids: number[]) => Promise<Row[]>,
): Promise<ReadonlyMap<number, Row>> {
  if (ids.length === 0) return new Map()
  const found = await find([...new Set(ids)])
  const onwards = found.flatMap(({ next }) => next ?? [])
  const last = new Map((onwards.length === 0 ? [] : await find(onwards)).map((it) => [it.id, it]))
  return new Map(found.map((row) => [row.id, last.get(row.next ?? 0) ?? row]))
}

async function findVisitors({ sql, t: { visitors } }: Handle, shopId: number, ids: number[]) {
  const { id, publicId, customerId, joinedTo: next } = visitors
  return sql
    .select({ id, publicId, customerId, next })
    .from(visitors)
    .where(and(eq(visitors.shopId, shopId), inArray(visitors.id, ids)))
}

async function findCustomers({ sql, t: { customers } }: Handle, shopId: number, ids: number[]) {
  const { id, publicId, mergedInto: next } = customers
  return sql
    .select({ id, publicId, next })
    .from(customers)
    .where(and(eq(customers.shopId, shopId), inArray(customers.id, ids)))
}
