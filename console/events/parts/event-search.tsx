import { EVENT_TYPES, EVENT_NAMES_PATH, STORED_EVENTS_PATH } from '#protocol/names.ts'
import type { EventNames } from '#protocol/explorer.ts'
import type { StoredEventAnswer } from '#protocol/visitors.ts'
import { useState } from 'preact/hooks'
import { spanIn, spanOf, SPANS } from '../../customers/spans.ts'
import { addressOf, filterIn, queryOf } from '../../people/list-address.ts'
import { EventLine } from '../../people/parts/event-line.tsx'
import { ListBar } from '../../people/parts/list-bar.tsx'
import { ListEnd } from '../../people/parts/list-end.tsx'
import { SavedViews } from '../../people/parts/saved-views.tsx'
import { useLookOn } from '../../people/use-look-on.ts'
import { useSearch } from '../../people/use-search.ts'
import '../../people/person.css'
import { useListing, useReading } from '../../queries.ts'
import { navigate, route } from '../../router.ts'
import { FilterField } from '../../settings/parts/filter-field.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useWords } from '../../words.ts'

const NAMES = ['name', 'type', 'page', 'visitorId', 'property', 'value', 'span'] as const

/** Stored events, the newest first, narrowed by what they tell. */
export function EventSearch() {
  const { t } = useWords()
  const { path, query } = route.value
  const filter = filterIn(query, NAMES)
  const { span, ...plain } = filter
  const [now] = useState(Date.now)
  const asked = { ...plain, ...spanOf(spanIn(span), now) }
  const isNarrowed = queryOf(filter) !== ''
  const listed = addressOf(STORED_EVENTS_PATH, { ...asked, limit: '50' })
  const listing = useListing<StoredEventAnswer>(listed)
  useLookOn(listing, listed)
  const names = useReading<EventNames>(`${EVENT_NAMES_PATH}?days=30`)
  const known = new Set(names.value?.items.flatMap(({ name }) => name ?? []))
  if (filter.name !== '') known.add(filter.name)
  const look = (changes: Partial<typeof filter>) =>
    navigate(addressOf(path, { ...filter, ...changes }), { replace: true })
  return (
    <>
      <ListBar
        searchLabel={t('explorer.page')}
        search={filter.page}
        onSearch={(page) => look({ page: page.trim() })}
      >
        <FilterField
          label={t('explorer.name')}
          value={filter.name}
          options={[
            { value: '', label: t('orders.any') },
            ...[...known].toSorted().map((value) => ({ value, label: value })),
          ]}
          onChange={(name) => look({ name })}
        />
        <FilterField
          label={t('explorer.type')}
          value={filter.type}
          options={[
            { value: '', label: t('orders.any') },
            ...EVENT_TYPES.map((value) => ({ value, label: t(`event.${value}`) })),
          ]}
          onChange={(type) => look({ type })}
        />
        <FilterField
          label={t('explorer.time')}
          value={spanIn(span)}
          options={SPANS.map((value) => ({ value, label: t(`orders.span.${value || 'any'}`) }))}
          onChange={(value) => look({ span: value })}
        />
        <SavedViews list="events" path={path} query={queryOf(filter)} />
      </ListBar>
      <div class="explorer-fields">
        <Field
          name="property"
          value={filter.property}
          onChange={(property) => look({ property })}
        />
        {filter.property !== '' && (
          <Field name="value" value={filter.value} onChange={(value) => look({ value })} />
        )}
        <Field
          name="visitorId"
          value={filter.visitorId}
          onChange={(visitorId) => look({ visitorId })}
        />
      </div>
      <Loaded reading={listing} rows={10}>
        {(events) =>
          events.length > 0 ? (
            <ol class="trail-events" aria-label={t('explorer.title')}>
              {events.map((event) => (
                <EventLine key={`${event.id} ${event.isVerified}`} event={event} />
              ))}
            </ol>
          ) : listing.hasMore ? null : isNarrowed ? (
            <Empty
              title={t('explorer.none.title')}
              text={t('explorer.none.text')}
              action={<Button onClick={() => navigate(path)}>{t('people.clear')}</Button>}
            />
          ) : (
            <Empty title={t('empty.title')} text={t('empty.text')} />
          )
        }
      </Loaded>
      <ListEnd listing={listing} isLooking={isNarrowed} />
    </>
  )
}

interface FieldProps {
  readonly name: 'property' | 'value' | 'visitorId'
  readonly value: string
  readonly onChange: (value: string) => void
}

function Field({ name, value, onChange }: FieldProps) {
  const { t } = useWords()
  const [text, type] = useSearch(value, (typed) => onChange(typed.trim()))
  return (
    <TextField
      name={name}
      label={t(`explorer.${name}`)}
      isRequired
      isCode
      autocomplete="off"
      maxLength={64}
      value={text}
      onInput={type}
    />
  )
}
