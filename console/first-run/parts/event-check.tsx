import type { StoredEventAnswer } from '#protocol/visitors.ts'
import { safeLink } from '../../experiences/safe-link.ts'
import { eventName } from '../../live/event-name.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { useWords } from '../../words.ts'
import { FIRST_RUN_PATH } from '../addresses.ts'
import type { EventWatch } from '../event-watch.ts'

interface EventCheckProps {
  readonly watch: EventWatch
  readonly origin: string | undefined
}

/** Whether anything of the shop has arrived, as it happens. */
export function EventCheck({ watch, origin }: EventCheckProps) {
  const { t } = useWords()
  const href = origin === undefined ? undefined : safeLink(origin)
  const event = watch.arrived.value
  return (
    <div class="event-check" data-arrived={event === undefined ? undefined : ''}>
      <output>
        {event === undefined ? (
          <span class="event-check-title">
            <span class="pulse" aria-hidden="true" />
            {t('first_run.check.waiting')}
          </span>
        ) : (
          <Arrived event={event} />
        )}
      </output>
      {event === undefined && (
        <p>
          {t('first_run.check.hint')}{' '}
          {href !== undefined && (
            <a href={href} target="_blank" rel="noopener">
              {t('first_run.open', { origin: href.replace(/^https?:\/\/|\/$/g, '') })}
            </a>
          )}
        </p>
      )}
      {watch.isDemoOnly.value && <p>{t('first_run.check.demo')}</p>}
      {watch.isLong.value && <Reasons />}
    </div>
  )
}

function Arrived({ event }: { readonly event: StoredEventAnswer }) {
  const words = useWords()
  const { t, exactly } = words
  const { url, receivedAt } = event
  return (
    <>
      <span class="event-check-title">
        <Icon name="check" />
        {t('first_run.check.arrived')}
      </span>
      <span>
        <strong>{eventName(event, words)}</strong> <span class="event-check-url">{url}</span>{' '}
        <time dateTime={new Date(receivedAt).toISOString()}>{exactly(receivedAt)}</time>
      </span>
    </>
  )
}

/** By how likely they are. */
function Reasons() {
  const { t } = useWords()
  return (
    <div class="event-reasons">
      <h3>{t('first_run.check.long')}</h3>
      <ul>
        <li>{t('first_run.check.reason.page')}</li>
        <li>
          {t('first_run.check.reason.origin')}{' '}
          <Link href={`${FIRST_RUN_PATH}?step=origin`}>
            {t('first_run.check.reason.origin.link')}
          </Link>
        </li>
        <li>{t('first_run.check.reason.blocked')}</li>
      </ul>
    </div>
  )
}
