import type {
  Activity,
  CartItem,
  CartPart,
  DevicePart,
  Money,
  OrderFacts,
  PlacePart,
  ProductTally,
  Tally,
} from '../profile-shape.ts'
import type { Touch } from '../attribution.ts'
import type { Draft } from './draft.ts'
import { newTally } from './tally.ts'

/** When each fact of a product was told, so that late events change only what nobody told since. */
export type ToldAt = Readonly<Record<string, number>>

export interface StoredProduct extends ProductTally {
  readonly toldAt: ToldAt
}

export interface StoredActivity extends Activity {
  readonly products: Readonly<Record<string, StoredProduct>>
}

/** Whatever happened after another thing: by time, and of one time by event id. */
export interface Stamp {
  readonly at: number
  readonly id: string
}

/** A session that counted as a visit. */
export interface SessionMark {
  readonly id: string
  readonly startedAt: number
  readonly lastAt: number
}

export interface StoredSession {
  readonly id: string
  readonly startedAt: number
  readonly touch?: Touch
  readonly device?: DevicePart
  readonly place?: PlacePart
  readonly activity: StoredActivity
}

/** One thing that was done to the cart; `whole` and `empty` make those before them of no account. */
export interface CartStep extends Stamp {
  readonly op: 'whole' | 'add' | 'remove' | 'empty'
  readonly items: readonly CartItem[]
  readonly value?: Money
}

/** Orders by what events said of them; which of them count is worked out when they are read. */
export interface StoredPurchases {
  /** Newest first by (at, id). */
  readonly orders: readonly OrderFacts[]
  /** Those beyond the limit, without their times. */
  readonly older: {
    readonly count: number
    readonly firstAt?: number
    readonly amounts: Readonly<Record<string, number>>
  }
  /** Orders that were cancelled or wholly returned, by id; true: a server of the shop's said so. */
  readonly voided: Readonly<Record<string, boolean>>
  /** Minor units that were given back, by order id: in all, and as far as the shop's own servers said so. */
  readonly refunds: Readonly<Record<string, { readonly all: number; readonly verified: number }>>
}

/** What the database keeps of a profile: what conditions read, and what it takes to bring it up to date. */
export interface ProfileDocument {
  /** When the newest event happened. */
  readonly lastAt: number
  /** Its day, relative to which days are kept. */
  readonly newestDay: number
  readonly activity: StoredActivity
  readonly session?: StoredSession
  /** Newest first by (startedAt, id). */
  readonly sessions: readonly SessionMark[]
  readonly visits: Tally
  /** Of sessions that are no longer in `sessions`. */
  readonly olderMs: number
  readonly firstTouch?: Touch
  readonly lastTouch?: Touch
  readonly purchases: StoredPurchases
  /** In order, from the newest step that says it all. */
  readonly cartSteps: readonly CartStep[]
  readonly cart?: CartPart
}

export type DocumentDraft = Draft<ProfileDocument>

export function newActivity(): Draft<StoredActivity> {
  return { events: {}, pages: {}, products: {}, occurrences: [] }
}

export function newPurchases(): Draft<StoredPurchases> {
  return { orders: [], older: { count: 0, amounts: {} }, voided: {}, refunds: {} }
}

export function newDocument(): DocumentDraft {
  return {
    lastAt: 0,
    newestDay: 0,
    activity: newActivity(),
    sessions: [],
    visits: newTally(),
    olderMs: 0,
    purchases: newPurchases(),
    cartSteps: [],
  }
}

/** A browser and the shop's server may send one id each: both are stored. */
export function stampIdOf({
  id,
  isVerified,
}: {
  readonly id: Buffer
  readonly isVerified: boolean
}): string {
  return isVerified ? `${id.toString('hex')}+` : id.toString('hex')
}

/** Below zero where `a` came first. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a.at - b.at || (a.id < b.id ? -1 : Number(a.id > b.id))
}
