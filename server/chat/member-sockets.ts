import { z } from 'zod'
import {
  LookSchema,
  MemberReadSchema,
  MemberResumeSchema,
  MemberSendSchema,
  MemberTypingSchema,
  type ConsoleChatServerEvents,
} from '#protocol/chat-sockets.ts'
import { CONSOLE_CHAT_NAMESPACE } from '#protocol/names.ts'
import type { RateLimit } from '../core/rate-limit.ts'
import type { ConsoleSocket, Rooms, Sockets } from '../core/sockets.ts'
import type { ConversationRow } from './conversation-store.ts'
import type { Looking } from './looking.ts'
import { channelRoom, everyChannelRoom, memberRoom, teamRoom } from './rooms.ts'
import type { Chat, TeamMember } from './service.ts'

type Socket = ConsoleSocket<ConsoleChatServerEvents>

interface MemberSocketsDeps {
  readonly sockets: Sockets
  readonly chat: Pick<Chat, 'team' | 'operators' | 'channelsOf'>
  readonly rateLimit: RateLimit
  /** Their roles let them see all channels. */
  readonly seesAll: (session: Socket['session']) => boolean
  readonly onTyping: (conversation: ConversationRow, isTyping: boolean, who: NamedMember) => void
  readonly looking: Looking
}

export interface NamedMember {
  /** Outside of the server. */
  readonly publicId: string
  readonly name: string
}

/** Which channels are theirs may change while they listen. */
const ASK_AGAIN_EVERY_MS = 30_000

/** Operators at the console: each event asks the database what they may see. */
export function addMemberSockets(deps: MemberSocketsDeps): Rooms<ConsoleChatServerEvents> {
  const { sockets, chat, rateLimit, looking } = deps
  const { team, operators } = chat

  async function welcome(socket: Socket): Promise<void> {
    const { shop, memberId, memberName = 'link' } = socket.session
    const shopId = shop.id
    const isOwnOnly = !deps.seesAll(socket.session)
    const take = () => rateLimit.take('visitor', `member ${shopId} ${memberId ?? memberName}`)
    const by = { kind: 'member', name: memberName, address: '' } as const
    const named = memberId === undefined ? undefined : await operators.named(memberId)
    const who: TeamMember = { shop, by, isOwnOnly, member: named }

    socket.on('chat:send', MemberSendSchema, ({ conversationId, message }) => {
      take()
      return team.post(who, conversationId, message)
    })
    socket.on('chat:resume', MemberResumeSchema, ({ conversationId, after }) => {
      take()
      return team.log(who, conversationId, after)
    })
    socket.on('chat:read', MemberReadSchema, ({ conversationId, number }) => {
      take()
      return team.markRead(who, conversationId, number)
    })
    socket.on('chat:typing', MemberTypingSchema, async ({ conversationId, isTyping }) => {
      take()
      const conversation = await team.find(who, conversationId)
      if (named !== undefined) deps.onTyping(conversation, isTyping, named)
    })
    socket.on('chat:active', z.unknown(), () => {
      take()
      return memberId === undefined ? undefined : operators.active({ shopId, memberId })
    })
    const look = looking.begin(socket, named)
    let onScreen: readonly string[] = []
    socket.on('chat:look', LookSchema, async ({ conversationIds }) => {
      take()
      const found: ConversationRow[] = []
      for (const id of new Set(conversationIds)) found.push(await team.find(who, id))
      onScreen = conversationIds
      await look.at(found)
    })

    /** What went to others meanwhile is looked at no more. */
    async function lookAgain(): Promise<void> {
      const asked = onScreen
      const found = await Promise.allSettled([...new Set(asked)].map((id) => team.find(who, id)))
      const left = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      if (asked === onScreen && left.length < found.length) await look.at(left)
    }

    const joining = joinRooms(socket, isOwnOnly)
    const asking = setInterval(
      () => void Promise.all([joining(), lookAgain()]).catch(() => socket.hangUp()),
      ASK_AGAIN_EVERY_MS,
    )
    socket.onGone(() => {
      clearInterval(asking)
      look.end()
    })
    await joining()
  }

  /** Of the channels that are theirs now. */
  function joinRooms(socket: Socket, isOwnOnly: boolean): () => Promise<void> {
    const { shop, memberId } = socket.session
    let joined: readonly string[] = []
    return async () => {
      const own = [teamRoom(shop.id)]
      if (memberId !== undefined) own.push(memberRoom(shop.id, memberId))
      if (!isOwnOnly) own.push(everyChannelRoom(shop.id))
      else if (memberId !== undefined) {
        const channels = await chat.channelsOf({ shopId: shop.id, memberId })
        own.push(...channels.map((channelId) => channelRoom(shop.id, channelId)))
      }
      for (const room of joined) if (!own.includes(room)) socket.leave(room)
      socket.join(own)
      joined = own
    }
  }

  return sockets.addConsoleNamespace<ConsoleChatServerEvents>(
    { name: CONSOLE_CHAT_NAMESPACE, permission: 'conversations', isForOwn: true, talks: true },
    (socket) => void welcome(socket).catch(() => socket.hangUp()),
  )
}
