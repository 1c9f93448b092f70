import {
  CodeProofSchema,
  CodeRequestSchema,
  HistoryRequestSchema,
  HistorySchema,
} from '#protocol/chat-history.ts'
import { ContinuationSchema, VisitorConversationSchema } from '#protocol/chat.ts'
import type { RouteDescription } from '../core/api/description.ts'

const topic = 'Chat, for pages'
/** For trying out only. */
const key = '$GP_PUBLIC_KEY'
const token = 'RXhhbXBsZUNoYXRUb2tlbkZvclRoZURvY3NPbmx5MDA'
const email = 'ana@shop.example'

export const describedHistory = {
  history: {
    name: 'listEarlierConversations',
    topic,
    summary: 'The conversations that whoever asks may read, the newest first',
    text: 'Those that the token has begun; those of the customer that the visitor of events has proven to be, on whatever device; and those with an address of which the mailed code was shown.',
    body: { schema: HistoryRequestSchema },
    answer: { status: 200, schema: HistorySchema },
    example: { body: { key, token, limit: 10 } },
  },
  continuation: {
    name: 'continueConversation',
    topic,
    summary: 'A conversation of the proven customer’s goes on in this browser',
    text: 'Asked for with the visitor of events. From then on the token opens the conversation, as it does where it was begun.',
    body: { schema: ContinuationSchema },
    answer: { status: 200, schema: VisitorConversationSchema },
    refusals: ['not_found', 'forbidden'],
    example: { body: { key, token, conversationId: '$CONVERSATION_ID' } },
  },
  code: {
    name: 'mailChatCode',
    topic,
    summary: 'Mails a code to an address, whether it has conversations or not',
    text: 'Six digits that count for ten minutes, once, for the token that asked. An address gets three a day at most.',
    body: { schema: CodeRequestSchema },
    answer: { status: 204 },
    example: { body: { key, token, email, languages: ['es-CO'] } },
  },
  proof: {
    name: 'proveChatAddress',
    topic,
    summary: 'Shows the mailed code: conversations with that address can then be read',
    text: 'For thirty days, by this token alone. A code can be tried five times.',
    body: { schema: CodeProofSchema },
    answer: { status: 204 },
    refusals: ['not_found'],
    example: { body: { key, token, email, code: '123456' }, isShownOnly: true },
  },
} as const satisfies Record<string, RouteDescription>
