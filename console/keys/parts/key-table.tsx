import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { KEYS_PATH } from '#protocol/names.ts'
import type { SecretKey } from '#protocol/shop.ts'
import { useChanging } from '../../queries.ts'
import { AskDialog } from '../../settings/parts/ask-dialog.tsx'
import { Moment } from '../../settings/parts/moment.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/table.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { revokeKey } from '../requests.ts'
import { scopeLines } from '../scope-lines.ts'

interface KeyTableProps {
  readonly keys: readonly SecretKey[]
  readonly mayRevoke: boolean
  readonly empty: ComponentChildren
}

/** Secret keys that open something, by their last four characters. */
export function KeyTable({ keys, mayRevoke, empty }: KeyTableProps) {
  const words = useWords()
  const { t } = words
  const [asked, setAsked] = useState<SecretKey | undefined>(undefined)
  return (
    <>
      <DataTable
        label={t('key.secret.title')}
        rows={keys}
        keyOf={({ id }) => id}
        empty={empty}
        columns={[
          {
            key: 'key',
            title: t('key.column.key'),
            isMain: true,
            cell: ({ ending }) => <code>…{ending}</code>,
          },
          {
            key: 'may',
            title: t('key.column.may'),
            cell: ({ scopes }) => (
              <ul class="key-may">
                {scopeLines(scopes, words).map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            ),
          },
          {
            key: 'made',
            title: t('key.column.made'),
            cell: ({ createdAt }) => <Moment at={createdAt} />,
          },
          ...(mayRevoke
            ? [
                {
                  key: 'actions',
                  title: '',
                  isAtEnd: true,
                  cell: (key: SecretKey) => (
                    <Button kind="quiet" onClick={() => setAsked(key)}>
                      {t('key.revoke')} <span class="visually-hidden">…{key.ending}</span>
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {asked !== undefined && <RevokeKey asked={asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

interface RevokeKeyProps {
  readonly asked: SecretKey
  readonly onClose: () => void
}

function RevokeKey({ asked: { id, ending }, onClose }: RevokeKeyProps) {
  const { t } = useWords()
  const revoking = useChanging(revokeKey, { renews: [KEYS_PATH] })

  async function revoke(): Promise<void> {
    const { refusal } = await revoking.run(id)
    // Revoked by somebody else: it is what was wanted.
    if (refusal !== undefined && refusal !== 'not_found') return
    onClose()
    say(t('key.revoked', { ending }))
  }

  return (
    <AskDialog
      title={t('key.revoke.title', { ending })}
      action={t('key.revoke.action', { ending })}
      isBusy={revoking.isBusy}
      refused={revoking.refused}
      onAct={() => void revoke()}
      onClose={onClose}
    >
      <p>{t('key.revoke.text')}</p>
    </AskDialog>
  )
}
