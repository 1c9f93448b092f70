import { useState } from 'preact/hooks'
import type { IngestionWarnings } from '#protocol/explorer.ts'
import { INGESTION_WARNINGS_PATH } from '#protocol/names.ts'
import { useReading } from '../../queries.ts'
import { StateMark } from '../../settings/parts/state-mark.tsx'
import { Ago } from '../../ui/ago.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { OpenButton } from '../../settings/parts/open-button.tsx'
import { Section } from '../../ui/section.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { isRemark } from '../remarks.ts'
import { DayChart } from './day-chart.tsx'

/** What was left out, or stored with a remark, and why. */
export function Warnings() {
  const { t, number } = useWords()
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const reading = useReading<IngestionWarnings>(`${INGESTION_WARNINGS_PATH}?days=30`)
  return (
    <Loaded reading={reading} rows={6}>
      {({ items, firstDay }) => {
        const shown = items.find(({ reason }) => reason === chosen) ?? items[0]
        if (shown === undefined) {
          return <Empty title={t('explorer.no_warnings')} text={t('explorer.no_warnings.text')} />
        }
        return (
          <>
            <DataTable
              label={t('explorer.tab.warnings')}
              rows={items}
              keyOf={({ reason }) => reason}
              empty={null}
              columns={[
                {
                  key: 'reason',
                  title: t('explorer.reason'),
                  isMain: true,
                  cell: ({ reason, lastDetail }) => (
                    <>
                      <OpenButton onOpen={() => setChosen(reason)}>
                        {t(`reason.${reason}`)}
                      </OpenButton>
                      {lastDetail !== null && <span class="person-note">{lastDetail}</span>}
                    </>
                  ),
                },
                {
                  key: 'what',
                  title: t('explorer.became'),
                  cell: ({ reason }) =>
                    isRemark(reason) ? (
                      <StateMark tone="warn" text={t('explorer.kept')} />
                    ) : (
                      <StateMark tone="bad" text={t('explorer.dropped')} />
                    ),
                },
                {
                  key: 'last',
                  title: t('people.last_seen'),
                  cell: ({ lastAt }) => <Ago at={lastAt} />,
                },
                {
                  key: 'count',
                  title: t('explorer.count'),
                  isAtEnd: true,
                  cell: ({ count }) => number(count),
                },
              ]}
            />
            <Section title={t(`reason.${shown.reason}`)} text={t(`explorer.help.${shown.reason}`)}>
              <DayChart
                label={t(`reason.${shown.reason}`)}
                firstDay={firstDay}
                series={[{ key: 'count', label: t(`reason.${shown.reason}`), values: shown.days }]}
              />
            </Section>
          </>
        )
      }}
    </Loaded>
  )
}
