import { isNotNull, isNull, sql as expression } from 'drizzle-orm'
import {
  AUTHOR_KINDS,
  CONVERSATION_STATES,
  type AssignmentReason,
  type BotAsk,
  type Notice,
  type ProductCard,
} from '#protocol/chat.ts'
import { LEAD_STATES, POTENTIALS } from '#protocol/chat-conversations.ts'
import { ATTACHMENT_TYPES } from '#protocol/names.ts'
import type { accountTables } from '../account/tables.ts'
import type { memberTables } from '../account/member-tables.ts'
import type { customersTables } from '../customers/tables.ts'
import type { Kit } from '../db/columns.ts'
import type { eventsTables } from '../events/tables.ts'
import { chatAddressTables } from './address-tables.ts'
import { channelTables } from './channel-tables.ts'
import { ruleTables } from './rule-tables.ts'
import { botTables } from './bot-tables.ts'

type Others = Pick<ReturnType<typeof accountTables>, 'shops'> &
  Pick<ReturnType<typeof memberTables>, 'members' | 'accountLinks'> &
  Pick<ReturnType<typeof customersTables>, 'customers'> &
  Pick<ReturnType<typeof eventsTables>, 'visitors'>

/** What an entry of the log holds beside its text. */
export interface MessageBody {
  readonly notice?: Notice
  readonly detail?: Readonly<Record<string, unknown>>
  readonly product?: ProductCard
  /** Of a bot: what is to be answered. */
  readonly ask?: BotAsk
  /** Of a visitor: the bot's step that it answers. */
  readonly answers?: string
  /** Of a redaction: the team's number of what is told no more, and the visitor's. */
  readonly of?: number
  readonly shownOf?: number
}

export function chatTables(k: Kit, others: Others) {
  const { shops, members, customers, visitors } = others
  const ofChannels = channelTables(k, others)
  const { channels } = ofChannels
  const shopId = () =>
    k
      .long()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' })
  /** What somebody said stays when they are gone. */
  const perhapsMember = () => k.long().references(() => members.id, { onDelete: 'set null' })

  const conversations = k.table(
    'conversations',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      /** 16 random bytes; they open nothing. */
      publicId: k.bytes().notNull(),
      channelId: k
        .long()
        .notNull()
        .references(() => channels.id, { onDelete: 'cascade' }),
      /** SHA-256 of the token that it was begun with; random once that one opens it no more. */
      begunBy: k.bytes().notNull(),
      /** Grows as tokens are withdrawn: what is told goes to those alone who came in since. */
      era: k.int().notNull().default(0),
      visitorId: k.long().references(() => visitors.id, { onDelete: 'set null' }),
      /** Who it was, proven, when it began, or when they took it up. */
      customerId: k.long().references(() => customers.id, { onDelete: 'set null' }),
      state: k.oneOf(CONVERSATION_STATES).notNull(),
      isOffline: k.bool().notNull().default(false),
      isSpam: k.bool().notNull().default(false),
      isBlocked: k.bool().notNull().default(false),
      name: k.text(),
      /** The same as searches compare it, where it is not ASCII. */
      foldedName: k.text(),
      /** As it was typed, in lower case: by itself it shows nothing to anybody. */
      email: k.text(),
      language: k.text(),
      country: k.text(),
      pageUrl: k.text(),
      pageTitle: k.text(),
      fields: k.json<Record<string, string | boolean>>().notNull(),
      /** Who answers; the same as its running assignment. */
      operatorId: perhapsMember(),
      /** Grows with each change of this row. */
      revision: k.long().notNull().default(1),
      /** The newest number of the team's counting, and of the visitor's. */
      lastNumber: k.int().notNull().default(0),
      lastShown: k.int().notNull().default(0),
      readByTeam: k.int().notNull().default(0),
      /** Of the visitor's counting. */
      readByVisitor: k.int().notNull().default(0),
      /** Messages of the visitor since the team read. */
      unread: k.int().notNull().default(0),
      lastText: k.text(),
      lastAuthor: k.text(),
      lastAt: k.ms().notNull(),
      queuedAt: k.ms(),
      firstAnsweredAt: k.ms(),
      /** Null: it runs. */
      closedAt: k.ms(),
      leadState: k.oneOf(LEAD_STATES).notNull().default('none'),
      potential: k.oneOf(POTENTIALS).notNull().default('none'),
      followUpOn: k.text(),
      rating: k.int(),
      ratingComment: k.text(),
      createdAt: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('conversations_public_id').on(t.shopId, t.publicId),
      // However often and from however many tabs it is begun: one that runs.
      k
        .uniqueIndex('conversations_running_token')
        .on(t.shopId, t.channelId, t.begunBy)
        .where(isNull(t.closedAt)),
      k
        .uniqueIndex('conversations_running_visitor')
        .on(t.shopId, t.channelId, t.visitorId)
        .where(isNull(t.closedAt)),
      // Nor more than one for a customer, whatever browsers they use.
      k
        .uniqueIndex('conversations_running_customer')
        .on(t.shopId, t.channelId, t.customerId)
        .where(isNull(t.closedAt)),
      k.index('conversations_newest').on(t.shopId, t.lastAt, t.id),
      // Reports go by when they began; those with a rating are few.
      k.index('conversations_began').on(t.shopId, t.createdAt, t.id),
      k.index('conversations_rated').on(t.shopId, t.createdAt, t.id).where(isNotNull(t.rating)),
      k.index('conversations_queue').on(t.shopId, t.channelId, t.state, t.queuedAt),
      k.index('conversations_operator').on(t.operatorId, t.state),
      k.index('conversations_channel').on(t.channelId),
      k.index('conversations_visitor').on(t.visitorId).where(isNotNull(t.visitorId)),
      k.index('conversations_customer').on(t.customerId).where(isNotNull(t.customerId)),
      k.index('conversations_email').on(t.shopId, t.email).where(isNotNull(t.email)),
    ],
  )

  const conversationId = () =>
    k
      .long()
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' })

  /** The SHA-256 of each token that opens a conversation. */
  const conversationTokens = k.table(
    'conversation_tokens',
    {
      shopId: shopId(),
      conversationId: conversationId(),
      tokenHash: k.bytes().notNull(),
      /** Shown by, or mailed to, the customer whose conversation it is. */
      isProven: k.bool().notNull().default(false),
      createdAt: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.conversationId, t.tokenHash] }),
      k.index('conversation_tokens_conversation').on(t.conversationId),
      k.index('conversation_tokens_token').on(t.shopId, t.tokenHash),
    ],
  )

  const chatAttachments = k.table(
    'chat_attachments',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      conversationId: conversationId(),
      /** 256 random bits, which open this file alone; told again whenever the conversation is read. */
      fileKey: k.text().notNull(),
      /** Empty once it is removed. */
      name: k.text().notNull(),
      type: k.oneOf(ATTACHMENT_TYPES).notNull(),
      bytes: k.int().notNull(),
      width: k.int(),
      height: k.int(),
      uploadedBy: k.oneOf(AUTHOR_KINDS).notNull(),
      createdAt: k.ms().notNull(),
      /** It is gone from the disk as well. */
      removedAt: k.ms(),
    },
    (t) => [
      k.uniqueIndex('chat_attachments_key').on(t.fileKey),
      k.index('chat_attachments_conversation').on(t.conversationId),
    ],
  )

  /** The log of a conversation, in the team's counting. */
  const messages = k.table(
    'messages',
    {
      shopId: shopId(),
      conversationId: conversationId(),
      number: k.int().notNull(),
      /** In the visitor's counting; null: for the team alone. */
      shownNumber: k.int(),
      /** Its sender's id for it. */
      clientId: k.text().notNull(),
      author: k.oneOf(AUTHOR_KINDS).notNull(),
      memberId: perhapsMember(),
      /** As visitors were shown it then. */
      authorName: k.text(),
      kind: k.oneOf(['text', 'attachment', 'product', 'note', 'notice', 'redaction']).notNull(),
      text: k.text(),
      /** The same as searches compare it, where it is not ASCII. */
      foldedText: k.text(),
      body: k.json<MessageBody>(),
      attachmentId: k.long().references(() => chatAttachments.id, { onDelete: 'set null' }),
      at: k.ms().notNull(),
      redactedAt: k.ms(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.conversationId, t.number] }),
      k.uniqueIndex('messages_client_id').on(t.shopId, t.conversationId, t.clientId),
      k.uniqueIndex('messages_shown').on(t.conversationId, t.shownNumber),
      k.index('messages_member').on(t.memberId).where(isNotNull(t.memberId)),
      // Whether the chatbot spoke; written out, as a value that is handed over finds no such index.
      k
        .index('messages_bot')
        .on(t.conversationId)
        .where(expression`${t.author} = 'bot'`),
      k.index('messages_attachment').on(t.attachmentId).where(isNotNull(t.attachmentId)),
    ],
  )

  /** Who had a conversation, from when to when, and why. */
  const conversationAssignments = k.table(
    'conversation_assignments',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      conversationId: conversationId(),
      memberId: perhapsMember(),
      reason: k.json<AssignmentReason>().notNull(),
      assignedAt: k.ms().notNull(),
      /** Their first message since. */
      answeredAt: k.ms(),
      endedAt: k.ms(),
      endedBy: k.oneOf(['closed', 'transferred', 'unanswered', 'idle', 'left']),
    },
    (t) => [
      k
        .uniqueIndex('conversation_assignments_running')
        .on(t.conversationId)
        .where(isNull(t.endedAt)),
      k.index('conversation_assignments_conversation').on(t.conversationId, t.assignedAt),
      k.index('conversation_assignments_member').on(t.memberId, t.assignedAt),
    ],
  )

  /** Colleagues who were asked to join. */
  const conversationColleagues = k.table(
    'conversation_colleagues',
    {
      shopId: shopId(),
      conversationId: conversationId(),
      memberId: k
        .long()
        .notNull()
        .references(() => members.id, { onDelete: 'cascade' }),
      createdAt: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.conversationId, t.memberId] }),
      k.index('conversation_colleagues_conversation').on(t.conversationId),
      k.index('conversation_colleagues_member').on(t.memberId),
    ],
  )

  const conversationTags = k.table(
    'conversation_tags',
    {
      shopId: shopId(),
      conversationId: conversationId(),
      tag: k.text().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.conversationId, t.tag] }),
      k.index('conversation_tags_conversation').on(t.conversationId),
      k.index('conversation_tags_tag').on(t.shopId, t.tag),
    ],
  )

  /** Whoever shows a token with that hash, or is that visitor, can say nothing any more. */
  const chatBlocks = k.table(
    'chat_blocks',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      /** Of the conversation by which they were blocked: its end ends the block. */
      conversationId: conversationId(),
      tokenHash: k.bytes(),
      visitorId: k.long().references(() => visitors.id, { onDelete: 'cascade' }),
      createdAt: k.ms().notNull(),
    },
    (t) => [
      k.index('chat_blocks_token').on(t.shopId, t.tokenHash),
      k.index('chat_blocks_visitor').on(t.visitorId),
      k.index('chat_blocks_conversation').on(t.conversationId),
    ],
  )

  /** An address that nobody has verified gets one mail a day by a visitor's wish. */
  const chatMailings = k.table(
    'chat_mailings',
    {
      shopId: shopId(),
      /** SHA-256 of the address. */
      addressHash: k.bytes().notNull(),
      /** Calendar date, UTC. */
      dayOn: k.text().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.shopId, t.addressHash, t.dayOn] })],
  )

  const ofRules = ruleTables(k, { shops, channels })
  return {
    ...ofChannels,
    ...ofRules,
    ...botTables(k, { ...ofRules, shops, conversations }),
    ...chatAddressTables(k, shops),
    chatMailings,
    conversations,
    conversationTokens,
    chatAttachments,
    messages,
    conversationAssignments,
    conversationColleagues,
    conversationTags,
    chatBlocks,
  }
}
