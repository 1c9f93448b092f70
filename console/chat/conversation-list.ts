import type { Conversation } from '#protocol/chat-conversations.ts'
import type { InboxPlace } from './inbox-addresses.ts'

/** The newer of what was listed and what was told since. */
export function newerOf(a: Conversation, b: Conversation | undefined): Conversation {
  return b !== undefined && b.revision > a.revision ? b : a
}

/** Who looks at a list, and when. */
interface Looker {
  readonly place: InboxPlace
  readonly memberId: string
  /** By the shop's clock. */
  readonly today: string
}

/**
 * The list as it is now: what the server listed, with what was told since, in its order. What no longer belongs to it is left
 * out, except the one that is open; what came meanwhile is put in, where no search would have to judge it.
 */
export function listedNow(
  listed: readonly Conversation[],
  told: ReadonlyMap<string, Conversation>,
  { place, memberId, today }: Looker,
): readonly Conversation[] {
  const kept = listed.map((one) => newerOf(one, told.get(one.id)))
  const known = new Set(kept.map(({ id }) => id))
  const oldest = kept.at(-1)?.lastAt ?? 0
  const come = [...told.values()].filter(
    (one) => !known.has(one.id) && place.search === '' && one.lastAt >= oldest,
  )
  return [...kept, ...come]
    .filter((one) => one.id === place.id || belongs(one, place, { memberId, today }))
    .toSorted((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? 1 : -1))
}

function belongs(
  { isSpam, state, operator, followUpOn, channelId, tags }: Conversation,
  { view, channel, tag }: InboxPlace,
  { memberId, today }: Pick<Looker, 'memberId' | 'today'>,
): boolean {
  if (channel !== '' && channel !== channelId) return false
  if (tag !== '' && !tags.includes(tag.toLowerCase())) return false
  if (view === 'spam') return isSpam
  if (isSpam) return false
  if (view === 'closed') return state === 'closed'
  if (view === 'follow_up') return followUpOn !== null && followUpOn <= today
  if (view === 'unassigned') return state === 'queued'
  if (view === 'mine') return state !== 'closed' && operator?.id === memberId
  return view === 'all' || state !== 'closed'
}

/** Those that a member should look at: theirs, and what waits in the channels where they answer. */
export function isWaitingFor(
  { unread, isSpam, state, operator, colleagues, channelId }: Conversation,
  memberId: string,
  ownChannels: ReadonlySet<string>,
): boolean {
  if (unread === 0 || isSpam || state === 'closed') return false
  if (operator?.id === memberId || colleagues.some(({ id }) => id === memberId)) return true
  return state === 'queued' && ownChannels.has(channelId)
}
