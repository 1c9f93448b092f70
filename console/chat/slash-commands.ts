import type { CannedReply } from '#protocol/chat-channels.ts'
import { found } from './found-replies.ts'

/** What a composer can be told to do. */
export const COMMANDS = [
  'note',
  'product',
  'close',
  'transfer',
  'invite',
  'tag',
  'follow-up',
  'spam',
] as const
export type Command = (typeof COMMANDS)[number]

export type Suggestion =
  | { readonly kind: 'command'; readonly key: string; readonly command: Command }
  | { readonly kind: 'reply'; readonly key: string; readonly reply: CannedReply }

const MOST = 8

/** What may be meant while a message is `/` and what follows, without a space: commands and canned replies. */
export function suggestionsFor(
  text: string,
  replies: readonly CannedReply[],
): readonly Suggestion[] {
  const typed = /^\/([^\s/]*)$/.exec(text)?.[1]?.toLowerCase()
  if (typed === undefined) return []
  const commands = COMMANDS.filter((command) => command.startsWith(typed)).map((command) => ({
    kind: 'command' as const,
    key: `/${command}`,
    command,
  }))
  const fitting = found(replies, typed).map((reply) => ({
    kind: 'reply' as const,
    key: reply.id,
    reply,
  }))
  const exact = fitting.filter(({ reply }) => reply.shortcut === typed)
  const others = fitting.filter(({ reply }) => reply.shortcut !== typed)
  return [...exact, ...commands, ...others].slice(0, MOST)
}

/** `/note text` and the like; undefined: it is what it says. */
export function commandIn(
  text: string,
): { readonly command: Command; readonly rest: string } | undefined {
  const [, name, rest = ''] = /^\/([a-z-]+)(?:\s+([\s\S]*))?$/.exec(text.trim()) ?? []
  const command = COMMANDS.find((known) => known === name)
  return command && { command, rest: rest.trim() }
}
