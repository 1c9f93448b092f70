import type { Conversation } from '#protocol/chat-conversations.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { useWords } from '../../words.ts'
import type { ConversationActions } from '../use-conversation-actions.ts'

export type ThreadDialogKind = 'transfer' | 'invite' | 'transcript' | 'tags' | 'follow_up'

interface ThreadMenuProps {
  readonly conversation: Conversation
  readonly actions: ConversationActions
  readonly onDialog: (kind: ThreadDialogKind) => void
}

/** What is done less often. */
export function ThreadMenu({ conversation, actions, onDialog }: ThreadMenuProps) {
  const { t } = useWords()
  const { state, isSpam, isBlocked, operator } = conversation
  const isRunning = state !== 'closed'
  const dialog = (kind: ThreadDialogKind, icon?: MenuItem['icon']): MenuItem => ({
    key: kind,
    label: t(`inbox.action.${kind}`),
    ...(icon !== undefined && { icon }),
    onSelect: () => onDialog(kind),
  })
  const items: readonly MenuItem[] = [
    ...(isRunning ? [dialog('transfer', 'leave'), dialog('invite', 'people')] : []),
    ...(isRunning && operator !== null
      ? [
          {
            key: 'requeue',
            label: t('inbox.action.requeue'),
            icon: 'undo' as const,
            onSelect: () => void actions.assignTo({}),
          },
        ]
      : []),
    dialog('tags', 'tag'),
    dialog('follow_up', 'jobs'),
    dialog('transcript', 'mail'),
    {
      key: 'spam',
      label: t(isSpam ? 'inbox.action.not_spam' : 'inbox.action.spam'),
      icon: 'warn',
      isApart: true,
      onSelect: () =>
        void actions.change(
          { isSpam: !isSpam },
          {
            told: isSpam ? 'inbox.done.not_spam' : 'inbox.done.spam',
            undo: { isSpam, ...(isRunning && !isSpam && { state: 'reopened' as const }) },
          },
        ),
    },
    {
      key: 'block',
      label: t(isBlocked ? 'inbox.action.unblock' : 'inbox.action.block'),
      icon: 'shield',
      isDangerous: !isBlocked,
      onSelect: () =>
        void actions.change(
          { isBlocked: !isBlocked },
          {
            told: isBlocked ? 'inbox.done.unblocked' : 'inbox.done.blocked',
            undo: { isBlocked },
          },
        ),
    },
  ]
  return (
    <Menu
      class="button button-quiet"
      name={t('inbox.actions')}
      label={<Icon name="more" />}
      items={items}
    />
  )
}
