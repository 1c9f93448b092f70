import type { Consent, Context, EventResult } from '#protocol/events.ts'
import type { EventType, PageType } from '#protocol/names.ts'
import type { StoredEvent } from '../events/service.ts'
import type { ClientTimes } from './event-time.ts'

/** One event that may be stored. The commit fills in what only the database knows. */
export interface PreparedEvent extends StoredEvent {
  /** Where in the request it stood. */
  readonly position: number
  readonly shopId: number
  readonly type: EventType
  readonly times: ClientTimes
  readonly receivedAt: number
  readonly clientSeq: number
  readonly referrer: string | null
  readonly title: string | null
  readonly pageType: PageType | null
  readonly userId: string | null
  readonly groupId: string | null
  readonly traits: Record<string, unknown> | null
  at: number
  isFuture: boolean
  visitorId: Buffer | null
  visitorRow: number | null
  sessionRow: number | null
}

/** Who sent a batch, with hashes in place of tokens. */
export interface Identity {
  readonly visitorId: Buffer
  readonly tokenHash: Buffer
  readonly nextTokenHash: Buffer | null
  /** The identity that this tab used before it adopted another tab's. */
  readonly formerly: { readonly visitorId: Buffer; readonly tokenHash: Buffer } | null
  readonly session: { readonly id: Buffer; readonly startedAt: number } | null
}

/** A request that has been checked as far as that goes without the database. */
export interface PreparedBatch {
  readonly shopId: number
  readonly receivedAt: number
  /** Received − sent: the first guess of how far the client's clock is behind. */
  readonly clockOffset: number
  /** Null: nothing of the batch may lead to anybody. */
  readonly identity: Identity | null
  readonly consent: Consent | null
  readonly context: Context
  readonly events: readonly PreparedEvent[]
  /** One an event of the request; those of `events` hold if they are stored. */
  readonly results: readonly EventResult[]
}

/** One whose events lead to somebody. */
export interface IdentifiedBatch extends PreparedBatch {
  readonly identity: Identity
}
