import { and, asc, eq, gt, inArray, lte, sql as text } from 'drizzle-orm'
import { padded } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'
import { commerceOf } from '../events/service.ts'
import { joinTold, NAMES_READ, stepOf, STEPS, type SessionTold } from './session-facts.ts'

type Handle = Pick<Transaction, 'sql' | 't'>

/** What some events tell that figures are made of. */
export interface ToldEvents {
  readonly count: number
  /** The last one's. */
  readonly seq: number | undefined
  readonly sessions: ReadonlyMap<number, SessionTold>
  readonly products: readonly {
    readonly at: number
    readonly productId: string
    readonly did: 'viewed' | 'added'
  }[]
  /** Orders of which something was told. */
  readonly orderIds: ReadonlySet<string>
}

interface EventRow {
  readonly seq: number
  readonly visitorId: number | null
  readonly sessionId: number | null
  readonly name: string | null
  readonly at: number
  readonly properties: unknown
}

/** The next events in the order of their arrival, behind `after` and up to `until`. */
export async function nextEvents(
  { sql, t: { events } }: Handle,
  shopId: number,
  { after, until, limit }: { after: number; until: number | undefined; limit: number },
): Promise<ToldEvents> {
  const rows = await sql
    .select(columnsOf(events))
    .from(events)
    .where(
      and(
        eq(events.shopId, shopId),
        gt(events.seq, after),
        until === undefined ? undefined : lte(events.seq, until),
      ),
    )
    .orderBy(asc(events.seq))
    .limit(limit)
  return toldBy(rows)
}

export async function eventsOfVisitor(
  { sql, t: { events } }: Handle,
  shopId: number,
  visitorId: number,
): Promise<ToldEvents> {
  const rows = await sql
    .select(columnsOf(events))
    .from(events)
    .where(and(eq(events.shopId, shopId), eq(events.visitorId, visitorId)))
  return toldBy(rows)
}

/** Those of some numbers, up to one. */
export async function eventsOfNumbers(
  { sql, t: { events } }: Handle,
  shopId: number,
  numbers: readonly number[],
  until: number,
): Promise<ToldEvents> {
  const counted = numbers.filter((seq) => seq <= until)
  if (counted.length === 0) return toldBy([])
  const rows = await sql
    .select(columnsOf(events))
    .from(events)
    .where(and(eq(events.shopId, shopId), inArray(events.seq, padded(counted))))
  return toldBy(rows)
}

/** Properties of events that say nothing here are not even read. */
function columnsOf(events: Handle['t']['events']) {
  const isRead = inArray(events.name, [...NAMES_READ])
  return {
    seq: events.seq,
    visitorId: events.visitorId,
    sessionId: events.sessionId,
    name: text<string | null>`case when ${isRead} then ${events.name} end`,
    at: events.at,
    properties: text<unknown>`case when ${isRead} then ${events.properties} end`,
  }
}

function toldBy(rows: readonly EventRow[]): ToldEvents {
  const sessions = new Map<number, SessionTold>()
  const products: ToldEvents['products'][number][] = []
  const orderIds = new Set<string>()
  for (const { visitorId, sessionId, name, at, properties } of rows) {
    const commerce = name === null ? undefined : commerceOf(name, recordOf(properties), NO_CURRENCY)
    const step = stepOf(name, commerce)
    if (visitorId !== null && sessionId !== null) {
      const steps = step === undefined ? 0 : STEPS[step]
      const told = { visitorId, beganAt: at, steps, cartAt: step === 'cart' ? at : null }
      sessions.set(sessionId, joinTold(sessions.get(sessionId), told))
    }
    if (commerce === undefined) continue
    const { interaction, order } = commerce
    if (interaction === 'viewed' || interaction === 'added') {
      for (const { productId } of commerce.products) {
        products.push({ at, productId, did: interaction })
      }
    }
    if (order !== undefined) orderIds.add(order.orderId)
  }
  return { count: rows.length, seq: rows.at(-1)?.seq, sessions, products, orderIds }
}

/** Amounts are the orders' own. */
const NO_CURRENCY = ''

/** SQLite gives the text, PostgreSQL what it says; ingestion wrote it, so it is a record. */
function recordOf(stored: unknown): Record<string, unknown> | null {
  const value: unknown = typeof stored === 'string' ? JSON.parse(stored) : stored
  return typeof value === 'object' && value !== null ? { ...value } : null
}
