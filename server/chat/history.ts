import type { EarlierConversation, History, HistoryRequest } from '#protocol/chat-history.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Shop } from '../core/guards.ts'
import type { Database } from '../db/database.ts'
import { AUTHOR_KINDS } from '#protocol/chat.ts'
import { listEarlier, listWritable, type EarlierRow, type Place } from './history-store.ts'
import type { Handle } from './log-store.ts'
import { idText } from './shown.ts'
import { seerOf } from './visitor-seer.ts'

export type ReadHistory = (shop: Shop, asked: Omit<HistoryRequest, 'key'>) => Promise<History>

/** The conversations that whoever asks may read, the newest first. */
export function createHistory({
  db,
  now,
}: {
  readonly db: Database
  readonly now: Clock
}): ReadHistory {
  const handle: Handle = { sql: db.sql, t: db.t }

  return async ({ id: shopId }, { token, visitor, isRunningOnly, cursor, limit }) => {
    const asked = { token, visitor, now: now() }
    const rows = await listEarlier(handle, shopId, seerOf(asked, 'read'), {
      isRunningOnly,
      before: cursor === undefined ? undefined : placeOf(cursor),
      limit: limit + 1,
    })
    const items = rows.slice(0, limit)
    const ids = items.map(({ id }) => id)
    const writable = await listWritable(handle, shopId, seerOf(asked, 'write'), ids)
    const last = rows.length > limit ? items.at(-1) : undefined
    return {
      items: items.map((row) => itemOf(row, writable.has(row.id))),
      nextCursor: last === undefined ? null : `${last.lastAt}-${idText(last.publicId)}`,
    }
  }
}

function itemOf(row: EarlierRow, mayWrite: boolean): EarlierConversation {
  const { publicId, channelPublicId, state, createdAt, lastAt, lastText, lastAuthor } = row
  return {
    id: idText(publicId),
    channelId: idText(channelPublicId),
    state,
    beganAt: createdAt,
    lastAt,
    lastText,
    lastAuthor: AUTHOR_KINDS.find((kind) => kind === lastAuthor) ?? null,
    mayWrite: mayWrite && !row.isBlocked,
  }
}

function placeOf(cursor: string): Place {
  const [, at, id] = /^(\d{1,15})-([\w-]{1,43})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) {
    throw new Refusal('bad_request', 'cursor: send the nextCursor of before')
  }
  return { at: Number(at), publicId: Buffer.from(id, 'base64url') }
}
