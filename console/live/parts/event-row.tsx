import type { LiveEvent } from '#protocol/sockets.ts'
import { useWords } from '../../words.ts'
import { eventKey } from '../event-key.ts'
import { eventName, pathOf } from '../event-name.ts'
import type { LiveModel } from '../model.ts'
import { EventDetails } from './event-details.tsx'

interface EventRowProps {
  readonly event: LiveEvent
  readonly model: LiveModel
  readonly isOpen: boolean
  readonly isSelected: boolean
}

export function EventRow({ event, model, isOpen, isSelected }: EventRowProps) {
  const words = useWords()
  const { t } = words
  const { type, url, visitor, pageType, verified } = event
  const key = eventKey(event)
  const detailsId = `details-${key}`
  return (
    <li class="row">
      <button
        type="button"
        class="row-button"
        aria-expanded={isOpen}
        aria-controls={detailsId}
        tabIndex={isSelected ? 0 : -1}
        onFocus={() => model.select(key)}
        onClick={() => model.toggle(key)}
        onKeyDown={moveFocus}
      >
        <span class="mark" data-type={type} />
        <span class="name">{eventName(event, words)}</span>
        {verified && <span class="verified">{t('event.verified')}</span>}
        <span class="path">{pathOf(url)}</span>
        <span class="page-type">{pageType !== undefined && t(`page.${pageType}`)}</span>
        <span class="visitor">{visitor ?? t('event.anonymous')}</span>
        <Ago at={event.at} model={model} />
      </button>
      <div id={detailsId} class="row-details" hidden={!isOpen}>
        {isOpen && <EventDetails event={event} />}
      </div>
    </li>
  )
}

/**
 * Heard in the list only: keys of one letter must not get in the way of speech input (WCAG 2.1.4). Moves the focus at
 * once and the selection by it: a focus that followed a later drawing could land after the reader's next key.
 */
function moveFocus(key: KeyboardEvent): void {
  if (key.ctrlKey || key.metaKey || key.altKey) return
  const isDown = key.key === 'j' || key.key === 'ArrowDown'
  if (!isDown && key.key !== 'k' && key.key !== 'ArrowUp') return
  key.preventDefault()
  const row = (key.currentTarget as HTMLElement).closest('.row')
  const neighbour = isDown ? row?.nextElementSibling : row?.previousElementSibling
  neighbour?.querySelector<HTMLElement>('.row-button')?.focus()
}

/** On its own, so that the clock redraws the times and nothing else. */
function Ago({ at, model }: { at: number; model: LiveModel }) {
  const { ago, exactly } = useWords()
  return (
    <time class="ago" dateTime={new Date(at).toISOString()} title={exactly(at)}>
      {ago(at, model.now.value)}
    </time>
  )
}
