import type { Breather } from '../db/breather.ts'
import type { SqliteConnection } from '../db/database.ts'
import type { PreparedEvent } from './prepared.ts'

/** Calling SQLite costs as much as a row does, so rows go ten at a time. */
const ROWS = 10

const COLUMNS = `shop_id, id, visitor_id, session_id, type, name, at, received_at, client_seq, url,
  referrer, title, page_type, user_id, group_id, properties, traits, verified`

/** Stores those events whose id the shop has not seen; returns whether each one was stored. */
export function createEventStore(
  connection: SqliteConnection,
  breather: Pick<Breather, 'breathe'>,
): (events: readonly PreparedEvent[]) => Promise<readonly boolean[]> {
  const insertIdIfNew = connection.prepare(`${insertIds(1)} ON CONFLICT DO NOTHING`)
  const insertTenIds = connection.prepare(insertIds(ROWS))
  const writtenOfTen = connection.prepare<[], number>('SELECT changes()').pluck()
  const insertEvent = connection.prepare(insertEvents(1))
  const insertTenEvents = connection.prepare(insertEvents(ROWS))

  /** Of an id that stands here more than once, the first counts. */
  function storeIds(events: readonly PreparedEvent[]): boolean[] {
    const first = events.length === ROWS ? storeUntilKnown(events) : 0
    return events.map(
      ({ shopId, onceKey }, i) => i < first || insertIdIfNew.run(shopId, onceKey).changes > 0,
    )
  }

  /** Writes the ids up to the first that is known; returns how many were. */
  function storeUntilKnown(events: readonly PreparedEvent[]): number {
    try {
      insertTenIds.run(...events.flatMap(({ shopId, onceKey }) => [shopId, onceKey]))
      return events.length
    } catch (error) {
      if (isKnownId(error)) return writtenOfTen.get() ?? 0
      throw error
    }
  }

  function storeRows(events: readonly PreparedEvent[]): void {
    if (events.length === ROWS) insertTenEvents.run(...valuesOf(events))
    else for (const event of events) insertEvent.run(...valuesOf([event]))
  }

  return async (events) => {
    const wasStored: boolean[] = []
    for (let from = 0; from < events.length; from += ROWS) {
      await breather.breathe()
      const some = events.slice(from, from + ROWS)
      const areStored = storeIds(some)
      const fresh = some.filter((_, i) => areStored[i])
      storeRows(fresh)
      wasStored.push(...areStored)
    }
    return wasStored
  }
}

/**
 * OR FAIL: a statement that fails keeps the rows it has written, so SQLite need not copy every page beforehand to be
 * able to take them back. Taking all back is the transaction's business.
 */
function insertIds(rows: number): string {
  return `INSERT OR FAIL INTO event_ids (shop_id, id) VALUES ${placesOf(rows, 2)}`
}

function insertEvents(rows: number): string {
  const columns = COLUMNS.split(',').length
  return `INSERT OR FAIL INTO events (${COLUMNS}) VALUES ${placesOf(rows, columns)}`
}

function placesOf(rows: number, columns: number): string {
  const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`
  return Array.from({ length: rows }, () => row).join(', ')
}

function isKnownId(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
}

function valuesOf(events: readonly PreparedEvent[]): unknown[] {
  const values: unknown[] = []
  for (const event of events) {
    values.push(
      event.shopId,
      event.id,
      event.visitorRow,
      event.sessionRow,
      event.type,
      event.name,
      event.at,
      event.receivedAt,
      event.clientSeq,
      event.url,
      event.referrer,
      event.title,
      event.pageType,
      event.userId,
      event.groupId,
      event.properties === null ? null : JSON.stringify(event.properties),
      event.traits === null ? null : JSON.stringify(event.traits),
      event.isVerified ? 1 : 0,
    )
  }
  return values
}
