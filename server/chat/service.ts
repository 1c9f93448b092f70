import type { TranscriptRequestSchema } from '#protocol/chat.ts'
import type { z } from 'zod'
import type { Clock } from '../core/clock.ts'
import type { Bus } from '../core/bus.ts'
import { again } from '../core/again.ts'
import type { ScanFile } from '../core/clamd.ts'
import type { FileStore } from '../core/file-store.ts'
import type { Answer } from '../core/http.ts'
import type { Jobs } from '../core/jobs/jobs.ts'
import type { Log } from '../core/log.ts'
import type { Mail } from '../core/mail/mail.ts'
import type { Database } from '../db/database.ts'
import type { Chatters } from '../targeting/service.ts'
import type { Webhooks } from '../webhooks/service.ts'
import { avatarAnswer } from './avatar.ts'
import { createAttachments, type Attachments } from './attachments.ts'
import { findShopOfChannel } from './channel-store.ts'
import type { KeepAttributes } from './bot-answers.ts'
import { createBot } from './bot.ts'
import { createCodes, type Codes } from './codes.ts'
import type { ChatFacts } from './facts.ts'
import { createHistory, type ReadHistory } from './history.ts'
import { createChatMails } from './mails.ts'
import { createOperators, type AtConsole, type Operators } from './operators.ts'
import { listSeats } from './operator-store.ts'
import { createRouting } from './routing.ts'
import { createDo } from './say.ts'
import { sweep } from './sweep.ts'
import type { Handle } from './log-store.ts'
import type { TeamMember } from './team-member.ts'
import { tellOfChat } from './told-facts.ts'
import { TIDY_CODES, tidyCodes } from './tidy-codes.ts'
import { TIDY, tidyFiles } from './tidy-files.ts'
import { createTeamSide, type TeamSide } from './team-side.ts'
import type { Holder } from './visitor-access.ts'
import { whoTalked } from './who-talked.ts'
import { createVisitorSide, type VisitorSide } from './visitor-side.ts'

export { createChannelManagement, type ChannelManagement } from './channel-management.ts'
export { chatPartsOf } from './chat-parts.ts'
export { createKeepAttributes } from './keep-attributes.ts'
export { DEMO_CHANNEL_ID, openDemoChannel } from './demo-channel.ts'
export { seenBy } from './conversation-store.ts'
export type { ChatFacts } from './facts.ts'
export { forgetConversations, forgetConversationsOf } from './forget.ts'
export { createLauncherState } from './launcher-state.ts'
export type { TeamMember } from './team-member.ts'
export type { Holder } from './visitor-access.ts'

export interface Chat {
  readonly visitors: VisitorSide
  readonly team: TeamSide
  readonly operators: Operators
  readonly attachments: Attachments
  /** Of a channel, for pages. */
  readonly avatar: (channelId: string) => Promise<Answer>
  /** At a visitor's wish. */
  readonly mailTranscript: (holder: Holder, to: TranscriptEmail) => Promise<void>
  /** The conversations of whoever asks. */
  readonly history: ReadHistory
  readonly codes: Codes
  /** At a member's. */
  readonly mailWhole: (who: TeamMember, conversationId: string, to: string) => Promise<void>
  /** The channels that have them for an operator, by their rows. */
  readonly channelsOf: (who: AtConsole) => Promise<readonly number[]>
  /** The shop's row; undefined: nobody's, or archived. */
  readonly shopOfChannel: (channelId: string) => Promise<number | undefined>
  /** What time alone changes, once. */
  readonly sweep: () => Promise<void>
  /** Does so by itself from now on; returns `stop`, which waits for what is under way. */
  readonly start: () => () => Promise<void>
}

type TranscriptEmail = z.output<typeof TranscriptRequestSchema>['email']

interface ChatDeps {
  readonly db: Database
  readonly now: Clock
  readonly bus: Bus<ChatFacts>
  readonly log: Pick<Log, 'error'>
  readonly mail: Pick<Mail, 'enqueue'>
  readonly files: FileStore
  readonly scan: ScanFile | undefined
  readonly jobs: Pick<Jobs, 'register' | 'schedule'>
  readonly publicUrl: URL
  /** Tells shops' servers, in the transaction that makes it true. */
  readonly webhooks: Pick<Webhooks, 'tell' | 'hears'>
  readonly keepAttributes: KeepAttributes
  /** In a transaction, what the chat knows of somebody has changed; who that is, it may ask. */
  readonly whenKnown: (
    handle: Handle,
    shopId: number,
    whom: () => Promise<Chatters>,
  ) => Promise<void>
  /** In [0, 1), for ties. */
  readonly random?: () => number
}

const SWEEP_EVERY_MS = 5_000

export function createChat(deps: ChatDeps): Chat {
  const { db, now, bus, log, random = Math.random } = deps
  const perform = createDo({
    db,
    now,
    bus,
    async beforeCommit(handle, shopId, changes) {
      await tellOfChat(deps.webhooks, handle, shopId, changes)
      if (changes.length === 0) return
      const ids = changes.map(({ conversationId }) => conversationId)
      await deps.whenKnown(handle, shopId, () => whoTalked(handle, shopId, ids))
    },
  })
  const routing = createRouting({ random })
  const mails = createChatMails(deps)
  const attachments = createAttachments({ db, now, files: deps.files, scan: deps.scan })
  deps.jobs.register(TIDY, ({ signal }) => tidyFiles({ db, now, files: deps.files }, signal))
  deps.jobs.register(TIDY_CODES, () => tidyCodes({ db, now }))
  deps.jobs.schedule(TIDY_CODES, { pattern: '17 * * * *', timeZone: 'UTC' })
  deps.jobs.schedule(TIDY, { pattern: '7 * * * *', timeZone: 'UTC' })
  const parts = { db, now, bus, perform, routing }
  const { keepAttributes } = deps
  const bot = createBot({ routing, keepAttributes, tellTeam: mails.botTalk })
  const visitors = createVisitorSide({ ...parts, bot, tellOfForm: mails.form })
  const team = createTeamSide({
    ...parts,
    keepAttributes,
    removeFile: attachments.remove,
    answerByMail: mails.answer,
  })
  return {
    visitors,
    team,
    operators: createOperators(parts),
    attachments,
    history: createHistory({ db, now }),
    codes: createCodes({ db, now, mailCode: mails.code }),
    avatar: (channelId) => avatarAnswer({ sql: db.sql, t: db.t }, channelId),
    async mailTranscript(holder, to) {
      const found = await visitors.findHeard(holder)
      const { shop } = holder
      await perform(found.shopId, async (doing) => {
        const conversation = await visitors.holdHeard(doing, holder, found)
        await mails.transcript(doing, { shop, conversation, to })
      })
    },
    async mailWhole(who, conversationId, to) {
      const found = await team.find(who, conversationId)
      const asked = { shop: who.shop, conversation: found, to }
      await perform(found.shopId, (doing) => mails.wholeTranscript(doing, asked))
    },
    async channelsOf({ shopId, memberId }) {
      const seats = await listSeats({ sql: db.sql, t: db.t }, shopId, memberId)
      return seats.map(({ channelId }) => channelId)
    },
    shopOfChannel: (channelId) =>
      findShopOfChannel({ sql: db.sql, t: db.t }, Buffer.from(channelId, 'base64url')),
    sweep: () => sweep(parts),
    start() {
      const onFailure = (error: unknown) => {
        log.error({ err: error }, 'Chats could not be looked through; it is tried again')
      }
      return again(() => sweep(parts), { everyMs: SWEEP_EVERY_MS, onFailure })
    },
  }
}
