import { randomBytes, randomUUID } from 'node:crypto'
import type { Batch, WireEvent } from '#protocol/events.ts'
import { EVENTS_PATH } from '#protocol/names.ts'

/** Bytes of one event as JSON, and events of one batch: the load of spec/tracking.md, "Speed". */
const EVENT_BYTES = 333
export const BATCH_EVENTS = 10

/** Shoppers on at once; each batch is of one of them. */
export const VISITORS = 5_000

const USER_AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

/**
 * Requests with ten events each, of new ids and of one of 5,000 visitors. A connection's bytes are made once and only
 * what differs is written over: encoding JSON anew would make the load slower than the server.
 */
export function createBatches(key: string, connections: number): (connection: number) => Buffer {
  const visitors = Array.from({ length: VISITORS }, newShopper)
  const requests = Array.from({ length: connections }, () => requestOf(key))
  let count = 0
  return (connection) => {
    const { bytes, places } = requests[connection] ?? requestOf(key)
    const visitor = visitors[(count * 7919) % VISITORS] ?? newShopper()
    const now = String(Date.now())
    bytes.write(visitor.id, places.visitorId, 'latin1')
    bytes.write(visitor.token, places.token, 'latin1')
    bytes.write(visitor.sessionId, places.sessionId, 'latin1')
    for (const place of places.times) bytes.write(now, place, 'latin1')
    for (const place of places.ids) bytes.write(newEventId(now), place, 'latin1')
    for (const place of places.seqs) bytes.write(String(FIRST_SEQ + count), place, 'latin1')
    count += 1
    return bytes
  }
}

/** Nine digits for as long as any bench runs, so that each fits in the place of the one before. */
const FIRST_SEQ = 100_000_000

/** A visitor as the tag knows itself. */
export interface Shopper {
  readonly id: string
  readonly token: string
  readonly sessionId: string
}

export function newShopper(): Shopper {
  return {
    id: randomBytes(16).toString('base64url'),
    token: randomBytes(32).toString('base64url'),
    sessionId: randomUUID(),
  }
}

/** A UUIDv7: in time order, as the tag makes them. */
function newEventId(now: string): string {
  const time = Number(now).toString(16).padStart(12, '0')
  const random = randomUUID()
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`
}

interface Places {
  readonly visitorId: number
  readonly token: number
  readonly sessionId: number
  readonly times: readonly number[]
  readonly ids: readonly number[]
  readonly seqs: readonly number[]
}

function requestOf(key: string): { bytes: Buffer; places: Places } {
  const body = JSON.stringify(batchOf(key, newShopper()))
  const head = [
    `POST ${EVENTS_PATH} HTTP/1.1`,
    'host: localhost',
    `user-agent: ${USER_AGENT}`,
    'content-type: text/plain',
    `content-length: ${Buffer.byteLength(body)}`,
  ].join('\r\n')
  const text = `${head}\r\n\r\n${body}`
  return { bytes: Buffer.from(text), places: placesIn(text) }
}

function placesIn(text: string): Places {
  const visitorAt = text.indexOf('"visitor":')
  const sessionAt = text.indexOf('"session":')
  return {
    visitorId: text.indexOf('"id":"', visitorAt) + 6,
    token: text.indexOf('"token":"', visitorAt) + 9,
    sessionId: text.indexOf('"id":"', sessionAt) + 6,
    times: [...allAfter(text, '"sentAt":'), ...allAfter(text, '"at":')],
    ids: allAfter(text, '{"id":"', text.indexOf('"events":')),
    seqs: allAfter(text, '"seq":'),
  }
}

function allAfter(text: string, word: string, from = 0): number[] {
  const found: number[] = []
  for (let at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
    found.push(at + word.length)
  }
  return found
}

/** Ten events of one visitor, of now. */
export function batchOf(key: string, { id, token, sessionId }: Shopper): Batch {
  const now = Date.now()
  return {
    key,
    sentAt: now,
    visitor: { id, token },
    session: { id: sessionId, startedAt: now - 60_000 },
    consent: { statistics: true, personalisation: true, marketing: false },
    context: {
      locale: 'es-ES',
      timeZone: 'Europe/Madrid',
      screen: [1920, 1080],
      viewport: [1280, 720],
      device: 'desktop',
      tagVersion: '0.1.0',
    },
    events: Array.from({ length: BATCH_EVENTS }, () => sampleEvent(now)),
  }
}

/** The event that every batch repeats: exactly 333 bytes as JSON. */
export function sampleEvent(now = Date.now()): WireEvent {
  const event: WireEvent = {
    id: newEventId(String(now)),
    type: 'track',
    name: 'Product Viewed',
    properties: { product_id: 'SKU-48213', price: 59.9, currency: 'EUR' },
    at: now,
    ageMs: 120,
    seq: FIRST_SEQ,
    page: {
      url: 'https://shop.example/shoes/trail-runner',
      referrer: 'https://shop.example/shoes',
      title: '',
      type: 'product',
    },
  }
  const missing = EVENT_BYTES - Buffer.byteLength(JSON.stringify(event))
  if (missing < 0) throw new Error('The event is longer than it should be')
  const title = 'Trail running shoe with a grippy sole for wet rocks, for her and for him'
  return { ...event, page: { ...event.page, title: title.slice(0, missing).padEnd(missing, '.') } }
}
