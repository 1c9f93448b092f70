import { useState } from 'preact/hooks'
import type { Invitation } from '#protocol/account.ts'
import { INVITATIONS_PATH } from '#protocol/names.ts'
import type { Refused } from '../../api.ts'
import { useChanging, type Reading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Ago } from '../../ui/ago.tsx'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { DataTable } from '../../ui/table.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import type { InviteModel } from '../invite-model.ts'
import { revokeInvitation } from '../requests.ts'

interface InvitationsProps {
  readonly reading: Reading<{ readonly items: readonly Invitation[] }>
  readonly model: InviteModel
  readonly mayEdit: boolean
}

/** Those that nobody has accepted yet; without any there is nothing to say. */
export function Invitations({ reading, model, mayEdit }: InvitationsProps) {
  const words = useWords()
  const { t, list, day, exactly } = words
  const revoking = useChanging(revokeInvitation, { renews: [INVITATIONS_PATH] })
  const [refused, setRefused] = useState<Refused | undefined>(undefined)
  if (reading.value?.items.length === 0) return null

  async function sendAgain({ email, roles }: Invitation): Promise<void> {
    setRefused(await model.sendAgain({ email, roles: [...roles] }))
  }

  async function revoke({ id, email }: Invitation): Promise<void> {
    const reply = await revoking.run(id)
    setRefused(reply.refusal === undefined ? undefined : reply)
    if (reply.refusal === undefined) say(t('invitations.revoked', { email }))
  }

  return (
    <Section title={t('invitations.title')} text={t('invitations.text')}>
      <p class="control-fault" role="alert">
        {refused !== undefined && refusalText(refused, words)}
      </p>
      <Loaded reading={reading} rows={2}>
        {({ items }) => (
          <DataTable
            label={t('invitations.title')}
            rows={items}
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
                key: 'roles',
                title: t('members.roles'),
                cell: ({ roles }) => (
                  <span class="member-roles">{list(roles.map((role) => t(`role.${role}`)))}</span>
                ),
              },
              {
                key: 'sent',
                title: t('invitations.sent'),
                cell: ({ createdAt }) => <Ago at={createdAt} />,
              },
              {
                key: 'expires',
                title: t('invitations.expires'),
                cell: ({ expiresAt }) => <time title={exactly(expiresAt)}>{day(expiresAt)}</time>,
              },
              ...(mayEdit
                ? [
                    {
                      key: 'actions',
                      title: '',
                      isAtEnd: true,
                      cell: (invitation: Invitation) => (
                        <Actions
                          invitation={invitation}
                          isBusy={model.isBusy.value || revoking.isBusy}
                          onAgain={sendAgain}
                          onRevoke={revoke}
                        />
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}

interface ActionsProps {
  readonly invitation: Invitation
  readonly isBusy: boolean
  readonly onAgain: (invitation: Invitation) => Promise<void>
  readonly onRevoke: (invitation: Invitation) => Promise<void>
}

function Actions({ invitation, isBusy, onAgain, onRevoke }: ActionsProps) {
  const { t } = useWords()
  const { email } = invitation
  return (
    <span class="invitation-actions">
      <Button
        name={t('invitations.again.label', { email })}
        isBusy={isBusy}
        onClick={() => void onAgain(invitation)}
      >
        {t('invitations.again')}
      </Button>
      <Button
        name={t('invitations.revoke.label', { email })}
        isBusy={isBusy}
        onClick={() => void onRevoke(invitation)}
      >
        {t('invitations.revoke')}
      </Button>
    </span>
  )
}
