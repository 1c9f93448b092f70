import { useCallback, useMemo, useState } from 'preact/hooks'
import type { ConversationFigures, ConversationReport } from '#protocol/chat-figures.ts'
import { CONVERSATION_FIGURES_PATH, CONVERSATIONS_FILE_PATH } from '#protocol/names.ts'
import { useNow } from '../clock.ts'
import { CsvButton } from '../people/parts/csv-button.tsx'
import { useReading } from '../queries.ts'
import { navigate, route } from '../router.ts'
import { useSession } from '../session.ts'
import { pathOf } from '../settings/path-of.ts'
import { Empty } from '../ui/empty.tsx'
import { SelectField } from '../ui/field.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { PeriodChart } from './parts/period-chart.tsx'
import { RangePicker } from './parts/range-picker.tsx'
import { ReportRatings } from './parts/report-ratings.tsx'
import { ReportTables } from './parts/report-tables.tsx'
import { ReportTiles } from './parts/report-tiles.tsx'
import { RENEW_MS } from './parts/shown-range.ts'
import { datesOf, shownDays, todayIn, type ShownDays } from './period.ts'
import { REPORT_LOOKS, reportTexts, type ReportFigure } from './report-figures.ts'
import { useEvery } from './use-every.ts'

const ADDRESS = '/console/reports'

/** What came of conversations over the days that the address names; operators are told of their own. */
export function Page() {
  const words = useWords()
  const { t } = words
  const { shop } = useSession()
  const now = useNow()
  const [chosen, setChosen] = useState<ReportFigure>('conversations')
  const { timeZone } = shop
  const { query } = route.value
  const shown = shownDays(query)
  const dates = datesOf(shown, { timeZone, now })
  const today = todayIn(timeZone, now)
  const filters = { channel: query.get('channel') ?? '', operator: query.get('operator') ?? '' }
  const asked = pathOf('', {}, { ...dates, ...filters })
  const reading = useReading<ConversationReport>(CONVERSATION_FIGURES_PATH + asked, { keeps: true })
  // By what it can be narrowed; the same answer where it is not.
  const all = useReading<ConversationReport>(
    CONVERSATION_FIGURES_PATH + pathOf('', {}, { ...dates }),
    { keeps: true },
  )
  useEvery(RENEW_MS, dates.to >= today, reading.again)
  const look = REPORT_LOOKS[chosen]
  const amount = useMemo(() => reportTexts(look, words), [look, words])
  const valueOf = useCallback((point: ConversationFigures) => look.valueOf(point), [look])
  const go = (days: ShownDays, narrowed = filters) =>
    navigate(pathOf(ADDRESS, {}, { ...daysIn(days), ...narrowed }), { replace: true })
  const isNarrowed = filters.channel !== '' || filters.operator !== ''

  return (
    <PageFrame
      title={t('report.title')}
      intro={t('report.intro')}
      isWide
      actions={<CsvButton path={CONVERSATIONS_FILE_PATH + asked} isForAll />}
    >
      <RangePicker shown={shown} dates={dates} today={today} onPick={(days) => go(days)} />
      <div class="report-filters">
        <Narrow
          name="channel"
          label={t('channel.one')}
          chosen={filters.channel}
          options={all.value?.channels ?? []}
          onChange={(channel) => go(shown, { ...filters, channel })}
        />
        <Narrow
          name="operator"
          label={t('report.operator')}
          chosen={filters.operator}
          options={all.value?.operators ?? []}
          onChange={(operator) => go(shown, { ...filters, operator })}
        />
      </div>
      <Loaded reading={reading} rows={8}>
        {(answer) =>
          answer.now.totals.conversations + answer.before.totals.conversations === 0 &&
          !isNarrowed ? (
            <Empty title={t('report.empty')} text={t('report.empty.text')} />
          ) : (
            <>
              <ReportTiles answer={answer} chosen={chosen} onChoose={setChosen} />
              <PeriodChart
                answer={answer}
                label={t(look.label)}
                valueOf={valueOf}
                amount={amount}
                isWhole={look.unit === 'count'}
                today={now}
              />
              <p class="overview-as-of">
                {t('dashboard.time_zone', { zone: timeZone.replaceAll('_', ' ') })}
              </p>
              <div class="panels">
                <ReportTables answer={answer} />
                <ReportRatings query={asked} />
              </div>
            </>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

interface NarrowProps {
  readonly name: string
  readonly label: string
  readonly chosen: string
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly onChange: (id: string) => void
}

function Narrow({ name, label, chosen, options, onChange }: NarrowProps) {
  const { t } = useWords()
  const all = { value: '', label: t('report.all') }
  // What is named in the address stays chosen, whether or not there is anything of it.
  const isKnown = chosen === '' || options.some(({ id }) => id === chosen)
  return (
    <SelectField
      name={name}
      label={label}
      value={chosen}
      isRequired
      options={[
        all,
        ...options.map(({ id, name: shown }) => ({ value: id, label: shown })),
        ...(isKnown ? [] : [{ value: chosen, label: '–' }]),
      ]}
      onChange={onChange}
    />
  )
}

function daysIn(shown: ShownDays): Readonly<Record<string, string>> {
  if (shown.kind === 'dates') return { from: shown.from, to: shown.to }
  return shown.days === 28 ? {} : { days: String(shown.days) }
}
