import type { Consent } from '#protocol/events.ts'
import type { DeviceClass, PageType } from '#protocol/names.ts'
import type { Interaction } from '#protocol/leaf.ts'
import type { Money } from '../core/money.ts'
import type { Touch } from './attribution.ts'

/**
 * What is known of a visitor, as plain JSON with bounds: what events fill and conditions read.
 *
 * Every part is a function of the set of events alone, so that any batching, order and node gives the same profile:
 * sums add, first is the least, last the greatest, the newest value wins by (at, event id), and lists keep the newest
 * by (at, id). Which names, pages and products go when there are too many is decided by `lastAt` and then by name: a
 * name that comes back after it went counts from one, which is the only place where order can show.
 *
 * Keys that the page chose may be spelled `__proto__` or `constructor`: read them with `Object.hasOwn`, write them by
 * `{ ...record, [key]: value }`, never by assignment.
 */
export const PROFILE_LIMITS = {
  /** Newest times that a tally keeps to the millisecond; older ones are in its days. */
  recentTimes: 20,
  days: 90,
  eventNames: 200,
  pages: 200,
  products: 500,
  /** Events with their properties, newest of all names together. */
  occurrences: 100,
  properties: 20,
  propertyChars: 200,
  orders: 100,
  cartItems: 100,
  /** Addresses of products in the cart. */
  urlChars: 500,
} as const

/** The tally of page views in `events`; a shop's own event of this name is counted with them. */
export const PAGE_VIEWED = 'Page Viewed'

export { INTERACTIONS, type Interaction } from '#protocol/leaf.ts'

export type Scalar = string | number | boolean

export type { Money }

/**
 * How often and when. `recentAt` holds the newest times, `days` how many **others** fell on each day (UTC, days since
 * the epoch), so that nothing is counted twice; days more than 90 before the profile's newest event are dropped.
 * A window is exact to the millisecond as far as `recentAt` reaches back; beyond it a day counts until its end has left
 * the window. A comparison with a number below `recentTimes` is therefore always exact.
 */
export interface Tally {
  /** Of all times, dropped days included. */
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  /** Newest first. */
  readonly recentAt: readonly number[]
  readonly days: Readonly<Record<string, number>>
}

/** Amounts in one currency, kept as a tally keeps times. */
export interface AmountTally {
  readonly sum: number
  /** Newest first, of one time the greater amount first. */
  readonly recent: readonly { readonly at: number; readonly amount: number }[]
  readonly days: Readonly<Record<string, number>>
}

export interface EventTally extends Tally {
  /** By ISO code; empty for events without an amount. */
  readonly amounts: Readonly<Record<string, AmountTally>>
}

export interface PageTally extends Tally {
  /** As of the newest view. */
  readonly type?: PageType
}

/** What a product is, by the newest event (at, id) that told each field. */
export interface ProductFacts {
  readonly name?: string
  /** The category and those above or beside it, as sent. */
  readonly categories: readonly string[]
  readonly brand?: string
  readonly price?: Money
  readonly attributes: Readonly<Record<string, Scalar>>
}

export interface ProductTally extends ProductFacts {
  readonly lastAt: number
  /** An interaction that never happened is not there. */
  readonly did: Readonly<Partial<Record<Interaction, Tally>>>
}

/** An event with what it told: names as in `events`, properties flat and cut to the limits. */
export interface Occurrence {
  readonly id: string
  readonly name: string
  readonly at: number
  readonly properties: Readonly<Record<string, Scalar>>
}

/** What happened, in one session or over all of them. */
export interface Activity {
  /** By canonical name, page views under `PAGE_VIEWED`. */
  readonly events: Readonly<Record<string, EventTally>>
  /** By path. */
  readonly pages: Readonly<Record<string, PageTally>>
  /** By product id. */
  readonly products: Readonly<Record<string, ProductTally>>
  /** Newest first; page views and interactions with products are not among them, for they would drive out the rest. */
  readonly occurrences: readonly Occurrence[]
}

/** The newest session by (startedAt, id); empty activity where it is not known. */
export interface SessionPart {
  readonly id: string
  readonly startedAt: number
  readonly lastSeenAt: number
  readonly touch?: Touch
  readonly activity: Activity
}

export interface OrderFacts {
  readonly id: string
  readonly at: number
  readonly total: Money
  readonly isVerified: boolean
}

/** Orders that count: those cancelled or returned are left out. */
export interface PurchasePart {
  /** Newest first by (at, id). */
  readonly orders: readonly OrderFacts[]
  /** Those beyond the limit: no window reaches them. */
  readonly older: { readonly count: number; readonly amounts: Readonly<Record<string, number>> }
  readonly firstAt?: number
}

export interface CartItem extends ProductFacts {
  readonly productId: string
  readonly quantity: number
  readonly url?: string
  readonly imageUrl?: string
}

/** The newest cart by (at, id). */
export interface CartPart {
  readonly at: number
  readonly value?: Money
  readonly items: readonly CartItem[]
}

export interface DevicePart {
  readonly class?: DeviceClass
  /** Family names in lower case: `chrome`, `safari`, `firefox`; `windows`, `macos`, `ios`, `android`, `linux`. */
  readonly browser?: string
  readonly os?: string
  /** CSS pixels, width and height. */
  readonly screen?: readonly [number, number]
  /** As the browser says it: `de-AT`. */
  readonly locale?: string
  readonly timeZone?: string
}

export interface PlacePart {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country?: string
  readonly region?: string
  readonly city?: string
}

/** The profile of a visitor, or of a customer over all visitors joined to it. */
export interface ProfilePart {
  readonly activity: Activity
  /** Sessions by their start. */
  readonly visits: Tally
  /** Of all sessions together: the sum of what each one's `lastSeenAt` was moved on. */
  readonly secondsOnSite: number
  readonly firstTouch?: Touch
  readonly lastTouch?: Touch
  readonly purchases: PurchasePart
  readonly cart?: CartPart
  readonly device: DevicePart
  readonly place?: PlacePart
  readonly consent: Consent | null
}

/** The customer whom the visitor is joined to; what an unsigned identify may not tell is left out by who hands it in. */
export interface CustomerPart {
  readonly userId?: string
  readonly email?: string
  readonly phone?: string
  readonly firstName?: string
  readonly lastName?: string
  /** Calendar date, `1990-04-01`. */
  readonly birthOn?: string
  readonly language?: string
  readonly createdAt: number
  readonly tags: readonly string[]
  readonly attributes: Readonly<Record<string, Scalar | readonly Scalar[]>>
  readonly listIds: readonly string[]
  /** Where the shop's customers have been ranked by recency, frequency and amount. */
  readonly rfmCluster?: string
}

/** What the live chat knows; whoever never talked there has none. Spam is left out. */
export interface ChatPart {
  /** When they wrote last, to a person or a bot. */
  readonly talkedAt?: number
  /** Since when they wait for an answer; missing: they don't. */
  readonly waitingSince?: number
  /** 1 to 5, of the newest conversation that they rated. */
  readonly rating?: number
  /** Of the newest conversation of which the shop has said so. */
  readonly leadState?: string
  readonly potential?: string
}

/** The page on which the visitor is now. */
export interface PagePart {
  readonly url: string
  readonly referrer: string
  readonly title: string
  readonly type?: PageType
}

/**
 * Names what a batch changed, so that only conditions that read it are evaluated again. `item:` stands for an
 * interaction with any product; `audience:` for membership; `customer` also for contact lists, which hold its addresses.
 */
export type FactKey =
  | 'page'
  | 'pages'
  | 'visit'
  | 'touch'
  | `event:${string}`
  | `item:${Interaction}`
  | 'orders'
  | 'cart'
  | 'customer'
  | `audience:${string}`
  | 'device'
  | 'place'
  | 'consent'
  | 'chat'
