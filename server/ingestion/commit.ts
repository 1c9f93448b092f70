import { noteStatus, type RecordedOrder } from '../customers/service.ts'
import { LostRace } from '../db/postgres.ts'
import { together } from '../db/together.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Subject } from '../events/service.ts'
import type { Move, OnPages, Running } from '../experiences/service.ts'
import type { Tell } from '../webhooks/service.ts'
import { askerOf, createMadeProfiles } from './aftermath.ts'
import { eventTime, mattersToTimes } from './event-time.ts'
import { claimOf, settledOwner, settleOwner, type Owner } from './identify.ts'
import { ownersOfNewcomers } from './newcomers.ts'
import { countsOf, outcomeOf, type BatchOutcome } from './outcome.ts'
import type { IdentifiedBatch, PreparedBatch, PreparedEvent } from './prepared.ts'
import { identifyPeople } from './identify-people.ts'
import { adoptProfiles, type JoinedVisitor } from './joined-visitors.ts'
import { happeningsOf } from './happenings.ts'
import { pageOf, profileInputOf } from './profile-input.ts'
import { recordOrders } from './record-orders.ts'
import { factsOf } from './facts.ts'
import type { HeldVisitor, SessionUse, Statements, VisitorCustomer } from './statements.ts'
import {
  updateProfiles,
  type Membership,
  type ProfileChange,
  type UpdatedProfile,
} from './update-profiles.ts'

/** How long a session may go on before that is written down: every batch would cost an update. */
const SEEN_STEP_MS = 10_000

/** What a commit asks of slices that ingestion does not know. */
export interface CommitParts {
  readonly now: () => number
  /** Keeps audiences as they are until the transaction ends; see `Targeting.hold`. */
  readonly hold: (transaction: Transaction, shopIds: Iterable<number>) => Promise<void>
  /** Works out audiences; see `Targeting.judgeProfiles`. */
  readonly judge: (
    transaction: Transaction,
    profiles: readonly UpdatedProfile[],
  ) => Promise<readonly Membership[]>
  /** Somebody's profile has become another's. */
  readonly forget: (transaction: Transaction, subject: Subject) => Promise<void>
  /** What was shown, and what became of it. */
  readonly experiences: Pick<OnPages, 'running' | 'concerns' | 'record' | 'move'>
  /** Writes what shops' servers are to be told. */
  readonly tell: Tell
}

/**
 * Writes several batches with the statements of one transaction: who sent them, who that is, their events and orders,
 * what is known of everybody now, what was left out. Returns what became of each, in order. May run again from the start.
 */
export async function commitBatches(
  statements: Statements,
  batches: readonly PreparedBatch[],
  parts: CommitParts,
): Promise<readonly BatchOutcome[]> {
  const { transaction } = statements
  const now = parts.now()
  // Shops by the customers of whom something was told.
  const told = new Map<number, number>()
  const whenTold = (shopId: number, customerRow: number) => void told.set(customerRow, shopId)
  const created = new Map<number, number>()
  const whenMade = (shopId: number, customerRow: number) => void created.set(customerRow, shopId)
  const forget = (subject: Subject) => {
    if (subject.kind === 'customer') told.delete(subject.id)
    if (subject.kind === 'customer') created.delete(subject.id)
    return parts.forget(transaction, subject)
  }
  await parts.hold(
    transaction,
    batches.map(({ shopId }) => shopId),
  )
  const running = await runningIn(transaction, batches, parts)
  const made = createMadeProfiles()
  const move = (along: Move) => parts.experiences.move(transaction, along)
  const joined: JoinedVisitor[] = []
  const owners = await ownersOf(statements, batches, joined)
  await holdOwners(statements, batches, owners)
  for (const batch of batches) setTimes(batch, owners.get(batch))
  const customers = await identifyPeople(
    { statements, now, forget, move, whenTold, whenMade },
    batches,
    owners,
  )
  const changes: ProfileChange[] = [
    ...(await adoptProfiles({ statements, now, forget, move }, joined, customers)),
    ...[...told].map(([customerRow, shopId]) => toldChange(shopId, customerRow)),
  ]

  const events = batches.flatMap((batch) => batch.events)
  const { repeated, completed, recorded } = await recordOrders(statements, events, customers)
  const fresh = repeated.size === 0 ? events : events.filter((event) => !repeated.has(event))
  const isNew = fresh.length === 0 ? [] : await statements.storeEvents(fresh)
  const stored = new Set(fresh.filter((_, i) => isNew[i] === true))
  for (const batch of batches) changes.push(...changesOf(batch, stored, customers))
  await updateProfiles(statements.profiles, changes, async (profiles) => {
    const memberships = await parts.judge(transaction, profiles)
    for (const [i, { subject, document, consent }] of profiles.entries()) {
      const { audiences } = memberships[i] ?? { audiences: {} }
      if (running.has(subject.shopId)) made.note(subject, { document, consent, audiences })
    }
    return memberships
  })
  for (const [shopId, ofShop] of running) {
    const happenings = happeningsOf(stored, { shopId, customers }, (name) =>
      parts.experiences.concerns(ofShop, name),
    )
    if (happenings.length > 0) await parts.experiences.record(transaction, ofShop, happenings)
  }

  const facts = await factsOf(transaction, { orders: completed, customers: created }, now)
  for (const [shopId, ofShop] of facts) await parts.tell(transaction, shopId, ofShop)
  for (const batch of batches) await noteOrders(transaction, batch, recorded, now)

  const outcomes = batches.map((batch): BatchOutcome => {
    const owner = owners.get(batch)
    const wasStored = batch.events.map((event) => stored.has(event))
    const ofShop = running.get(batch.shopId)
    const asker = ofShop && askerOf(batch, owner, { customers, made })
    return {
      ...outcomeOf(batch, wasStored, owner?.isForeign ?? false),
      aftermath: ofShop && asker && { running: ofShop, asker },
    }
  })
  const uses = batches.flatMap((batch) => sessionUseOf(batch, owners.get(batch)))
  const counts = countsOf(outcomes)
  await together([
    uses.length > 0 && statements.touchSessions(uses),
    counts.length > 0 && statements.addCounts(counts),
  ])
  return outcomes
}

/** Who changed the status of orders by the management API, in the commit that changes it. */
async function noteOrders(
  transaction: Transaction,
  { shopId, events, by }: PreparedBatch,
  recorded: ReadonlyMap<PreparedEvent, RecordedOrder>,
  at: number,
): Promise<void> {
  if (by === undefined) return
  for (const event of events) {
    const order = recorded.get(event)
    if (order !== undefined) await noteStatus(transaction, shopId, { recorded: order, by, at })
  }
}

/** Profiles are read and written back: until then nobody else may. */
async function holdOwners(
  statements: Statements,
  batches: readonly PreparedBatch[],
  owners: ReadonlyMap<PreparedBatch, Owner>,
): Promise<void> {
  const shops = new Map<number, HeldVisitor[]>()
  for (const batch of batches) {
    const owner = owners.get(batch)
    if (owner === undefined) continue
    const held = shops.get(batch.shopId) ?? []
    shops.set(batch.shopId, held)
    held.push({ row: owner.visitorRow, customerRow: owner.customer?.id ?? null })
  }
  for (const [shopId, visitors] of shops) {
    const areStill = await statements.holdSubjects(shopId, visitors)
    if (!areStill) throw new LostRace('A visitor became somebody else meanwhile')
  }
}

/** Shops that have nothing to show are spared all that has to do with it. */
async function runningIn(
  transaction: Transaction,
  batches: readonly PreparedBatch[],
  { experiences }: CommitParts,
): Promise<ReadonlyMap<number, Running>> {
  const found = new Map<number, Running>()
  for (const shopId of new Set(batches.map((batch) => batch.shopId))) {
    const running = await experiences.running(transaction, shopId)
    if (running !== undefined) found.set(shopId, running)
  }
  return found
}

function toldChange(shopId: number, customerRow: number): ProfileChange {
  return { shopId, visitorRow: null, customerRow, consent: null, events: [], isTold: true }
}

/** A batch's news, by visitor. */
function changesOf(
  { shopId, consent, events }: PreparedBatch,
  stored: ReadonlySet<PreparedEvent>,
  customers: ReadonlyMap<number, VisitorCustomer>,
): ProfileChange[] {
  const byVisitor = new Map<number, PreparedEvent[]>()
  for (const event of events) {
    if (event.visitorRow === null || !stored.has(event)) continue
    const list = byVisitor.get(event.visitorRow)
    if (list === undefined) byVisitor.set(event.visitorRow, [event])
    else list.push(event)
  }
  return [...byVisitor].map(([visitorRow, own]) => {
    const page = pageOf(own)
    return {
      shopId,
      visitorRow,
      customerRow: customers.get(visitorRow)?.id ?? null,
      consent,
      events: own.map(profileInputOf),
      ...(page !== undefined && { page }),
    }
  })
}

async function ownersOf(
  statements: Statements,
  batches: readonly PreparedBatch[],
  joined: JoinedVisitor[],
): Promise<Map<PreparedBatch, Owner>> {
  const identified = batches.filter((it): it is IdentifiedBatch => it.identity !== null)
  const owners = new Map<PreparedBatch, Owner>()
  if (identified.length === 0) return owners
  const known = await statements.known(identified.map(claimOf))
  const newcomers = await ownersOfNewcomers(statements, identified, known)
  const unsettled: IdentifiedBatch[] = []
  for (const [i, batch] of identified.entries()) {
    const owner = newcomers.get(batch) ?? settledOwner(batch, known[i] ?? null)
    if (owner === undefined) unsettled.push(batch)
    else owners.set(batch, owner)
  }
  // In one order on every node, so that two of them seldom wait for one another.
  unsettled.sort(
    (a, b) => a.shopId - b.shopId || a.identity.visitorId.compare(b.identity.visitorId),
  )
  for (const batch of unsettled) owners.set(batch, await settleOwner(statements, batch, joined))
  if (unsettled.some(({ identity }) => identity.formerly !== null)) {
    await ownAgain(statements, identified, owners)
  }
  return owners
}

/** A visitor may have been joined to another after its owner was looked up. */
async function ownAgain(
  statements: Statements,
  batches: readonly IdentifiedBatch[],
  owners: Map<PreparedBatch, Owner>,
): Promise<void> {
  const known = await statements.known(batches.map(claimOf))
  for (const [i, batch] of batches.entries()) {
    const now = known[i]
    const owner = owners.get(batch)
    if (!now || owner === undefined) continue
    const { visitor, session } = now
    owners.set(batch, {
      ...owner,
      visitorRow: visitor.joinedTo ?? visitor.row,
      visitorId: visitor.publicId,
      customer: visitor.customer,
      session,
    })
  }
}

/** Gives a batch's events their time. */
function setTimes(
  { events, clockOffset, receivedAt }: PreparedBatch,
  owner: Owner | undefined,
): void {
  const least = Math.min(clockOffset, owner?.session?.clockOffset ?? clockOffset)
  for (const event of events) {
    const { at, isFuture } = eventTime(event.times, least, receivedAt)
    event.at = at
    event.isFuture = isFuture
  }
}

function sessionUseOf(
  { shopId, clockOffset, receivedAt }: PreparedBatch,
  owner: Owner | undefined,
): SessionUse[] {
  const session = owner?.session
  if (owner === undefined || !session || owner.isForeign) return []
  const isNews =
    mattersToTimes(clockOffset, session.clockOffset) ||
    receivedAt - session.lastSeenAt >= SEEN_STEP_MS
  if (!isNews) return []
  const { visitorRow } = owner
  return [{ shopId, visitorRow, sessionRow: session.row, clockOffset, seenAt: receivedAt }]
}
