import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccount } from '#server/account/service.ts'
import { listConversations } from '#server/chat/list-store.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { rowsOf } from '../support/databases.ts'
import { median } from './support/percentiles.ts'
import { milliseconds, printTable } from './support/table.ts'

// How long the inbox searches in a shop with 100,000 conversations and a million messages in SQLite, and how long at most
// the process has no turn for anybody else meanwhile.

const CONVERSATIONS = Number(process.env.BENCH_ROWS ?? 100_000)
/** What every conversation says, what the oldest alone does, and what none does. */
const SOUGHT = ['envío', 'huila', 'nothing']
const TIMES = 3
const DAY_MS = 86_400_000
const now = Date.now()

const folder = mkdtempSync(join(tmpdir(), 'granplaza-bench-'))
const db = await openDatabase({ file: join(folder, 'granplaza.db') })
try {
  await db.migrate()
  const shop = await createAccount({ db, now: () => now }).firstShop()
  await fill(shop.id)
  const rows: string[][] = []
  for (const search of SOUGHT) {
    const times: number[] = []
    let longest = 0
    let found = 0
    for (let i = 0; i < TIMES; i += 1) {
      const watch = watchTurns()
      const began = performance.now()
      const filter = {
        view: 'all',
        search,
        today: '2026-11-23',
        memberId: undefined,
        limit: 51,
      } as const
      found = (await listConversations(db, shop.id, { memberId: undefined }, filter)).length
      times.push(performance.now() - began)
      await new Promise(setImmediate)
      longest = Math.max(longest, watch())
    }
    rows.push([search, String(found), milliseconds(median(times)), milliseconds(longest)])
  }
  printTable(['sought', 'found', 'p50', 'longest turn'], rows)
} finally {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Returns what tells how long, at most, nothing else could run. */
function watchTurns(): () => number {
  let last = performance.now()
  let longest = 0
  let isOver = false
  const look = () => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
    if (!isOver) setImmediate(look)
  }
  setImmediate(look)
  return () => {
    isOver = true
    return longest
  }
}

async function fill(shopId: number): Promise<void> {
  const first = now - 365 * DAY_MS
  const step = (365 * DAY_MS) / CONVERSATIONS
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CONVERSATIONS})`
  for (const statement of [
    `INSERT INTO channels (id, shop_id, public_id, name, options, created_at, updated_at)
     SELECT i, ${shopId}, randomblob(16), 'channel ' || i, '{}', 0, 0
     FROM (SELECT 1 AS i UNION SELECT 2 UNION SELECT 3)`,
    `${numbers} INSERT INTO conversations (id, shop_id, public_id, channel_id, begun_by, state, fields, last_at,
       created_at, first_answered_at, closed_at, rating, last_number)
     SELECT i, ${shopId}, randomblob(16), 1 + i % 3, randomblob(32), 'closed', '{}', ${first} + i * ${step},
       ${first} + i * ${step}, CASE WHEN i % 5 THEN ${first} + i * ${step} + i % 90000 END,
       ${first} + i * ${step} + i % 900000, CASE WHEN i % 4 = 0 THEN 1 + i % 5 END, 10 FROM n`,
    `${numbers} INSERT INTO messages (shop_id, conversation_id, number, client_id, author, kind, text, folded_text, at)
     SELECT ${shopId}, i, m, 'message-of-' || m, CASE WHEN m % 2 THEN 'visitor' ELSE 'operator' END, 'text', 'Hola, ¿cuánto tarda el envío de ' || CASE WHEN i = 1 THEN 'café del Huila' ELSE 'la lámpara' END || ' ' || m || ' y cuánto cuesta? Gracias',
       CASE WHEN m % 2 THEN 'hola, ¿cuanto tarda el envio de ' || CASE WHEN i = 1 THEN 'cafe del huila' ELSE 'la lampara' END || ' ' || m || ' y cuanto cuesta? gracias' END, 0
     FROM n, (${Array.from({ length: 10 }, (_, m) => `SELECT ${m + 1} AS m`).join(' UNION ')})`,
    `${numbers} INSERT INTO conversation_assignments (shop_id, conversation_id, reason, assigned_at, answered_at,
       ended_at, ended_by)
     SELECT ${shopId}, i, '{"rule":"fewest_chats"}', ${first} + i * ${step},
       CASE WHEN i % 5 THEN ${first} + i * ${step} + i % 90000 END, ${first} + i * ${step} + i % 900000, 'closed' FROM n`,
  ]) {
    await rowsOf(db, statement)
  }
}
