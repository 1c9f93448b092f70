import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SqliteConnection } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { sampleEvent, VISITORS } from './batches.ts'
import type { Role } from './roles.ts'

const ROWS_A_TRANSACTION = 100

/** Asked for a number of seconds, it tells how many rows a second it inserted in them. */
export async function offerRawInserts(): Promise<Role> {
  const folder = mkdtempSync(join(tmpdir(), 'granplaza-bench-'))
  const database = await openDatabase({ file: join(folder, 'raw.db') })
  await database.migrate()
  const { raw } = database
  if (raw.dialect !== 'sqlite') throw new Error('Raw inserts are measured on SQLite')
  return {
    ready: '',
    ask: async (seconds) =>
      String(await raw.exclusive((connection) => insertRaw(connection, Number(seconds)))),
    async stop() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Rows a second that better-sqlite3 inserts for `seconds` into our own tables, with our own indexes, a hundred in a
 * transaction: no HTTP, no JSON, no check, ids in time order as the tag's are. The limit of what any server could do.
 */
function insertRaw(connection: SqliteConnection, seconds: number): number {
  const insertId = connection.prepare('INSERT INTO event_ids (shop_id, id) VALUES (?, ?)')
  const insertEvent = connection.prepare(
    `INSERT INTO events (shop_id, id, visitor_id, session_id, type, name, at, received_at, client_seq, url, referrer,
      title, page_type, properties, verified)
    VALUES (?, ?, ?, ?, 'track', 'Product Viewed', ?, ?, ?, ?, ?, ?, 'product', ?, 0)`,
  )
  const { page, properties } = sampleEvent()
  const { url, referrer, title } = page
  const json = JSON.stringify(properties)
  let rows = 0
  const insertRows = () => {
    for (let row = 0; row < ROWS_A_TRANSACTION; row += 1, rows += 1) {
      const now = Date.now()
      const id = timeOrderedId(now)
      const visitor = (rows * 7919) % VISITORS
      insertId.run(1, id)
      insertEvent.run(1, id, visitor, visitor, now, now, rows, url, referrer, title, json)
    }
  }
  const start = performance.now()
  while (performance.now() - start < seconds * 1000) {
    connection.exec('BEGIN IMMEDIATE')
    insertRows()
    connection.exec('COMMIT')
  }
  return rows / ((performance.now() - start) / 1000)
}

function timeOrderedId(now: number): Buffer {
  const id = randomBytes(16)
  id.writeUIntBE(now, 0, 6)
  return id
}
