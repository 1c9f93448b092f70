import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gt, gte, sql as text } from 'drizzle-orm'
import type { EventNames } from '#protocol/explorer.ts'
import type { EventType } from '#protocol/names.ts'
import type { Database } from '../db/database.ts'

/** Rows a transaction: ingestion waits for it. */
const STEP = 2_000
/** Of one shop and day; a page can send any. */
const MOST_NAMES = 500
const MOST_SHOWN = 200
const DAY_MS = 86_400_000
/**
 * On PostgreSQL events of a commit under way have numbers below those that are seen: what arrived so lately is left for
 * later. SQLite has one writer.
 */
const SETTLED_MS = 30_000

interface TallyDeps {
  readonly db: Database
  readonly now: () => number
}

/** Counts what has arrived since it was last asked, of all shops; resolves when it has caught up, or `isOver` says so. */
export function createNameTally({ db, now }: TallyDeps): (isOver: () => boolean) => Promise<void> {
  return async (isOver) => {
    const shops = await db.sql.select({ id: db.t.shops.id }).from(db.t.shops)
    for (const { id } of shops) {
      while (!isOver() && (await countSome({ db, now }, id))) await nextTurn()
    }
  }
}

/** False: nothing is left to count. Of two nodes that count the same one's transaction changes nothing. */
async function countSome({ db, now }: TallyDeps, shopId: number): Promise<boolean> {
  const { eventNameCursors: cursors } = db.t
  const [cursor] = await db.sql
    .select({ upTo: cursors.upTo })
    .from(cursors)
    .where(eq(cursors.shopId, shopId))
  const rows = await settledRows(db, shopId, cursor?.upTo ?? 0, now())
  const last = rows.at(-1)
  if (last === undefined) return false
  await db.transaction(async (sql) => {
    if (!(await moveCursor({ sql, t: db.t }, shopId, cursor?.upTo, last.seq))) return
    await add({ sql, t: db.t }, shopId, rows)
  })
  return rows.length === STEP
}

/** False: another node has counted these events. */
async function moveCursor(
  { sql, t: { eventNameCursors: cursors } }: Pick<Database, 'sql' | 't'>,
  shopId: number,
  from: number | undefined,
  upTo: number,
): Promise<boolean> {
  const isIt = and(eq(cursors.shopId, shopId), eq(cursors.upTo, from ?? 0))
  const moved =
    from === undefined
      ? await sql
          .insert(cursors)
          .values({ shopId, upTo })
          .onConflictDoNothing()
          .returning({ upTo: cursors.upTo })
      : await sql.update(cursors).set({ upTo }).where(isIt).returning({ upTo: cursors.upTo })
  return moved.length > 0
}

interface Row {
  readonly seq: number
  readonly type: EventType
  readonly name: string | null
  readonly receivedAt: number
}

async function settledRows(
  { sql, t: { events }, raw }: Database,
  shopId: number,
  after: number,
  now: number,
): Promise<Row[]> {
  const { seq, type, name, receivedAt } = events
  const rows = await sql
    .select({ seq, type, name, receivedAt })
    .from(events)
    .where(and(eq(events.shopId, shopId), gt(seq, after)))
    .orderBy(asc(seq))
    .limit(STEP)
  if (raw.dialect === 'sqlite') return rows
  const end = rows.findIndex((row) => row.receivedAt > now - SETTLED_MS)
  return end < 0 ? rows : rows.slice(0, end)
}

async function add(
  { sql, t }: Pick<Database, 'sql' | 't'>,
  shopId: number,
  rows: readonly Row[],
): Promise<void> {
  const { eventNameDays: days } = t
  const counts = new Map<string, { day: number; type: EventType; name: string; count: number }>()
  const known = new Map<number, Set<string>>()
  for (const { type, name: said, receivedAt } of rows) {
    const day = Math.floor(receivedAt / DAY_MS)
    const names = known.get(day) ?? (await namesOn({ sql, t }, shopId, day))
    known.set(day, names)
    const key = `${type} ${said ?? ''}`
    const isTooMany = !names.has(key) && names.size >= MOST_NAMES
    if (!isTooMany) names.add(key)
    const [kind, name] = isTooMany ? (['track', ''] as const) : ([type, said ?? ''] as const)
    const place = `${day} ${kind} ${name}`
    const count = (counts.get(place)?.count ?? 0) + 1
    counts.set(place, { day, type: kind, name, count })
  }
  for (const row of counts.values()) {
    await sql
      .insert(days)
      .values({ ...row, shopId })
      .onConflictDoUpdate({
        target: [days.shopId, days.day, days.type, days.name],
        set: { count: text`${days.count} + excluded.count` },
      })
  }
}

async function namesOn(
  { sql, t: { eventNameDays: days } }: Pick<Database, 'sql' | 't'>,
  shopId: number,
  day: number,
): Promise<Set<string>> {
  const rows = await sql
    .select({ type: days.type, name: days.name })
    .from(days)
    .where(and(eq(days.shopId, shopId), eq(days.day, day)))
  return new Set(rows.map(({ type, name }) => `${type} ${name}`))
}

/** The most frequent names of the last days, today included. */
export async function eventNames(
  { sql, t: { eventNameDays } }: Pick<Database, 'sql' | 't'>,
  shopId: number,
  { today, days }: { readonly today: number; readonly days: number },
): Promise<EventNames> {
  const firstDay = today - days + 1
  const rows = await sql
    .select()
    .from(eventNameDays)
    .where(and(eq(eventNameDays.shopId, shopId), gte(eventNameDays.day, firstDay)))
  const found = new Map<string, EventNames['items'][number]>()
  for (const { day, type, name, count } of rows) {
    if (day > today) continue
    const key = `${type} ${name}`
    const item = found.get(key) ?? {
      name: name === '' ? null : name,
      type,
      count: 0,
      lastDay: day,
      days: Array.from({ length: days }, () => 0),
    }
    item.days[day - firstDay] = count
    found.set(key, { ...item, count: item.count + count, lastDay: Math.max(item.lastDay, day) })
  }
  const items = [...found.values()].toSorted((a, b) => b.count - a.count)
  return {
    items: items.slice(0, MOST_SHOWN),
    firstDay,
    hasMore: items.length > MOST_SHOWN,
    nextCursor: null,
  }
}
