import type { Job } from '#protocol/jobs.ts'
import type { MailStatus } from '#protocol/mail.ts'
import {
  JOBS_PATH,
  LIVE_PAGE_PATH,
  MAIL_STATUS_PATH,
  ORIGINS_PATH,
  STORED_EVENTS_PATH,
} from '#protocol/names.ts'
import type { ListedOrigin } from '#protocol/shop.ts'
import { useReading, type Reading } from '../queries.ts'
import { useSession } from '../session.ts'
import { Empty } from '../ui/empty.tsx'
import { Icon } from '../ui/icon.tsx'
import { Link } from '../ui/link.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { Section } from '../ui/section.tsx'
import { useWords } from '../words.ts'
import { remarksOn } from './home-model.ts'
import './home-page.css'
import { LastEvents, type ShownEvent } from './parts/last-events.tsx'

const FIRST_RUN_PAGE = '/console/first-run'
const MAX_EVENTS = 5

interface List<Item> {
  readonly items: readonly Item[]
}

/** How the shop is doing: what should be looked into, and what happened last. */
export function Page() {
  const { t } = useWords()
  const { may } = useSession()
  const reads = may('events', 'read')
  const events = useReading<List<ShownEvent>>(
    reads ? `${STORED_EVENTS_PATH}?limit=${MAX_EVENTS}` : undefined,
  )
  return (
    <PageFrame title={t('home.title')}>
      <Remarks />
      {reads && <Events events={events} />}
    </PageFrame>
  )
}

function Remarks() {
  const { t } = useWords()
  const { may } = useSession()
  const origins = useReading<List<ListedOrigin>>(may('shop', 'read') ? ORIGINS_PATH : undefined)
  const mail = useReading<MailStatus>(may('mail', 'read') ? MAIL_STATUS_PATH : undefined)
  const jobs = useReading<List<Job>>(may('jobs', 'read') ? `${JOBS_PATH}?state=dead` : undefined)
  const remarks = remarksOn({ origins: origins.value, mail: mail.value, deadJobs: jobs.value })
  if (remarks.length === 0) return null
  return (
    <Section title={t('home.remarks')}>
      <ul class="home-remarks">
        {remarks.map(({ message, n, path }) => (
          <li key={message}>
            <Link href={path} class="home-remark">
              <Icon name="warn" />
              <span>{t(message, n === undefined ? {} : { n })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Events({ events }: { readonly events: Reading<List<ShownEvent>> }) {
  const { t } = useWords()
  const { may } = useSession()
  const action = may('shop', 'edit') && (
    <Link class="button button-primary" href={FIRST_RUN_PAGE}>
      {t('home.connect')}
    </Link>
  )
  return (
    <Section
      title={t('home.events')}
      actions={
        <Link class="button" href={LIVE_PAGE_PATH}>
          {t('home.live')}
        </Link>
      }
    >
      <Loaded reading={events} rows={MAX_EVENTS}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('home.no_event')} text={t('home.no_event.text')} action={action} />
          ) : (
            <LastEvents events={items} />
          )
        }
      </Loaded>
    </Section>
  )
}
