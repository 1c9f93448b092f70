import {
  ReadSchema,
  ResumeSchema,
  SendSchema,
  TypingSchema,
  VisitorSocketAuthSchema,
  type ChatServerEvents,
} from '#protocol/chat-sockets.ts'
import { CHAT_NAMESPACE } from '#protocol/names.ts'
import { Refusal } from '../core/errors.ts'
import type { OpenSocket } from '../core/open-socket.ts'
import type { RateLimit } from '../core/rate-limit.ts'
import { sha256 } from '../core/tokens.ts'
import type { PageAsking, Rooms, Sockets } from '../core/sockets.ts'
import type { Availability } from './availability.ts'
import type { ConversationRow } from './conversation-store.ts'
import { visitorRoom } from './rooms.ts'
import type { Chat } from './service.ts'
import type { Entered, Holder } from './visitor-access.ts'

interface VisitorSocketsDeps {
  readonly sockets: Sockets
  readonly chat: Pick<Chat, 'visitors'>
  readonly availability: Pick<Availability, 'listen' | 'told'>
  readonly rateLimit: RateLimit
  /** The visitor types, or types no more. */
  readonly onTyping: (conversation: ConversationRow, isTyping: boolean) => void
}

interface Admitted extends Entered {
  /** Requests are counted by it. */
  readonly countedBy: string
}

const ASK_AGAIN_EVERY_MS = 30_000

/**
 * One socket is for one conversation, and what opened it is asked for again at each thing that it says: whoever loses it
 * can neither read nor write any more.
 */
export function addVisitorSockets(deps: VisitorSocketsDeps): Rooms<ChatServerEvents> {
  const { sockets, chat, availability, rateLimit } = deps
  const { visitors } = chat

  async function admit({ shop, auth }: PageAsking): Promise<Admitted> {
    const said = VisitorSocketAuthSchema.safeParse(auth)
    if (!said.success || said.data.key !== shop.publicKey) {
      throw new Refusal('not_found', 'There is no such conversation')
    }
    const { token, conversationId, visitor } = said.data
    const countedBy = `chat ${shop.id} ${sha256(token).toString('base64url')}`
    rateLimit.take('visitor', countedBy)
    const entered = await visitors.comeIn({ shop, token, conversationId, visitor })
    return { ...entered, countedBy }
  }

  function welcome(socket: OpenSocket<ChatServerEvents>, admitted: Admitted): void {
    const { holder, conversation, countedBy } = admitted
    const take = () => rateLimit.take('visitor', countedBy)
    socket.join([visitorRoom(conversation)])
    socket.onGone(availability.listen(conversation))
    if (admitted.isGuest) hangUpInTime(socket, holder)
    socket.on('chat:send', SendSchema, ({ message }) => {
      take()
      return visitors.post(holder, message)
    })
    socket.on('chat:resume', ResumeSchema, async ({ after }) => {
      take()
      const answer = await visitors.log(holder, after)
      availability.told(conversation.id, answer.conversation.isAnyoneThere)
      return answer
    })
    socket.on('chat:read', ReadSchema, ({ number }) => {
      take()
      return visitors.read(holder, number)
    })
    socket.on('chat:typing', TypingSchema, async ({ isTyping }) => {
      take()
      deps.onTyping(await visitors.findHeard(holder), isTyping)
    })
  }

  /** What a code has shown is shown for some time alone, and who listens says nothing that would be asked about. */
  function hangUpInTime(socket: OpenSocket<ChatServerEvents>, holder: Holder): void {
    const asking = setInterval(() => {
      // Nobody knows whether it still may: it comes back by itself once somebody does.
      visitors.find(holder, 'read').catch(() => socket.hangUp())
    }, ASK_AGAIN_EVERY_MS)
    socket.onGone(() => clearInterval(asking))
  }

  return sockets.addPageNamespace<ChatServerEvents, Admitted>(CHAT_NAMESPACE, admit, welcome)
}
