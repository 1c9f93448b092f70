import { z } from 'zod'
import {
  ChatbotChangeSchema,
  ChatbotDraftSchema,
  ChatbotSchema,
  ChatbotSummarySchema,
} from '#protocol/chatbots.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageOf } from '../core/api/fields.ts'
import { VersionQuery } from './channel-descriptions.ts'

const topic = 'Chatbots'
const ofChatbot = { chatbotId: idOf('a chatbot') }
const chatbot = { chatbotId: '$CHATBOT_ID' }

export const ChatbotsQuery = z.object({
  archived: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Those that are archived, instead of those that are not'),
})

const steps = [
  {
    kind: 'question',
    id: 'topic',
    text: { en: 'What is it about?' },
    answers: [
      { id: 'order', text: { en: 'My order' }, leadState: 'open' },
      { id: 'sizes', text: { en: 'Sizes' }, url: 'https://shop.example/sizes' },
    ],
  },
  {
    kind: 'email',
    id: 'email',
    text: { en: 'Where can we write to you?' },
    when: { topic: ['order'] },
  },
  { kind: 'handover', id: 'team', text: { en: 'Somebody of our team takes over.' } },
]

const script =
  'A step has an id of its own, a text in at least one language, and comes only where `when` is met: one of the answers named of each question named. A handover is said where somebody is there; otherwise the script goes on.'

export const describedChatbots = {
  list: {
    name: 'listChatbots',
    topic,
    summary: 'Scripts that answer in chats',
    query: ChatbotsQuery,
    answer: { status: 200, schema: pageOf(ChatbotSummarySchema) },
    example: {},
  },
  create: {
    name: 'createChatbot',
    topic,
    summary: 'Makes a chatbot',
    text: `${script} A channel’s rules say where it talks.`,
    body: { schema: ChatbotDraftSchema },
    answer: { status: 201, schema: ChatbotSchema },
    refusals: ['conflict'],
    example: { body: { name: 'Guide', steps }, gives: { CHATBOT_ID: 'id' } },
  },
  read: {
    name: 'readChatbot',
    topic,
    summary: 'One chatbot with its script',
    params: ofChatbot,
    answer: { status: 200, schema: ChatbotSchema },
    example: { params: chatbot },
  },
  change: {
    name: 'changeChatbot',
    topic,
    summary: 'Changes a chatbot',
    text: `${script} Conversations go on with the script that they began with.`,
    params: ofChatbot,
    query: VersionQuery,
    body: { schema: ChatbotChangeSchema },
    answer: { status: 200, schema: ChatbotSchema },
    refusals: ['conflict'],
    example: { params: chatbot, body: { name: 'Guide of the shop' } },
  },
  copy: {
    name: 'copyChatbot',
    topic,
    summary: 'Makes another chatbot with the same script',
    params: ofChatbot,
    answer: { status: 201, schema: ChatbotSchema },
    refusals: ['conflict'],
    example: { params: chatbot },
  },
} as const satisfies Readonly<Record<string, RouteDescription>>
