import { z } from 'zod'
import { AfterSchema, MemberDraftSchema } from '#protocol/chat.ts'
import { PostedSchema, UploadedSchema } from '#protocol/chat-answers.ts'
import { OwnPresenceSchema, PresenceDraftSchema } from '#protocol/chat-channels.ts'
import {
  AssignmentDraftSchema,
  ColleagueDraftSchema,
  ConversationChangeSchema,
  conversationFilters,
  ConversationLogSchema,
  ConversationSchema,
  TranscriptDraftSchema,
  UsedTagsSchema,
} from '#protocol/chat-conversations.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageOf, pageQuery } from '../core/api/fields.ts'

const topic = 'Conversations'
const TEXT =
  'An operator sees those of their channels alone, and those that they were asked to join.'

export const ConversationsQuery = pageQuery(100).extend(conversationFilters)
export const LogQuery = z.object({
  after: z.coerce
    .number()
    .pipe(AfterSchema)
    .default(0)
    .describe('The last number that is known; below zero: of the newest so many'),
})

const conversation = { conversationId: idOf('the conversation') }
const params = { conversationId: '$CONVERSATION_ID' }
const refusals = ['not_found'] as const

export const describedTeamSide = {
  presence: {
    name: 'readOwnPresence',
    topic,
    summary: 'Whether whoever asks counts as there, and where they sit',
    answer: { status: 200, schema: OwnPresenceSchema },
    example: {},
  },
  setPresence: {
    name: 'setOwnPresence',
    topic,
    summary: 'Sets one’s own presence; half an hour without activity is offline all the same',
    body: { schema: PresenceDraftSchema },
    answer: { status: 200, schema: OwnPresenceSchema },
    example: { body: { presence: 'online', maxChats: 4 } },
  },
  join: {
    name: 'joinChannel',
    topic,
    summary: 'Takes one’s seat in a channel, and gets its chats',
    params: { channelId: idOf('the channel') },
    answer: { status: 200, schema: OwnPresenceSchema },
    refusals,
    example: { params: { channelId: '$CHANNEL_ID' } },
  },
  leave: {
    name: 'leaveChannel',
    topic,
    summary: 'Leaves one’s seat; what was not answered goes to somebody else',
    params: { channelId: idOf('the channel') },
    answer: { status: 200, schema: OwnPresenceSchema },
    refusals,
    example: { params: { channelId: '$CHANNEL_ID' } },
  },
  list: {
    name: 'listConversations',
    topic,
    summary: 'Conversations, the newest first',
    text: TEXT,
    query: ConversationsQuery,
    answer: { status: 200, schema: pageOf(ConversationSchema) },
    example: { query: { view: 'all', search: 'huila' } },
  },
  tags: {
    name: 'listConversationTags',
    topic,
    summary: 'What conversations are tagged with, the most used first',
    text: TEXT,
    answer: { status: 200, schema: UsedTagsSchema },
    example: {},
  },
  read: {
    name: 'readConversation',
    topic,
    summary: 'One conversation beside its log',
    text: TEXT,
    params: conversation,
    answer: { status: 200, schema: ConversationSchema },
    refusals,
    example: { params },
  },
  change: {
    name: 'changeConversation',
    topic,
    summary: 'Closes, reopens, tags, qualifies, blocks, marks as spam, or sets a follow-up',
    params: conversation,
    body: { schema: ConversationChangeSchema },
    answer: { status: 200, schema: ConversationSchema },
    refusals: ['not_found', 'conflict'],
    example: { params, body: { tags: ['envíos'], leadState: 'open', followUpOn: '2026-12-01' } },
  },
  log: {
    name: 'readConversationLog',
    topic,
    summary: 'What was said after a number, or last; 100 entries at most',
    text: `${TEXT} Notes are among them.`,
    params: conversation,
    query: LogQuery,
    answer: { status: 200, schema: ConversationLogSchema },
    refusals,
    example: { params },
  },
  post: {
    name: 'answerConversation',
    topic,
    summary: 'Says something, or leaves a note, once however often it is sent',
    params: conversation,
    body: { schema: MemberDraftSchema },
    answer: { status: 201, schema: PostedSchema },
    refusals: ['not_found', 'conflict'],
    example: {
      params,
      body: { kind: 'text', id: 'example-answer-01', text: 'Sí, en grano y molido.' },
    },
  },
  redact: {
    name: 'redactMessage',
    topic,
    summary: 'Takes back what was said, for good; its number stays',
    params: { ...conversation, number: z.string().describe('Its number') },
    answer: { status: 204 },
    refusals,
    example: { params: { ...params, number: '1' } },
  },
  upload: {
    name: 'sendConversationFile',
    topic,
    summary: 'Sends a file, which a message then shows by its key',
    params: conversation,
    query: z.object({ name: z.string().trim().min(1).max(200).describe('What it is called') }),
    body: { type: 'application/pdf' },
    answer: { status: 201, schema: UploadedSchema },
    refusals: ['not_found', 'conflict', 'too_large', 'unavailable'],
    example: { params, query: { name: 'list.pdf' }, body: '%PDF-1.4' },
  },
  assign: {
    name: 'assignConversation',
    topic,
    summary: 'Gives it to a member, to another channel’s team, or back to routing',
    params: conversation,
    body: { schema: AssignmentDraftSchema },
    answer: { status: 200, schema: ConversationSchema },
    refusals: ['not_found', 'conflict'],
    example: { params, body: {} },
  },
  invite: {
    name: 'inviteColleague',
    topic,
    summary: 'Asks a colleague to join',
    params: conversation,
    body: { schema: ColleagueDraftSchema },
    answer: { status: 200, schema: ConversationSchema },
    refusals,
    example: { params, body: { memberId: '$OWNER_ID' } },
  },
  transcript: {
    name: 'mailConversation',
    topic,
    summary: 'Sends all that the visitor was shown by mail',
    params: conversation,
    body: { schema: TranscriptDraftSchema },
    answer: { status: 204 },
    refusals,
    example: { params, body: { email: 'ana@shop.example' } },
  },
} as const satisfies Record<string, RouteDescription>
