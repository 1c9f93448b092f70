import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, desc, eq, gt, inArray, like, lte, sql as text, type SQL } from 'drizzle-orm'
import type { EventPage, EventSought } from '#protocol/explorer.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import { padded } from '../db/padded.ts'
import { storedEvents, visitorRow } from './stored-events.ts'

type Handle = Pick<Database, 'sql' | 't'>

interface Exploring {
  readonly dialect: 'sqlite' | 'postgres'
  /** How long it may look for events that are wanted. */
  readonly patienceMs: number
}

export interface EventsSoughtPage extends EventSought {
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Rows that are looked through by one statement: about 20 ms. */
const STRIDE = 20_000

/**
 * Stored events in the order of their arrival, the newest first, narrowed by what has no index: they are looked through
 * piece by piece until enough are found or time is up, and the answer says how far that was.
 */
export async function exploreEvents(
  handle: Handle,
  shopId: number,
  { limit, cursor, ...sought }: EventsSoughtPage,
  { dialect, patienceMs }: Exploring,
): Promise<EventPage> {
  const where = await conditionOf(handle, shopId, sought, dialect)
  const [least, most] = await bounds(handle, shopId)
  const top =
    cursor === undefined
      ? await lastBefore(handle, shopId, sought.to, [least, most])
      : Math.min(most, seqOf(cursor) - 1)
  const bottom = await lastBefore(handle, shopId, sought.from, [least, most])
  const floor = sought.from === undefined ? least - 1 : bottom
  const until = performance.now() + patienceMs
  const seqs: number[] = []
  let at = top
  while (at > floor && seqs.length <= limit) {
    const from = where === undefined ? floor : Math.max(floor, at - STRIDE)
    seqs.push(
      ...(await found(handle, shopId, { from, to: at, where, limit: limit + 1 - seqs.length })),
    )
    at = from
    if (seqs.length > limit) break
    if (performance.now() >= until) break
    // SQLite never waits by itself: others have their turn.
    await nextTurn()
  }
  const shown = seqs.slice(0, limit)
  const last = shown.at(-1)
  const isFull = seqs.length > limit && last !== undefined
  const goesOnBefore = isFull ? last : at > floor ? at + 1 : undefined
  return {
    items: await storedEvents(handle, shopId, shown),
    nextCursor: goesOnBefore === undefined ? null : String(goesOnBefore),
    lookedAt: Math.max(0, top - (goesOnBefore ?? floor + 1) + 1),
  }
}

async function conditionOf(
  handle: Handle,
  shopId: number,
  { name, type, visitorId, page, property, value }: EventSought,
  dialect: Exploring['dialect'],
): Promise<SQL | undefined> {
  const { events } = handle.t
  const within = page?.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)
  return and(
    name === undefined ? undefined : eq(events.name, name),
    type === undefined ? undefined : eq(events.type, type),
    visitorId === undefined
      ? undefined
      : eq(events.visitorId, await visitorRow(handle, shopId, visitorId)),
    within === undefined
      ? undefined
      : text`${like(text`lower(${events.url})`, `%${within.toLowerCase()}%`)} ESCAPE '\\'`,
    property === undefined ? undefined : hasProperty(events, dialect, property, value),
  )
}

/** As both databases write a property's value as text; without one, that it is there. */
function hasProperty(
  { properties }: Handle['t']['events'],
  dialect: Exploring['dialect'],
  property: string,
  value: string | undefined,
): SQL {
  const told = text`(${properties} ->> ${property})`
  if (value === undefined) return text`${told} is not null`
  // SQLite knows no booleans.
  const also = dialect === 'sqlite' ? { true: '1', false: '0' }[value] : undefined
  return inArray(text`cast(${told} as text)`, also === undefined ? [value] : [value, also])
}

async function found(
  { sql, t: { events } }: Handle,
  shopId: number,
  page: {
    readonly from: number
    readonly to: number
    readonly where: SQL | undefined
    readonly limit: number
  },
): Promise<number[]> {
  const rows = await sql
    .select({ seq: events.seq })
    .from(events)
    .where(
      and(
        eq(events.shopId, shopId),
        gt(events.seq, page.from),
        lte(events.seq, page.to),
        page.where,
      ),
    )
    .orderBy(desc(events.seq))
    .limit(page.limit)
  return rows.map(({ seq }) => seq)
}

/** The least and the greatest number of the shop's events; of none, nothing lies between them. */
async function bounds(handle: Handle, shopId: number): Promise<[number, number]> {
  const { sql, t } = handle
  const { seq, shopId: shop } = t.events
  const end = async (order: SQL) => {
    const [row] = await sql
      .select({ seq })
      .from(t.events)
      .where(eq(shop, shopId))
      .orderBy(order)
      .limit(1)
    return row?.seq
  }
  const [least, most] = [await end(text`${seq} asc`), await end(desc(seq))]
  return [least ?? 1, most ?? 0]
}

/** The number of the last event that arrived before `time`; by halves, for they arrive in the order of their numbers. */
async function lastBefore(
  { sql, t: { events } }: Handle,
  shopId: number,
  time: number | undefined,
  [least, most]: readonly [number, number],
): Promise<number> {
  if (time === undefined) return most
  let [low, high] = [least - 1, most]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const [row] = await sql
      .select({ seq: events.seq, receivedAt: events.receivedAt })
      .from(events)
      .where(and(eq(events.shopId, shopId), lte(events.seq, middle), gt(events.seq, low)))
      .orderBy(desc(events.seq))
      .limit(1)
    // Between `low` and the middle there may be none of this shop.
    if (row === undefined) low = middle
    else if (row.receivedAt < time) low = middle
    else high = row.seq - 1
  }
  return low
}

/** How many of the newest are looked at to tell what events of a name have. */
export async function newestOfName(
  handle: Handle,
  shopId: number,
  name: string,
  { patienceMs, limit }: { readonly patienceMs: number; readonly limit: number },
): Promise<{ readonly properties: Record<string, unknown> | null }[]> {
  const { sql, t } = handle
  const { events } = t
  const [least, most] = await bounds(handle, shopId)
  const until = performance.now() + patienceMs
  const seqs: number[] = []
  for (let at = most; at >= least && seqs.length < limit; at -= STRIDE) {
    const page = {
      from: at - STRIDE,
      to: at,
      where: eq(events.name, name),
      limit: limit - seqs.length,
    }
    seqs.push(...(await found(handle, shopId, page)))
    if (performance.now() >= until) break
    await nextTurn()
  }
  if (seqs.length === 0) return []
  return sql
    .select({ properties: events.properties })
    .from(events)
    .where(and(eq(events.shopId, shopId), inArray(events.seq, padded(seqs))))
}

function seqOf(cursor: string): number {
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor)
  throw new Refusal('bad_request', 'cursor: send the nextCursor of the answer before')
}
