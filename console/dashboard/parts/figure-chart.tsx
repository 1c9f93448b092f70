import { useCallback, useMemo } from 'preact/hooks'
import type { Figures, FiguresAnswer } from '#protocol/figures.ts'
import { useWords } from '../../words.ts'
import { amountTexts, FIGURE_LOOKS, type ShownFigure } from '../shown-figures.ts'
import { PeriodChart } from './period-chart.tsx'

interface FigureChartProps {
  readonly answer: FiguresAnswer
  readonly figure: ShownFigure
  readonly currency: string
  readonly today: number
}

/** One of the shop's figures. */
export function FigureChart({ answer, figure, currency, today }: FigureChartProps) {
  const words = useWords()
  const look = FIGURE_LOOKS[figure]
  const amount = useMemo(() => amountTexts(look, words, currency), [look, words, currency])
  const valueOf = useCallback((point: Figures) => look.valueOf(point, currency), [look, currency])
  return (
    <PeriodChart
      answer={answer}
      label={words.t(look.label)}
      valueOf={valueOf}
      amount={amount}
      isWhole={look.unit === 'count'}
      today={today}
    />
  )
}
