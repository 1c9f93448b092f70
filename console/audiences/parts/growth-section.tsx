import type { Audience, AudienceGrowth } from '#protocol/audiences.ts'
import { AUDIENCE_GROWTH_PATH } from '#protocol/names.ts'
import { useState } from 'preact/hooks'
import { useReading } from '../../queries.ts'
import { FilterField } from '../../settings/parts/filter-field.tsx'
import { pathOf } from '../../settings/path-of.ts'
import { Section } from '../../ui/section.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useWords } from '../../words.ts'
import { growthLine, grownBy } from '../growth-line.ts'

const SPANS = ['7', '28', '90'] as const
const WIDTH = 720
const HEIGHT = 120

/** How many were in it, day by day. */
export function GrowthSection({ audience }: { readonly audience: Audience }) {
  const { t } = useWords()
  const [span, setSpan] = useState<(typeof SPANS)[number]>('28')
  const growth = useReading<{ readonly items: readonly AudienceGrowth[] }>(
    pathOf(AUDIENCE_GROWTH_PATH, {}, { days: span }),
  )
  const found = growth.value?.items.find(({ audienceId }) => audienceId === audience.id)
  return (
    <Section
      title={t('audience.growth')}
      actions={
        <FilterField
          label={t('audience.growth.span')}
          value={span}
          options={SPANS.map((value) => ({
            value,
            label: t('audience.growth.days', { n: Number(value) }),
          }))}
          onChange={setSpan}
        />
      }
    >
      {growth.value === undefined ? <Skeleton rows={3} /> : <Chart days={found?.days ?? []} />}
    </Section>
  )
}

function Chart({ days }: { readonly days: AudienceGrowth['days'] }) {
  const { t, number, day } = useWords()
  const first = days[0]
  const last = days.at(-1)
  const grown = grownBy(days)
  if (first === undefined || last === undefined || grown === undefined) {
    return <p class="audience-none">{t('audience.growth.none')}</p>
  }
  const line = growthLine(days, WIDTH, HEIGHT).map(({ x, y }) => `${x},${y}`)
  const dayAt = (on: string) => day(Date.parse(`${on}T12:00`))
  const most = Math.max(...days.map(({ members }) => members))
  return (
    <figure class="growth">
      <svg
        class="growth-chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <path class="growth-area" d={`M0,${HEIGHT} L${line.join(' L')} L${WIDTH},${HEIGHT} Z`} />
        <polyline class="growth-line" points={line.join(' ')} />
      </svg>
      <span class="growth-most">{number(most)}</span>
      <figcaption class="growth-words">
        <span>{dayAt(first.on)}</span>
        <span class="growth-change">
          {t(grown < 0 ? 'audience.growth.less' : 'audience.growth.more', {
            n: Math.abs(grown),
            from: number(first.members),
            to: number(last.members),
          })}
        </span>
        <span>{dayAt(last.on)}</span>
      </figcaption>
    </figure>
  )
}
