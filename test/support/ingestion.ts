import { randomBytes, randomUUID } from 'node:crypto'
import type { Batch, WireEvent } from '#protocol/events.ts'
import type { EventsAnswer } from '#protocol/events-answer.ts'
import type { ConsentMode } from '#protocol/names.ts'
import { createBus } from '#server/core/bus.ts'
import { createLog } from '#server/core/log.ts'
import type { Database } from '#server/db/database.ts'
import type { EventsFacts } from '#server/events/service.ts'
import { EVENTS_KEY_RULES } from '#server/ingestion/routes.ts'
import type { Customers } from '#server/customers/service.ts'
import type { Ingested, Ingestion } from '#server/ingestion/service.ts'
import { createSlices } from '#server/slices.ts'
import type { Targeting } from '#server/targeting/service.ts'
import { backgroundOf } from './background.ts'
import { rowsOf } from './databases.ts'

export const NOW = Date.UTC(2026, 10, 22, 12)
export const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36'
export const GRANTED = { statistics: true, personalisation: true, marketing: true }
export const DENIED = { statistics: false, personalisation: false, marketing: false }

/** What a test says of the request besides its body. */
export interface SenderOptions {
  readonly consentMode?: ConsentMode
  readonly isVerified?: boolean
  readonly userAgent?: string
  readonly cookie?: string
}

export interface TestIngestion {
  readonly shopId: number
  readonly ingestion: Ingestion
  readonly targeting: Targeting
  readonly customers: Customers
  readonly facts: { stored: number; leftOut: Record<string, number> }
  /** The time that the server believes it is. */
  readonly clock: { now: number }
  /** Sends a body as it is, through the route's own reading of it. */
  readonly sendBody: (body: string | Buffer, options?: SenderOptions) => Promise<Ingested>
  readonly send: (batch: Batch, options?: SenderOptions) => Promise<EventsAnswer>
}

/** Ingestion for one shop of `db`, a new one unless given, without HTTP. */
export async function startIngestion(db: Database, ofShop?: number): Promise<TestIngestion> {
  const shopId = ofShop ?? (await insertShop(db))
  const clock = { now: NOW }
  const facts: TestIngestion['facts'] = { stored: 0, leftOut: {} }
  const log = createLog('silent')
  const bus = createBus<EventsFacts>({ log })
  bus.on('event.stored', ({ events }) => {
    facts.stored += events.length
  })
  bus.on('event.left_out', ({ leftOut }) => {
    for (const [reason, count] of Object.entries(leftOut)) {
      facts.leftOut[reason] = (facts.leftOut[reason] ?? 0) + count
    }
  })
  const { ingestion, targeting, customers, account } = createSlices({
    db,
    bus,
    log,
    now: () => clock.now,
    ...backgroundOf(db, () => clock.now),
    publicUrl: new URL('http://localhost'),
    lookUpPlace: () => ({}),
  })
  const shop = await account.shopOf(shopId)

  async function sendBody(body: string | Buffer, options: SenderOptions = {}): Promise<Ingested> {
    const { consentMode = 'anonymous', isVerified = false, userAgent = BROWSER, cookie } = options
    const { body: envelope } = EVENTS_KEY_RULES.parse(Buffer.from(body))
    const sender = { shop: { ...shop, consentMode }, isVerified, userAgent, cookie }
    return ingestion.ingest(envelope, { ...sender, address: undefined })
  }

  return {
    shopId,
    ingestion,
    targeting,
    customers,
    facts,
    clock,
    sendBody,
    send: async (batch, options) => (await sendBody(JSON.stringify(batch), options)).answer,
  }
}

export async function insertShop(db: Database): Promise<number> {
  const [shop] = await db.sql
    .insert(db.t.shops)
    .values({ name: 'Testería', consentMode: 'anonymous', createdAt: NOW })
    .returning({ id: db.t.shops.id })
  if (shop === undefined) throw new Error('No shop was made')
  const value = `pub_${randomBytes(16).toString('base64url')}`
  await db.sql.insert(db.t.keys).values({
    shopId: shop.id,
    kind: 'public',
    value,
    ending: value.slice(-4),
    scopes: [],
    createdAt: NOW,
  })
  return shop.id
}

export function newVisitor(): { id: string; token: string } {
  return { id: randomBytes(16).toString('base64url'), token: newToken() }
}

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** A consenting visitor's batch of one event, all of it replaceable. */
export function batchOf(events: readonly unknown[], changes: Partial<Batch> = {}): Batch {
  return {
    key: 'pk_test',
    sentAt: NOW,
    visitor: newVisitor(),
    session: { id: randomUUID(), startedAt: NOW },
    consent: GRANTED,
    context: { device: 'phone', locale: 'es-AR' },
    ...changes,
    // Tests send what no tag would.
    events: events as WireEvent[],
  }
}

let seq = 0

export function eventOf(changes: Partial<WireEvent> = {}): WireEvent {
  seq += 1
  return {
    id: randomUUID(),
    type: 'track',
    name: 'Product Viewed',
    at: NOW,
    ageMs: 0,
    seq,
    page: { url: 'https://shop.example/shoes', referrer: '', title: 'Shoes', type: 'product' },
    ...changes,
  }
}

/** All events of the shop, in the order of their row numbers. */
export function storedEvents(db: Database, shopId: number) {
  return rowsOf<StoredRow>(
    db,
    `SELECT e.id, e.type, e.name, e.at, e.client_seq, e.url, e.referrer, e.title, e.page_type,
            e.user_id, e.group_id, e.properties, e.traits, e.session_id, e.visitor_id, v.public_id
       FROM events e LEFT JOIN visitors v ON v.id = e.visitor_id
      WHERE e.shop_id = $1 ORDER BY e.seq`,
    [shopId],
  )
}

interface StoredRow {
  readonly page_type: string | null
  readonly id: Buffer
  readonly type: string
  readonly name: string | null
  readonly at: number
  readonly client_seq: number
  readonly url: string
  readonly referrer: string | null
  readonly title: string | null
  readonly user_id: string | null
  readonly group_id: string | null
  readonly properties: unknown
  readonly traits: unknown
  readonly session_id: number | null
  readonly visitor_id: number | null
  readonly public_id: Buffer | null
}
