import type { DeviceClass, EventType, PageType } from '#protocol/names.ts'
import type { LeftOut, LiveEvent } from '#protocol/sockets.ts'
import type { VisitorAnswer } from '#protocol/visitors.ts'
import { again } from '../core/again.ts'
import type { Clock } from '../core/clock.ts'
import type { Database } from '../db/database.ts'
import { uuidOf } from './event-uuid.ts'
import { visitorsOnNow } from './on-now.ts'
import { readVisitor } from './read-visitor.ts'
import { createDefinitions, type Definitions } from './definitions.ts'
import { createExplorer, type Explorer } from './explorer.ts'
import { createNameTally } from './name-tally.ts'
import { createSettled } from './settled.ts'
import { countsOfDay, newestEvents } from './store.ts'

export { firstTouch, lastTouch, touchOf, type Touch } from './attribution.ts'
export { canonicalEvents } from './commerce/canonical-events.ts'
export { productsSeen } from './commerce/products-seen.ts'
export { commerceOf } from './commerce/commerce-of.ts'
export { eventNamesBehind } from './commerce/names-behind.ts'
export type { Commerce } from './commerce/commerce.ts'
export { PAGE_VIEWED } from './profile-shape.ts'
export type * from './profile-shape.ts'
export { newDocument, stampIdOf, type ProfileDocument } from './profile/document.ts'
export { documentOf, documentText } from './profile/document-text.ts'
export { profilePart, sessionPart } from './profile/parts.ts'
export type { EventSession, ProfileEvent, ProfileInput } from './profile/profile-event.ts'
export { eventRowsOf, eventRowsOfCustomer, storedInputs } from './profile/stored-inputs.ts'
export { spentOf } from './profile/spent.ts'
export { profileAnswer } from './read-visitor.ts'
export { uuidOf } from './event-uuid.ts'
export { profileOrders } from './profile/purchases.ts'
export { moveCustomer } from './move-customer.ts'
export { joinProfiles } from './profile/join-profiles.ts'
export { verifiedKeyOf } from './once-key.ts'
export { lastEventBut } from './last-event.ts'
export { forgetNames, releaseNames } from './name-tally.ts'
export { createRetention, type Retention } from './retention.ts'
export { createSettled, type Settled } from './settled.ts'
export { reduce } from './profile/reduce.ts'
export { sessionFacts } from './profile/session-facts.ts'
export { createPostgresProfileStore } from './profile/store-postgres.ts'
export { createSqliteProfileStore } from './profile/store-sqlite.ts'
export type { ProfileRow, ProfileStore, Subject } from './profile/store.ts'
export type { Outcome, SessionContext } from './tables.ts'

/** An event as it was stored; ids are bytes. */
export interface StoredEvent {
  readonly id: Buffer
  readonly type: EventType
  readonly name: string | null
  /** When it happened, by the corrected client clock. */
  readonly at: number
  /** Null: sent without an identity. */
  readonly visitorId: Buffer | null
  readonly url: string
  readonly pageType: PageType | null
  readonly device: DeviceClass | null
  readonly properties: Record<string, unknown> | null
  readonly isVerified: boolean
}

/** Published after the commit, so that what is shown is stored. */
export interface EventsFacts {
  'event.stored': { readonly shopId: number; readonly events: readonly StoredEvent[] }
  /** How many more were left out, or kept with a remark, by reason. */
  'event.left_out': { readonly shopId: number; readonly leftOut: Readonly<LeftOut> }
}

export interface Events extends Explorer {
  readonly definitions: Definitions
  /** Counts names of what has arrived since it was last asked, until it has caught up. */
  countNames(): Promise<void>
  /** Does so by itself from now on; returns `stop`, which waits for what is under way. */
  start(onFailure: (error: unknown) => void): () => Promise<void>

  /** The newest stored events, newest first. */
  newestEvents(shopId: number, limit: number): Promise<LiveEvent[]>
  storedToday(shopId: number): Promise<number>
  /** What was left out today (UTC), or kept with a remark, by reason. */
  leftOutToday(shopId: number): Promise<LeftOut>
  /** How many visitors did something in the last minutes. */
  visitorsOnNow(shopId: number): Promise<number>
  /** Refuses ids that are nobody's. */
  readVisitor(shopId: number, visitorId: string): Promise<VisitorAnswer>
}

interface EventsDeps {
  readonly db: Database
  readonly now: Clock
}

/** So far behind are the figures of names. */
const TALLY_EVERY_MS = 2_000
const MAX_NEWEST = 500
const DAY_MS = 86_400_000
const VISITOR_CHARS = 6

export function createEvents({ db, now }: EventsDeps): Events {
  const count = createNameTally({ db, settled: createSettled(db) })
  const today = (shopId: number) => countsOfDay(db, shopId, dayOf(now()))
  return {
    ...createExplorer({ db, now }),
    definitions: createDefinitions({ db, now }),
    countNames: () => count(() => false),
    start(onFailure) {
      let isOver = false
      const stop = again(() => count(() => isOver), { everyMs: TALLY_EVERY_MS, onFailure })
      return () => {
        isOver = true
        return stop()
      }
    },
    async newestEvents(shopId, limit) {
      const rows = await newestEvents(db, shopId, Math.min(limit, MAX_NEWEST))
      return rows.map(liveEventOf)
    },
    async storedToday(shopId) {
      const counts = await today(shopId)
      return counts.find(({ outcome }) => outcome === 'stored')?.count ?? 0
    },
    async leftOutToday(shopId) {
      const leftOut: LeftOut = {}
      for (const { outcome, count } of await today(shopId)) {
        if (outcome !== 'stored') leftOut[outcome] = count
      }
      return leftOut
    },
    visitorsOnNow: (shopId) => visitorsOnNow(db, shopId, now()),
    readVisitor: (shopId, visitorId) => readVisitor(db, shopId, visitorId),
  }
}

/** Days since the epoch, UTC. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_MS)
}

/** An event as the live page shows it. */
export function liveEventOf(event: StoredEvent): LiveEvent {
  const { id, type, name, at, visitorId, url, pageType, device, properties, isVerified } = event
  return {
    id: uuidOf(id),
    type,
    at,
    url,
    verified: isVerified,
    ...(name !== null && { name }),
    ...(visitorId !== null && { visitor: visitorId.toString('base64url').slice(0, VISITOR_CHARS) }),
    ...(pageType !== null && { pageType }),
    ...(device !== null && { device }),
    ...(properties !== null && { properties }),
  }
}
