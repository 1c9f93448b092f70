import type { AssignmentReason, Message } from '#protocol/chat.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import type { MessageKey } from '../messages/en.ts'
import type { Words } from '../words.ts'

/** Whom it is with: a name that was given, or what their address begins with. */
export function visitorTitle({ id, visitor }: Conversation, { t }: Pick<Words, 't'>): string {
  return visitor.name ?? visitor.email ?? t('inbox.visitor', { id: id.slice(0, 6) })
}

/** As its visitor is shown it. */
export function botName({ bot }: Pick<Conversation, 'bot'>): string {
  return bot === null ? 'Bot' : `${bot.name} · Bot`
}

/** Why somebody got it, as one reads it. */
export function reasonWords(
  { rule, candidates, language, country, isOfferedAgain }: AssignmentReason,
  { t, locale }: Words,
): string {
  const why = t(`inbox.reason.${rule}`, {
    language: nameOf('language', language, locale),
    country: nameOf('region', country, locale),
    n: candidates ?? 0,
  })
  return isOfferedAgain === true ? t('inbox.reason.again', { why }) : why
}

/** A calendar date, as it is written here. */
export function dayWords(on: string, { day }: Pick<Words, 'day'>): string {
  return day(new Date(`${on}T12:00`).getTime())
}

/** A small line of the log: what happened. */
export function noticeWords({ notice, author, detail = {} }: Message, words: Words): string {
  const { t } = words
  const name = author.name ?? textIn(detail, 'name')
  if (notice === undefined) return ''
  if (notice === 'closed') {
    const by = textIn(detail, 'by') === 'visitor' ? 'inbox.notice.closed.visitor' : undefined
    return t(by ?? named('closed', name), { name })
  }
  if (notice === 'transferred') {
    const channel = textIn(detail, 'channel')
    if (channel !== '') return t('inbox.notice.transferred.channel', { channel })
    return t('inbox.notice.transferred', { name: textIn(detail, 'name') || name })
  }
  if (notice === 'assigned') return t('inbox.notice.assigned', { name: textIn(detail, 'name') })
  if (notice === 'rated') return t('inbox.notice.rated', { n: numberIn(detail, 'rating') })
  if (notice === 'tagged') return taggedWords(detail, words)
  if (notice === 'follow_up') {
    const on = textIn(detail, 'on')
    return on === ''
      ? t('inbox.notice.follow_up.none')
      : t('inbox.notice.follow_up', { on: dayWords(on, words) })
  }
  if (notice === 'joined' || notice === 'left' || notice === 'reopened') {
    return t(named(notice, name), { name })
  }
  return t(`inbox.notice.${notice}`, { name })
}

function named(notice: 'closed' | 'joined' | 'left' | 'reopened', name: string): MessageKey {
  return name === '' ? `inbox.notice.${notice}` : `inbox.notice.${notice}.by`
}

function taggedWords(detail: Readonly<Record<string, unknown>>, { t, list }: Words): string {
  const tags = Array.isArray(detail.tags) ? detail.tags.map(String) : []
  return tags.length === 0
    ? t('inbox.notice.tagged.none')
    : t('inbox.notice.tagged', { tags: list(tags) })
}

function textIn(detail: Readonly<Record<string, unknown>>, key: string): string {
  const value = detail[key]
  return typeof value === 'string' ? value : ''
}

function numberIn(detail: Readonly<Record<string, unknown>>, key: string): number {
  return Number(detail[key] ?? 0)
}

/** “Spanish”, “Spain”; as it came where the browser knows no name for it. */
export function nameOf(
  type: 'language' | 'region',
  code: string | null | undefined,
  locale: string,
): string {
  if (code === null || code === undefined || code === '') return ''
  try {
    return new Intl.DisplayNames(locale, { type }).of(code) ?? code
  } catch {
    return code
  }
}
