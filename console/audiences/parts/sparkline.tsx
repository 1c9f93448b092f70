import type { AudienceGrowth } from '#protocol/audiences.ts'
import { useWords } from '../../words.ts'
import { growthLine, grownBy } from '../growth-line.ts'

const WIDTH = 96
const HEIGHT = 24

/** How an audience grew over the last days, small. */
export function Sparkline({ days }: { readonly days: AudienceGrowth['days'] }) {
  const { t, number } = useWords()
  const grown = grownBy(days)
  if (grown === undefined) return <span class="audience-change">{t('audience.growth.new')}</span>
  const points = growthLine(days, WIDTH, HEIGHT).map(({ x, y }) => `${x},${y + 1}`)
  return (
    <span class="sparkline">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 2}`} aria-hidden="true" focusable="false">
        <polyline points={points.join(' ')} />
      </svg>
      <span class="audience-change">
        {grown > 0 ? `+${number(grown)}` : number(grown)}
        <span class="visually-hidden"> {t('audience.growth.days', { n: days.length })}</span>
      </span>
    </span>
  )
}
