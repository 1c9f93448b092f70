import { and, eq, inArray } from 'drizzle-orm'
import type { Clock } from '../core/clock.ts'
import type { Database } from '../db/database.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Settled } from '../events/service.ts'
import { findCursor, listBehind, moveCursor } from './cursor-store.ts'
import {
  deleteFacts,
  factsOfVisitor,
  findFacts,
  originsOf,
  updatePrevious,
  upsertFacts,
} from './fact-store.ts'
import { replaceLines } from './order-lines.ts'
import { joinTold, type SessionFact, type SessionTold } from './session-facts.ts'
import { createSums, type Sums } from './sums.ts'
import { eventsOfVisitor, nextEvents, type ToldEvents } from './told-events.ts'

type Handle = Pick<Transaction, 'sql' | 't'>

/** Events a step: SQLite's writer is kept for its writing. */
const STEP = 400
/** Visitors counted anew a step. */
const CHANGES = 20

export type Following = (
  isOver: () => boolean,
  between: (tookMs: number) => Promise<unknown>,
) => Promise<void>

interface FollowDeps {
  readonly db: Database
  readonly now: Clock
  readonly settled: Settled
}

/** Another node has done the step. */
class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

/**
 * Counts what has arrived since the last time, some events at a time, in the order of their arrival. What a step counts and
 * how far it has come are one transaction, so that each event counts once. Resolves when nothing is left, or it is over.
 * `between`: what is waited for after a step, which took so long.
 */
export function createFollowing(deps: FollowDeps): Following {
  return async (isOver, between) => {
    const until = await deps.settled()
    for (const shopId of await listBehind(deps.db, until)) {
      for (let isMore = true; isMore && !isOver();) {
        const begun = performance.now()
        isMore = await stepOf(deps, shopId, until)
        if (isMore) await between(performance.now() - begun)
      }
    }
  }
}

/** Whether there may be more to do. */
async function stepOf(
  deps: FollowDeps,
  shopId: number,
  until: number | undefined,
): Promise<boolean> {
  const { db, now } = deps
  const asOf = now()
  const cursor = await findCursor(db, shopId)
  // Events stay as they are but for whose they are, and that is told in figure_changes.
  const told = await nextEvents(db, shopId, { after: cursor.seq, until, limit: STEP })
  const isLast = told.count < STEP
  try {
    const changed = await db.transaction(async (sql) => {
      const handle = { sql, t: db.t }
      const to = { seq: told.seq ?? cursor.seq, asOf: isLast ? asOf : cursor.asOf }
      if (!(await moveCursor(handle, shopId, cursor, to))) throw new Overtaken()
      await count(handle, shopId, told)
      return recount(handle, shopId)
    })
    return !isLast || changed === CHANGES
  } catch (error) {
    if (error instanceof Overtaken) return false
    throw error
  }
}

async function count(handle: Handle, shopId: number, told: ToldEvents): Promise<void> {
  if (told.count === 0) return
  const sums = createSums()
  for (const product of told.products) sums.addProduct({ ...product, times: 1 })
  const known = await findFacts(handle, shopId, [...told.sessions.keys()])
  const facts = await factsFrom(handle, shopId, told.sessions, known)
  await changeFacts(handle, shopId, { known, facts, sums })
  await sums.write(handle, shopId)
  await replaceLines(handle, shopId, [...told.orderIds].toSorted())
}

/** What is known of these sessions together with what was told of them now. */
async function factsFrom(
  handle: Handle,
  shopId: number,
  told: ReadonlyMap<number, SessionTold>,
  known: ReadonlyMap<number, SessionFact>,
): Promise<SessionFact[]> {
  const unknown = [...told.keys()].filter((id) => !known.has(id))
  const origins = await originsOf(handle, shopId, unknown)
  return [...told].flatMap(([sessionId, one]): SessionFact[] => {
    const before = known.get(sessionId)
    const origin = before ?? origins.get(sessionId)
    return origin === undefined ? [] : [{ ...origin, ...joinTold(before, one), sessionId }]
  })
}

async function changeFacts(
  handle: Handle,
  shopId: number,
  {
    known,
    facts,
    sums,
  }: {
    readonly known: ReadonlyMap<number, SessionFact>
    readonly facts: readonly SessionFact[]
    readonly sums: Sums
  },
): Promise<void> {
  const moved: SessionFact[] = []
  for (const fact of facts) {
    const before = known.get(fact.sessionId)
    if (before !== undefined) sums.addSession(before, -1)
    sums.addSession(fact, 1)
    const hasMoved = before?.beganAt !== fact.beganAt || before.visitorId !== fact.visitorId
    if (hasMoved) moved.push(fact)
  }
  await upsertFacts(
    handle,
    shopId,
    facts.filter((fact) => isOther(known.get(fact.sessionId), fact)),
  )
  if (moved.length === 0) return
  const visitorIds = [...new Set(moved.map(({ visitorId }) => visitorId))].toSorted((a, b) => a - b)
  const from = Math.min(...moved.map(({ beganAt }) => beganAt))
  await updatePrevious(handle, shopId, visitorIds, from)
}

function isOther(before: SessionFact | undefined, after: SessionFact): boolean {
  return (
    before === undefined ||
    before.visitorId !== after.visitorId ||
    before.beganAt !== after.beganAt ||
    before.steps !== after.steps ||
    before.cartAt !== after.cartAt
  )
}

/** Visitors that were joined: their sessions are told by their events anew. Returns how many there were. */
async function recount(handle: Handle, shopId: number): Promise<number> {
  const { sql, t } = handle
  const { figureChanges: changes } = t
  const due = await sql
    .select({ visitorId: changes.visitorId })
    .from(changes)
    .where(eq(changes.shopId, shopId))
    .limit(CHANGES)
  if (due.length === 0) return 0
  const visitorIds = due.map(({ visitorId }) => visitorId)
  // Before their events are read: who is joined from now on writes the row again.
  await sql
    .delete(changes)
    .where(and(eq(changes.shopId, shopId), inArray(changes.visitorId, visitorIds)))
  for (const visitorId of visitorIds) await recountVisitor(handle, shopId, visitorId)
  return due.length
}

async function recountVisitor(handle: Handle, shopId: number, visitorId: number): Promise<void> {
  const { sessions } = await eventsOfVisitor(handle, shopId, visitorId)
  const own = await factsOfVisitor(handle, shopId, visitorId)
  const known = await findFacts(handle, shopId, [...sessions.keys()])
  const sums = createSums()
  for (const fact of own) known.set(fact.sessionId, fact)
  for (const fact of known.values()) sums.addSession(fact, -1)
  // As if nothing had been known of them but where they came from.
  const facts = await factsFrom(handle, shopId, sessions, new Map())
  for (const fact of facts) sums.addSession(fact, 1)
  await deleteFacts(handle, shopId, visitorId, [...sessions.keys()])
  await upsertFacts(handle, shopId, facts)
  await updatePrevious(handle, shopId, [visitorId], 0)
  await sums.write(handle, shopId)
}
