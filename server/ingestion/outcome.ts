import type { EventResult } from '#protocol/events.ts'
import { dayOf, type Outcome } from '../events/service.ts'
import type { Aftermath } from './aftermath.ts'
import type { PreparedBatch, PreparedEvent } from './prepared.ts'
import type { Count } from './statements.ts'

/** What became of a batch. */
export interface BatchOutcome {
  readonly shopId: number
  readonly receivedAt: number
  /** In the order of the request. */
  readonly results: readonly EventResult[]
  readonly stored: readonly PreparedEvent[]
  /** Undefined where the shop has nothing to show. */
  readonly aftermath: Aftermath | undefined
}

const DUPLICATE: EventResult = { result: 'duplicate' }
const FUTURE: EventResult = { result: 'ok', reason: 'future_time' }
const FOREIGN: EventResult = { result: 'ok', reason: 'foreign_token' }

/** `wasStored` says it of each of the batch's `events`. */
export function outcomeOf(
  { shopId, receivedAt, events, results: before }: PreparedBatch,
  wasStored: readonly boolean[],
  isForeign: boolean,
): Omit<BatchOutcome, 'aftermath'> {
  const results = [...before]
  const stored: PreparedEvent[] = []
  for (const [i, event] of events.entries()) {
    if (wasStored[i] !== true) {
      results[event.position] = DUPLICATE
      continue
    }
    stored.push(event)
    if (event.isFuture) results[event.position] = FUTURE
    else if (isForeign) results[event.position] = FOREIGN
  }
  return { shopId, receivedAt, results, stored }
}

/** How often each outcome came up, in one order on every node: rows of counts are locked until the commit. */
export function countsOf(outcomes: readonly Omit<BatchOutcome, 'aftermath'>[]): Count[] {
  const counts = new Map<string, Count>()
  for (const { shopId, receivedAt, results, stored } of outcomes) {
    const day = dayOf(receivedAt)
    if (stored.length > 0) add('stored', stored.length, null)
    for (const { reason, detail } of results) {
      if (reason !== undefined) add(reason, 1, detail ?? null)
    }

    function add(outcome: Outcome, more: number, detail: string | null) {
      const name = `${shopId} ${day} ${outcome}`
      const count = (counts.get(name)?.count ?? 0) + more
      counts.set(name, { shopId, day, outcome, count, detail, at: receivedAt })
    }
  }
  return [...counts.values()].toSorted(
    (a, b) => a.shopId - b.shopId || a.day - b.day || (a.outcome < b.outcome ? -1 : 1),
  )
}
