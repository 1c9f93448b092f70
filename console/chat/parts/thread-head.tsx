import type { ComponentChildren } from 'preact'
import type { Conversation } from '#protocol/chat-conversations.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../words.ts'
import { botName, reasonWords, visitorTitle } from '../thread-words.ts'
import type { Looker } from '../thread.ts'
import type { ConversationActions } from '../use-conversation-actions.ts'
import { ThreadMenu, type ThreadDialogKind } from './thread-menu.tsx'

interface ThreadHeadProps {
  readonly conversation: Conversation
  readonly memberId: string
  readonly lookers: readonly Looker[]
  readonly actions: ConversationActions
  readonly onDialog: (kind: ThreadDialogKind) => void
  /** Before the name: the way back. */
  readonly before?: ComponentChildren
  /** At its end: what opens more. */
  readonly after?: ComponentChildren
}

/** With whom, who answers and why; what is done with it. */
export function ThreadHead(props: ThreadHeadProps) {
  const words = useWords()
  const { t, list } = words
  const { conversation, memberId, lookers, actions, onDialog } = props
  const { state, operator, reason, channelName, isSpam, isBlocked, colleagues } = conversation
  const isOwn = operator?.id === memberId
  const others = colleagues.filter(({ id }) => id !== operator?.id)
  return (
    <header class="thread-head">
      {props.before}
      <div class="thread-who">
        <h2 tabIndex={-1} dir="auto">
          {visitorTitle(conversation, words)}
        </h2>
        <p class="thread-told">
          {isSpam && <Badge>{t('inbox.spam')}</Badge>}
          {isBlocked && <Badge>{t('inbox.blocked')}</Badge>}
          {conversation.isOffline && <Badge>{t('inbox.by_mail')}</Badge>}
          <span>{channelName}</span>
          <span title={reason === null ? undefined : reasonWords(reason, words)}>
            {state === 'closed'
              ? t('inbox.state.closed')
              : state === 'bot'
                ? t('inbox.state.bot', { name: botName(conversation) })
                : operator === null
                  ? t('inbox.state.queued')
                  : t('inbox.with', { name: isOwn ? t('inbox.you') : operator.name })}
          </span>
          {reason !== null && state === 'assigned' && (
            <span class="thread-reason">{reasonWords(reason, words)}</span>
          )}
          {others.length > 0 && (
            <span>{t('inbox.also', { names: list(others.map(({ name }) => name)) })}</span>
          )}
          {lookers.length > 0 && (
            <span class="thread-lookers">
              {t('inbox.looking', { names: list(lookers.map(({ name }) => name)) })}
            </span>
          )}
        </p>
      </div>
      <div class="thread-acts">
        {state !== 'closed' && !isOwn && (
          <Button
            kind="primary"
            isBusy={actions.isBusy}
            onClick={() => void actions.assignTo({ memberId })}
          >
            {t(operator === null ? 'inbox.take' : 'inbox.take_over')}
          </Button>
        )}
        {state === 'closed' ? (
          <Button
            isBusy={actions.isBusy}
            onClick={() => void actions.change({ state: 'reopened' })}
          >
            {t('inbox.reopen')}
          </Button>
        ) : (
          <Button
            isBusy={actions.isBusy}
            onClick={() =>
              void actions.change(
                { state: 'closed' },
                { told: 'inbox.done.closed', undo: { state: 'reopened' } },
              )
            }
          >
            {t('inbox.close')}
          </Button>
        )}
        <ThreadMenu conversation={conversation} actions={actions} onDialog={onDialog} />
        {props.after}
      </div>
    </header>
  )
}
