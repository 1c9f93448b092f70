import type { Consent } from '#protocol/events.ts'
import type { DeviceClass } from '#protocol/names.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Outcome, PlacePart, ProfileStore, SessionContext, Touch } from '../events/service.ts'
import type { PreparedEvent } from './prepared.ts'
import type { KnownToken, TokenState } from './visitor-tokens.ts'

/** SQLite answers at once, PostgreSQL later. */
export type Awaitable<T> = T | Promise<T>

export interface Claim {
  readonly shopId: number
  readonly visitorId: Buffer
  readonly tokenHash: Buffer | null
  readonly sessionId: Buffer | null
}

/** What the database knows of a claim, in one look. */
export interface Known {
  readonly visitor: VisitorRow
  readonly tokenState: TokenState | null
  /** A session of the visitor, or of the one that it was joined to; the first one where tabs began several. */
  readonly session: SessionRow | null
}

export interface VisitorRow {
  readonly row: number
  /** The bytes that the browser made; those of the visitor it was joined to, where it was. */
  readonly publicId: Buffer
  readonly joinedTo: number | null
  readonly consent: Consent | null
  /** Who it is, where that is known; of the visitor it was joined to, where it was. */
  readonly customer: VisitorCustomer | null
}

/** A visitor and who it was when that was looked up. */
export interface HeldVisitor {
  readonly row: number
  readonly customerRow: number | null
}

export interface VisitorCustomer {
  readonly id: number
  readonly userId: string | null
  /** A signature, or a server of the shop's, said so. */
  readonly isProven: boolean
}

export interface SessionRow {
  readonly row: number
  readonly clockOffset: number
  readonly lastSeenAt: number
}

/** A session with what tells whether another is the same. */
export interface BegunSession extends SessionRow {
  /** By the browser's clock. */
  readonly startedAt: number
  readonly touch: Touch | null
}

/** Sessions of one visitor that began this close to one another may be those of tabs that opened together. */
export const TOGETHER_MS = 10_000
/** A visitor with more of them is no race of tabs. */
export const MAX_SAME_SESSIONS = 20

/** A visitor that nobody knows, with all that its first batch brings. */
export interface Newcomer {
  readonly shopId: number
  readonly publicId: Buffer
  readonly tokenHash: Buffer | null
  readonly consent: Consent | null
  readonly seenAt: number
  /** Its touch becomes the visitor's first and last. */
  readonly session: Pick<
    NewSession,
    'publicId' | 'startedAt' | 'clockOffset' | 'touch' | 'device' | 'context' | 'place'
  > | null
}

export interface NewcomerRows {
  readonly visitorRow: number
  readonly sessionRow: number | null
}

export interface NewSession {
  readonly shopId: number
  readonly visitorRow: number
  readonly publicId: Buffer
  /** The session that it turned out to be. */
  readonly sameAs: number | null
  readonly startedAt: number
  readonly seenAt: number
  readonly clockOffset: number
  readonly touch: Touch
  readonly device: DeviceClass | null
  readonly context: SessionContext
  readonly place: PlacePart | null
}

/** Two rows of sessions. */
export interface JoinedSessions {
  readonly loser: number
  readonly winner: number
}

export interface Touches {
  readonly first: Touch | null
  readonly last: Touch | null
}

/** A session that went on. */
export interface SessionUse {
  readonly shopId: number
  readonly visitorRow: number
  readonly sessionRow: number
  readonly clockOffset: number
  readonly seenAt: number
}

export interface Count {
  readonly shopId: number
  readonly day: number
  readonly outcome: Outcome
  readonly count: number
  readonly detail: string | null
  readonly at: number
}

/** The statements of one commit, inside its transaction, prepared once per connection. */
export interface Statements {
  /** The same transaction for what is rare. */
  readonly transaction: Transaction
  readonly profiles: ProfileStore
  /**
   * Keeps these visitors and their customers to this commit, on whose word their profiles change. False: one of the
   * visitors has been joined to another, or has become another customer's, since it was looked up.
   */
  holdSubjects(shopId: number, visitors: readonly HeldVisitor[]): Awaitable<boolean>
  /** One entry a claim, in order; null for a visitor that nobody knows. */
  known(claims: readonly Claim[]): Awaitable<readonly (Known | null)[]>
  /** Makes visitors, all different; one entry each, in order, null where another node was faster. */
  insertNewcomers(newcomers: readonly Newcomer[]): Awaitable<readonly (NewcomerRows | null)[]>
  /** The same for one visitor, whose row nobody else changes until the commit. */
  lockVisitor(shopId: number, publicId: Buffer): Awaitable<VisitorRow | null>
  /** Null when another node was faster. */
  insertVisitor(
    shopId: number,
    publicId: Buffer,
    consent: Consent | null,
    at: number,
  ): Awaitable<VisitorRow | null>
  tokensOf(shopId: number, visitorRow: number): Awaitable<readonly KnownToken[]>
  insertToken(shopId: number, visitorRow: number, token: KnownToken, at: number): Awaitable<void>
  /** Makes one token the active one and forgets all others, which then are foreign like any. */
  promoteToken(shopId: number, visitorRow: number, hash: Buffer): Awaitable<void>
  /** Forgets the `next` tokens but for the newest `kept`. */
  trimNextTokens(shopId: number, visitorRow: number, kept: number): Awaitable<void>
  /** The session, or the one that it turned out to be. */
  findSession(shopId: number, visitorRow: number, publicId: Buffer): Awaitable<SessionRow | null>
  /** The visitor's sessions that began within `TOGETHER_MS` of `startedAt`, earliest seen first. */
  sessionsBegunNear(
    shopId: number,
    visitorRow: number,
    startedAt: number,
  ): Awaitable<readonly BegunSession[]>
  /** The visitor's newest sessions. */
  sessionsOf(shopId: number, visitorRow: number): Awaitable<readonly BegunSession[]>
  /** Null when another node was faster. */
  insertSession(session: NewSession): Awaitable<SessionRow | null>
  touchesOf(shopId: number, visitorRow: number): Awaitable<Touches>
  updateTouches(shopId: number, visitorRow: number, touches: Touches): Awaitable<void>
  updateConsent(shopId: number, visitorRow: number, consent: Consent | null): Awaitable<void>
  /** How many rows a join of this visitor would move; of each kind `limit` are counted at most. */
  joinSize(shopId: number, visitorRow: number, limit: number): Awaitable<number>
  /** Events, sessions and earlier joined visitors of `loser` become `winner`'s. */
  joinVisitor(shopId: number, loser: number, winner: number): Awaitable<void>
  /** Events of the session `loser` become `winner`'s, which it points to from now on. */
  joinSession(shopId: number, visitorRow: number, rows: JoinedSessions): Awaitable<void>
  /** Stores those events whose id the shop has not seen; whether each one was stored. */
  storeEvents(events: readonly PreparedEvent[]): Awaitable<readonly boolean[]>
  touchSessions(uses: readonly SessionUse[]): Awaitable<void>
  addCounts(counts: readonly Count[]): Awaitable<void>
}

/** Runs `work`, for so many requests, in a transaction of its own; PostgreSQL may run it again. */
export type InTransaction = <T>(
  work: (statements: Statements) => Promise<T>,
  requests?: number,
) => Promise<T>
