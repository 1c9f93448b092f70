import type { ConversationChange } from '#protocol/chat-conversations.ts'
import { changesOf, recordChange } from '../audit/service.ts'
import { endAssignment } from './assignment-store.ts'
import { updateConversation, type ConversationRow } from './conversation-store.ts'
import { letRun } from './let-run.ts'
import { deleteBlocks, insertBlocks, replaceTags } from './parts-store.ts'
import type { Routing } from './routing.ts'
import { noticeOf, type Doing } from './say.ts'
import { idText } from './shown.ts'
import type { TeamMember } from './team-member.ts'

interface Changing {
  readonly doing: Doing
  readonly routing: Routing
  readonly who: TeamMember
}

/** What a member changes of a conversation, each told in its log. */
export async function changeConversation(
  changing: Changing,
  row: ConversationRow,
  { state, tags, leadState, potential, followUpOn, isSpam, isBlocked }: ConversationChange,
): Promise<void> {
  const { doing } = changing
  const { shopId } = doing
  const { id } = row
  if (tags !== undefined) {
    await replaceTags(doing, shopId, id, tags)
    await tell(changing, row, 'tagged', { tags })
  }
  if (leadState !== undefined || potential !== undefined) {
    const set = {
      leadState: leadState ?? row.leadState,
      potential: potential ?? row.potential,
    }
    await updateConversation(doing, shopId, id, set)
    await tell(changing, row, 'qualified', set)
  }
  if (followUpOn !== undefined) {
    await updateConversation(doing, shopId, id, { followUpOn })
    await tell(changing, row, 'follow_up', { on: followUpOn })
  }
  if (isSpam !== undefined) {
    await updateConversation(doing, shopId, id, { isSpam })
    await tell(changing, row, isSpam ? 'spam' : 'not_spam', {})
  }
  if (isBlocked !== undefined) await block(changing, row, isBlocked)
  if (state === 'closed' || (isSpam === true && state === undefined)) await close(changing, row)
  if (state === 'reopened') await reopen(changing, row)
}

function tell(
  { doing, who: { member } }: Changing,
  { id }: ConversationRow,
  notice: Parameters<typeof noticeOf>[0],
  detail: Readonly<Record<string, unknown>>,
  isShown = false,
) {
  const by = member === undefined ? {} : { by: { memberId: member.id, name: member.name } }
  return doing.say(id, noticeOf(notice, { ...by, isShown, detail }))
}

/** Whom a shop hears no more is a matter of record. */
async function block(changing: Changing, row: ConversationRow, isBlocked: boolean): Promise<void> {
  const { doing, who } = changing
  const { shopId, at } = doing
  const changed = await updateConversation(doing, shopId, row.id, { isBlocked })
  if (changed === undefined || row.isBlocked === isBlocked) return
  if (isBlocked) await insertBlocks(doing, row, at)
  else await deleteBlocks(doing, shopId, row.id)
  await tell(changing, row, isBlocked ? 'blocked' : 'unblocked', {})
  await recordChange(doing, shopId, {
    ...changesOf({ isBlocked: row.isBlocked }, { isBlocked }, ['isBlocked']),
    by: who.by,
    at,
    action: isBlocked ? 'conversation.blocked' : 'conversation.unblocked',
    object: { kind: 'conversation', id: idText(row.publicId) },
  })
}

async function close(changing: Changing, row: ConversationRow): Promise<void> {
  const { doing, routing } = changing
  const { shopId, at } = doing
  const set = { state: 'closed', closedAt: at, unread: 0 } as const
  const closed = await updateConversation(doing, shopId, row.id, set, { isRunning: true })
  if (closed === undefined) return
  await endAssignment(doing, shopId, row.id, { endedBy: 'closed', endedAt: at })
  await tell(changing, row, 'closed', { by: 'team' }, true)
  await routing.dispatch(doing, row.channelId)
  doing.queueMoved(row.channelId)
}

async function reopen(changing: Changing, row: ConversationRow): Promise<void> {
  const { doing, routing, who } = changing
  const { at } = doing
  if (row.closedAt === null) return
  const opened = await letRun(doing, {
    id: row.id,
    set: { state: 'queued', closedAt: null, queuedAt: at, operatorId: null },
    when: { isRunning: false },
    otherwise: 'Another conversation with this visitor runs: open that one',
  })
  if (opened === undefined) return
  await tell(changing, row, 'reopened', {}, true)
  const { member } = who
  if (member === undefined) {
    await routing.route(doing, opened)
    return
  }
  await routing.give(doing, opened, {
    memberId: member.id,
    name: member.name,
    reason: { rule: 'taken' },
  })
}
