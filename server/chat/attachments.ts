import type { AuthorKind } from '#protocol/chat.ts'
import { MAX_ATTACHMENT_BYTES } from '#protocol/names.ts'
import { tooLarge } from '../core/body.ts'
import type { ScanFile } from '../core/clamd.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { FileStore } from '../core/file-store.ts'
import type { Answer } from '../core/http.ts'
import { randomToken } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import {
  countAttachments,
  countOfVisitor,
  findFile,
  insertAttachment,
  type Kept,
} from './attachment-store.ts'
import { fileTypeOf, type KnownFile } from './attachment-type.ts'
import type { ConversationRow } from './conversation-store.ts'
import { isChannelTakingFiles } from './channel-store.ts'
import { createInTurn } from './in-turn.ts'
import type { Handle } from './log-store.ts'
import { holdUploads } from './upload-turn.ts'

/** Of one conversation; and of one visitor in a day, however many they begin. */
const MAX_FILES = 100
const MAX_BYTES = 100 * 1_048_576
const DAY_MS = 86_400_000
/**
 * Every browser that shows it lays it out in memory, four bytes a pixel, however few bytes it came in: 256 MB, which is a
 * phone's largest photo.
 */
const MAX_IMAGE_PIXELS = 64_000_000
const MAX_IMAGE_SIDE = 30_000

export interface Upload {
  readonly name: string
  readonly content: Buffer
  readonly by: AuthorKind
}

export interface Attachments {
  /** Refuses at once who may send no file there, whatever it is. */
  readonly requireRoom: (conversation: ConversationRow, by: AuthorKind) => Promise<void>
  /** Keeps a file until a message shows it; its key. Refuses what is neither an image nor a PDF by its own bytes, and what is infected. */
  readonly keep: (conversation: ConversationRow, upload: Upload) => Promise<string>
  readonly answer: (fileKey: string) => Promise<Answer>
  readonly remove: (fileKey: string) => Promise<void>
}

interface AttachmentsDeps {
  readonly db: Database
  readonly now: Clock
  readonly files: FileStore
  /** Undefined: nobody looks for viruses. */
  readonly scan: ScanFile | undefined
}

export function createAttachments({ db, now, files, scan }: AttachmentsDeps): Attachments {
  /** Those sent at the same time wait here, rather than each with a connection of the database. */
  const inTurn = createInTurn()

  async function requireRoom(
    handle: Handle,
    conversation: ConversationRow,
    { bytes, by }: { readonly bytes: number; readonly by: AuthorKind },
  ): Promise<void> {
    const isFull = (kept: Kept) => kept.files >= MAX_FILES || kept.bytes + bytes > MAX_BYTES
    const { shopId, id } = conversation
    if (isFull(await countAttachments(handle, shopId, id))) {
      throw new Refusal('conflict', 'This conversation holds as many files as it may')
    }
    if (by !== 'visitor') return
    const since = now() - DAY_MS
    if (isFull(await countOfVisitor(handle, shopId, conversation, since))) {
      throw new Refusal('conflict', 'That is as many files as a visitor may send in a day')
    }
  }

  async function store(
    conversation: ConversationRow,
    upload: Upload,
    known: KnownFile,
  ): Promise<string> {
    // Before it takes room on the disk; what counts is asked again below.
    const { shopId, id: conversationId } = conversation
    const { name, content, by } = upload
    const bytes = content.length
    await requireRoom(db, conversation, { bytes, by })
    // Nothing of an infected one is ever written.
    await scan?.(content)
    const fileKey = randomToken(32)
    await files.write(fileKey, content)
    const row = { ...known, shopId, conversationId, fileKey, name: fileName(name) }
    const rest = { bytes, uploadedBy: by, createdAt: now() }
    try {
      await db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        await holdUploads(db.raw.dialect, handle, conversation)
        await requireRoom(handle, conversation, { bytes, by })
        await insertAttachment(handle, { ...row, ...rest })
      })
    } catch (error) {
      // Of what else goes wrong nobody knows whether it was committed: whatever has no row is tidied away.
      if (error instanceof Refusal) await files.remove(fileKey)
      throw error
    }
    return fileKey
  }

  async function requireLeave(
    { shopId, channelId, isBlocked }: ConversationRow,
    by: AuthorKind,
  ): Promise<void> {
    if (by !== 'visitor') return
    if (isBlocked) throw new Refusal('forbidden', 'The shop takes no messages from here')
    if (await isChannelTakingFiles(db, shopId, channelId)) return
    throw new Refusal('forbidden', 'The shop takes no files')
  }

  return {
    async requireRoom(conversation, by) {
      await requireLeave(conversation, by)
      await requireRoom(db, conversation, { bytes: 1, by })
    },

    async keep(conversation, upload) {
      const { content, by } = upload
      await requireLeave(conversation, by)
      if (content.length > MAX_ATTACHMENT_BYTES) throw tooLarge(MAX_ATTACHMENT_BYTES)
      const known = fileTypeOf(content)
      if (known === undefined) {
        throw new Refusal('bad_request', 'Send a PNG, JPEG, WebP or GIF image, or a PDF')
      }
      if (isTooLarge(known)) {
        const most = MAX_IMAGE_PIXELS / 1_000_000
        throw new Refusal('bad_request', `Send an image of at most ${most} megapixels`)
      }
      return inTurn(conversation.id, () => store(conversation, upload, known))
    },

    async answer(fileKey) {
      const found = FILE_KEY.test(fileKey) ? await findFile(db, fileKey) : undefined
      const content = found && (await files.read(fileKey))
      if (found === undefined || content === undefined) {
        throw new Refusal('not_found', 'There is no such file')
      }
      return {
        body: new Uint8Array(content),
        headers: { ...SAFE, 'content-type': found.type, 'content-disposition': named(found.name) },
      }
    },

    remove: (fileKey) => files.remove(fileKey),
  }
}

function isTooLarge({ width = 0, height = 0 }: KnownFile): boolean {
  return width * height > MAX_IMAGE_PIXELS || Math.max(width, height) > MAX_IMAGE_SIDE
}

const FILE_KEY = /^[\w-]{43}$/

/** An `<img>` shows it and nothing opens it: whatever its bytes are, no browser runs them. */
const SAFE = {
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'private, max-age=86400, immutable',
  'referrer-policy': 'no-referrer',
}

/** RFC 6266: the name once in ASCII, and once as it is. */
function named(name: string): string {
  const plain = name.replaceAll(/[^\w. -]/g, '_')
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (one) => `%${hex(one)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase()
}

/** As it was called, without folders, controls, and what turns the direction of what follows. */
function fileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const plain = last.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '').trim()
  return plain.slice(-120) || 'file'
}
