import type { Message } from '#protocol/chat.ts'

/** Said by somebody to the visitor: no notice, nothing that was taken back. */
export function isSaidToVisitor({ author, kind, isRedacted }: Message): boolean {
  return /^(text|attachment|product)$/.test(kind) && author.kind !== 'visitor' && !isRedacted
}

export function unreadIn(messages: readonly Message[], readUpTo: number): number {
  return messages.filter((message) => message.number > readUpTo && isSaidToVisitor(message)).length
}

/** 0: nothing was said. */
export function lastNumber(messages: readonly Message[]): number {
  return messages[messages.length - 1]?.number ?? 0
}

/** What the log says now: what was redacted is told no more. */
export function redacted(messages: readonly Message[]): readonly Message[] {
  const gone = new Set(messages.flatMap(({ kind, of }) => (kind === 'redaction' ? (of ?? []) : [])))
  return messages
    .filter(({ kind }) => kind !== 'redaction')
    .map((message) => (gone.has(message.number) ? { ...message, isRedacted: true } : message))
}
