import { compareStamps, type StoredActivity } from './document.ts'
import { put, type Draft } from './draft.ts'
import { packActivity, unpackActivity, type PackedActivity } from './pack-activity.ts'
import type { Since } from './pack-tally.ts'

type ActivityDraft = Draft<StoredActivity>
type Places = readonly number[]

/** Places in the lists of the whole life. */
type PackedPlaces = readonly [events: Places, pages: Places, products: Places, occurrences: Places]

/** What stands in the whole life too, and what is the session's alone. Zero: all of the whole life. */
export type PackedSession = 0 | readonly [same: PackedPlaces, own: PackedActivity]

/** The newest session's activity, much of which is the whole life's as well; see `addToEntries`. */
export function packSession(
  session: StoredActivity,
  all: StoredActivity,
  since: Since,
): PackedSession {
  const isWhole =
    isSame(session.events, all.events) &&
    isSame(session.pages, all.pages) &&
    isSame(session.products, all.products) &&
    isSame(session.occurrences, all.occurrences)
  if (isWhole) return 0
  const known = new Set(all.occurrences)
  const own = {
    events: onlyIn(session.events, all.events),
    pages: onlyIn(session.pages, all.pages),
    products: onlyIn(session.products, all.products),
    occurrences: session.occurrences.filter((occurrence) => !known.has(occurrence)),
  }
  return [
    [
      placesOf(session.events, all.events),
      placesOf(session.pages, all.pages),
      placesOf(session.products, all.products),
      all.occurrences.flatMap((it, i) => (session.occurrences.includes(it) ? [i] : [])),
    ],
    packActivity(own, since),
  ]
}

type Entries = Readonly<Record<string, object>>

/** The very same objects under the same names. */
function isSame(one: Entries | readonly object[], other: Entries | readonly object[]): boolean {
  const mine = Object.entries(one)
  const theirs = Object.entries(other)
  return (
    mine.length === theirs.length &&
    mine.every(([name, entry], i) => theirs[i]?.[0] === name && theirs[i]?.[1] === entry)
  )
}

function onlyIn<Entry extends object>(
  session: Readonly<Record<string, Entry>>,
  all: Readonly<Record<string, Entry>>,
): Readonly<Record<string, Entry>> {
  return Object.fromEntries(Object.entries(session).filter(([name, it]) => all[name] !== it))
}

function placesOf(session: Entries, all: Entries): Places {
  return Object.entries(all).flatMap(([name, entry], i) => (session[name] === entry ? [i] : []))
}

export function unpackSession(
  packed: PackedSession,
  all: ActivityDraft,
  since: Since,
): ActivityDraft {
  if (packed === 0) {
    const { events, pages, products, occurrences } = all
    const same = { events: { ...events }, pages: { ...pages }, products: { ...products } }
    return { ...same, occurrences: [...occurrences] }
  }
  const [[events, pages, products, occurrences], own] = packed
  const session = unpackActivity(own, since)
  take(session.events, all.events, events)
  take(session.pages, all.pages, pages)
  take(session.products, all.products, products)
  for (const place of occurrences)
    session.occurrences.push(...all.occurrences.slice(place, place + 1))
  session.occurrences.sort((a, b) => compareStamps(b, a))
  return session
}

function take<Entry>(
  into: Record<string, Entry>,
  all: Record<string, Entry>,
  places: Places,
): void {
  const entries = Object.entries(all)
  for (const place of places) {
    const entry = entries[place]
    if (entry !== undefined) put(into, ...entry)
  }
}
