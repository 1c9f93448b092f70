import { useState } from 'preact/hooks'
import type { SessionDimension, SessionGroup } from '#protocol/figures.ts'
import { SESSION_FIGURES_PATH } from '#protocol/names.ts'
import { moneyText } from '../../money.ts'
import { useReading } from '../../queries.ts'
import { BarTable } from '../../ui/bar-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useWords } from '../../words.ts'
import { groupName } from '../group-names.ts'
import { useEvery } from '../use-every.ts'
import { Panel, PanelChoice, PanelEmpty } from './panel.tsx'
import { RENEW_MS, type ShownRange } from './shown-range.ts'

const ROWS = 8

interface SessionGroupsProps extends ShownRange {
  readonly title: string
  /** The first is shown at first. */
  readonly dimensions: readonly [SessionDimension, ...SessionDimension[]]
}

/** Sessions by what they have in common, with the orders that came of them. */
export function SessionGroups({ title, dimensions, query, currency, isLive }: SessionGroupsProps) {
  const words = useWords()
  const { t, number, locale } = words
  const [dimension, setDimension] = useState<SessionDimension>(dimensions[0])
  const path = `${SESSION_FIGURES_PATH}${query}&by=${dimension}&limit=${ROWS}`
  const reading = useReading<{ readonly items: readonly SessionGroup[] }>(path, { keeps: true })
  useEvery(RENEW_MS, isLive, reading.again)
  return (
    <Panel
      title={title}
      actions={
        <PanelChoice
          label={title}
          value={dimension}
          options={dimensions.map((value) => ({ value, label: t(`dashboard.by.${value}`) }))}
          onChange={setDimension}
        />
      }
    >
      <Loaded reading={reading} rows={5}>
        {({ items }) =>
          items.length === 0 ? (
            <PanelEmpty>{t('dashboard.no_sessions')}</PanelEmpty>
          ) : (
            <BarTable
              label={title}
              title={t(`dashboard.by.${dimension}`)}
              rows={items}
              keyOf={({ name }) => name}
              nameOf={({ name }) => {
                const shown = groupName(dimension, name, words)
                return <span title={shown}>{shown}</span>
              }}
              lengthOf={({ sessions }) => sessions}
              columns={[
                {
                  key: 'sessions',
                  title: t('dashboard.sessions'),
                  cell: ({ sessions }) => number(sessions),
                },
                {
                  key: 'orders',
                  title: t('dashboard.orders'),
                  cell: ({ orders }) => number(orders),
                  isExtra: true,
                },
                {
                  key: 'revenue',
                  title: t('dashboard.revenue'),
                  cell: ({ revenue }) => moneyText(locale, revenue[currency] ?? 0, currency),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  )
}
