import type { AuthorKind } from '#protocol/chat.ts'
import { MAX_ATTACHMENT_BYTES } from '#protocol/names.ts'
import { tooLarge } from '../core/body.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { FileStore } from '../core/file-store.ts'
import type { Answer } from '../core/http.ts'
import { randomToken } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import { countAttachments, findFile, insertAttachment } from './attachment-store.ts'
import { fileTypeOf } from './attachment-type.ts'
import type { ConversationRow } from './conversation-store.ts'
import { isChannelTakingFiles } from './channel-store.ts'

/** Of one conversation. */
const MAX_FILES = 100
const MAX_BYTES = 100 * 1_048_576

export interface Upload {
  readonly name: string
  readonly content: Buffer
  readonly by: AuthorKind
}

export interface Attachments {
  /** Keeps a file until a message shows it; its key. Refuses what is neither an image nor a PDF by its own bytes. */
  readonly keep: (conversation: ConversationRow, upload: Upload) => Promise<string>
  readonly answer: (fileKey: string) => Promise<Answer>
  readonly remove: (fileKey: string) => Promise<void>
}

interface AttachmentsDeps {
  readonly db: Database
  readonly now: Clock
  readonly files: FileStore
}

export function createAttachments({ db, now, files }: AttachmentsDeps): Attachments {
  return {
    async keep({ shopId, id: conversationId, channelId, isBlocked }, { name, content, by }) {
      if (isBlocked && by === 'visitor') {
        throw new Refusal('forbidden', 'The shop takes no messages from here')
      }
      if (by === 'visitor' && !(await isChannelTakingFiles(db, shopId, channelId))) {
        throw new Refusal('forbidden', 'The shop takes no files')
      }
      if (content.length > MAX_ATTACHMENT_BYTES) throw tooLarge(MAX_ATTACHMENT_BYTES)
      const known = fileTypeOf(content)
      if (known === undefined) {
        throw new Refusal('bad_request', 'Send a PNG, JPEG, WebP or GIF image, or a PDF')
      }
      const kept = await countAttachments(db, shopId, conversationId)
      if (kept.files >= MAX_FILES || kept.bytes + content.length > MAX_BYTES) {
        throw new Refusal('conflict', 'This conversation holds as many files as it may')
      }
      const fileKey = randomToken(32)
      await files.write(fileKey, content)
      const row = { ...known, shopId, conversationId, fileKey, name: fileName(name) }
      const rest = { bytes: content.length, uploadedBy: by, createdAt: now() }
      await insertAttachment(db, { ...row, ...rest })
      return fileKey
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
