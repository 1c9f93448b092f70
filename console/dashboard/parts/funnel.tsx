import type { Funnel as FunnelCounts } from '#protocol/figures.ts'
import { useWords } from '../../words.ts'
import './funnel.css'

const STEPS = ['sessions', 'product', 'cart', 'checkout', 'order'] as const

/** How many sessions reached each step, and how many of the step before that is. */
export function Funnel({ funnel }: { readonly funnel: FunnelCounts }) {
  const { t, number, locale } = useWords()
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <ol class="funnel">
      {STEPS.map((step, i) => {
        const before = STEPS[i - 1]
        const share = funnel.sessions === 0 ? 0 : funnel[step] / funnel.sessions
        const ofBefore = before === undefined ? 0 : funnel[before]
        return (
          <li key={step}>
            <span class="funnel-label">{t(`dashboard.step.${step}`)}</span>
            <span class="funnel-bar">
              <span class="funnel-fill" style={{ inlineSize: `${share * 100}%` }} />
            </span>
            <span class="funnel-count">{number(funnel[step])}</span>
            <span class="funnel-share">
              {before !== undefined && ofBefore > 0 && (
                <>
                  {percent.format(funnel[step] / ofBefore)}
                  <span class="visually-hidden">
                    {t('dashboard.of_step', { step: t(`dashboard.step.${before}`) })}
                  </span>
                </>
              )}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
