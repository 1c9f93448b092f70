import {
  INTERACTIONS,
  PAGE_VIEWED,
  PROFILE_LIMITS,
  type FactKey,
  type Occurrence,
  type Scalar,
} from '../profile-shape.ts'
import { compareStamps, type StoredActivity } from './document.ts'
import { own, put, trim, type Draft } from './draft.ts'
import { addToEntries, type Life } from './life.ts'
import { addProduct, mergeProducts } from './products.ts'
import type { ProfileEvent } from './profile-event.ts'
import {
  addAmount,
  addTime,
  dropOldDays,
  mergeAmounts,
  mergeTally,
  newAmounts,
  newTally,
} from './tally.ts'

type ActivityDraft = Draft<StoredActivity>
type EventDraft = ActivityDraft['events'][string]
type PageDraft = ActivityDraft['pages'][string]

/** Who somebody is says nothing of what they did. */
const COUNTED = new Set(['track', 'page'])
const ITEM_KEYS = INTERACTIONS.map((interaction): FactKey => `item:${interaction}`)

/**
 * Adds one event, to the newest session's activity too where that is whose it is; `changed` collects what conditions may
 * read anew. An entry that only this session has told of is one object for both: most visitors come once, and their life
 * is worked out, and kept, once.
 */
export function addToActivity(
  life: Life,
  event: ProfileEvent,
  newestDay: number,
  changed: Set<FactKey>,
): void {
  if (!COUNTED.has(event.type)) return
  const { commerce } = event
  const name = event.type === 'page' ? PAGE_VIEWED : (event.name ?? '')
  addEvent(life, name, event, newestDay)
  changed.add(`event:${name}`)
  if (event.type === 'page') {
    addPage(life, event, newestDay)
    changed.add('pages')
  }
  if (commerce !== undefined && commerce.products.length > 0) {
    const { at } = event
    const seen = { at, newestDay, interaction: commerce.interaction }
    for (const product of commerce.products) addProduct(life, product, seen)
    // Facts of a product can change what earlier interactions with it mean.
    for (const key of ITEM_KEYS) changed.add(key)
  }
  if (event.type === 'track' && commerce?.interaction === undefined) {
    addOccurrence(life, occurrenceOf(name, event))
  }
}

function addEvent(
  life: Life,
  name: string,
  { at, commerce }: ProfileEvent,
  newestDay: number,
): void {
  const value = commerce?.value
  addToEntries(life, ['events', name], newEvent, (tally) => {
    addTime(tally, at, newestDay)
    if (value === undefined) return
    const amounts = own(tally.amounts, value.currency) ?? newAmounts()
    put(tally.amounts, value.currency, amounts)
    addAmount(amounts, { at, amount: value.amount }, newestDay)
  })
}

function newEvent(): EventDraft {
  return { ...newTally(), amounts: {} }
}

function addPage(life: Life, { at, url, pageType }: ProfileEvent, newestDay: number): void {
  addToEntries(life, ['pages', pathOf(url)], newPage, (tally) => {
    // Two views of one millisecond: the type that comes last by name, whichever was stored first.
    const isNewest =
      at > tally.lastAt || (at === tally.lastAt && (pageType ?? '') > (tally.type ?? ''))
    addTime(tally, at, newestDay)
    if (!isNewest) return
    if (pageType === null) delete tally.type
    else tally.type = pageType
  })
}

function newPage(): PageDraft {
  return newTally()
}

/** By hand: it runs for every page view, and addresses were checked before. */
function pathOf(url: string): string {
  const scheme = url.indexOf('://')
  const start = scheme === -1 ? 0 : url.indexOf('/', scheme + 3)
  if (start === -1) return '/'
  const end = url.slice(start).search(/[?#]/)
  return (end === -1 ? url.slice(start) : url.slice(start, start + end)) || '/'
}

function occurrenceOf(name: string, { id, at, properties }: ProfileEvent): Draft<Occurrence> {
  const kept: Record<string, Scalar> = {}
  const scalars = Object.entries(properties ?? {}).filter((entry): entry is [string, Scalar] =>
    isScalar(entry[1]),
  )
  // Which ones stay must not depend on their order, which PostgreSQL does not keep.
  if (scalars.length > PROFILE_LIMITS.properties) scalars.sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [key, value] of scalars.slice(0, PROFILE_LIMITS.properties)) {
    put(kept, key, typeof value === 'string' ? value.slice(0, PROFILE_LIMITS.propertyChars) : value)
  }
  return { id, name, at, properties: kept }
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function addOccurrence({ all, session }: Life, occurrence: Draft<Occurrence>): void {
  keepOccurrence(all, occurrence)
  if (session?.isOfEvent === true) keepOccurrence(session.activity, occurrence)
}

function keepOccurrence({ occurrences }: ActivityDraft, occurrence: Draft<Occurrence>): void {
  let place = 0
  for (const other of occurrences) {
    if (compareStamps(other, occurrence) < 0) break
    place += 1
  }
  if (place >= PROFILE_LIMITS.occurrences) return
  occurrences.splice(place, 0, occurrence)
  if (occurrences.length > PROFILE_LIMITS.occurrences) occurrences.pop()
}

/** Both, as if one had seen all. */
export function mergeActivity(into: ActivityDraft, other: StoredActivity, newestDay: number): void {
  for (const [name, theirs] of Object.entries(other.events)) {
    const ours = own(into.events, name) ?? { ...newTally(), amounts: {} }
    put(into.events, name, ours)
    mergeTally(ours, theirs, newestDay)
    for (const [currency, amounts] of Object.entries(theirs.amounts)) {
      const mine = own(ours.amounts, currency) ?? newAmounts()
      put(ours.amounts, currency, mine)
      mergeAmounts(mine, amounts, newestDay)
    }
  }
  trim(into.events, PROFILE_LIMITS.eventNames)
  for (const [path, theirs] of Object.entries(other.pages)) mergePage(into, path, theirs, newestDay)
  trim(into.pages, PROFILE_LIMITS.pages)
  mergeProducts(into.products, other.products, newestDay)
  for (const occurrence of other.occurrences) {
    if (!into.occurrences.some(({ id }) => id === occurrence.id)) {
      keepOccurrence(into, structuredClone(occurrence) as Draft<Occurrence>)
    }
  }
}

function mergePage(
  into: ActivityDraft,
  path: string,
  theirs: StoredActivity['pages'][string],
  newestDay: number,
): void {
  const ours: PageDraft = own(into.pages, path) ?? newTally()
  put(into.pages, path, ours)
  const isNewer =
    theirs.lastAt > ours.lastAt ||
    (theirs.lastAt === ours.lastAt && (theirs.type ?? '') > (ours.type ?? ''))
  if (isNewer) {
    if (theirs.type === undefined) delete ours.type
    else ours.type = theirs.type
  }
  mergeTally(ours, theirs, newestDay)
}

export function dropOldDaysOf(activity: ActivityDraft, newestDay: number): void {
  for (const tally of Object.values(activity.events)) {
    dropOldDays(tally.days, newestDay)
    for (const amounts of Object.values(tally.amounts)) dropOldDays(amounts.days, newestDay)
  }
  for (const tally of Object.values(activity.pages)) dropOldDays(tally.days, newestDay)
  for (const { did } of Object.values(activity.products)) {
    for (const tally of Object.values(did)) dropOldDays(tally.days, newestDay)
  }
}
