import { LIVE_PAGE_PATH } from '#protocol/names.ts'
import { FIRST_RUN_PATH } from '../../first-run/addresses.ts'
import type { Reading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { Empty } from '../../ui/empty.tsx'
import { Link } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { LastEvents, type ShownEvent } from './last-events.tsx'

export const MAX_EVENTS = 5

interface NewestEventsProps {
  readonly events: Reading<{ readonly items: readonly ShownEvent[] }>
}

/** What happened last; before anything has, the way to it. */
export function NewestEvents({ events }: NewestEventsProps) {
  const { t } = useWords()
  const { may } = useSession()
  const action = may('shop', 'edit') && (
    <Link class="button button-primary" href={FIRST_RUN_PATH}>
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
