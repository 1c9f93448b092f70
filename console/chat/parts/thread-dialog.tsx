import { useState } from 'preact/hooks'
import type { Channel, ChannelOperator } from '#protocol/chat-channels.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import { CHANNELS_PATH } from '#protocol/names.ts'
import { useChanging, useReading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { operatorsPath } from '../addresses.ts'
import { inviteColleague, mailTranscript } from '../inbox-requests.ts'
import type { Items } from '../requests.ts'
import { tagsIn } from '../tags-in.ts'
import { useTeam } from '../team-context.ts'
import type { ConversationActions } from '../use-conversation-actions.ts'
import { TagsField } from './tags-field.tsx'
import type { ThreadDialogKind } from './thread-menu.tsx'

interface ThreadDialogProps {
  readonly kind: ThreadDialogKind | undefined
  readonly conversation: Conversation
  readonly actions: ConversationActions
  readonly onClose: () => void
}

/** Asks for what an action needs: a colleague, an address, a day. */
export function ThreadDialog({ kind, ...rest }: ThreadDialogProps) {
  return kind === undefined ? null : <OpenDialog key={kind} kind={kind} {...rest} />
}

interface OpenDialogProps extends ThreadDialogProps {
  readonly kind: ThreadDialogKind
}

function OpenDialog({ kind, conversation, actions, onClose }: OpenDialogProps) {
  const words = useWords()
  const { t } = words
  const team = useTeam()
  const inviting = useChanging(inviteColleague)
  const mailing = useChanging(mailTranscript)
  const [value, setValue] = useState(() => firstValue(kind, conversation))
  const { id } = conversation

  async function submit(): Promise<void> {
    const isDone = await act()
    if (isDone) onClose()
  }

  async function act(): Promise<boolean> {
    if (kind === 'tags') return actions.change({ tags: [...tagsIn(value)] })
    if (kind === 'follow_up') return actions.change({ followUpOn: value === '' ? null : value })
    if (value === '') return false
    if (kind === 'transfer') {
      const [to, target = ''] = value.split(' ')
      return actions.assignTo(to === 'channel' ? { channelId: target } : { memberId: target })
    }
    if (kind === 'invite') {
      const reply = await inviting.run({ id, memberId: value.split(' ')[1] ?? '' })
      if (reply.refusal === undefined) team?.learn([reply.value])
      else say(refusalText(reply, words))
      return reply.refusal === undefined
    }
    const reply = await mailing.run({ id, email: value })
    say(reply.refusal === undefined ? t('inbox.done.transcript') : refusalText(reply, words))
    return reply.refusal === undefined
  }

  return (
    <Dialog
      title={t(`inbox.dialog.${kind}`)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            kind="primary"
            isBusy={actions.isBusy || inviting.isBusy || mailing.isBusy}
            onClick={() => void submit()}
          >
            {t(`inbox.dialog.${kind}.do`)}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {(kind === 'transfer' || kind === 'invite') && (
          <Whom kind={kind} conversation={conversation} value={value} onChange={setValue} />
        )}
        {kind === 'tags' && <TagsField value={value} onChange={setValue} />}
        {kind === 'follow_up' && (
          <TextField
            name="followUpOn"
            type="date"
            label={t('inbox.follow_up')}
            hint={t('inbox.follow_up.hint')}
            value={value}
            onInput={setValue}
            isFirst
          />
        )}
        {kind === 'transcript' && (
          <TextField
            name="email"
            type="email"
            label={t('inbox.transcript.email')}
            value={value}
            onInput={setValue}
            isFirst
            isRequired
          />
        )}
      </form>
    </Dialog>
  )
}

interface WhomProps {
  readonly kind: 'transfer' | 'invite'
  readonly conversation: Conversation
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Colleagues of its channel, with whether they are there; to hand it on, other channels too. */
function Whom({ kind, conversation, value, onChange }: WhomProps) {
  const { t } = useWords()
  const { channelId, operator } = conversation
  const operators = useReading<Items<ChannelOperator>>(operatorsPath(channelId))
  const channels = useReading<Items<Channel>>(CHANNELS_PATH)
  const colleagues = (operators.value?.items ?? []).filter(
    ({ memberId }) => memberId !== operator?.id,
  )
  const others = (channels.value?.items ?? []).filter(
    (channel) => kind === 'transfer' && channel.id !== channelId && !channel.isArchived,
  )
  return (
    <SelectField
      name="whom"
      label={t('inbox.whom')}
      value={value}
      onChange={onChange}
      isRequired
      options={[
        { value: '', label: t('inbox.whom.choose') },
        ...colleagues.map(({ memberId, name, alias, presence }) => ({
          value: `member ${memberId}`,
          label: `${alias ?? name} · ${t(`inbox.presence.${presence}`)}`,
        })),
        ...others.map((channel) => ({
          value: `channel ${channel.id}`,
          label: t('inbox.whom.channel', { name: channel.name }),
        })),
      ]}
    />
  )
}

function firstValue(kind: ThreadDialogKind, { tags, followUpOn, visitor }: Conversation): string {
  if (kind === 'tags') return tags.join(', ')
  if (kind === 'follow_up') return followUpOn ?? ''
  return kind === 'transcript' ? (visitor.email ?? '') : ''
}
