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
  const { sockets, chat, rateLimit } = deps
  const { team, operators } = chat

  /** All ears at once: what is said before who it is has been looked up would be heard by nobody. */
  async function welcome(socket: Socket): Promise<void> {
    const { shop, memberId, memberName = 'link' } = socket.session
    const shopId = shop.id
    const isOwnOnly = !deps.seesAll(socket.session)
    const take = () => rateLimit.take('visitor', `member ${shopId} ${memberId ?? memberName}`)
    const by = { kind: 'member', name: memberName, address: '' } as const
    const naming = memberId === undefined ? Promise.resolve(undefined) : operators.named(memberId)
    const coming: Promise<TeamMember> = naming.then((member) => ({ shop, by, isOwnOnly, member }))
    const looking = naming.then((named) => deps.looking.begin(socket, named))

    socket.on('chat:send', MemberSendSchema, async ({ conversationId, message }) => {
      take()
      return team.post(await coming, conversationId, message)
    })
    socket.on('chat:resume', MemberResumeSchema, async ({ conversationId, after }) => {
      take()
      return team.log(await coming, conversationId, after)
    })
    socket.on('chat:read', MemberReadSchema, async ({ conversationId, number }) => {
      take()
      return team.markRead(await coming, conversationId, number)
    })
    socket.on('chat:typing', MemberTypingSchema, async ({ conversationId, isTyping }) => {
      take()
      const conversation = await team.find(await coming, conversationId)
      const named = await naming
      if (named !== undefined) deps.onTyping(conversation, isTyping, named)
    })
    socket.on('chat:active', z.unknown(), () => {
      take()
      return memberId === undefined ? undefined : operators.active({ shopId, memberId })
    })
    let onScreen: readonly string[] = []
    socket.on('chat:look', LookSchema, async ({ conversationIds }) => {
      take()
      const who = await coming
      const found: ConversationRow[] = []
      for (const id of new Set(conversationIds)) found.push(await team.find(who, id))
      onScreen = conversationIds
      await (await looking).at(found)
    })

    /** What went to others meanwhile is looked at no more. */
    async function lookAgain(): Promise<void> {
      const asked = onScreen
      const who = await coming
      const found = await Promise.allSettled([...new Set(asked)].map((id) => team.find(who, id)))
      const left = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      if (asked === onScreen && left.length < found.length) {
        await (await looking).at(left)
      }
    }

    const joining = joinRooms(socket, isOwnOnly)
    const asking = setInterval(
      () => void Promise.all([joining(), lookAgain()]).catch(() => socket.hangUp()),
      ASK_AGAIN_EVERY_MS,
    )
    socket.onGone(() => {
      clearInterval(asking)
      void looking.then((look) => look.end()).catch(() => undefined)
    })
    await Promise.all([coming, looking, joining()])
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
