import type { Audience, AudienceGrowth } from '#protocol/audiences.ts'
import type { Experience } from '#protocol/experiences.ts'
import { AUDIENCE_GROWTH_PATH, AUDIENCES_PATH, EXPERIENCES_PATH } from '#protocol/names.ts'
import { useReading } from '../queries.ts'
import { route } from '../router.ts'
import { useSession } from '../session.ts'
import { Empty } from '../ui/empty.tsx'
import { Link } from '../ui/link.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useWords } from '../words.ts'
import { audienceAddress } from './addresses.ts'
import { AudienceTable } from './parts/audience-table.tsx'
import { useUntilReady } from './use-until-ready.ts'
import { askersOf } from './used-by.ts'
import './audiences.css'

interface Items<Item> {
  readonly items: readonly Item[]
}

/** Whom the shop has saved conditions for. */
export function Page() {
  const { t } = useWords()
  const { may } = useSession()
  const { path, query } = route.value
  const isArchive = query.get('tab') === 'archived'
  const audiences = useReading<Items<Audience>>(
    isArchive ? `${AUDIENCES_PATH}?archived=true` : AUDIENCES_PATH,
  )
  const growth = useReading<Items<AudienceGrowth>>(AUDIENCE_GROWTH_PATH)
  const experiences = useReading<Items<Experience>>(
    may('experiences', 'read') ? EXPERIENCES_PATH : undefined,
  )
  const items = audiences.value?.items ?? []
  useUntilReady(items, audiences.again)
  const add = may('audiences', 'edit') && (
    <Link class="button button-primary" href={audienceAddress()}>
      {t('audience.new')}
    </Link>
  )
  return (
    <PageFrame
      title={t('audience.title')}
      intro={t('audience.intro')}
      actions={items.length > 0 && add}
      isWide
    >
      <Tabs
        label={t('audience.title')}
        shown={isArchive ? 'archived' : 'used'}
        tabs={[
          { key: 'used', label: t('audience.tab.used'), href: path },
          { key: 'archived', label: t('audience.tab.archived'), href: `${path}?tab=archived` },
        ]}
      />
      <Loaded reading={audiences} rows={5}>
        {() => (
          <AudienceTable
            audiences={items}
            growth={growth.value?.items ?? []}
            askers={askersOf(items, experiences.value?.items ?? [])}
            empty={
              isArchive ? (
                <Empty
                  title={t('audience.no_archived.title')}
                  text={t('audience.no_archived.text')}
                />
              ) : (
                <Empty
                  title={t('audience.empty.title')}
                  text={t('audience.empty.text')}
                  action={add}
                />
              )
            }
          />
        )}
      </Loaded>
    </PageFrame>
  )
}
