import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { openDatabase, type OpenOptions } from '#server/db/open-database.ts'
import { rowsOf } from '../../../support/databases.ts'
import type { SentEvent } from './recorder.ts'

export interface StoredRow {
  readonly id: Buffer
  readonly type: string
  readonly name: string | null
  readonly at: number
  readonly url: string
  readonly userId: string | null
  readonly visitorId: number | null
  readonly sessionId: number | null
  readonly properties: unknown
  readonly verified: unknown
}

/** Between a client's clock and the server's formula there is the way of the request, on a busy machine. */
const TOLERANCE_MS = 20_000

/** All events in a database that no server holds any more, in their order. */
export async function storedRows(address: OpenOptions): Promise<StoredRow[]> {
  const db = await openDatabase(address)
  const rows = await rowsOf<StoredRow>(
    db,
    `SELECT id, type, name, at, url, user_id AS "userId", visitor_id AS "visitorId",
            session_id AS "sessionId", properties, verified
       FROM events ORDER BY seq`,
  )
  await db.close()
  return rows.map((row) => ({ ...row, at: Number(row.at) }))
}

/** Each sent event is stored, once, as what it was, when it was and from whom. */
export function expectStored(rows: readonly StoredRow[], sent: readonly SentEvent[]): void {
  const found = new Map(rows.map((row) => [row.id.toString('hex'), row]))
  const missing = sent.filter(({ messageId }) => !found.has(idOf(messageId)))
  expect(missing).toEqual([])
  expect(rows).toHaveLength(sent.length)
  const visitors = new Map<string | undefined, number | null>()
  for (const { type, messageId, userId, anonymousId, previousId, at } of sent) {
    const row = found.get(idOf(messageId))
    expect(row).toMatchObject({
      type: type === 'screen' ? 'page' : type,
      userId: userId ?? null,
    })
    expect(Math.abs((row?.at ?? 0) - at), `${type} at`).toBeLessThan(TOLERANCE_MS)
    const who = anonymousId ?? (type === 'alias' ? previousId : `user ${userId}`)
    visitors.set(who, visitors.get(who) ?? row?.visitorId ?? null)
    expect(row?.visitorId).toBe(visitors.get(who))
  }
  expect(new Set(visitors.values()).size).toBe(visitors.size)
  expect([...visitors.values()]).not.toContain(null)
}

/** As the server is to make it of a foreign id, told here by other words. */
function idOf(messageId: string): string {
  const bare = messageId.replaceAll('-', '').toLowerCase()
  const isUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(messageId)
  return isUuid ? bare : createHash('sha256').update(messageId).digest('hex').slice(0, 32)
}
