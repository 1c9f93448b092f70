import { z } from 'zod'
import { LEAD_STATES, POTENTIALS } from './chat-conversations.ts'
import { CONVERSATION_STATES } from './chat.ts'

/**
 * What shops' servers are told of the chat; docs/webhooks.md. Nothing that anybody said is in it: what is redacted, or whose
 * visitor is erased, must not live on in deliveries. Who needs the text reads the log.
 */
const person = z.object({ id: z.string(), name: z.string() })

const conversation = z.object({
  /** Of `/api/v1/chat/conversations/{id}`. */
  id: z.string(),
  channel: person,
  state: z.enum(CONVERSATION_STATES),
  /** Left while nobody was there. */
  isOffline: z.boolean(),
  isSpam: z.boolean(),
  visitorId: z.string().nullable(),
  /** Of somebody who proved who they are. */
  customerId: z.string().nullable(),
  operator: person.nullable(),
  leadState: z.enum(LEAD_STATES),
  potential: z.enum(POTENTIALS),
  /** 1 to 5. */
  rating: z.int().nullable(),
  beganAt: z.int(),
  firstAnsweredAt: z.int().nullable(),
  closedAt: z.int().nullable(),
})

/** `data` by the fact's type. */
export const ChatFactData = {
  'conversation.started': z.object({ conversation }),
  'conversation.assigned': z.object({ conversation }),
  'conversation.closed': z.object({ conversation, by: z.enum(['visitor', 'team']) }),
  'conversation.rated': z.object({ conversation }),
  /** Of the visitor. */
  'message.received': z.object({
    conversation,
    message: z.object({
      /** In the team's counting: ask for the log after the number before. */
      number: z.int(),
      id: z.string(),
      kind: z.enum(['text', 'attachment']),
      at: z.int(),
    }),
  }),
} as const
export type ChatFactType = keyof typeof ChatFactData
export type ChatFactConversation = z.output<typeof conversation>
