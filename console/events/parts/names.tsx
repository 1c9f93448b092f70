import { useState } from 'preact/hooks'
import type { EventNames, EventProperties } from '#protocol/explorer.ts'
import { EVENT_NAMES_PATH, EVENT_PROPERTIES_PATH } from '#protocol/names.ts'
import { EVENTS_PAGE_PATH } from '../../people/list-pages.ts'
import { useReading } from '../../queries.ts'
import { OpenButton } from '../../settings/parts/open-button.tsx'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { BarTable } from '../../ui/bar-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { DayChart } from './day-chart.tsx'

type Named = EventNames['items'][number]

/** How often what arrived, day by day, and what events of a name tell. */
export function Names() {
  const { t, number, day } = useWords()
  const reading = useReading<EventNames>(`${EVENT_NAMES_PATH}?days=30`)
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  return (
    <Loaded reading={reading} rows={8}>
      {({ items, firstDay, hasMore }) => {
        if (items.length === 0) return <Empty title={t('empty.title')} text={t('empty.text')} />
        const shown = items.find((item) => keyOf(item) === chosen) ?? items[0]
        return (
          <div class="explorer-columns">
            <div>
              <BarTable
                label={t('explorer.tab.names')}
                title={t('explorer.name')}
                rows={items}
                keyOf={keyOf}
                lengthOf={({ count }) => count}
                nameOf={(item) => (
                  <OpenButton onOpen={() => setChosen(keyOf(item))}>
                    <Name item={item} />
                  </OpenButton>
                )}
                columns={[
                  {
                    key: 'count',
                    title: t('explorer.count'),
                    cell: ({ count }) => number(count),
                  },
                  {
                    key: 'last',
                    title: t('explorer.last_day'),
                    isExtra: true,
                    cell: ({ lastDay }) => day(lastDay * DAY_MS + DAY_MS / 2),
                  },
                ]}
              />
              {hasMore && <p class="list-quiet">{t('explorer.too_many')}</p>}
            </div>
            {shown !== undefined && (
              <div aria-live="polite">
                <Section title={nameOf(shown)} text={t('explorer.days')}>
                  <DayChart
                    label={nameOf(shown)}
                    firstDay={firstDay}
                    series={[{ key: 'count', label: nameOf(shown), values: shown.days }]}
                  />
                </Section>
                {shown.name !== null && <Properties key={shown.name} name={shown.name} />}
              </div>
            )}
          </div>
        )
      }}
    </Loaded>
  )

  function nameOf({ name, type }: Named): string {
    if (name !== null) return name
    return type === 'track' ? t('explorer.others') : t(`event.${type}`)
  }
  function Name({ item }: { readonly item: Named }) {
    return <>{nameOf(item)}</>
  }
}

const DAY_MS = 86_400_000

function keyOf({ type, name }: Named): string {
  return `${type} ${name ?? ''}`
}

function Properties({ name }: { readonly name: string }) {
  const { t, number } = useWords()
  const query = new URLSearchParams({ name }).toString()
  const reading = useReading<EventProperties>(`${EVENT_PROPERTIES_PATH}?${query}`)
  return (
    <Section
      title={t('event.properties')}
      text={<PageLink href={`${EVENTS_PAGE_PATH}?${query}`}>{t('explorer.show_events')}</PageLink>}
    >
      <Loaded reading={reading} rows={4}>
        {({ items, lookedAt }) => (
          <>
            <DataTable
              label={t('event.properties')}
              rows={items}
              keyOf={(item) => item.name}
              empty={<p class="list-quiet">{t('event.no_properties')}</p>}
              columns={[
                {
                  key: 'name',
                  title: t('explorer.property'),
                  isMain: true,
                  cell: (item) => <code>{item.name}</code>,
                },
                {
                  key: 'share',
                  title: t('explorer.share'),
                  isAtEnd: true,
                  cell: ({ count }) => `${number(Math.round((count / lookedAt) * 100))} %`,
                },
                { key: 'types', title: t('explorer.kind'), cell: ({ types }) => types.join(', ') },
                {
                  key: 'examples',
                  title: t('explorer.examples'),
                  cell: ({ examples }) => (
                    <span class="explorer-examples">
                      {examples.slice(0, 3).map((example) => (
                        <code key={example}>{example}</code>
                      ))}
                    </span>
                  ),
                },
              ]}
            />
            {lookedAt > 0 && <p class="list-quiet">{t('explorer.of_newest', { n: lookedAt })}</p>}
          </>
        )}
      </Loaded>
    </Section>
  )
}
