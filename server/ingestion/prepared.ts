import type { Consent, EventResult } from '#protocol/events.ts'
import type { OrderSource } from '#protocol/lists.ts'
import type { EventType, PageType } from '#protocol/names.ts'
import type { Actor } from '../core/actor.ts'
import type { Proof } from '../customers/service.ts'
import type { Commerce, PlacePart, SessionContext, StoredEvent } from '../events/service.ts'
import type { ClientTimes } from './event-time.ts'

/** One event that may be stored. The commit fills in what only the database knows. */
export interface PreparedEvent extends StoredEvent {
  /** Where in the request it stood. */
  readonly position: number
  readonly shopId: number
  /** What it is stored once by: its id, and a byte more where a secret key sent it. */
  readonly onceKey: Buffer
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
  /** What it says of products, cart and order. */
  readonly commerce: Commerce | undefined
  /** How far its user id can be believed; only of events that say who somebody is. */
  proof: Proof | undefined
  /** Who tells of the order, where it tells of one. */
  orderSource: OrderSource
  readonly signature: string | undefined
  at: number
  isFuture: boolean
  visitorId: Buffer | null
  visitorRow: number | null
  sessionRow: number | null
  /** Sent with another's token: it changes nothing that is not its own. */
  isForeign: boolean
}

/** Who sent a batch, with hashes in place of tokens. */
export interface Identity {
  readonly visitorId: Buffer
  /** Null: another's client, which has no token. Its events are written, and nothing is told of the visitor. */
  readonly tokenHash: Buffer | null
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
  readonly context: SessionContext
  /** Where the request came from, as far as its address tells. */
  readonly place: PlacePart | null
  readonly events: readonly PreparedEvent[]
  /** One an event of the request; those of `events` hold if they are stored. */
  readonly results: readonly EventResult[]
  /** Whom the audit log names for orders whose status it changes, where the management API asked for it. */
  readonly by?: Actor | undefined
}

/** One whose events lead to somebody. */
export interface IdentifiedBatch extends PreparedBatch {
  readonly identity: Identity
}
