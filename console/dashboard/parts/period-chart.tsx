import { useMemo } from 'preact/hooks'
import type { FigureStep } from '#protocol/figures.ts'
import { TimeChart } from '../../ui/chart.tsx'
import type { ChartSeries } from '../../ui/chart-series.ts'
import { useWords } from '../../words.ts'

interface PeriodOf<Point> {
  readonly end: number
  readonly points: readonly Point[]
}

interface PeriodChartProps<Point> {
  readonly answer: {
    readonly now: PeriodOf<Point>
    readonly before: PeriodOf<Point>
    readonly step: FigureStep
    readonly timeZone: string
  }
  /** What it shows, for who hears it. */
  readonly label: string
  /** Must stay the same while the figure does. */
  readonly valueOf: (point: Point) => number | null
  readonly amount: {
    readonly axis: (amount: number) => string
    readonly exactly: (amount: number) => string
  }
  /** Nothing of it comes in parts. */
  readonly isWhole: boolean
  readonly today: number
}

/** One figure over the days that are looked at, and those before. */
export function PeriodChart<Point extends { readonly at: number }>(props: PeriodChartProps<Point>) {
  const { answer, label, valueOf, amount, isWhole, today } = props
  const { t } = useWords()
  const { times, series, openFrom } = useMemo(() => {
    const { now, before } = answer
    const began = now.points.filter(({ at }) => at <= today)
    const isOpen = now.end > today && began.length > 0
    const values = now.points.map((point) => (point.at > today ? null : valueOf(point)))
    const lines: ChartSeries[] = [
      { key: 'now', label: t('dashboard.shown_period'), tone: 'accent', values },
      {
        key: 'before',
        label: t('dashboard.period_before'),
        tone: 'quiet',
        values: now.points.map((_, i) => {
          const point = before.points[i]
          return point === undefined ? null : valueOf(point)
        }),
        times: now.points.map(({ at }, i) => before.points[i]?.at ?? at),
      },
    ]
    return {
      times: now.points.map(({ at }) => at),
      series: lines,
      openFrom: isOpen ? began.length - 1 : undefined,
    }
  }, [answer, valueOf, t, today])
  return (
    <TimeChart
      label={label}
      times={times}
      step={answer.step}
      timeZone={answer.timeZone}
      series={series}
      amount={amount}
      isWhole={isWhole}
      {...(openFrom !== undefined && { openFrom })}
    />
  )
}
