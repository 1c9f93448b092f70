import { useState } from 'preact/hooks'
import type { ContactList } from '#protocol/customers.ts'
import { LISTS_PATH } from '#protocol/names.ts'
import { useReading } from '../queries.ts'
import { useSession } from '../session.ts'
import { Moment } from '../settings/parts/moment.tsx'
import { PageLink } from '../settings/parts/page-link.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { DataTable } from '../ui/table.tsx'
import { useWords } from '../words.ts'
import { listAddress } from './addresses.ts'
import { NewListDialog } from './parts/new-list-dialog.tsx'
import './lists.css'

/** Lists of addresses that the shop brought along. */
export function Page() {
  const { t, number } = useWords()
  const { may } = useSession()
  const lists = useReading<{ readonly items: readonly ContactList[] }>(LISTS_PATH)
  const [isAdding, setAdding] = useState(false)
  const add = may('customers', 'edit') && (
    <Button kind="primary" onClick={() => setAdding(true)}>
      {t('lists.new')}
    </Button>
  )
  const hasSome = lists.value !== undefined && lists.value.items.length > 0
  return (
    <PageFrame title={t('lists.title')} intro={t('lists.intro')} actions={hasSome && add}>
      <Loaded reading={lists} rows={4}>
        {({ items }) => (
          <DataTable
            label={t('lists.title')}
            rows={items}
            keyOf={({ id }) => id}
            empty={<Empty title={t('lists.empty')} text={t('lists.empty.text')} action={add} />}
            columns={[
              {
                key: 'name',
                title: t('lists.column.name'),
                isMain: true,
                cell: ({ id, name }) => <PageLink href={listAddress(id)}>{name}</PageLink>,
              },
              {
                key: 'made',
                title: t('lists.column.made'),
                cell: ({ createdAt }) => <Moment at={createdAt} />,
              },
              {
                key: 'size',
                title: t('lists.column.size'),
                isAtEnd: true,
                cell: ({ memberCount }) => number(memberCount),
              },
            ]}
          />
        )}
      </Loaded>
      {isAdding && <NewListDialog onClose={() => setAdding(false)} />}
    </PageFrame>
  )
}
