import { useMemo, useState } from 'preact/hooks'
import type { Experience, ExperienceResults } from '#protocol/experiences.ts'
import { useNow } from '../../clock.ts'
import { moneyText } from '../../money.ts'
import { useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { FilterField } from '../../settings/parts/filter-field.tsx'
import { TimeChart } from '../../ui/chart.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useWords } from '../../words.ts'
import { experiencePath } from '../requests.ts'
import {
  RESULT_FIGURES,
  rateOf,
  seriesOf,
  TELLING_VIEWS,
  type ResultFigure,
} from '../result-series.ts'
import { daysAgoOn } from '../shop-days.ts'
import { Answers } from './answers.tsx'

const RANGES = ['7', '28', '90'] as const
type Range = (typeof RANGES)[number]

/** What came of it: as many as there were, and no more than they tell. */
export function ResultsTab({ experience }: { readonly experience: Experience }) {
  const { t } = useWords()
  const { shop } = useSession()
  const now = useNow()
  const [range, setRange] = useState<Range>('28')
  const from = daysAgoOn(now, Number(range) - 1, shop.timeZone)
  const to = daysAgoOn(now, 0, shop.timeZone)
  const results = useReading<ExperienceResults>(
    `${experiencePath(experience.id)}/results?from=${from}&to=${to}`,
  )
  return (
    <section class="results" aria-label={t('editor.tab.results')}>
      <FilterField
        label={t('results.range')}
        value={range}
        options={RANGES.map((value) => ({
          value,
          label: t('results.range.days', { n: Number(value) }),
        }))}
        onChange={setRange}
      />
      <Loaded reading={results} rows={5}>
        {(found) =>
          found.impressions === 0 && found.conversions === 0 ? (
            <Empty title={t('results.none.title')} text={t('results.none.text')} />
          ) : (
            <Told results={found} from={from} to={to} />
          )
        }
      </Loaded>
      <Answers experience={experience} />
    </section>
  )
}

interface ToldProps {
  readonly results: ExperienceResults
  readonly from: string
  readonly to: string
}

function Told({ results, from, to }: ToldProps) {
  const { t, number, locale } = useWords()
  const { shop } = useSession()
  const [figure, setFigure] = useState<ResultFigure>('impressions')
  const { times, values } = useMemo(
    () => seriesOf(results, figure, { from, to, timeZone: shop.timeZone }),
    [results, figure, from, to, shop.timeZone],
  )
  const revenue = Object.entries(results.revenue)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <>
      <fieldset class="result-figures" aria-label={t('editor.tab.results')}>
        {RESULT_FIGURES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === figure}
            onClick={() => setFigure(one)}
          >
            <span class="result-name">{t(`results.${one}`)}</span>
            <span class="result-value">{number(results[one])}</span>
            <span class="result-rate">
              {one !== 'impressions' && results.impressions > 0
                ? t('results.rate', { rate: percent.format(rateOf(results, one)) })
                : ' '}
            </span>
          </button>
        ))}
        {revenue.length > 0 && (
          <div class="result-fact">
            <span class="result-name">{t('results.revenue')}</span>
            {revenue.map(([currency, amount]) => (
              <span class="result-value" key={currency}>
                {moneyText(locale, amount, currency)}
              </span>
            ))}
          </div>
        )}
      </fieldset>
      {results.impressions < TELLING_VIEWS && (
        <Notice tone="note" title={t('results.little.title')}>
          <p>{t('results.little.text', { n: results.impressions })}</p>
        </Notice>
      )}
      <TimeChart
        label={`${t(`results.${figure}`)}, ${t('results.chart')}`}
        times={times}
        step="day"
        timeZone={shop.timeZone}
        series={[{ key: figure, label: t(`results.${figure}`), tone: 'accent', values }]}
        amount={{ axis: number, exactly: number }}
        openFrom={times.length - 1}
      />
      <p class="editor-hint">{t('results.note')}</p>
    </>
  )
}
