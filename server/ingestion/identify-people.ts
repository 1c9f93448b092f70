import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import {
  aliasCustomer,
  identifyCustomer,
  type Identification,
  type Identified,
  type Merged,
} from '../customers/service.ts'
import type { VisitorNote } from '#protocol/customers.ts'
import { joinProfiles, moveCustomer } from '../events/service.ts'
import type { Owner } from './identify.ts'
import type { IdentifiedBatch, PreparedBatch, PreparedEvent } from './prepared.ts'
import { settleSession } from './settle-session.ts'
import type { Statements, VisitorCustomer } from './statements.ts'
import { publicIdOf } from './compatible/visitor-key.ts'

interface PeopleDeps {
  readonly statements: Statements
  readonly now: number
  /** Somebody's profile has become another's. */
  readonly forget: (subject: { kind: 'customer'; shopId: number; id: number }) => Promise<void>
}

/** Whose an event is. */
interface Place {
  readonly visitorRow: number
  readonly visitorId: Buffer
  readonly sessionRow: number | null
  readonly isForeign: boolean
}

/**
 * Follows, event by event, who the people behind a commit say they are: finds and makes customers, joins visitors to
 * them, and moves to a visitor of their own the events of another person at the same browser. Gives each event its
 * owner. Returns the customer of each visitor, by row. What is said again changes nothing.
 */
export async function identifyPeople(
  deps: PeopleDeps,
  batches: readonly PreparedBatch[],
  owners: ReadonlyMap<PreparedBatch, Owner>,
): Promise<ReadonlyMap<number, VisitorCustomer>> {
  const customers = new Map<number, VisitorCustomer>()
  for (const { visitorRow, customer } of owners.values()) {
    if (customer !== null) customers.set(visitorRow, customer)
  }
  const notes = new Map<number, Note>()
  for (const batch of batches) {
    const owner = owners.get(batch)
    let place = owner && placeOf(owner)
    for (const event of batch.events) {
      // What the shop's own server sends without a visitor may be about many people.
      if (owner === undefined) place = await placeOfNamed(deps, { batch, event, customers })
      if (event.proof !== undefined && isNews(event, customers.get(place?.visitorRow ?? 0))) {
        place = await follow(deps, { batch, event, place, customers, notes })
      }
      event.visitorId = place?.visitorId ?? null
      event.visitorRow = place?.visitorRow ?? null
      event.sessionRow = place?.sessionRow ?? null
      event.isForeign = place?.isForeign ?? false
    }
  }
  for (const [visitorRow, { shopId, note }] of notes) {
    await setVisitor(deps, shopId, visitorRow, { note })
  }
  return customers
}

function placeOf({ visitorRow, visitorId, session, isForeign }: Owner): Place {
  return { visitorRow, visitorId, sessionRow: session?.row ?? null, isForeign }
}

/** Most events name somebody who is known to be that already. */
function isNews({ type, userId, proof }: PreparedEvent, known: VisitorCustomer | undefined) {
  if (type === 'identify' || type === 'alias' || known === undefined) return true
  return known.userId !== userId || (proof?.isProven === true && !known.isProven)
}

/** What was said of a visitor that cannot be believed. */
interface Note {
  readonly shopId: number
  readonly note: VisitorNote
}

interface Named {
  readonly batch: PreparedBatch
  readonly event: PreparedEvent
  readonly customers: Map<number, VisitorCustomer>
}

interface Said extends Named {
  readonly place: Place | undefined
  /** By visitor, the newest: written once. */
  readonly notes: Map<number, Note>
}

async function follow(deps: PeopleDeps, said: Said): Promise<Place | undefined> {
  const { event, batch, customers, place, notes } = said
  const identified = await identify(deps, said)
  if (identified.kind !== 'customer') {
    if (identified.kind === 'note' && place !== undefined && !place.isForeign) {
      notes.set(place.visitorRow, { shopId: batch.shopId, note: identified.note })
    }
    return place
  }
  if (identified.merged !== undefined) await move(deps, said, identified.merged)
  const { customerId: id, isProven, join } = identified
  if (join === null || place === undefined) return place
  const customer = { id, userId: event.userId, isProven }
  if (join === 'new_visitor') return placeOfOther(deps, said, place, customer)
  const known = customers.get(place.visitorRow)
  if (known?.id === id) {
    const userId = known.userId ?? event.userId
    customers.set(place.visitorRow, { id, userId, isProven: known.isProven || isProven })
    if (isProven && !known.isProven) {
      await setVisitor(deps, batch.shopId, place.visitorRow, { isCustomerProven: true })
    }
    return place
  }
  await joinCustomer(deps, said, place.visitorRow, customer)
  return place
}

async function identify(
  { statements }: PeopleDeps,
  { batch, event, place, customers }: Said,
): Promise<Identified> {
  const { rule = 'open', isProven = false } = event.proof ?? {}
  const said: Identification = {
    userId: event.userId,
    traits: event.traits ?? {},
    isProven,
    rule,
    at: event.at,
    eventId: event.id,
    visitor:
      place === undefined || place.isForeign
        ? null
        : { id: place.visitorRow, customerId: customers.get(place.visitorRow)?.id ?? null },
  }
  const { transaction } = statements
  return event.type === 'alias' && event.userId !== null
    ? aliasCustomer(transaction, batch.shopId, {
        ...said,
        userId: event.userId,
        isFromSecretKey: event.isVerified,
      })
    : identifyCustomer(transaction, batch.shopId, said)
}

/** What the shop's own server says of somebody without naming a visitor belongs to a visitor made of the user id. */
async function placeOfNamed({ statements }: PeopleDeps, said: Named): Promise<Place | undefined> {
  const { userId, isVerified } = said.event
  if (!isVerified || userId === null) return undefined
  const visitorId = publicIdOf(`user:${userId}`)
  const visitorRow = await visitorRowOf(statements, said, visitorId)
  return { visitorRow, visitorId, sessionRow: null, isForeign: false }
}

/** Another person at the same browser: the same one each time, whatever comes again or on another node. */
async function placeOfOther(
  deps: PeopleDeps,
  said: Said,
  place: Place,
  customer: VisitorCustomer,
): Promise<Place> {
  const { batch, customers } = said
  const publicId = otherVisitorId(place.visitorId, customer.id)
  const visitorRow = await visitorRowOf(deps.statements, said, publicId)
  if (!customers.has(visitorRow)) await joinCustomer(deps, said, visitorRow, customer)
  const session =
    batch.identity === null
      ? null
      : await settleSession(deps.statements, batch as IdentifiedBatch, {
          visitorRow,
          isForeign: false,
        })
  return { visitorRow, visitorId: publicId, sessionRow: session?.row ?? null, isForeign: false }
}

function otherVisitorId(visitorId: Buffer, customerId: number): Buffer {
  const hash = createHash('sha256').update('granplaza: another person\n')
  // A byte longer than any id that a browser may send, so that nobody can claim it.
  return hash.update(visitorId).update(String(customerId)).digest().subarray(0, 17)
}

/** Held until the commit; who it is already is noted. */
async function visitorRowOf(
  statements: Statements,
  { batch: { shopId, receivedAt }, customers }: Named,
  publicId: Buffer,
): Promise<number> {
  const visitor =
    (await statements.lockVisitor(shopId, publicId)) ??
    (await statements.insertVisitor(shopId, publicId, null, receivedAt)) ??
    (await statements.lockVisitor(shopId, publicId))
  if (visitor === null) throw new Error('A visitor was neither found nor made')
  const { row, customer } = visitor
  if (customer !== null && !customers.has(row)) customers.set(row, customer)
  return row
}

async function joinCustomer(
  deps: PeopleDeps,
  { batch: { shopId }, customers }: Said,
  visitorRow: number,
  customer: VisitorCustomer,
): Promise<void> {
  customers.set(visitorRow, customer)
  const { id: customerId, isProven: isCustomerProven } = customer
  await setVisitor(deps, shopId, visitorRow, { customerId, isCustomerProven })
  await joinProfiles(deps.statements.transaction, {
    from: { kind: 'visitor', shopId, id: visitorRow },
    into: { kind: 'customer', shopId, id: customerId },
    endsFrom: false,
    now: deps.now,
  })
}

async function setVisitor(
  { statements }: PeopleDeps,
  shopId: number,
  visitorRow: number,
  change: Partial<Statements['transaction']['t']['visitors']['$inferInsert']>,
): Promise<void> {
  const { sql, t } = statements.transaction
  await sql
    .update(t.visitors)
    .set(change)
    .where(and(eq(t.visitors.shopId, shopId), eq(t.visitors.id, visitorRow)))
}

/** What a visitor told of itself before it had a user id goes along with it. */
async function move(
  { statements, now, forget }: PeopleDeps,
  { batch: { shopId }, customers }: Said,
  merged: Merged,
): Promise<void> {
  await moveCustomer(statements.transaction, shopId, merged, now)
  await forget({ kind: 'customer', shopId, id: merged.from })
  for (const [visitorRow, customer] of customers) {
    if (customer.id === merged.from) customers.set(visitorRow, { ...customer, id: merged.into })
  }
}
