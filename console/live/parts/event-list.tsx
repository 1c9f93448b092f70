import { DEMO_PATH } from '#protocol/names.ts'
import { useWords } from '../../words.ts'
import { eventKey } from '../event-key.ts'
import type { LiveModel } from '../model.ts'
import { EventRow } from './event-row.tsx'

export function EventList({ model }: { model: LiveModel }) {
  const { t } = useWords()
  const total = model.events.value.length
  return (
    <section class="events" aria-label={t('list.title')}>
      {total > 0 && <Toolbar model={model} />}
      <Content model={model} />
      <output class="visually-hidden">
        {model.arrived.value > 0 && t('list.announce', { n: model.arrived.value })}
      </output>
    </section>
  )
}

function Toolbar({ model }: { model: LiveModel }) {
  const { t } = useWords()
  const isPaused = model.isPaused.value
  const waiting = model.waiting.value
  return (
    <div class="toolbar">
      <label class="filter">
        <span class="visually-hidden">{t('list.filter')}</span>
        <input
          type="search"
          placeholder={t('list.filter')}
          value={model.filter.value}
          onInput={({ currentTarget }) => model.filterBy(currentTarget.value)}
        />
      </label>
      <span class="hint">{t('list.hint')}</span>
      <button
        type="button"
        class={isPaused ? 'button button-primary' : 'button'}
        onClick={isPaused ? model.resume : model.pause}
      >
        {isPaused ? t('list.resume') : t('list.pause')}
        {waiting > 0 && <span class="waiting">{t('list.waiting', { n: waiting })}</span>}
      </button>
    </div>
  )
}

function Content({ model }: { model: LiveModel }) {
  const { phase, events, shown } = model
  const isLoading = phase.value === 'opening' || phase.value === 'connecting'
  if (isLoading && events.value.length === 0) return <Skeleton />
  if (events.value.length === 0) return <Empty />
  if (shown.value.length === 0) return <NoneMatch model={model} />
  return <Rows model={model} />
}

function Rows({ model }: { model: LiveModel }) {
  const rows = model.shown.value
  const keys = rows.map(eventKey)
  const selected = model.selectedKey.value
  const current = selected !== undefined && keys.includes(selected) ? selected : keys[0]

  return (
    <ul class="rows">
      {rows.map((event) => {
        const key = eventKey(event)
        return (
          <EventRow
            key={key}
            event={event}
            model={model}
            isOpen={model.openKeys.value.has(key)}
            isSelected={key === current}
          />
        )
      })}
    </ul>
  )
}

function Empty() {
  const { t } = useWords()
  return (
    <div class="notice">
      <h2>{t('empty.title')}</h2>
      <p>{t('empty.text')}</p>
      <a class="button button-primary" href={DEMO_PATH} target="_blank" rel="noopener">
        {t('empty.action')}
      </a>
    </div>
  )
}

function NoneMatch({ model }: { model: LiveModel }) {
  const { t } = useWords()
  const places = { n: model.events.value.length, text: model.filter.value.trim() }
  return (
    <div class="notice">
      <p>{t('list.none_match', places)}</p>
      <button type="button" class="button" onClick={() => model.filterBy('')}>
        {t('list.clear')}
      </button>
    </div>
  )
}

/** Appears after 200 ms (event-list.css), so that a quick answer shows nothing but itself. */
function Skeleton() {
  const { t } = useWords()
  return (
    <div class="skeleton">
      <span class="visually-hidden">{t('list.loading')}</span>
      {Array.from({ length: 8 }, (_, row) => (
        <div class="skeleton-row" key={row} />
      ))}
    </div>
  )
}
