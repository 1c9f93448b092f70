import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { KEYS_PATH } from '#protocol/names.ts'
import type { OwnAccount } from '#protocol/account.ts'
import type { SecretKey } from '#protocol/shop.ts'
import { useChanging } from '../../queries.ts'
import { AskDialog } from '../../settings/parts/ask-dialog.tsx'
import { useSession } from '../../session.ts'
import { Moment } from '../../settings/parts/moment.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/table.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords, type Words } from '../../words.ts'
import { revokeKey } from '../requests.ts'
import { RenameKey } from './rename-key.tsx'
import { scopeLines } from '../scope-lines.ts'

interface KeyTableProps {
  readonly keys: readonly SecretKey[]
  readonly empty: ComponentChildren
}

/** Secret keys that open something, by their last four characters. */
export function KeyTable({ keys, empty }: KeyTableProps) {
  const words = useWords()
  const { t } = words
  const { account } = useSession()
  const [renamed, setRenamed] = useState<SecretKey | undefined>(undefined)
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
            cell: ({ ending, name }) => (
              <span class="key-named">
                <span>{name === '' ? t('key.unnamed') : name}</span>
                <code>…{ending}</code>
              </span>
            ),
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
            cell: (key) => (
              <span class="key-named key-made">
                <Moment at={key.createdAt} />
                <span class="control-hint">{makerOf(key, account, words)}</span>
              </span>
            ),
          },
          {
            key: 'used',
            title: t('key.column.used'),
            cell: ({ lastUsedAt }) =>
              lastUsedAt === null ? t('key.never') : <Moment at={lastUsedAt} />,
          },
          {
            key: 'actions',
            title: '',
            isAtEnd: true,
            cell: (key) => (
              <span class="key-actions">
                <Button kind="quiet" onClick={() => setRenamed(key)}>
                  {t('key.rename')} <span class="visually-hidden">…{key.ending}</span>
                </Button>
                <Button kind="quiet" onClick={() => setAsked(key)}>
                  {t('key.revoke')} <span class="visually-hidden">…{key.ending}</span>
                </Button>
              </span>
            ),
          },
        ]}
      />
      {renamed !== undefined && (
        <RenameKey renamed={renamed} onClose={() => setRenamed(undefined)} />
      )}
      {asked !== undefined && <RevokeKey asked={asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

/** “by Ana”; nothing where it was not kept. */
function makerOf({ madeBy }: SecretKey, account: OwnAccount, { t }: Words): string {
  if (madeBy === null) return ''
  const { kind, id, name } = madeBy
  if (kind === 'key') return t('key.by', { who: t('key.by_key', { ending: id }) })
  if (kind === 'command') return t('key.by', { who: t('key.by_command') })
  if (id === account.id) return t('key.by', { who: t('key.by_you') })
  return t('key.by', { who: name ?? t('key.by_former') })
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
