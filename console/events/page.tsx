import { route } from '../router.ts'
import { useSession } from '../session.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useWords } from '../words.ts'
import { Definitions } from './parts/definitions.tsx'
import { EventSearch } from './parts/event-search.tsx'
import { Names } from './parts/names.tsx'
import { TestEvent } from './parts/test-event.tsx'
import { Warnings } from './parts/warnings.tsx'
import './events.css'

const TABS = ['search', 'names', 'warnings', 'definitions', 'test'] as const

/** The shop's events: looked up, counted, explained, and sent by hand. */
export function Page() {
  const { t } = useWords()
  const { may } = useSession()
  const { path, query } = route.value
  const shown = TABS.find((tab) => tab === query.get('tab')) ?? 'search'
  const offered = TABS.filter((tab) => tab !== 'test' || may('events', 'edit'))
  return (
    <PageFrame title={t('explorer.title')} intro={t('explorer.intro')} isWide>
      <Tabs
        label={t('explorer.title')}
        shown={shown}
        tabs={offered.map((key) => ({
          key,
          label: t(`explorer.tab.${key}`),
          href: key === 'search' ? path : `${path}?tab=${key}`,
        }))}
      />
      {shown === 'search' && <EventSearch />}
      {shown === 'names' && <Names />}
      {shown === 'warnings' && <Warnings />}
      {shown === 'definitions' && <Definitions />}
      {shown === 'test' && <TestEvent />}
    </PageFrame>
  )
}
