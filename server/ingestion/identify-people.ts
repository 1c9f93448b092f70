import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { VisitorNote } from '#protocol/customers.ts'
import {
  aliasCustomer,
  identifyCustomer,
  type Identification,
  type Identified,
  type Merged,
} from '../customers/service.ts'
import { joinProfiles, moveCustomer } from '../events/service.ts'
import type { Move } from '../experiences/service.ts'
import type { Owner } from './identify.ts'
import { placeOf, placeOfNamed, visitorRowOf, type Place } from './places.ts'
import type { PreparedBatch, PreparedEvent } from './prepared.ts'
import { settleSession } from './settle-session.ts'
import type { Statements, VisitorCustomer } from './statements.ts'

interface PeopleDeps {
  readonly statements: Statements
  readonly now: number
  /** Somebody's profile has become another's. */
  readonly forget: (subject: { kind: 'customer'; shopId: number; id: number }) => Promise<void>
  /** What is counted by visitor or customer goes along. */
  readonly move: (move: Move) => Promise<void>
  /** Something was told of a customer, whose row this transaction holds from now on. */
  readonly whenTold: (shopId: number, customerRow: number) => void
  readonly whenMade: (shopId: number, customerRow: number) => void
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
  const named = new Map<string, Place>()
  for (const batch of batches) {
    const owner = owners.get(batch)
    let own = owner && placeOf(owner)
    let place = own
    for (const event of batch.events) {
      // What the shop's own server sends without a visitor may be about many people.
      if (owner === undefined) {
        own = await placeOfNamed(deps.statements, { batch, event, customers, named })
        place = own
      }
      place = await placeNamedBy(deps, { batch, event, own, place, customers, notes })
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

interface Named {
  readonly batch: PreparedBatch
  readonly event: PreparedEvent
  /** Where the batch came from. */
  readonly own: Place | undefined
  /** Where the events before this one belong: to another person at the same browser, perhaps. */
  readonly place: Place | undefined
  readonly customers: Map<number, VisitorCustomer>
  /** By visitor, the newest: written once. */
  readonly notes: Map<number, Note>
}

/** Where an event belongs by the person that it names. */
async function placeNamedBy(deps: PeopleDeps, said: Named): Promise<Place | undefined> {
  const { event, own, place, customers } = said
  if (event.proof === undefined || !isNews(event, customers.get(place?.visitorRow ?? 0))) {
    return place
  }
  // An alias or a trait is of whoever is there now; a name decides between the first one and another.
  if (event.type === 'alias' || event.userId === null) return follow(deps, said)
  if (!isNews(event, customers.get(own?.visitorRow ?? 0))) return own
  return follow(deps, { ...said, place: own })
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

async function follow(deps: PeopleDeps, said: Named): Promise<Place | undefined> {
  const { event, batch, customers, place, notes } = said
  const identified = await identify(deps, said)
  if (identified.kind !== 'customer') {
    if (identified.kind === 'note' && place !== undefined && !place.isForeign) {
      notes.set(place.visitorRow, { shopId: batch.shopId, note: identified.note })
    }
    return place
  }
  const { customerId: id, isProven, join, merged } = identified
  if (merged !== undefined) await moveAlong(deps, said, merged, isProven)
  deps.whenTold(batch.shopId, id)
  if (identified.isNew) deps.whenMade(batch.shopId, id)
  if (join === null || place === undefined) return place
  const customer = { id, userId: event.userId, isProven }
  if (join === 'new_visitor') return placeOfOther(deps, said, place, customer)
  const known = customers.get(place.visitorRow)
  if (known !== undefined && (join === 'same' || merged !== undefined)) {
    await believe(deps, said, place.visitorRow, { ...customer, known })
  } else await joinCustomer(deps, said, place.visitorRow, customer)
  return place
}

async function identify(
  { statements }: PeopleDeps,
  { batch, event, place, customers }: Named,
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

/** Another person at the same browser: the same one each time, whatever comes again or on another node. */
async function placeOfOther(
  deps: PeopleDeps,
  said: Named,
  place: Place,
  customer: VisitorCustomer,
): Promise<Place> {
  const { batch, customers } = said
  const publicId = otherVisitorId(place.visitorId, customer.id)
  const visitorRow = await visitorRowOf(deps.statements, said, publicId)
  const known = customers.get(visitorRow)
  if (known === undefined) await joinCustomer(deps, said, visitorRow, customer)
  else await believe(deps, said, visitorRow, { ...customer, known })
  const { identity } = batch
  const owner = { visitorRow, isForeign: false }
  const session =
    identity === null ? null : await settleSession(deps.statements, { ...batch, identity }, owner)
  return { visitorRow, visitorId: publicId, sessionRow: session?.row ?? null, isForeign: false }
}

function otherVisitorId(visitorId: Buffer, customerId: number): Buffer {
  const hash = createHash('sha256').update('granplaza: another person\n')
  // A byte longer than any id that a browser may send, so that nobody can claim it.
  return hash.update(visitorId).update(String(customerId)).digest().subarray(0, 17)
}

/** The visitor is that customer already: what is new is at most that it is proven. */
async function believe(
  deps: PeopleDeps,
  { batch, customers }: Named,
  visitorRow: number,
  { known, id, userId, isProven }: VisitorCustomer & { readonly known: VisitorCustomer },
): Promise<void> {
  customers.set(visitorRow, {
    id,
    userId: known.userId ?? userId,
    isProven: known.isProven || isProven,
  })
  if (!isProven || known.isProven) return
  await setVisitor(deps, batch.shopId, visitorRow, { isCustomerProven: true })
}

async function joinCustomer(
  deps: PeopleDeps,
  { batch: { shopId }, customers }: Named,
  visitorRow: number,
  customer: VisitorCustomer,
): Promise<void> {
  customers.set(visitorRow, customer)
  const { id: customerId, isProven: isCustomerProven } = customer
  await setVisitor(deps, shopId, visitorRow, { customerId, isCustomerProven })
  const from = { kind: 'visitor', shopId, id: visitorRow } as const
  const into = { kind: 'customer', shopId, id: customerId } as const
  await joinProfiles(deps.statements.transaction, { from, into, endsFrom: false, now: deps.now })
  await deps.move({ from, into })
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

/**
 * What a visitor told of itself before it had a user id goes along with it. That it was believed to be nobody but itself
 * proves nothing of who it says it is now.
 */
async function moveAlong(
  { statements: { transaction }, now, forget, move }: PeopleDeps,
  { batch: { shopId }, customers }: Named,
  merged: Merged,
  isProven: boolean,
): Promise<void> {
  const { sql, t } = transaction
  await sql
    .update(t.visitors)
    .set({ isCustomerProven: isProven })
    .where(and(eq(t.visitors.shopId, shopId), eq(t.visitors.customerId, merged.from)))
  await moveCustomer(transaction, shopId, merged, now)
  await forget({ kind: 'customer', shopId, id: merged.from })
  await move({
    from: { kind: 'customer', shopId, id: merged.from },
    into: { kind: 'customer', shopId, id: merged.into },
  })
  for (const [visitorRow, { id }] of customers) {
    if (id === merged.from) customers.set(visitorRow, { id: merged.into, userId: null, isProven })
  }
}
