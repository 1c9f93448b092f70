import { randomBytes } from 'node:crypto'
import { CHANNEL_LIMITS, type CannedReply, type CannedReplyDraft } from '#protocol/chat-channels.ts'
import { changesOf, recordChange, type Changes } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import * as store from './canned-reply-store.ts'
import { holdSettings, type Handle } from './managed-channel-store.ts'
import { channelsOf, requireChannel, type Asker, type ChannelsDeps } from './channels.ts'

/** What operators say often, by shortcut. */
export interface CannedReplies {
  /** To whom may only see their own channels: those of these, and those for all. */
  readonly list: (shopId: number, asker: Asker) => Promise<CannedReply[]>
  /** A shortcut means one reply in the whole shop (`conflict`). */
  readonly create: (shopId: number, draft: CannedReplyDraft, by: Actor) => Promise<CannedReply>
  readonly change: (
    shopId: number,
    replyId: string,
    draft: CannedReplyDraft,
    by: Actor,
  ) => Promise<CannedReply>
  readonly remove: (shopId: number, replyId: string, by: Actor) => Promise<void>
}

export function createCannedReplies({ db, now }: ChannelsDeps): CannedReplies {
  /** One transaction, with nobody else changing what the shop's operators say. */
  function changing<T>(shopId: number, change: (handle: Handle) => Promise<T>): Promise<T> {
    return db.transaction(async (sql) => {
      const handle = { sql, t: db.t }
      await holdSettings(handle, shopId)
      return change(handle)
    })
  }

  async function rowOf(handle: Handle, shopId: number, draft: CannedReplyDraft) {
    const { shortcut, text, channelId } = draft
    const channel = channelId === null ? undefined : await requireChannel(handle, shopId, channelId)
    return {
      shortcut: shortcut.toLowerCase(),
      text,
      channelId: channel?.id ?? null,
      updatedAt: now(),
    }
  }

  function note(
    handle: Handle,
    shopId: number,
    { id, ...entry }: Changes & { by: Actor; action: string; id: string },
  ): Promise<void> {
    const object = { kind: 'canned_reply', id }
    return recordChange(handle, shopId, { ...entry, at: now(), object })
  }

  return {
    async list(shopId, { by, isOwnOnly }) {
      const own = isOwnOnly ? [...(await channelsOf(db, shopId, by)).keys()] : undefined
      return (await store.listCannedReplies(db, shopId, own)).map(shown)
    },

    create: (shopId, draft, by) =>
      changing(shopId, async (handle) => {
        if ((await store.countCannedReplies(handle, shopId)) >= CHANNEL_LIMITS.cannedReplies) {
          const most = CHANNEL_LIMITS.cannedReplies
          throw new Refusal('conflict', `A shop has at most ${most} canned replies: remove one`)
        }
        const row = await rowOf(handle, shopId, draft)
        const publicId = randomBytes(16)
        const isMade = await store.insertCannedReply(handle, shopId, {
          ...row,
          publicId,
          createdAt: row.updatedAt,
        })
        if (!isMade) throw taken(row.shortcut)
        const id = publicId.toString('base64url')
        const changes = changesOf(null, { ...draft, shortcut: row.shortcut }, TOLD)
        await note(handle, shopId, { ...changes, by, action: 'canned_reply.created', id })
        return { id, ...draft, shortcut: row.shortcut, updatedAt: row.updatedAt }
      }),

    change: (shopId, replyId, draft, by) =>
      changing(shopId, async (handle) => {
        const publicId = Buffer.from(replyId, 'base64url')
        const found = await store.findCannedReply(handle, shopId, publicId)
        if (found === undefined) throw gone()
        const row = await rowOf(handle, shopId, draft)
        const other = await store.findByShortcut(handle, shopId, row.shortcut)
        if (other !== undefined && other.id !== found.reply.id) throw taken(row.shortcut)
        await store.updateCannedReply(handle, shopId, found.reply.id, row)
        const { shortcut, text, channelId } = shown(found)
        const after = { ...draft, shortcut: row.shortcut }
        const changes = changesOf({ shortcut, text, channelId }, after, TOLD)
        await note(handle, shopId, { ...changes, by, action: 'canned_reply.changed', id: replyId })
        return { id: replyId, ...after, updatedAt: row.updatedAt }
      }),

    remove: (shopId, replyId, by) =>
      changing(shopId, async (handle) => {
        const publicId = Buffer.from(replyId, 'base64url')
        const removed = await store.deleteCannedReply(handle, shopId, publicId)
        if (removed === undefined) throw gone()
        const before = { shortcut: removed.shortcut }
        await note(handle, shopId, {
          before,
          after: null,
          by,
          action: 'canned_reply.removed',
          id: replyId,
        })
      }),
  }
}

const TOLD = ['shortcut', 'channelId']

type Found = Awaited<ReturnType<typeof store.listCannedReplies>>[number]

function shown({ reply, channel }: Found): CannedReply {
  const { publicId, shortcut, text, updatedAt } = reply
  return {
    id: publicId.toString('base64url'),
    shortcut,
    text,
    channelId: channel?.toString('base64url') ?? null,
    updatedAt,
  }
}

function taken(shortcut: string): Refusal {
  return new Refusal('conflict', `There is a reply “/${shortcut}” already: choose another shortcut`)
}

function gone(): Refusal {
  return new Refusal('not_found', 'There is no such canned reply')
}
