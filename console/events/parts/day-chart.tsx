import { useMemo } from 'preact/hooks'
import { TimeChart } from '../../ui/chart.tsx'
import { useWords } from '../../words.ts'

interface DayChartProps {
  readonly label: string
  /** UTC, days since the epoch. */
  readonly firstDay: number
  readonly series: readonly {
    readonly key: string
    readonly label: string
    readonly values: readonly number[]
  }[]
}

const DAY_MS = 86_400_000
const TONES = ['accent', 'quiet'] as const

/** Counts by day; the last one is not over yet. */
export function DayChart({ label, firstDay, series }: DayChartProps) {
  const { number, locale } = useWords()
  const days = series[0]?.values.length ?? 0
  const times = useMemo(
    () => Array.from({ length: days }, (_, at) => (firstDay + at) * DAY_MS),
    [firstDay, days],
  )
  const amount = useMemo(() => {
    const short = new Intl.NumberFormat(locale, { notation: 'compact' })
    return { axis: (value: number) => short.format(value), exactly: number }
  }, [locale, number])
  const lines = useMemo(
    () => series.map((one, at) => ({ ...one, tone: TONES[at] ?? 'quiet' })),
    [series],
  )
  return (
    <TimeChart
      label={label}
      times={times}
      step="day"
      timeZone="UTC"
      series={lines}
      amount={amount}
      openFrom={days - 1}
    />
  )
}
