import { useState } from 'preact/hooks'
import type { FiguresAnswer } from '#protocol/figures.ts'
import { CONSOLE_PATH, FIGURES_PATH, SHOP_PATH } from '#protocol/names.ts'
import type { ShopSettings } from '#protocol/shop.ts'
import { useNow } from '../../clock.ts'
import { useReading } from '../../queries.ts'
import { navigate, route } from '../../router.ts'
import { useSession } from '../../session.ts'
import { Ago } from '../../ui/ago.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useWords } from '../../words.ts'
import { addressOf, datesOf, keptSince, shownDays, todayIn } from '../period.ts'
import { FIGURE_LOOKS, shownCurrency, type ShownFigure } from '../shown-figures.ts'
import { useEvery } from '../use-every.ts'
import { ExperienceEffects } from './experience-effects.tsx'
import { FigureChart } from './figure-chart.tsx'
import { FigureTiles } from './figure-tiles.tsx'
import { Funnel } from './funnel.tsx'
import './overview.css'
import { Panel } from './panel.tsx'
import { RangePicker } from './range-picker.tsx'
import { SessionGroups } from './session-groups.tsx'
import { RowsLink } from './rows-link.tsx'
import { RENEW_MS } from './shown-range.ts'
import { TopProducts } from './top-products.tsx'

/** The shop's figures over the days that the address names. */
export function Overview() {
  const { t } = useWords()
  const { shop } = useSession()
  const now = useNow()
  const [chosen, setChosen] = useState<ShownFigure>('visitors')
  const { timeZone } = shop
  const shown = shownDays(route.value.query)
  const dates = datesOf(shown, { timeZone, now })
  const today = todayIn(timeZone, now)
  const isLive = dates.to >= today
  const query = `?from=${dates.from}&to=${dates.to}`
  const reading = useReading<FiguresAnswer>(FIGURES_PATH + query, { keeps: true })
  useEvery(RENEW_MS, isLive, reading.again)
  const currency =
    reading.value === undefined ? shop.currency : shownCurrency(reading.value, shop.currency)
  const { rows } = FIGURE_LOOKS[chosen]
  const range = { query, currency, isLive }
  return (
    <>
      <RangePicker
        shown={shown}
        dates={dates}
        today={today}
        onPick={(days) => navigate(addressOf(CONSOLE_PATH, days), { replace: true })}
      />
      <Loaded reading={reading} rows={6}>
        {(answer) => (
          <>
            {answer.filling !== null && <Filling {...answer.filling} />}
            <Unkept since={answer.before.start} now={now} />
            <FigureTiles answer={answer} currency={currency} chosen={chosen} onChoose={setChosen} />
            <FigureChart answer={answer} figure={chosen} currency={currency} today={now} />
            <p class="overview-as-of">
              {t('dashboard.time_zone', { zone: timeZone.replaceAll('_', ' ') })}
              {answer.asOf !== null && (
                <>
                  {' · '}
                  {t('dashboard.as_of')} <Ago at={answer.asOf} />
                </>
              )}
              {chosen === 'carts_left' && <span>{t('dashboard.carts_left.note')}</span>}
              {rows !== undefined && (
                <RowsLink path={`/console/${rows}`}>{t(`dashboard.open.${rows}`)}</RowsLink>
              )}
            </p>
          </>
        )}
      </Loaded>
      <div class="panels">
        {reading.value !== undefined && (
          <Panel title={t('dashboard.funnel')}>
            <Funnel funnel={reading.value.now.funnel} />
            <p class="panel-note">{t('dashboard.funnel.note')}</p>
          </Panel>
        )}
        <SessionGroups
          {...range}
          title={t('dashboard.sources')}
          dimensions={['source', 'campaign', 'landing']}
        />
        <TopProducts {...range} />
        <SessionGroups
          {...range}
          title={t('dashboard.visitors_by')}
          dimensions={['device', 'country']}
        />
        <ExperienceEffects {...range} />
      </div>
    </>
  )
}

/** Where days shown are older than what the shop keeps, a 0 is none. */
function Unkept({ since, now }: { readonly since: number; readonly now: number }) {
  const { t, locale } = useWords()
  const { may } = useSession()
  const settings = useReading<ShopSettings>(may('shop', 'read') ? SHOP_PATH : undefined)
  const months = settings.value?.retentionMonths ?? null
  const keptFrom = keptSince(months, now)
  if (months === null || keptFrom === undefined || since >= keptFrom) return null
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(keptFrom)
  return (
    <Notice tone="note" title={t('dashboard.unkept', { date })}>
      <p>{t('dashboard.unkept.text', { n: months })}</p>
    </Notice>
  )
}

function Filling({ done, total }: { readonly done: number; readonly total: number }) {
  const { t, locale } = useWords()
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const share = percent.format(total === 0 ? 0 : Math.min(1, done / total))
  return (
    <Notice tone="note" title={t('dashboard.filling')}>
      <p>{t('dashboard.filling.text', { share })}</p>
    </Notice>
  )
}
