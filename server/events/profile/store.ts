import type { Consent } from '#protocol/events.ts'
import type { SubjectKind } from '#protocol/audiences.ts'

/** Whose profile it is. */
export interface Subject {
  readonly kind: SubjectKind
  readonly shopId: number
  /** The visitor's or the customer's row. */
  readonly id: number
}

/** A profile as it lies in the database. */
export interface ProfileRow {
  readonly subjectId: number
  readonly shopId: number
  readonly version: number
  /** JSON. */
  readonly document: string
  readonly consent: Consent | null
  readonly audiences: Readonly<Record<string, number>>
  readonly reconsiderAt: number | null
  readonly lastAt: number
  readonly visits: number
  readonly orders: number
}

export interface SessionFactsRow {
  readonly id: number
  readonly startedAt: number
  readonly touch: string | null
  readonly device: string | null
  readonly context: string | null
  readonly place: string | null
}

/** The statements of one transaction. Whoever calls holds the subjects' own rows, so that nobody else writes here. */
export interface ProfileStore {
  /** Those that are there, by subject row. */
  readonly find: (
    kind: SubjectKind,
    shopId: number,
    subjectIds: readonly number[],
  ) => Promise<ReadonlyMap<number, ProfileRow>>
  readonly save: (kind: SubjectKind, rows: readonly ProfileRow[]) => Promise<void>
  readonly remove: (kind: SubjectKind, shopId: number, subjectId: number) => Promise<void>
  readonly sessions: (
    shopId: number,
    sessionIds: readonly number[],
  ) => Promise<ReadonlyMap<number, SessionFactsRow>>
}
