import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gt, gte, inArray, lte, sql as text } from 'drizzle-orm'
import type { EventNames } from '#protocol/explorer.ts'
import type { EventType } from '#protocol/names.ts'
import type { Database } from '../db/database.ts'
import { padded } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'
import { lastEventBut } from './last-event.ts'
import type { Settled } from './settled.ts'

/** Rows a transaction: ingestion waits for it. */
const STEP = 1_000
/** Of one shop and day; a page can send any. */
const MOST_NAMES = 500
const MOST_SHOWN = 200
const DAY_MS = 86_400_000
type Handle = Pick<Transaction, 'sql' | 't'>

interface TallyDeps {
  readonly db: Database
  readonly settled: Settled
}

/** Counts what has arrived since it was last asked, of all shops; resolves when it has caught up, or `isOver` says so. */
export function createNameTally({
  db,
  settled,
}: TallyDeps): (isOver: () => boolean) => Promise<void> {
  return async (isOver) => {
    const until = await settled()
    const shops = await db.sql.select({ id: db.t.shops.id }).from(db.t.shops)
    for (const { id } of shops) {
      while (!isOver() && (await countSome(db, id, until))) await nextTurn()
    }
  }
}

/** False: nothing is left to count. */
async function countSome(
  db: Database,
  shopId: number,
  until: number | undefined,
): Promise<boolean> {
  const { eventNameCursors: cursors } = db.t
  const [cursor] = await db.sql
    .select({ upTo: cursors.upTo })
    .from(cursors)
    .where(eq(cursors.shopId, shopId))
  // Most of the time nothing has arrived, and nobody has to wait.
  const [next] = await nextRows(db, shopId, { after: cursor?.upTo ?? 0, until, limit: 1 })
  if (next === undefined) return false
  return db.transaction(async (sql) => {
    const handle = { sql, t: db.t }
    const after = await lockCursor(handle, shopId)
    // Read while it is held: two nodes count nothing twice, and nothing that is erased meanwhile is counted.
    const rows = await nextRows(handle, shopId, { after, until, limit: STEP })
    const last = rows.at(-1)
    if (last === undefined) return false
    await add(handle, shopId, rows)
    await sql.update(cursors).set({ upTo: last.seq }).where(eq(cursors.shopId, shopId))
    return rows.length === STEP
  })
}

/** Nobody else counts, or takes off, until the transaction ends. */
async function lockCursor(
  { sql, t: { eventNameCursors: cursors } }: Handle,
  shopId: number,
): Promise<number> {
  const [held] = await sql
    .insert(cursors)
    .values({ shopId, upTo: 0 })
    .onConflictDoUpdate({ target: cursors.shopId, set: { upTo: text`${cursors.upTo}` } })
    .returning({ upTo: cursors.upTo })
  return held?.upTo ?? 0
}

interface Row {
  readonly seq: number
  readonly type: EventType
  readonly name: string | null
  readonly receivedAt: number
}

function nextRows(
  { sql, t: { events } }: Handle,
  shopId: number,
  { after, until, limit }: { after: number; until: number | undefined; limit: number },
): Promise<Row[]> {
  const { seq, type, name, receivedAt } = events
  return sql
    .select({ seq, type, name, receivedAt })
    .from(events)
    .where(
      and(
        eq(events.shopId, shopId),
        gt(seq, after),
        until === undefined ? undefined : lte(seq, until),
      ),
    )
    .orderBy(asc(seq))
    .limit(limit)
}

async function add(handle: Handle, shopId: number, rows: readonly Row[]): Promise<void> {
  const { eventNameDays: days } = handle.t
  for (const row of await countsOf(handle, shopId, rows)) {
    await handle.sql
      .insert(days)
      .values({ ...row, shopId })
      .onConflictDoUpdate({
        target: [days.shopId, days.day, days.type, days.name],
        set: { count: text`${days.count} + excluded.count` },
      })
  }
}

interface NameCount {
  readonly day: number
  readonly type: EventType
  readonly name: string
  readonly count: number
}

/** By name, where its day has room for it: a name that has a place keeps it. */
async function countsOf(
  handle: Handle,
  shopId: number,
  rows: readonly Row[],
): Promise<NameCount[]> {
  const counts = new Map<string, NameCount>()
  const known = new Map<number, Set<string>>()
  for (const { type, name: said, receivedAt } of rows) {
    const day = Math.floor(receivedAt / DAY_MS)
    const names = known.get(day) ?? (await namesOn(handle, shopId, day))
    known.set(day, names)
    const key = `${type} ${said ?? ''}`
    const isTooMany = !names.has(key) && names.size >= MOST_NAMES
    if (!isTooMany) names.add(key)
    const [kind, name] = isTooMany ? (['track', ''] as const) : ([type, said ?? ''] as const)
    const place = `${day} ${kind} ${name}`
    const count = (counts.get(place)?.count ?? 0) + 1
    counts.set(place, { day, type: kind, name, count })
  }
  return [...counts.values()]
}

/** Takes these events off, in the transaction that deletes them and before that. */
export async function forgetNames(
  handle: Handle,
  shopId: number,
  numbers: readonly number[],
): Promise<void> {
  const { sql, t } = handle
  const { events, eventNameDays: days } = t
  const upTo = await lockCursor(handle, shopId)
  const counted = numbers.filter((seq) => seq <= upTo)
  if (counted.length > 0) {
    const rows = await sql
      .select({
        seq: events.seq,
        type: events.type,
        name: events.name,
        receivedAt: events.receivedAt,
      })
      .from(events)
      .where(and(eq(events.shopId, shopId), inArray(events.seq, padded(counted))))
    for (const { day, type, name, count } of await countsOf(handle, shopId, rows)) {
      // What is left of none stays as a row: on a day that is full, another name would take its place.
      await sql
        .update(days)
        .set({ count: text`${days.count} - ${count}` })
        .where(
          and(eq(days.shopId, shopId), eq(days.day, day), eq(days.type, type), eq(days.name, name)),
        )
    }
  }
  await goBack(handle, shopId, upTo, numbers)
}

/** These events go, in the same transaction, and stay counted. */
export async function releaseNames(
  handle: Handle,
  shopId: number,
  numbers: readonly number[],
): Promise<void> {
  await goBack(handle, shopId, await lockCursor(handle, shopId), numbers)
}

/** Numbers that SQLite gives again are not counted yet. */
async function goBack(
  handle: Handle,
  shopId: number,
  upTo: number,
  going: readonly number[],
): Promise<void> {
  const { eventNameCursors: cursors } = handle.t
  const last = await lastEventBut(handle, shopId, upTo, going)
  if (last === upTo) return
  await handle.sql.update(cursors).set({ upTo: last }).where(eq(cursors.shopId, shopId))
}

async function namesOn(
  { sql, t: { eventNameDays: days } }: Handle,
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
    .where(
      and(
        eq(eventNameDays.shopId, shopId),
        gte(eventNameDays.day, firstDay),
        gt(eventNameDays.count, 0),
      ),
    )
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
