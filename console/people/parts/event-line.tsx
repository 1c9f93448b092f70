import { useState } from 'preact/hooks'
import type { StoredEventAnswer } from '#protocol/visitors.ts'
import { eventName, pathOf } from '../../live/event-name.ts'
import { PropertyTree } from '../../live/parts/property-tree.tsx'
import '../../live/parts/event-details.css'
import '../../live/parts/event-row.css'
import { Ago } from '../../ui/ago.tsx'
import { useWords, type Words } from '../../words.ts'

/** A stored event: a line that opens into all that it tells. Whatever a visitor wrote is text. */
export function EventLine({ event }: { readonly event: StoredEventAnswer }) {
  const words = useWords()
  const [isOpen, setOpen] = useState(false)
  const { type, url, at } = event
  return (
    <li>
      <details
        class="trail-event"
        open={isOpen}
        onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      >
        <summary>
          <span class="mark" data-type={type} />
          <span class="trail-name">{eventName(event, words)}</span>
          <span class="trail-page">{pathOf(url)}</span>
          <Ago at={at} />
        </summary>
        {isOpen && <Details event={event} words={words} />}
      </details>
    </li>
  )
}

function Details({ event, words }: { readonly event: StoredEventAnswer; readonly words: Words }) {
  const { t, exactly } = words
  const { id, at, url, title, referrer, userId, properties, traits, isVerified } = event
  const facts = [
    { label: t('event.at'), value: exactly(at) },
    { label: t('event.url'), value: url },
    { label: t('people.event.title'), value: title },
    { label: t('people.event.referrer'), value: referrer },
    { label: t('people.event.user_id'), value: userId },
    { label: t('event.verified'), value: isVerified ? t('people.event.by_server') : null },
    { label: t('event.id'), value: id },
  ]
  const told = { ...properties, ...traits }
  return (
    <div class="details">
      <dl class="facts">
        {facts
          .filter(({ value }) => value !== null && value !== '')
          .map(({ label, value }) => (
            <div class="fact" key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {Object.keys(told).length > 0 ? (
        <PropertyTree label={t('event.properties')} properties={told} />
      ) : (
        <p class="note">{t('event.no_properties')}</p>
      )}
    </div>
  )
}
