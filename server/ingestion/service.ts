import type { EventsAnswer } from '#protocol/events.ts'
import type { DropReason } from '#protocol/names.ts'
import type { LeftOut } from '#protocol/sockets.ts'
import type { Bus } from '../core/bus.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import type { EventsFacts, StoredEvent } from '../events/service.ts'
import { commitBatches } from './commit.ts'
import type { Envelope } from './envelope.ts'
import { createGroupCommit } from './group-commit.ts'
import type { BatchOutcome } from './outcome.ts'
import { createPreparation, type Sender } from './prepare.ts'
import type { PreparedBatch } from './prepared.ts'
import { createWriter } from './writer.ts'

export interface Ingestion {
  /**
   * Stores what a request brought and answers after the commit, with a result an event. Refuses (`unavailable`, with
   * the wait) while nothing can be stored; then nothing of the request was.
   */
  ingest(envelope: Envelope, sender: Omit<Sender, 'receivedAt'>): Promise<Ingested>
  /** Resolves when all that was taken has been committed. */
  drain(): Promise<void>
}

export interface Ingested {
  readonly answer: EventsAnswer
  /** A `Set-Cookie`, where the page asked for the identity to be kept in one. */
  readonly setCookie?: string
}

interface IngestionDeps {
  readonly db: Database
  readonly bus: Pick<Bus<EventsFacts>, 'publish'>
  readonly log: Pick<Log, 'error' | 'info'>
  readonly now: Clock
  /** Whether browsers reach us by https, which hardens the cookie. */
  readonly isSecure: boolean
}

/** Enough that two nodes seldom count in the same one. */
const LANES = 64

export function createIngestion({ db, bus, log, now, isSecure }: IngestionDeps): Ingestion {
  const prepare = createPreparation(isSecure)
  const inTransaction = createWriter(db, process.pid % LANES)

  const group = createGroupCommit<PreparedBatch, BatchOutcome>({
    log,
    weigh: ({ events }) => events.length + 1,
    async commit(batches) {
      const outcomes = await inTransaction((statements) => commitBatches(statements, batches))
      publish(bus, outcomes)
      return outcomes
    },
  })

  return {
    async ingest(envelope, sender) {
      const { batch, setCookie } = prepare(envelope, { ...sender, receivedAt: now() })
      const { results } = await group.add(batch)
      const answer: EventsAnswer = {
        results: [...results],
        decisions: { epoch: 0, active: [] },
        now: now(),
      }
      return setCookie === undefined ? { answer } : { answer, setCookie }
    },
    drain: () => group.drain(),
  }
}

/** One fact a shop and commit. */
function publish(bus: Pick<Bus<EventsFacts>, 'publish'>, outcomes: readonly BatchOutcome[]): void {
  const stored = new Map<number, StoredEvent[]>()
  const leftOut = new Map<number, LeftOut>()
  for (const { shopId, stored: events, results } of outcomes) {
    if (events.length > 0) listOf(stored, shopId).push(...events)
    for (const { reason } of results) {
      if (reason !== undefined) leftOut.set(shopId, counted(leftOut.get(shopId), reason))
    }
  }
  for (const [shopId, events] of stored) bus.publish('event.stored', { shopId, events })
  for (const [shopId, counts] of leftOut) {
    bus.publish('event.left_out', { shopId, leftOut: counts })
  }
}

function listOf<Entry>(lists: Map<number, Entry[]>, shopId: number): Entry[] {
  const known = lists.get(shopId)
  if (known !== undefined) return known
  const list: Entry[] = []
  lists.set(shopId, list)
  return list
}

function counted(counts: LeftOut = {}, reason: DropReason): LeftOut {
  return { ...counts, [reason]: (counts[reason] ?? 0) + 1 }
}
