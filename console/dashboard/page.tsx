import { STORED_EVENTS_PATH } from '#protocol/names.ts'
import { useReading } from '../queries.ts'
import { useSession } from '../session.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import './home-page.css'
import type { ShownEvent } from './parts/last-events.tsx'
import { MAX_EVENTS, NewestEvents } from './parts/newest-events.tsx'
import { Overview } from './parts/overview.tsx'
import { NoFigures } from './parts/no-figures.tsx'
import { RemarkList } from './parts/remark-list.tsx'

/** How the shop is doing; until its first event, how to connect it. */
export function Page() {
  const { t } = useWords()
  const { may } = useSession()
  const reads = may('events', 'read')
  const events = useReading<{ readonly items: readonly ShownEvent[] }>(
    reads ? `${STORED_EVENTS_PATH}?limit=${MAX_EVENTS}` : undefined,
  )
  const hasBegun = events.value !== undefined && events.value.items.length > 0
  return (
    <PageFrame title={t('home.title')} isWide={hasBegun}>
      {hasBegun && may('figures', 'read') && <Overview />}
      {!may('figures', 'read') && <NoFigures />}
      <RemarkList />
      {reads && <NewestEvents events={events} />}
    </PageFrame>
  )
}
