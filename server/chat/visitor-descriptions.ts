import { z } from 'zod'
import {
  BeginSchema,
  EndingSchema,
  LauncherRequestSchema,
  LogAnswerSchema,
  OfflineFormSchema,
  PostMessageSchema,
  RatingSchema,
  ReadLogSchema,
  TranscriptRequestSchema,
  VisitorConversationSchema,
} from '#protocol/chat.ts'
import {
  BegunSchema,
  LauncherAnswerSchema,
  PostedSchema,
  UploadedSchema,
} from '#protocol/chat-answers.ts'
import type { RouteDescription } from '../core/api/description.ts'

const topic = 'Chat, for pages'
const TEXT =
  'Takes the shop’s public key. The token is the browser’s own, 256 random bits, and opens the conversations that were begun with it; docs/chat-protocol.md tells the whole.'
/** For trying out only. */
const key = '$GP_PUBLIC_KEY'
const token = 'RXhhbXBsZUNoYXRUb2tlbkZvclRoZURvY3NPbmx5MDA'
const FORM_TOKEN = 'RXhhbXBsZUZvcm1Ub2tlbkZvclRoZURvY3NPbmx5MDA'
const held = { key, token, conversationId: '$CONVERSATION_ID' }
const refusals = ['not_found'] as const

export const describedVisitorSide = {
  launcher: {
    name: 'chatLauncher',
    topic,
    summary: 'What to draw, and whether anybody is there; stores nothing',
    text: TEXT,
    body: { schema: LauncherRequestSchema },
    answer: { status: 200, schema: LauncherAnswerSchema },
    refusals,
    example: { body: { key, channelId: '$CHANNEL_ID', languages: ['es-CO'] } },
  },
  begin: {
    name: 'beginConversation',
    topic,
    summary: 'Begins a conversation with its first message',
    text: `${TEXT} Sent again, or from another tab, it is the one that runs, with the message once.`,
    body: { schema: BeginSchema },
    answer: { status: 201, schema: BegunSchema },
    refusals: ['not_found', 'forbidden', 'unavailable'],
    example: {
      body: {
        key,
        token,
        channelId: '$CHANNEL_ID',
        message: { kind: 'text', id: 'example-message-1', text: '¿Tienen café de Huila?' },
        languages: ['es-CO'],
        page: { url: 'https://shop.example/cafe', title: 'Café' },
        fields: { name: 'Ana' },
      },
      gives: { CONVERSATION_ID: 'conversation.id' },
    },
  },
  form: {
    name: 'leaveMessage',
    topic,
    summary: 'Leaves a message and an address while nobody is there',
    text: `${TEXT} Joins the conversation that runs, or begins one that is answered by mail.`,
    body: { schema: OfflineFormSchema },
    answer: { status: 201, schema: BegunSchema },
    refusals: ['not_found', 'forbidden', 'unavailable'],
    example: {
      body: {
        key,
        token: FORM_TOKEN,
        channelId: '$CHANNEL_ID',
        id: 'example-form-0001',
        email: 'luis@shop.example',
        name: 'Luis',
        text: '¿Envían a Medellín?',
      },
      gives: { FORM_CONVERSATION_ID: 'conversation.id' },
    },
  },
  post: {
    name: 'sendChatMessage',
    topic,
    summary: 'Says something in a conversation, once however often it is sent',
    text: TEXT,
    body: { schema: PostMessageSchema },
    answer: { status: 201, schema: PostedSchema },
    refusals: ['not_found', 'forbidden', 'conflict'],
    example: {
      body: { ...held, message: { kind: 'text', id: 'example-message-2', text: '¿Molido?' } },
    },
  },
  log: {
    name: 'readChatLog',
    topic,
    summary: 'What was said after a number, or last; 100 entries at most',
    text: TEXT,
    body: { schema: ReadLogSchema },
    answer: { status: 200, schema: LogAnswerSchema },
    refusals,
    example: { body: { ...held, after: 0 } },
  },
  rate: {
    name: 'rateConversation',
    topic,
    summary: 'Rates a conversation from 1 to 5, again to change it',
    text: TEXT,
    body: { schema: RatingSchema },
    answer: { status: 200, schema: VisitorConversationSchema },
    refusals: ['not_found', 'forbidden'],
    example: { body: { ...held, rating: 5, comment: 'Muy amables' } },
  },
  end: {
    name: 'endConversation',
    topic,
    summary: 'Ends a conversation; writing in it begins it anew',
    text: TEXT,
    body: { schema: EndingSchema },
    answer: { status: 200, schema: VisitorConversationSchema },
    refusals,
    example: { body: { key, token: FORM_TOKEN, conversationId: '$FORM_CONVERSATION_ID' } },
  },
  transcript: {
    name: 'mailTranscript',
    topic,
    summary: 'Sends the conversation by mail',
    text: `${TEXT} An address that is not the proven customer’s gets a link, once a day.`,
    body: { schema: TranscriptRequestSchema },
    answer: { status: 204 },
    refusals: ['not_found', 'forbidden'],
    example: { body: { ...held, email: 'ana@shop.example' } },
  },
  upload: {
    name: 'sendChatFile',
    topic,
    summary: 'Sends a file, which a message then shows by its key',
    text: `${TEXT} The body is JSON (key, token, conversationId, name), a line break, and the bytes of a PNG, JPEG, WebP or GIF image or a PDF, 10 MiB at most.`,
    body: { type: 'text/plain' },
    answer: { status: 201, schema: UploadedSchema },
    refusals: ['not_found', 'forbidden', 'conflict', 'too_large', 'unavailable'],
    example: {
      body: `${JSON.stringify({ ...held, name: 'list.pdf' })}\n%PDF-1.4`,
      gives: { FILE_KEY: 'fileKey' },
    },
  },
  avatar: {
    name: 'readChatAvatar',
    topic,
    summary: 'The picture of a channel, as pages show it',
    params: { channelId: z.string().describe('The id of the channel') },
    answer: { status: 200, type: 'image/png' },
    refusals,
    example: { params: { channelId: '$CHANNEL_ID' }, isShownOnly: true },
  },
  file: {
    name: 'readChatFile',
    topic,
    summary: 'A file that was sent in a chat, for download',
    text: 'Its key is 256 random bits, which whoever sees the conversation is told.',
    params: { fileKey: z.string().describe('The file’s key') },
    answer: { status: 200, type: 'application/pdf' },
    refusals,
    example: { params: { fileKey: '$FILE_KEY' } },
  },
} as const satisfies Record<string, RouteDescription>
