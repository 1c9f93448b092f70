import type { Conversation } from '#protocol/chat-conversations.ts'
import { Ago } from '../../ui/ago.tsx'
import { Link } from '../../ui/link.tsx'
import { useWords } from '../../words.ts'
import { botName, dayWords, visitorTitle } from '../thread-words.ts'

interface ConversationRowProps {
  readonly conversation: Conversation
  readonly href: string
  readonly isOpen: boolean
  /** Came since this tab was opened. */
  readonly isNew: boolean
  readonly memberId: string
}

/** With whom, what was said last, who answers; unread ones stand out. */
export function ConversationRow(props: ConversationRowProps) {
  const words = useWords()
  const { t } = words
  const { conversation, href, isOpen, isNew, memberId } = props
  const { unread, lastText, lastAuthor, lastAt, state, operator, tags, followUpOn } = conversation
  const isOwn = operator?.id === memberId
  return (
    <li
      class="inbox-row"
      data-new={isNew ? '' : undefined}
      data-unread={unread > 0 ? '' : undefined}
    >
      <Link class="inbox-link" href={href} aria-current={isOpen ? 'true' : undefined}>
        <span class="inbox-line">
          <b dir="auto">{visitorTitle(conversation, words)}</b>
          <Ago at={lastAt} />
        </span>
        <span class="inbox-line">
          <span class="inbox-last" dir="auto">
            {lastAuthor !== null && lastAuthor !== 'visitor' && `${t('inbox.team')}: `}
            {lastText ?? t('inbox.no_text')}
          </span>
          {unread > 0 && (
            <span class="inbox-count">
              {words.number(unread)}
              <span class="visually-hidden"> {t('inbox.unread', { n: unread })}</span>
            </span>
          )}
        </span>
        <span class="inbox-facts">
          {state === 'bot' && <span>{t('inbox.state.bot', { name: botName(conversation) })}</span>}
          {state === 'queued' && <span class="inbox-waits">{t('inbox.state.queued')}</span>}
          {state === 'closed' && <span>{t('inbox.state.closed')}</span>}
          {state === 'assigned' && <span>{isOwn ? t('inbox.you') : (operator?.name ?? '')}</span>}
          <span>{conversation.channelName}</span>
          {followUpOn !== null && (
            <span>{t('inbox.due', { on: dayWords(followUpOn, words) })}</span>
          )}
          {tags.slice(0, 3).map((tag) => (
            <span key={tag}>#{tag}</span>
          ))}
        </span>
      </Link>
    </li>
  )
}
