import type { PageType } from '#protocol/names.ts'
import type { EventTally, Occurrence, PageTally, Scalar } from '../profile-shape.ts'
import type { StoredActivity } from './document.ts'
import { put, type Draft } from './draft.ts'
import { packProduct, unpackProduct, type PackedProduct } from './pack-product.ts'
import {
  packAmounts,
  packTally,
  unpackAmounts,
  unpackTally,
  type PackedAmounts,
  type PackedTally,
  type Since,
} from './pack-tally.ts'

type ActivityDraft = Draft<StoredActivity>
type PackedEvent = readonly [name: string, tally: PackedTally, ...amounts: PackedAmounts[]]
type PackedPage = readonly [path: string, tally: PackedTally, type?: PageType]
type PackedOccurrence = readonly [
  id: string,
  name: string,
  at: number,
  properties: Readonly<Record<string, Scalar>>,
]

export type PackedActivity = readonly [
  events: readonly PackedEvent[],
  pages: readonly PackedPage[],
  products: readonly PackedProduct[],
  occurrences: readonly PackedOccurrence[],
]

export function packActivity(activity: StoredActivity, since: Since): PackedActivity {
  const { events, pages, products, occurrences } = activity
  return [
    Object.entries(events).map(([name, event]) => packEvent(name, event, since)),
    Object.entries(pages).map(([path, page]) => packPage(path, page, since)),
    Object.entries(products).map(([id, product]) => packProduct(id, product, since)),
    occurrences.map((occurrence) => packOccurrence(occurrence, since)),
  ]
}

function packEvent(name: string, event: EventTally, since: Since): PackedEvent {
  const amounts = Object.entries(event.amounts)
  const tally = packTally(event, since)
  return [name, tally, ...amounts.map(([currency, it]) => packAmounts(currency, it, since))]
}

function packPage(path: string, page: PageTally, since: Since): PackedPage {
  const tally = packTally(page, since)
  return page.type === undefined ? [path, tally] : [path, tally, page.type]
}

function packOccurrence({ id, name, at, properties }: Occurrence, since: Since): PackedOccurrence {
  return [id, name, since.lastAt - at, properties]
}

export function unpackActivity(
  [events, pages, products, occurrences]: PackedActivity,
  since: Since,
): ActivityDraft {
  return {
    events: recordOf(events, (event) => unpackEvent(event, since)),
    pages: recordOf(pages, (page) => unpackPage(page, since)),
    products: recordOf(products, (product) => unpackProduct(product, since)),
    occurrences: occurrences.map((occurrence) => unpackOccurrence(occurrence, since)),
  }
}

function recordOf<Packed extends readonly [string, ...unknown[]], Entry>(
  packed: readonly Packed[],
  unpack: (one: Packed) => Entry,
): Record<string, Entry> {
  const record: Record<string, Entry> = {}
  for (const one of packed) put(record, one[0], unpack(one))
  return record
}

function unpackEvent([, tally, ...packed]: PackedEvent, since: Since) {
  const amounts: ActivityDraft['events'][string]['amounts'] = {}
  for (const one of packed) put(amounts, one[0], unpackAmounts(one, since))
  const { count, firstAt, lastAt, recentAt, days } = unpackTally(tally, since)
  return { count, firstAt, lastAt, recentAt, days, amounts }
}

function unpackPage([, packed, type]: PackedPage, since: Since) {
  const tally = unpackTally(packed, since)
  return type === undefined ? tally : { ...tally, type }
}

function unpackOccurrence(
  [id, name, at, properties]: PackedOccurrence,
  { lastAt }: Since,
): Draft<Occurrence> {
  return { id, name, at: lastAt - at, properties: { ...properties } }
}
