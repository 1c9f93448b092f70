import type { z } from 'zod'
import {
  ChatFactData,
  type ChatFactConversation,
  type ChatFactType,
} from '#protocol/chat-webhooks.ts'
import type { Told, Webhooks } from '../webhooks/service.ts'
import { findConversationRow, type ConversationRow } from './conversation-store.ts'
import type { Handle, MessageRow } from './log-store.ts'
import { listPublicIds } from './parts-store.ts'
import { shownName } from './routing.ts'
import { idText } from './shown.ts'

/** What a transaction said in one conversation. */
interface Said {
  readonly conversationId: number
  readonly messages: readonly MessageRow[]
}

const TYPES: readonly ChatFactType[] = [
  'conversation.started',
  'conversation.assigned',
  'conversation.closed',
  'conversation.rated',
  'message.received',
]

/** Writes what shops' servers are told of it, in the transaction itself. Costs a query where nobody listens. */
export async function tellOfChat(
  { tell, hears }: Pick<Webhooks, 'tell' | 'hears'>,
  handle: Handle,
  shopId: number,
  said: readonly Said[],
): Promise<void> {
  const worth = said.filter(({ messages }) => messages.some(isWorthTelling))
  if (worth.length === 0 || !(await hears(handle, shopId, TYPES))) return
  for (const { conversationId, messages } of worth) {
    const row = await findConversationRow(handle, shopId, conversationId)
    const conversation = row && (await conversationData(handle, row))
    if (conversation === undefined) continue
    await tell(
      handle,
      shopId,
      messages.flatMap((message) => factsOf(message, conversation)),
    )
  }
}

function isWorthTelling({ number, author, kind, body }: MessageRow): boolean {
  if (number === 1 || (author === 'visitor' && kind !== 'notice')) return true
  return body?.notice === 'assigned' || body?.notice === 'closed' || body?.notice === 'rated'
}

function factsOf(message: MessageRow, conversation: ChatFactConversation): Told[] {
  const { number, author, kind, at, body, clientId: id } = message
  const fact = <Type extends ChatFactType>(
    type: Type,
    more: Omit<z.input<(typeof ChatFactData)[Type]>, 'conversation'>,
  ): Told => ({ type, at, data: { conversation, ...more } })
  return [
    // Numbers have no holes: the first of the log is there once.
    ...(number === 1 ? [fact('conversation.started', {})] : []),
    ...(author === 'visitor' && (kind === 'text' || kind === 'attachment')
      ? [fact('message.received', { message: { number, id, kind, at } })]
      : []),
    ...(body?.notice === 'assigned' ? [fact('conversation.assigned', {})] : []),
    ...(body?.notice === 'rated' ? [fact('conversation.rated', {})] : []),
    ...(body?.notice === 'closed'
      ? [
          fact('conversation.closed', {
            by: body.detail?.['by'] === 'visitor' ? 'visitor' : 'team',
          }),
        ]
      : []),
  ]
}

async function conversationData(
  handle: Handle,
  row: ConversationRow,
): Promise<ChatFactConversation | undefined> {
  const [named] = await listPublicIds(handle, row.shopId, [row.id])
  if (named === undefined) return undefined
  const { operatorId, operatorName, operatorAlias } = named
  return {
    id: idText(row.publicId),
    channel: { id: idText(named.channelId), name: named.channelName },
    state: row.state,
    isOffline: row.isOffline,
    isSpam: row.isSpam,
    visitorId: named.visitorId && idText(named.visitorId),
    customerId: named.customerId && idText(named.customerId),
    operator:
      operatorId === null
        ? null
        : {
            id: idText(operatorId),
            name: shownName({ alias: operatorAlias, name: operatorName ?? '' }),
          },
    leadState: row.leadState,
    potential: row.potential,
    rating: row.rating,
    beganAt: row.createdAt,
    firstAnsweredAt: row.firstAnsweredAt,
    closedAt: row.closedAt,
  }
}
