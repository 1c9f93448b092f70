/** Which token it is drawn in; `quiet` for what the others are compared with. */
export type ChartTone = 'accent' | 'quiet' | 'note' | 'good' | 'warn'

export interface ChartSeries {
  readonly key: string
  /** In legend and readout. */
  readonly label: string
  readonly tone: ChartTone
  /** One a point; null: nothing is known of it. */
  readonly values: readonly (number | null)[]
  /** Where its points begin, if not where the chart's do: of the period before. */
  readonly times?: readonly number[]
}

/** One line on the canvas. */
export interface DrawnLine {
  /** Of the series that it belongs to. */
  readonly series: number
  /** `area`: what lies below the line, without it. */
  readonly look: 'area' | 'line' | 'dashed'
  readonly values: (number | null)[]
}

/**
 * What is drawn of `series`, the lowest first: what others are compared with lies between a line and its area. What is not
 * over yet, from the point `openFrom` on, is dashed: it will be more.
 */
export function linesOf(
  series: readonly ChartSeries[],
  openFrom: number | undefined,
): readonly DrawnLine[] {
  const all = series.map(({ tone, values }, i) => ({ tone, series: i, values: [...values] }))
  const below = all.filter(({ tone }) => tone === 'quiet')
  const above = all.filter(({ tone }) => tone !== 'quiet')
  return [
    // Areas of several lines would hide one another.
    ...above.flatMap((one): DrawnLine[] => (above.length === 1 ? [lineOf(one, 'area')] : [])),
    ...below.map((one) => lineOf(one, 'dashed')),
    ...above.flatMap((one) => splitAt(lineOf(one, 'line'), openFrom)),
  ]
}

function lineOf(
  { series, values }: Pick<DrawnLine, 'series' | 'values'>,
  look: DrawnLine['look'],
): DrawnLine {
  return { series, look, values }
}

/** Both parts have the last point that is over, so that the line is whole. */
function splitAt(line: DrawnLine, openFrom: number | undefined): DrawnLine[] {
  if (openFrom === undefined) return [line]
  const over = line.values.map((value, i) => (i < openFrom ? value : null))
  const open = line.values.map((value, i) => (i < openFrom - 1 ? null : value))
  return [
    { ...line, values: over },
    { ...line, values: open, look: 'dashed' },
  ]
}
