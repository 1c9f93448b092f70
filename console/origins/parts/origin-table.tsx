import { ORIGINS_PATH } from '#protocol/names.ts'
import type { ListedOrigin } from '#protocol/shop.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Moment } from '../../settings/parts/moment.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/table.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { addOrigin, removeOrigin } from '../requests.ts'

/** What is listed. Removing one can be undone, for it is nothing but its address. */
export function OriginTable({ listed }: { readonly listed: readonly ListedOrigin[] }) {
  const words = useWords()
  const { t } = words
  const removing = useChanging(removeOrigin, { renews: [ORIGINS_PATH] })
  const adding = useChanging(addOrigin, { renews: [ORIGINS_PATH] })

  async function remove({ id, origin }: ListedOrigin): Promise<void> {
    const isLast = listed.length === 1
    const reply = await removing.run(id)
    // Somebody else has removed it: that is what was wanted.
    if (reply.refusal !== undefined && reply.refusal !== 'not_found') {
      return say(refusalText(reply, words))
    }
    say(t(isLast ? 'origin.removed_last' : 'origin.removed', { origin }), {
      undo: () => void putBack(origin),
    })
  }

  async function putBack(origin: string): Promise<void> {
    const reply = await adding.run(origin)
    say(reply.refusal === undefined ? t('origin.added', { origin }) : refusalText(reply, words))
  }

  return (
    <DataTable
      label={t('origin.list')}
      rows={listed}
      keyOf={({ id }) => id}
      empty={null}
      columns={[
        {
          key: 'origin',
          title: t('origin.column'),
          isMain: true,
          cell: ({ origin }) => <code>{origin}</code>,
        },
        {
          key: 'since',
          title: t('origin.since'),
          cell: ({ createdAt }) => <Moment at={createdAt} />,
        },
        {
          key: 'actions',
          title: '',
          isAtEnd: true,
          cell: (one) => (
            <Button kind="quiet" onClick={() => void remove(one)}>
              {t('origin.remove')} <span class="visually-hidden">{one.origin}</span>
            </Button>
          ),
        },
      ]}
    />
  )
}
