import type { ChatServerEvents, ConsoleChatServerEvents } from '#protocol/chat-sockets.ts'
import type { Access, Permission, Role } from '#protocol/account.ts'
import { again } from '../core/again.ts'
import type { Bus } from '../core/bus.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { RateLimit } from '../core/rate-limit.ts'
import type { Rooms, Sockets } from '../core/sockets.ts'
import type { Database } from '../db/database.ts'
import { liveEventOf, type EventsFacts } from '../events/service.ts'
import { createAvailability } from './availability.ts'
import { findConversationRow, listQueued, type ConversationRow } from './conversation-store.ts'
import { createInTurn } from './in-turn.ts'
import type { Handle } from './log-store.ts'
import { createLooking } from './looking.ts'
import { addMemberSockets } from './member-sockets.ts'
import { messagesOf } from './message-shape.ts'
import {
  channelRoom,
  everyChannelRoom,
  lookingRoom,
  memberRoom,
  teamRoom,
  trailRoom,
  visitorRoom,
} from './rooms.ts'
import type { Chat, ChatFacts } from './service.ts'
import {
  aroundOf,
  conversationForVisitor,
  idText,
  isSomebodyThere,
  teamConversations,
  type Around,
} from './shown.ts'
import { createSpaced } from './spaced.ts'
import { findVisitorPublicId } from './visitor-store.ts'
import { addVisitorSockets } from './visitor-sockets.ts'

interface ChatSocketsDeps {
  readonly db: Database
  readonly now: Clock
  readonly log: Pick<Log, 'error'>
  readonly sockets: Sockets
  readonly bus: Bus<ChatFacts>
  readonly events: Bus<EventsFacts>
  readonly chat: Chat
  readonly rateLimit: RateLimit
  readonly accessOf: (roles: readonly Role[], permission: Permission) => Access
}

/** Of those who wait, so many hear at once that they moved. */
const TOLD_OF_QUEUE = 100
/** However fast others come and go before them. */
const QUEUE_TOLD_EVERY_MS = 1_000
/** Whether anybody is there changes by the clock, too, and at other nodes. */
const AVAILABILITY_EVERY_MS = 5_000

/** Tells both sides of what happened, and hears what they say. Returns `stop`. */
export function addChatSockets(deps: ChatSocketsDeps): () => Promise<void> {
  const { db, now, bus, chat, sockets, rateLimit } = deps
  const handle: Handle = { sql: db.sql, t: db.t }
  const inTurn = createInTurn()
  const queues = createSpaced<number>(QUEUE_TOLD_EVERY_MS, deps.log)
  const looking = createLooking({
    now,
    nodes: sockets.nodes,
    visitorIdOf: (shopId, row) => findVisitorPublicId(handle, shopId, row),
    changed: ({ shopId, id, publicId }, lookers) => {
      const members = lookers.map((one) => ({ id: one.publicId, name: one.name }))
      const told = { conversationId: idText(publicId), members }
      team.emitHere(lookingRoom(shopId, id), 'chat:looking', told)
    },
  })

  const availability = createAvailability({ handle, now, tell: tellAvailability })

  const visitors: Rooms<ChatServerEvents> = addVisitorSockets({
    sockets,
    chat,
    availability,
    rateLimit,
    onTyping({ shopId, id, publicId }, isTyping) {
      const told = { conversationId: idText(publicId), isTyping }
      team.emit(lookingRoom(shopId, id), 'chat:typing', told)
    },
  })
  const team: Rooms<ConsoleChatServerEvents> = addMemberSockets({
    sockets,
    chat,
    rateLimit,
    looking,
    seesAll: ({ roles }) => deps.accessOf(roles, 'conversations') !== 'own',
    onTyping({ shopId, id, publicId, era }, isTyping, { name }) {
      visitors.emit(visitorRoom({ shopId, id, era }), 'chat:typing', { isTyping, name })
      const told = { conversationId: idText(publicId), isTyping, name }
      team.emit(lookingRoom(shopId, id), 'chat:typing', told)
    },
  })

  /** Those of the team who may see it. */
  function roomsFor({ shopId, channelId }: ConversationRow, { colleagues }: Around): string[] {
    return [
      everyChannelRoom(shopId),
      channelRoom(shopId, channelId),
      ...colleagues.map(({ memberId }) => memberRoom(shopId, memberId)),
    ]
  }

  async function tellChange({
    shopId,
    conversationId: rowId,
    messages,
    ringing,
    formerChannelId,
    formerEra,
  }: ChatFacts['chat.changed']): Promise<void> {
    const row = await findConversationRow(handle, shopId, rowId)
    if (row === undefined) return
    const conversationId = idText(row.publicId)
    const ofVisitor = visitorRoom(row)
    if (formerEra !== undefined) {
      visitors.hangUp(visitorRoom({ ...row, era: formerEra }))
    }
    const shown = messagesOf(messages, 'visitor')
    if (shown.length > 0) visitors.emit(ofVisitor, 'chat:messages', { messages: shown })
    const around = await aroundOf(handle, shopId, [rowId])
    const rooms = roomsFor(row, around)
    const ofTeam = messagesOf(messages, 'team')
    if (ofTeam.length > 0) {
      team.emit(rooms, 'chat:messages', { conversationId, messages: ofTeam })
    }
    const [conversation] = await teamConversations(handle, shopId, [row], around)
    if (conversation !== undefined) team.emit(rooms, 'chat:conversation', { conversation })
    const isAnyoneThere = await isSomebodyThere(handle, shopId, row.channelId, now())
    await tellVisitor(row, { around, isAnyoneThere })
    if (row.isBlocked) visitors.hangUp(ofVisitor)
    if (formerChannelId !== undefined && formerChannelId !== row.channelId) {
      team.emit(channelRoom(shopId, formerChannelId), 'chat:gone', { conversationId })
    }
    if (ringing !== undefined) await ring(row, ringing)
  }

  async function ring({ shopId, publicId }: ConversationRow, member: number): Promise<void> {
    const { publicId: memberId } = await chat.operators.named(member)
    const told = { conversationId: idText(publicId), memberId }
    team.emit(memberRoom(shopId, member), 'chat:ring', told)
  }

  async function tellVisitor(
    row: ConversationRow,
    known: Parameters<typeof conversationForVisitor>[2],
  ): Promise<void> {
    const conversation = await conversationForVisitor(handle, row, known)
    availability.told(row.id, known.isAnyoneThere)
    visitors.emit(visitorRoom(row), 'chat:conversation', { conversation })
  }

  async function tellAvailability(row: ConversationRow, isAnyoneThere: boolean): Promise<void> {
    const around = await aroundOf(handle, row.shopId, [row.id])
    await tellVisitor(row, { around, isAnyoneThere })
  }

  async function tellQueue({ shopId, channelId }: ChatFacts['chat.queue_moved']): Promise<void> {
    const rows = await listQueued(handle, shopId, channelId, TOLD_OF_QUEUE)
    const ids = rows.map(({ id }) => id)
    const around = await aroundOf(handle, shopId, ids)
    const isAnyoneThere = await isSomebodyThere(handle, shopId, channelId, now())
    for (const [at, row] of rows.entries()) {
      await tellVisitor(row, { around, isAnyoneThere, place: at + 1 })
    }
    await availability.lookAt(shopId, channelId)
  }

  async function tellPresence(who: ChatFacts['chat.presence_changed']): Promise<void> {
    const { publicId: memberId } = await chat.operators.named(who.memberId)
    const presence = await chat.operators.presenceOf(who)
    team.emit(teamRoom(who.shopId), 'chat:presence', { memberId, presence })
  }

  const stopLooking = again(() => availability.look(), {
    everyMs: AVAILABILITY_EVERY_MS,
    onFailure: (error) => deps.log.error({ err: error }, 'Visitors could not be told who is there'),
  })
  const stops = [
    // In their order: a client that hears the second first has to ask for the first.
    bus.on('chat.changed', (change) => inTurn(change.conversationId, () => tellChange(change))),
    bus.on('chat.queue_moved', (moved) => queues.soon(moved.channelId, () => tellQueue(moved))),
    bus.on('chat.presence_changed', tellPresence),
    deps.events.on('event.stored', ({ shopId, events: stored }) => {
      for (const event of stored) {
        const { visitorId } = event
        if (visitorId === null || !looking.isWatched(shopId, visitorId)) continue
        // Which conversation it is beside, whoever looks knows by the visitor.
        const told = { visitorId: idText(visitorId), events: [liveEventOf(event)] }
        team.emit(trailRoom(shopId, visitorId), 'chat:trail', told)
      }
    }),
  ]
  return () => {
    looking.stop()
    queues.stop()
    for (const stop of stops) stop()
    return stopLooking()
  }
}
