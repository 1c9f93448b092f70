/** How long each point of a chart is. */
export type ChartStep = 'hour' | 'day' | 'week' | 'month'

/** What a chart's points are called. */
export interface ChartTimes {
  /** Under the axis. */
  readonly short: (at: number) => string
  /** In the readout, on its own. */
  readonly long: (at: number) => string
}

/** `at` is where a point begins; it is named by the clock of `timeZone`. */
export function chartTimes(locale: string, timeZone: string, step: ChartStep): ChartTimes {
  const formatOf = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options })
    return (at: number) => format.format(at)
  }
  const { short, long } = FORMATS[step]
  return { short: formatOf(short), long: formatOf(long) }
}

const DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const
const FORMATS = {
  hour: {
    short: { hour: '2-digit', minute: '2-digit' },
    long: { ...DAY, hour: '2-digit', minute: '2-digit' },
  },
  day: { short: { day: 'numeric', month: 'short' }, long: { ...DAY, year: 'numeric' } },
  week: { short: { day: 'numeric', month: 'short' }, long: { ...DAY, year: 'numeric' } },
  month: { short: { month: 'short', year: '2-digit' }, long: { month: 'long', year: 'numeric' } },
} as const satisfies Record<ChartStep, Record<'short' | 'long', Intl.DateTimeFormatOptions>>

/** Steps that people count in: hours of a day, days of weeks. */
const STRIDES: Readonly<Record<ChartStep, readonly number[]>> = {
  hour: [1, 2, 3, 6, 12, 24, 48],
  day: [1, 2, 7, 14, 28, 56, 112],
  week: [1, 2, 4, 8, 13, 26, 52],
  month: [1, 2, 3, 6, 12, 24],
}

/** Which of `count` points are named under the axis, where there is room for `most` names. */
export function namedPoints(count: number, step: ChartStep, most: number): readonly number[] {
  const room = Math.max(1, most)
  const stride =
    STRIDES[step].find((candidate) => Math.ceil(count / candidate) <= room) ??
    Math.ceil(count / room)
  return Array.from({ length: Math.ceil(count / stride) }, (_, i) => i * stride)
}
