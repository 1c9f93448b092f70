import { useState } from 'preact/hooks'
import type { ContactList } from '#protocol/customers.ts'
import { LISTS_PATH } from '#protocol/names.ts'
import { useReading } from '../queries.ts'
import { route } from '../router.ts'
import { useSession } from '../session.ts'
import { PageLink } from '../settings/parts/page-link.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { LISTS_PAGE_PATH } from './addresses.ts'
import { ImportSection } from './parts/import-section.tsx'
import { ListMembers } from './parts/list-members.tsx'
import './lists.css'

/** One contact list: whose addresses are in it, and files that are read into it. */
export function Page() {
  const { t } = useWords()
  const { may } = useSession()
  const id = route.value.query.get('id') ?? ''
  const lists = useReading<{ readonly items: readonly ContactList[] }>(LISTS_PATH)
  const [isImporting, setImporting] = useState(false)
  const list = lists.value?.items.find((it) => it.id === id)
  const add = may('customers', 'edit') && list !== undefined && !isImporting && (
    <Button kind="primary" onClick={() => setImporting(true)}>
      {t('lists.import')}
    </Button>
  )
  return (
    <PageFrame
      title={list?.name ?? t('lists.one')}
      intro={<PageLink href={LISTS_PAGE_PATH}>{t('lists.back')}</PageLink>}
      actions={list !== undefined && list.memberCount > 0 && add}
    >
      <Loaded reading={lists} rows={4}>
        {() =>
          list === undefined ? (
            <Empty title={t('lists.gone')} text={t('lists.gone.text')} />
          ) : (
            <>
              {isImporting && <ImportSection listId={id} onClose={() => setImporting(false)} />}
              <ListMembers
                key={id}
                list={list}
                empty={
                  isImporting ? undefined : (
                    <Empty title={t('lists.none')} text={t('lists.none.text')} action={add} />
                  )
                }
              />
            </>
          )
        }
      </Loaded>
    </PageFrame>
  )
}
