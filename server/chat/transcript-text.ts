import type { Shop } from '../core/guards.ts'
import { countSaidUpTo, listMessages, type Handle, type MessageRow } from './log-store.ts'
import type { ChatMailWords } from './mail-words.ts'

/** Some mail programs cut what is longer. */
const MAX_ENTRIES = 1_000
/** Line breaks, and what turns the direction of the text that follows. */
const NOT_IN_A_LINE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu

/** What was said, a line each, as its visitor sees it. Of a very long one the newest, and how many are left out. */
export async function transcriptText(
  handle: Handle,
  { shopId, id, lastShown }: { shopId: number; id: number; lastShown: number },
  { words, shop }: { readonly words: ChatMailWords; readonly shop: Shop },
): Promise<string> {
  const after = Math.max(0, lastShown - MAX_ENTRIES)
  const range = { after, limit: MAX_ENTRIES, side: 'visitor' } as const
  const rows = await listMessages(handle, shopId, id, range)
  const lines = rows.flatMap((row) => lineOf(row, words.visitor, shop.timeZone))
  const leftOut = after === 0 ? 0 : await countSaidUpTo(handle, { shopId, id, number: after })
  return [...(leftOut === 0 ? [] : [words.leftOut(leftOut), '']), ...lines].join('\n')
}

export function inLine(text: string): string {
  return text.replaceAll(NOT_IN_A_LINE, ' ').trim()
}

function lineOf(row: MessageRow, visitor: string, timeZone: string): string[] {
  const said = row.text ?? row.fileName ?? row.body?.product?.name
  if (said === undefined || said === null) return []
  const at = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const who = row.author === 'visitor' ? visitor : inLine(row.authorName ?? '')
  return [`[${at.format(row.at)}] ${who}: ${said}`]
}
