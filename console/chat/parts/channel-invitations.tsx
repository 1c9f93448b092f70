import type { ChannelInvitation } from '#protocol/chat-channels.ts'
import { CHANNELS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { DataTable } from '../../ui/table.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { inviteInto, withdrawFrom } from '../requests.ts'

interface ChannelInvitationsProps {
  readonly channelId: string
  readonly invited: readonly ChannelInvitation[]
}

/** Those who answer here as soon as they accept; without any there is nothing to say. */
export function ChannelInvitations({ channelId, invited }: ChannelInvitationsProps) {
  const words = useWords()
  const { t, day, exactly } = words
  const renews = { renews: [CHANNELS_PATH] }
  const withdrawing = useChanging(withdrawFrom, renews)
  const inviting = useChanging(inviteInto, renews)
  if (invited.length === 0) return null

  async function withdraw({ id, email }: ChannelInvitation): Promise<void> {
    const asked = { id: channelId, invitationId: id }
    const reply = await withdrawing.run(asked)
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    say(t('operator.invited.withdrawn', { email }), { undo: () => void inviting.run(asked) })
  }

  return (
    <Section title={t('operator.invited')} text={t('operator.invited.text')}>
      <DataTable
        label={t('operator.invited')}
        rows={invited}
        keyOf={({ id }) => id}
        empty={null}
        columns={[
          {
            key: 'email',
            title: t('invitations.email'),
            isMain: true,
            cell: ({ email }) => email,
          },
          {
            key: 'expires',
            title: t('invitations.expires'),
            cell: ({ expiresAt }) => <span title={exactly(expiresAt)}>{day(expiresAt)}</span>,
          },
          {
            key: 'actions',
            title: '',
            isAtEnd: true,
            cell: (invitation) => (
              <Button
                name={t('operator.invited.withdraw.label', { email: invitation.email })}
                isBusy={withdrawing.isBusy}
                onClick={() => void withdraw(invitation)}
              >
                {t('operator.invited.withdraw')}
              </Button>
            ),
          },
        ]}
      />
    </Section>
  )
}
