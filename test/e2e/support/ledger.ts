import { randomBytes } from 'node:crypto'
import type { ConsentMode, EventType } from '#protocol/names.ts'
import { openSqliteConnection, type SqliteConnection } from '#server/db/sqlite-connection.ts'

export interface StoredEvent {
  /** Hex of the 16 bytes. */
  readonly id: string
  readonly type: EventType
  readonly name: string | null
  readonly url: string
  readonly referrer: string | null
  readonly title: string | null
  readonly visitorId: number | null
  readonly sessionId: number | null
  readonly clientSeq: number
  /** Order in which the server stored it. */
  readonly seq: number
  readonly at: number
  readonly pageType: string | null
  readonly userId: string | null
  readonly properties: Record<string, unknown>
}

/** What the server has written down, read past the server. */
export interface Ledger {
  /** Opens a shop of its own, so that a test counts nobody else's events; returns its public key. */
  readonly openShop: (consent: ConsentMode) => string
  /** Lists an origin: from then on no other may send, and cookies are allowed there. */
  readonly listOrigin: (key: string, origin: string) => void
  /** In the order of the browser. */
  readonly events: (key: string) => readonly StoredEvent[]
  readonly named: (key: string, name: string) => readonly StoredEvent[]
  readonly pageViews: (key: string) => readonly StoredEvent[]
  readonly close: () => void
}

const SELECT_EVENTS = `
  select hex(events.id) as id, type, events.name, url, referrer, title, visitor_id as visitorId,
    session_id as sessionId, client_seq as clientSeq, events.seq, at, page_type as pageType, user_id as userId, properties
  from events join keys on keys.shop_id = events.shop_id
  where keys.value = ? order by client_seq, seq`

export function openLedger(file: string): Ledger {
  const database = openSqliteConnection(file, { timeout: 5_000 })
  const select = database.prepare<[string], Row>(SELECT_EVENTS)
  const events = (key: string) => select.all(key).map(storedEvent)
  return {
    openShop: (consent) => insertShop(database, consent),
    listOrigin: (key, origin) => {
      database
        .prepare(
          `insert into origins (shop_id, origin, created_at)
           select shop_id, ?, ? from keys where value = ?`,
        )
        .run(origin, Date.now(), key)
    },
    events,
    named: (key, name) => events(key).filter((event) => event.name === name),
    pageViews: (key) => events(key).filter(({ type }) => type === 'page'),
    close: () => database.close(),
  }
}

interface Row extends Omit<StoredEvent, 'properties'> {
  readonly properties: string | null
}

function storedEvent(row: Row): StoredEvent {
  return { ...row, properties: row.properties === null ? {} : JSON.parse(row.properties) }
}

function insertShop(database: SqliteConnection, consent: ConsentMode): string {
  const key = `pub_${randomBytes(16).toString('base64url')}`
  const now = Date.now()
  const shop = database
    .prepare('insert into shops (name, consent_mode, created_at) values (?, ?, ?)')
    .run('Shop', consent, now)
  database
    .prepare(
      `insert into keys (shop_id, kind, value, ending, scopes, created_at)
       values (?, 'public', ?, ?, '[]', ?)`,
    )
    .run(shop.lastInsertRowid, key, key.slice(-4), now)
  return key
}
