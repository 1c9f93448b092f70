import { PROFILE_LIMITS } from '../profile-shape.ts'
import type { StoredActivity } from './document.ts'
import { own, put, trim, type Draft } from './draft.ts'

type ActivityDraft = Draft<StoredActivity>
type Part = 'events' | 'pages' | 'products'
type EntryOf<Name extends Part> = ActivityDraft[Name][string]

/** What an event is added to: the whole life, and in it the newest session. */
export interface Life {
  readonly all: ActivityDraft
  readonly session?: { readonly activity: ActivityDraft; readonly isOfEvent: boolean } | undefined
}

const LIMITS: Readonly<Record<Part, number>> = {
  events: PROFILE_LIMITS.eventNames,
  pages: PROFILE_LIMITS.pages,
  products: PROFILE_LIMITS.products,
}

/**
 * Adds something to the entries of that name, made where they are missing. One object stands in both activities for as
 * long as all that it counts is the session's; before another's event is added, the session gets a copy of its own.
 */
export function addToEntries<Name extends Part>(
  { all, session }: Life,
  [part, name]: readonly [Name, string],
  create: () => EntryOf<Name>,
  add: (entry: EntryOf<Name>) => void,
): void {
  const entries = entriesOf(all, part)
  const known = own(entries, name)
  const its = session && entriesOf(session.activity, part)
  const itsKnown = its && own(its, name)
  const isOfSession = session?.isOfEvent === true
  if (itsKnown !== undefined && itsKnown === known && !isOfSession) {
    put(its ?? {}, name, structuredClone(itsKnown))
  }
  const entry = known ?? create()
  add(entry)
  if (known === undefined) keep(entries, part, name, entry)
  if (its === undefined || !isOfSession || itsKnown === entry) return
  if (itsKnown !== undefined) return add(itsKnown)
  if (known === undefined) return keep(its, part, name, entry)
  const itsEntry = create()
  add(itsEntry)
  keep(its, part, name, itsEntry)
}

/** The cast says what TypeScript can't see: which part it is decides what the entries are. */
function entriesOf<Name extends Part>(activity: ActivityDraft, part: Name) {
  return activity[part] as Record<string, EntryOf<Name>>
}

function keep<Name extends Part>(
  entries: Record<string, EntryOf<Name>>,
  part: Name,
  name: string,
  entry: EntryOf<Name>,
): void {
  put(entries, name, entry)
  trim(entries, LIMITS[part])
}
