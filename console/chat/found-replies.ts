import type { CannedReply } from '#protocol/chat-channels.ts'

/** Those whose shortcut begins with what is typed come first, then those that say it. */
export function found(replies: readonly CannedReply[], typed: string): readonly CannedReply[] {
  const search = typed.trim().replace(/^\//, '').toLowerCase()
  if (search === '') return replies
  const begun = replies.filter(({ shortcut }) => shortcut.startsWith(search))
  const said = replies.filter(
    (reply) => !begun.includes(reply) && reply.text.toLowerCase().includes(search),
  )
  return [...begun, ...said]
}
