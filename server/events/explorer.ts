import { and, eq, gte } from 'drizzle-orm'
import type {
  EventNames,
  EventPage,
  EventProperties,
  IngestionWarnings,
} from '#protocol/explorer.ts'
import type { Database } from '../db/database.ts'
import { exploreEvents, newestOfName, type EventsSoughtPage } from './explore-events.ts'
import { eventNames } from './name-tally.ts'

/** What a shop's people look up of its events. */
export interface Explorer {
  /** Bounded in time: the answer says how far it has looked. */
  readonly listEvents: (shopId: number, sought: EventsSoughtPage) => Promise<EventPage>
  readonly names: (shopId: number, days: number) => Promise<EventNames>
  /** What the newest events of a name tell. */
  readonly properties: (shopId: number, name: string) => Promise<EventProperties>
  readonly warnings: (shopId: number, days: number) => Promise<IngestionWarnings>
}

const PATIENCE_MS = 150
const SAMPLE = 500
const MOST_PROPERTIES = 100
const MOST_EXAMPLES = 5
const EXAMPLE_CHARS = 120
const DAY_MS = 86_400_000

export function createExplorer({
  db,
  now,
}: {
  readonly db: Database
  readonly now: () => number
}): Explorer {
  const { dialect } = db.raw
  const today = () => Math.floor(now() / DAY_MS)
  return {
    listEvents: (shopId, sought) =>
      exploreEvents(db, shopId, sought, { dialect, patienceMs: PATIENCE_MS }),
    names: (shopId, days) => eventNames(db, shopId, { today: today(), days }),
    async properties(shopId, name) {
      const sample = { patienceMs: PATIENCE_MS, limit: SAMPLE }
      return propertiesOf(await newestOfName(db, shopId, name, sample))
    },
    warnings: (shopId, days) => ingestionWarnings(db, shopId, { today: today(), days }),
  }
}

function propertiesOf(
  events: readonly { readonly properties: Record<string, unknown> | null }[],
): EventProperties {
  const found = new Map<string, { count: number; types: Set<string>; examples: Set<string> }>()
  for (const { properties } of events) {
    for (const [name, value] of Object.entries(properties ?? {})) {
      if (!found.has(name) && found.size >= MOST_PROPERTIES) continue
      const known = found.get(name) ?? { count: 0, types: new Set(), examples: new Set() }
      known.count += 1
      known.types.add(typeOf(value))
      if (known.examples.size < MOST_EXAMPLES) known.examples.add(exampleOf(value))
      found.set(name, known)
    }
  }
  const items = [...found].map(([name, { count, types, examples }]) => {
    return { name, count, types: [...types].toSorted(), examples: [...examples] }
  })
  return { lookedAt: events.length, items: items.toSorted((a, b) => b.count - a.count) }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}

function exampleOf(value: unknown): string {
  const whole = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return whole.length > EXAMPLE_CHARS ? `${whole.slice(0, EXAMPLE_CHARS)}…` : whole
}

/** Every process counts in a lane of its own: together they are the day. */
async function ingestionWarnings(
  { sql, t: { ingestionCounts: counts } }: Database,
  shopId: number,
  { today, days }: { readonly today: number; readonly days: number },
): Promise<IngestionWarnings> {
  const firstDay = today - days + 1
  const rows = await sql
    .select()
    .from(counts)
    .where(and(eq(counts.shopId, shopId), gte(counts.day, firstDay)))
  const none = () => Array.from({ length: days }, () => 0)
  const stored = none()
  const found = new Map<string, IngestionWarnings['items'][number]>()
  for (const { outcome, day, count, lastAt, lastDetail } of rows) {
    if (day > today) continue
    if (outcome === 'stored') {
      stored[day - firstDay] = (stored[day - firstDay] ?? 0) + count
      continue
    }
    const before = found.get(outcome)
    const byDay = before?.days ?? none()
    byDay[day - firstDay] = (byDay[day - firstDay] ?? 0) + count
    const isNewer = before === undefined || lastAt >= before.lastAt
    found.set(outcome, {
      reason: outcome,
      count: (before?.count ?? 0) + count,
      days: byDay,
      lastAt: isNewer ? lastAt : before.lastAt,
      lastDetail: (isNewer ? lastDetail : undefined) ?? before?.lastDetail ?? lastDetail,
    })
  }
  const items = [...found.values()].toSorted((a, b) => b.count - a.count)
  return { items, firstDay, stored, nextCursor: null }
}
