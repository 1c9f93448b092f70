import type { Message } from '#protocol/chat.ts'

/** The log as it is shown: a line for each day, and what one author says at a stretch together. */
export type LogLine =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'notice'; readonly key: string; readonly message: Message }
  | {
      readonly kind: 'said'
      readonly key: string
      readonly message: Message
      /** The author before it said it too, shortly before: the name stands above once. */
      readonly isContinued: boolean
      /** It was taken back later. */
      readonly isRedacted: boolean
    }

const STRETCH_MS = 5 * 60_000

export function logLines(
  messages: readonly Message[],
  dayOf: (at: number) => string,
): readonly LogLine[] {
  const redacted = new Set(messages.map(({ of }) => of))
  const lines: LogLine[] = []
  let before: Message | undefined
  for (const message of messages) {
    const { kind, at, number } = message
    if (kind === 'redaction') continue
    const key = String(number)
    if (before === undefined || dayOf(before.at) !== dayOf(at)) {
      lines.push({ kind: 'day', key: `day ${key}`, at })
      before = undefined
    }
    if (kind === 'notice') lines.push({ kind: 'notice', key, message })
    else {
      const isContinued = before !== undefined && isStretch(before, message)
      const isRedacted = message.isRedacted === true || redacted.has(number)
      lines.push({ kind: 'said', key, message, isContinued, isRedacted })
    }
    before = message
  }
  return lines
}

function isStretch(before: Message, message: Message): boolean {
  return (
    before.kind !== 'notice' &&
    (before.kind === 'note') === (message.kind === 'note') &&
    before.author.kind === message.author.kind &&
    before.author.id === message.author.id &&
    message.at - before.at < STRETCH_MS
  )
}
