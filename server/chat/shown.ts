import type { VisitorConversation } from '#protocol/chat.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import { listBotNames } from './bot-store.ts'
import { findChannelRow } from './channel-store.ts'
import { queuePosition, type ConversationRow } from './conversation-store.ts'
import { isOpenAt } from './hours.ts'
import { countUnreadByVisitor, shownOfNumber, type Handle } from './log-store.ts'
import { listSeated } from './operator-store.ts'
import {
  listColleagues,
  listPublicIds,
  listReadByVisitor,
  listReasons,
  listTags,
} from './parts-store.ts'
import { shownName } from './routing.ts'

export function idText(publicId: Buffer): string {
  return publicId.toString('base64url')
}

/** Who has to do with conversations of one shop. */
export interface Around {
  readonly named: ReadonlyMap<number, Awaited<ReturnType<typeof listPublicIds>>[number]>
  readonly colleagues: Awaited<ReturnType<typeof listColleagues>>
}

/** Asked once for what both sides are told, and for many conversations together. */
export async function aroundOf(
  handle: Handle,
  shopId: number,
  ids: readonly number[],
): Promise<Around> {
  const named = new Map((await listPublicIds(handle, shopId, ids)).map((one) => [one.id, one]))
  return { named, colleagues: await listColleagues(handle, shopId, ids) }
}

/** A conversation as its visitor is told of it. */
export async function visitorConversation(
  handle: Handle,
  row: ConversationRow,
  now: number,
): Promise<VisitorConversation> {
  const { shopId, id, channelId } = row
  const around = await aroundOf(handle, shopId, [id])
  const isAnyoneThere = await isSomebodyThere(handle, shopId, channelId, now)
  return conversationForVisitor(handle, row, { around, isAnyoneThere })
}

/** The same with what is known already; of one in the queue perhaps its place there. */
export async function conversationForVisitor(
  handle: Handle,
  row: ConversationRow,
  known: { readonly around: Around; readonly isAnyoneThere: boolean; readonly place?: number },
): Promise<VisitorConversation> {
  const { shopId, id, state } = row
  const { around, isAnyoneThere } = known
  const named = around.named.get(id)
  const isQueued = state === 'queued' && !row.isOffline && isAnyoneThere
  const operators = colleaguesOf(around, row)
  if (named?.operatorId != null) {
    const { operatorId, operatorName, operatorAlias } = named
    operators.unshift({ id: idText(operatorId), name: operatorAlias ?? operatorName ?? '' })
  }
  return {
    id: idText(row.publicId),
    channelId: named === undefined ? '' : idText(named.channelId),
    revision: row.revision,
    state,
    queuePosition: isQueued ? (known.place ?? (await queuePosition(handle, row))) : null,
    isAnyoneThere,
    operators: state === 'closed' ? [] : operators,
    lastNumber: row.lastShown,
    readByTeam: await shownOfNumber(handle, shopId, id, row.readByTeam),
    readByVisitor: row.readByVisitor,
    unread: await countUnreadByVisitor(handle, row),
    rating: row.rating,
    hasEmail: row.email !== null,
    beganAt: row.createdAt,
  }
}

/** Whether somebody sits in the channel, and should. */
export async function isSomebodyThere(
  handle: Handle,
  shopId: number,
  channelId: number,
  now: number,
): Promise<boolean> {
  const channel = await findChannelRow(handle, shopId, channelId)
  if (channel === undefined || !isOpenAt(channel.options.hours, now)) return false
  return (await listSeated(handle, shopId, channelId, now)).length > 0
}

/** Conversations as the team is told of them, in their order. */
export async function teamConversations(
  handle: Handle,
  shopId: number,
  rows: readonly ConversationRow[],
  known?: Around,
): Promise<Conversation[]> {
  const ids = rows.map(({ id }) => id)
  const around = known ?? (await aroundOf(handle, shopId, ids))
  const tags = await listTags(handle, shopId, ids)
  const reasons = await listReasons(handle, shopId, ids)
  const bots = await listBotNames(handle, shopId, ids)
  const reads = await listReadByVisitor(handle, shopId, ids)
  return rows.flatMap((row) => {
    const names = around.named.get(row.id)
    if (names === undefined) return []
    const isOfRow = (one: { readonly conversationId: number }) => one.conversationId === row.id
    return {
      ...ownParts(row),
      readByVisitor: reads.find(isOfRow)?.number ?? 0,
      channelId: idText(names.channelId),
      channelName: names.channelName,
      visitor: {
        visitorId: names.visitorId && idText(names.visitorId),
        customerId: names.customerId && idText(names.customerId),
        ...visitorParts(row),
      },
      operator:
        names.operatorId === null
          ? null
          : {
              id: idText(names.operatorId),
              name: names.operatorAlias ?? names.operatorName ?? '',
            },
      bot: botOf(bots.find(isOfRow)),
      reason: reasons.find(isOfRow)?.reason ?? null,
      colleagues: colleaguesOf(around, row),
      tags: tags.filter(isOfRow).map(({ tag }) => tag),
    }
  })
}

function colleaguesOf({ colleagues }: Around, { id }: ConversationRow) {
  return colleagues
    .filter((one) => one.conversationId === id)
    .map((one) => ({ id: idText(one.publicId), name: shownName(one) }))
}

function botOf(found: { readonly publicId: Buffer; readonly name: string } | undefined) {
  return found === undefined ? null : { id: idText(found.publicId), name: found.name }
}

function ownParts(row: ConversationRow) {
  return {
    id: idText(row.publicId),
    revision: row.revision,
    state: row.state,
    isOffline: row.isOffline,
    isSpam: row.isSpam,
    isBlocked: row.isBlocked,
    leadState: row.leadState,
    potential: row.potential,
    followUpOn: row.followUpOn,
    rating: row.rating,
    ratingComment: row.ratingComment,
    lastNumber: row.lastNumber,
    readByTeam: row.readByTeam,
    unread: row.unread,
    lastText: row.lastText,
    lastAuthor: row.lastAuthor,
    lastAt: row.lastAt,
    beganAt: row.createdAt,
    firstAnsweredAt: row.firstAnsweredAt,
    closedAt: row.closedAt,
  }
}

function visitorParts({
  name,
  email,
  language,
  country,
  pageUrl,
  pageTitle,
  fields,
}: ConversationRow) {
  return { name, email, language, country, pageUrl, pageTitle, fields }
}
