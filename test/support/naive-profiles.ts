import type { Database } from '#server/db/database.ts'
import {
  commerceOf,
  documentOf,
  newDocument,
  reduce,
  sessionFacts,
  stampIdOf,
} from '#server/events/service.ts'
import type { EventSession, ProfileEvent } from '#server/events/service.ts'
import { rowsOf } from './databases.ts'

/** Profiles by whose they are: `visitor 7`, `customer 3`. */
export type Profiles = ReadonlyMap<string, StoredProfile>

export interface StoredProfile {
  readonly document: unknown
  readonly lastAt: number
}

/** As many sessions as a profile remembers: of somebody with more, late events of the oldest may find them forgotten. */
const MAX_SESSIONS = 50

export interface NaiveProfiles {
  readonly profiles: Profiles
  /** Of whom a profile cannot remember all. */
  readonly beyondBounds: ReadonlySet<string>
}

interface EventColumns {
  readonly shop_id: number
  readonly id: Buffer
  readonly visitor_id: number
  readonly customer_id: number | null
  readonly session_id: number | null
  readonly type: ProfileEvent['type']
  readonly name: string | null
  readonly at: number
  readonly url: string
  readonly page_type: ProfileEvent['pageType']
  readonly properties: unknown
  readonly verified: number | boolean
}

interface SessionColumns {
  readonly id: number
  readonly started_at: number
  readonly touch: string | object | null
  readonly device: string | null
  readonly context: string | object | null
  readonly place: string | object | null
}

/** What the server made of the events, as it stands in the database. */
export async function storedProfiles(db: Database): Promise<Profiles> {
  const profiles = new Map<string, StoredProfile>()
  for (const kind of ['visitor', 'customer'] as const) {
    const rows = await rowsOf<{ subject_id: number; document: string; last_at: number }>(
      db,
      `SELECT subject_id, document, last_at FROM ${kind}_profiles`,
    )
    for (const { subject_id: id, document, last_at: lastAt } of rows) {
      profiles.set(`${kind} ${id}`, { document: documentOf(document), lastAt })
    }
  }
  return profiles
}

/**
 * The profiles that the stored events make, in one pass over them in the order given by `rank`, one by one: no batches,
 * no joins, no merges, nothing but whose each event is today.
 */
export async function naiveProfiles(db: Database, rank: () => number): Promise<NaiveProfiles> {
  const sessions = await sessionsOf(db)
  const currencies = await currenciesOf(db)
  const events = await rowsOf<EventColumns>(
    db,
    `SELECT e.shop_id, e.id, e.visitor_id, v.customer_id, e.session_id, e.type, e.name, e.at, e.url,
            e.page_type, e.properties, e.verified
       FROM events e JOIN visitors v ON v.id = e.visitor_id`,
  )
  const drafts = new Map<string, ReturnType<typeof newDocument>>()
  const visits = new Map<string, Set<string>>()
  const shuffled = events
    .map((event) => ({ event, place: rank() }))
    .toSorted((a, b) => a.place - b.place)
  for (const { event } of shuffled) {
    const currency = currencies.get(event.shop_id) ?? ''
    const seen = profileEventOf(event, sessions.get(event.session_id ?? 0), currency)
    add(`visitor ${event.visitor_id}`, seen)
    if (event.customer_id !== null) add(`customer ${event.customer_id}`, seen)
  }
  const profiles = new Map(
    [...drafts].map(([name, draft]) => [
      name,
      { document: JSON.parse(JSON.stringify(draft)), lastAt: draft.lastAt },
    ]),
  )
  const beyondBounds = [...visits].flatMap(([name, { size }]) =>
    size > MAX_SESSIONS ? [name] : [],
  )
  return { profiles, beyondBounds: new Set(beyondBounds) }

  function add(name: string, event: ProfileEvent) {
    const draft = drafts.get(name) ?? newDocument()
    drafts.set(name, draft)
    reduce(draft, [event])
    if (event.session === undefined) return
    const seen = visits.get(name) ?? new Set()
    visits.set(name, seen.add(event.session.id))
  }
}

/** Who has not the profile that their events make, with both. A customer of whom nothing is known but traits has none. */
export function differencesOf(
  stored: Profiles,
  { profiles: naive, beyondBounds }: NaiveProfiles,
): readonly { name: string; stored: unknown; naive: unknown }[] {
  const names = new Set(
    [...stored.keys(), ...naive.keys()].filter((name) => !beyondBounds.has(name)),
  )
  const empty = { document: JSON.parse(JSON.stringify(newDocument())), lastAt: 0 }
  return [...names].flatMap((name) => {
    const isCustomer = name.startsWith('customer ')
    const one = sorted(stored.get(name) ?? (isCustomer ? empty : undefined))
    const other = sorted(naive.get(name) ?? (isCustomer ? empty : undefined))
    if (JSON.stringify(one) === JSON.stringify(other)) return []
    return [{ name, stored: one, naive: other }]
  })
}

/** The order of keys means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]))
}

async function sessionsOf(db: Database): Promise<ReadonlyMap<number, EventSession>> {
  const rows = await rowsOf<SessionColumns>(
    db,
    'SELECT id, started_at, touch, device, context, place FROM sessions',
  )
  return new Map(
    rows.map(({ id, started_at: startedAt, device, ...row }) => [
      id,
      sessionFacts({
        id,
        startedAt,
        device,
        touch: textOf(row.touch),
        context: textOf(row.context),
        place: textOf(row.place),
      }),
    ]),
  )
}

async function currenciesOf(db: Database): Promise<ReadonlyMap<number, string>> {
  const shops = await rowsOf<{ id: number; currency: string }>(db, 'SELECT id, currency FROM shops')
  return new Map(shops.map(({ id, currency }) => [id, currency]))
}

function profileEventOf(
  row: EventColumns,
  session: EventSession | undefined,
  currency: string,
): ProfileEvent {
  const { type, name, at, url } = row
  const properties = valueOf(row.properties) as Record<string, unknown> | null
  const commerce =
    type === 'track' && name !== null ? commerceOf(name, properties, currency) : undefined
  return {
    id: stampIdOf({ id: row.id, isVerified: Boolean(row.verified) }),
    at,
    type,
    name,
    url,
    pageType: row.page_type,
    properties,
    isVerified: Boolean(row.verified),
    ...(commerce !== undefined && { commerce }),
    ...(session !== undefined && { session }),
  }
}

/** SQLite keeps JSON as text. */
function textOf(value: string | object | null): string | null {
  return value === null || typeof value === 'string' ? value : JSON.stringify(value)
}

function valueOf(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value
}
