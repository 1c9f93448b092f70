import type { ExperienceFigures } from '#protocol/figures.ts'
import { EXPERIENCE_FIGURES_PATH } from '#protocol/names.ts'
import { moneyText } from '../../money.ts'
import { useReading } from '../../queries.ts'
import { BarTable } from '../../ui/bar-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useWords } from '../../words.ts'
import { useEvery } from '../use-every.ts'
import { Panel, PanelEmpty } from './panel.tsx'
import { RowsLink } from './rows-link.tsx'
import { RENEW_MS, type ShownRange } from './shown-range.ts'

const ROWS = 8

/** What was shown to visitors, and what came of it. */
export function ExperienceEffects({ query, currency, isLive }: ShownRange) {
  const { t, number, locale } = useWords()
  const path = `${EXPERIENCE_FIGURES_PATH}${query}&limit=${ROWS}`
  const reading = useReading<{ readonly items: readonly ExperienceFigures[] }>(path, {
    keeps: true,
  })
  useEvery(RENEW_MS, isLive, reading.again)
  const title = t('dashboard.experiences')
  return (
    <Panel
      title={title}
      isWide
      actions={<RowsLink path="/console/experiences">{t('dashboard.open.experiences')}</RowsLink>}
    >
      <Loaded reading={reading} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <PanelEmpty>{t('dashboard.no_experiences')}</PanelEmpty>
          ) : (
            <BarTable
              label={title}
              title={t('experiences.name')}
              rows={items}
              keyOf={({ id }) => id}
              nameOf={({ name }) => <span title={name}>{name}</span>}
              lengthOf={({ impressions }) => impressions}
              columns={[
                {
                  key: 'impressions',
                  title: t('experiences.impressions'),
                  cell: ({ impressions }) => number(impressions),
                },
                {
                  key: 'clicks',
                  title: t('experiences.clicks'),
                  cell: ({ clicks }) => number(clicks),
                  isExtra: true,
                },
                {
                  key: 'conversions',
                  title: t('experiences.conversions'),
                  cell: ({ conversions }) => number(conversions),
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
