import { useMemo } from 'preact/hooks'
import type { FiguresAnswer } from '#protocol/figures.ts'
import { TimeChart } from '../../ui/chart.tsx'
import type { ChartSeries } from '../../ui/chart-series.ts'
import { useWords } from '../../words.ts'
import { amountTexts, FIGURE_LOOKS, type ShownFigure } from '../shown-figures.ts'

interface FigureChartProps {
  readonly answer: FiguresAnswer
  readonly figure: ShownFigure
  readonly currency: string
  readonly today: number
}

/** One figure over the days that are looked at, and those before. */
export function FigureChart({ answer, figure, currency, today }: FigureChartProps) {
  const words = useWords()
  const { t } = words
  const look = FIGURE_LOOKS[figure]
  const amount = useMemo(() => amountTexts(look, words, currency), [look, words, currency])
  const { times, series, openFrom } = useMemo(() => {
    const { now, before } = answer
    const began = now.points.filter(({ at }) => at <= today)
    const isOpen = now.end > today && began.length > 0
    const values = now.points.map((point) =>
      point.at > today ? null : look.valueOf(point, currency),
    )
    const lines: ChartSeries[] = [
      { key: 'now', label: t('dashboard.shown_period'), tone: 'accent', values },
      {
        key: 'before',
        label: t('dashboard.period_before'),
        tone: 'quiet',
        values: now.points.map((_, i) => {
          const point = before.points[i]
          return point === undefined ? null : look.valueOf(point, currency)
        }),
        times: now.points.map(({ at }, i) => before.points[i]?.at ?? at),
      },
    ]
    return {
      times: now.points.map(({ at }) => at),
      series: lines,
      openFrom: isOpen ? began.length - 1 : undefined,
    }
  }, [answer, look, currency, t, today])
  return (
    <TimeChart
      label={t(look.label)}
      times={times}
      step={answer.step}
      timeZone={answer.timeZone}
      series={series}
      amount={amount}
      isWhole={look.unit === 'count'}
      {...(openFrom !== undefined && { openFrom })}
    />
  )
}
