import type { Message, VisitorDraft } from '#protocol/chat.ts'
import type { Unsent } from '../kit/conversation-log.ts'

/** What the log shows, a line each, in order. */
export type Row = DayRow | NoticeRow | SaidRow

export interface DayRow {
  readonly is: 'day'
  readonly key: string
  /** Midnight where the visitor is. */
  readonly at: number
}
interface NoticeRow {
  readonly is: 'notice'
  readonly key: string
  readonly message: Message
}
export interface SaidRow {
  readonly is: 'said'
  /** The same before and after it is stored, so that what is drawn stays. */
  readonly key: string
  readonly isMine: boolean
  readonly name: string | undefined
  readonly at: number
  /** Of those that one person said one after the other. */
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly message: Message | undefined
  readonly unsent: Unsent<VisitorDraft> | undefined
}

const TOGETHER_MS = 5 * 60_000

export function rowsOf(
  messages: readonly Message[],
  unsent: readonly Unsent<VisitorDraft>[],
  now: number,
): readonly Row[] {
  const rows: Row[] = []
  let day = 0
  for (const message of messages) {
    const at = midnightBefore(message.at)
    if (at !== day) rows.push({ is: 'day', key: `day-${at}`, at })
    day = at
    const key = message.id
    if (message.kind === 'notice') rows.push({ is: 'notice', key, message })
    else rows.push(said(message))
  }
  for (const one of unsent) rows.push(unsaid(one, now))
  return rows.map((row, at) => (row.is === 'said' ? joined(row, rows[at - 1], rows[at + 1]) : row))
}

function said(message: Message): SaidRow {
  const { id, author, at } = message
  return {
    is: 'said',
    key: id,
    isMine: author.kind === 'visitor',
    name: author.name,
    at,
    isFirst: true,
    isLast: true,
    message,
    unsent: undefined,
  }
}

function unsaid(unsent: Unsent<VisitorDraft>, at: number): SaidRow {
  const key = unsent.draft.id
  const mine = { is: 'said', isMine: true, name: undefined, isFirst: true, isLast: true } as const
  return { ...mine, key, at, message: undefined, unsent }
}

function joined(row: SaidRow, before: Row | undefined, after: Row | undefined): SaidRow {
  return { ...row, isFirst: !belongs(before, row), isLast: !belongs(row, after) }
}

function belongs(one: Row | undefined, other: Row | undefined): boolean {
  if (one?.is !== 'said' || other?.is !== 'said') return false
  const isSame = one.isMine === other.isMine && one.message?.author.id === other.message?.author.id
  return (isSame || (one.isMine && other.isMine)) && other.at - one.at < TOGETHER_MS
}

function midnightBefore(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}
