import { LostRace } from '../db/postgres.ts'
import { publicIdOf } from './compatible/visitor-key.ts'
import type { Owner } from './identify.ts'
import type { PreparedBatch, PreparedEvent } from './prepared.ts'
import type { Statements, VisitorCustomer } from './statements.ts'

/** Whose an event is. */
export interface Place {
  readonly visitorRow: number
  readonly visitorId: Buffer
  readonly sessionRow: number | null
  readonly isForeign: boolean
}

export function placeOf({ visitorRow, visitorId, session, isForeign }: Owner): Place {
  return { visitorRow, visitorId, sessionRow: session?.row ?? null, isForeign }
}

interface Naming {
  readonly batch: PreparedBatch
  readonly event: PreparedEvent
  readonly customers: Map<number, VisitorCustomer>
  /** Those found before, by shop and user id. */
  readonly named: Map<string, Place>
}

/** What the shop's own server says of somebody without naming a visitor belongs to a visitor made of the user id. */
export async function placeOfNamed(
  statements: Statements,
  { batch, event: { userId, isVerified }, customers, named }: Naming,
): Promise<Place | undefined> {
  if (!isVerified || userId === null) return undefined
  const name = `${batch.shopId} ${userId}`
  const known = named.get(name)
  if (known !== undefined) return known
  const visitorId = publicIdOf(`user:${userId}`)
  const visitorRow = await visitorRowOf(statements, { batch, customers }, visitorId)
  const place = { visitorRow, visitorId, sessionRow: null, isForeign: false }
  named.set(name, place)
  return place
}

/** The visitor of an id that we made, held until the commit with the customer that it is; that is noted in `customers`. */
export async function visitorRowOf(
  statements: Statements,
  {
    batch: { shopId, receivedAt },
    customers,
  }: { readonly batch: PreparedBatch; readonly customers: Map<number, VisitorCustomer> },
  publicId: Buffer,
): Promise<number> {
  const visitor =
    (await statements.lockVisitor(shopId, publicId)) ??
    (await statements.insertVisitor(shopId, publicId, null, receivedAt)) ??
    (await statements.lockVisitor(shopId, publicId))
  if (visitor === null) throw new Error('A visitor was neither found nor made')
  const { row, customer } = visitor
  if (customer !== null && !customers.has(row)) {
    // Who is known to be that customer is not identified again, yet its profile is about to be read and written back.
    const isStill = await statements.holdSubjects(shopId, [{ row, customerRow: customer.id }])
    if (!isStill) throw new LostRace('A visitor became somebody else meanwhile')
    customers.set(row, customer)
  }
  return row
}
