import { z } from 'zod'
import {
  CannedReplyDraftSchema,
  CannedReplySchema,
  ChannelChangeSchema,
  ChannelDraftSchema,
  ChannelInvitationDraftSchema,
  ChannelInvitationSchema,
  ChannelOperatorSchema,
  ChannelSchema,
  ChatSettingsAnswerSchema,
  ChatSettingsSchema,
  OperatorsDraftSchema,
} from '#protocol/chat-channels.ts'
import {
  ChannelRulesDraftSchema,
  ChannelRulesSchema,
  RulesTrialSchema,
  RulesVerdictSchema,
} from '#protocol/chat-rules.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageOf } from '../core/api/fields.ts'

const topic = 'Chat channels'
const ofChannel = { channelId: idOf('a channel') }
const ofOperator = { ...ofChannel, memberId: idOf('a member') }
const ofInvitation = { ...ofChannel, invitationId: idOf('an invitation into the shop') }
const ofReply = { replyId: idOf('a canned reply') }
const channel = { channelId: '$CHANNEL_ID' }
const ownOnly = 'An operator sees the channels whose operator they are.'

export const ChannelsQuery = z.object({
  archived: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Those that are archived, instead of those that are not'),
})
export const VersionQuery = z.object({
  version: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe('Only if it is still this version; otherwise conflict'),
})

export const describedChannels = {
  settings: {
    name: 'readChatSettings',
    topic,
    summary: 'Whether the shop has chat, and which channel its pages use',
    answer: { status: 200, schema: ChatSettingsAnswerSchema },
    example: {},
  },
  changeSettings: {
    name: 'replaceChatSettings',
    topic,
    summary: 'Turns chat on or off, and chooses the channel of the shop’s pages',
    text: 'Turned on without a channel, the shop gets one; asked again, it keeps it. A page can choose another with data-chat-channel.',
    body: { schema: ChatSettingsSchema },
    answer: { status: 200, schema: ChatSettingsAnswerSchema },
    refusals: ['not_found', 'conflict'],
    example: { body: { isOn: true } },
  },
  list: {
    name: 'listChannels',
    topic,
    summary: 'The shop’s channels, the oldest first',
    text: ownOnly,
    query: ChannelsQuery,
    answer: { status: 200, schema: pageOf(ChannelSchema) },
    example: {},
  },
  create: {
    name: 'createChannel',
    topic,
    summary: 'Makes a channel',
    text: 'A member who makes it is an operator there. Two channels may have the same name.',
    body: { schema: ChannelDraftSchema },
    answer: { status: 201, schema: ChannelSchema },
    refusals: ['conflict'],
    example: { body: { name: 'Advice' }, gives: { CHANNEL_ID: 'id' } },
  },
  read: {
    name: 'readChannel',
    topic,
    summary: 'One channel with its options',
    text: ownOnly,
    params: ofChannel,
    answer: { status: 200, schema: ChannelSchema },
    example: { params: channel },
  },
  change: {
    name: 'changeChannel',
    topic,
    summary: 'Changes a channel; what is left out stays',
    text: 'Options are always the whole of them. An archived channel takes no new chats and keeps its conversations; the channel of the shop’s pages can’t be archived while chat is on.',
    params: ofChannel,
    query: VersionQuery,
    body: { schema: ChannelChangeSchema },
    answer: { status: 200, schema: ChannelSchema },
    refusals: ['conflict'],
    example: {
      params: channel,
      body: {
        name: 'Advice',
        options: {
          texts: { en: { launcher: 'Ask us', welcome: 'Hello! What are you looking for?' } },
          accent: '#0b6e4f',
          whenNobody: 'form',
        },
      },
    },
  },
  rules: {
    name: 'readChannelRules',
    topic,
    summary: 'What the channel’s launcher does on which page: the rules, in their order',
    text: `${ownOnly} docs/chat-rules.md tells how they are tried.`,
    params: ofChannel,
    answer: { status: 200, schema: ChannelRulesSchema },
    example: { params: channel },
  },
  replaceRules: {
    name: 'replaceChannelRules',
    topic,
    summary: 'Replaces the channel’s rules, always the whole list',
    text: 'Each change is the channel’s next version. A refusal names the rule by its place, from 0: rules.2.pagePattern.',
    params: ofChannel,
    query: VersionQuery,
    body: { schema: ChannelRulesDraftSchema },
    answer: { status: 200, schema: ChannelRulesSchema },
    refusals: ['conflict'],
    example: {
      params: channel,
      body: {
        rules: [
          { action: 'hide', pagePattern: '^/checkout' },
          {
            action: 'notify',
            pagePattern: '^/cafe',
            countries: ['CO'],
            texts: { es: '¿Te ayudamos a elegir tu café?' },
          },
          { action: 'open', pagePattern: '^/help', afterSeconds: 20 },
        ],
      },
    },
  },
  tryRules: {
    name: 'tryChannelRules',
    topic,
    summary: 'Which rule would hold for somebody on a page, and why each other would not',
    text: `${ownOnly} With rules, those are tried instead of the stored ones; nothing is stored. At another time than now, somebody counts as available where the channel is open then and has operators.`,
    params: ofChannel,
    body: { schema: RulesTrialSchema },
    answer: { status: 200, schema: RulesVerdictSchema },
    example: { params: channel, body: { url: '/cafe/huila?size=500', country: 'CO' } },
  },
  avatar: {
    name: 'readChannelAvatar',
    topic,
    summary: 'The channel’s picture, as it was sent',
    text: ownOnly,
    params: ofChannel,
    answer: { status: 200, type: 'image/png' },
    example: { isShownOnly: true, params: channel },
  },
  setAvatar: {
    name: 'replaceChannelAvatar',
    topic,
    summary: 'Sets the channel’s picture: PNG, JPEG or WebP, up to 256 kB',
    params: ofChannel,
    body: { type: 'image/png' },
    answer: { status: 204 },
    example: { isShownOnly: true, params: channel, body: '@avatar.png' },
  },
  removeAvatar: {
    name: 'deleteChannelAvatar',
    topic,
    summary: 'Removes the channel’s picture',
    params: ofChannel,
    answer: { status: 204 },
    example: { params: channel },
  },
  operators: {
    name: 'listChannelOperators',
    topic,
    summary: 'Who answers in a channel, and who of them is there',
    text: ownOnly,
    params: ofChannel,
    answer: { status: 200, schema: pageOf(ChannelOperatorSchema) },
    example: { params: channel },
  },
  addOperators: {
    name: 'addChannelOperators',
    topic,
    summary: 'Makes members of the shop operators of a channel',
    text: 'All of them or, when one can’t be, none. Answers with all who are.',
    params: ofChannel,
    body: { schema: OperatorsDraftSchema },
    answer: { status: 200, schema: pageOf(ChannelOperatorSchema) },
    refusals: ['conflict'],
    example: { params: channel, body: { memberIds: ['$MEMBER_ID', '$OWNER_ID'] } },
  },
  removeOperator: {
    name: 'deleteChannelOperator',
    topic,
    summary: 'Ends that a member is an operator of a channel',
    params: ofOperator,
    answer: { status: 204 },
    example: { params: { ...channel, memberId: '$MEMBER_ID' } },
  },
  invitations: {
    name: 'listChannelInvitations',
    topic,
    summary: 'Who will be an operator once they accept an invitation into the shop',
    params: ofChannel,
    answer: { status: 200, schema: pageOf(ChannelInvitationSchema) },
    example: { params: channel },
  },
  invite: {
    name: 'addChannelInvitation',
    topic,
    summary: 'Makes whoever accepts an invitation into the shop an operator of a channel',
    text: 'Invite them into the shop first, with a role that lets them answer.',
    params: ofChannel,
    body: { schema: ChannelInvitationDraftSchema },
    answer: { status: 201, schema: ChannelInvitationSchema },
    refusals: ['conflict'],
    example: { params: channel, body: { invitationId: '$INVITATION_ID' } },
  },
  withdraw: {
    name: 'deleteChannelInvitation',
    topic,
    summary: 'Takes a channel from an invitation, which itself stays',
    params: ofInvitation,
    answer: { status: 204 },
    example: { params: { ...channel, invitationId: '$INVITATION_ID' } },
  },
  replies: {
    name: 'listCannedReplies',
    topic,
    summary: 'What operators say often, by shortcut',
    text: 'An operator sees those of their channels, and those for all.',
    answer: { status: 200, schema: pageOf(CannedReplySchema) },
    example: {},
  },
  createReply: {
    name: 'createCannedReply',
    topic,
    summary: 'Makes a canned reply',
    text: 'A shortcut is kept in lower case, and means one reply in the whole shop. {visitor.name} and the like are filled in when it is used.',
    body: { schema: CannedReplyDraftSchema },
    answer: { status: 201, schema: CannedReplySchema },
    refusals: ['not_found', 'conflict'],
    example: {
      body: { shortcut: 'hello', text: 'Hello {visitor.name}, how can I help?' },
      gives: { REPLY_ID: 'id' },
    },
  },
  changeReply: {
    name: 'replaceCannedReply',
    topic,
    summary: 'Replaces a canned reply',
    params: ofReply,
    body: { schema: CannedReplyDraftSchema },
    answer: { status: 200, schema: CannedReplySchema },
    refusals: ['conflict'],
    example: {
      params: { replyId: '$REPLY_ID' },
      body: { shortcut: 'hello', text: 'Hello {visitor.name}! How can I help?' },
    },
  },
  removeReply: {
    name: 'deleteCannedReply',
    topic,
    summary: 'Removes a canned reply',
    params: ofReply,
    answer: { status: 204 },
    example: { params: { replyId: '$REPLY_ID' } },
  },
} as const satisfies Readonly<Record<string, RouteDescription>>
