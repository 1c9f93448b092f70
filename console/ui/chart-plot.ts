import uPlot from 'uplot'
import type { DrawnLine } from './chart-series.ts'

/** Loaded when the first chart is shown: nothing else needs uPlot. */

export interface PlotContent {
  readonly lines: readonly DrawnLine[]
  readonly count: number
  /** Points with a name under the axis, by how wide the plot is (px). */
  readonly named: (width: number) => readonly number[]
  readonly nameOf: (point: number) => string
  readonly amountOf: (amount: number) => string
  /** Whole numbers only: there is no half visitor. */
  readonly isWhole: boolean
}

export interface PlotColours {
  /** Of the series, by its place. */
  readonly line: (series: number) => string
  readonly fill: () => string
  readonly grid: () => string
  readonly text: () => string
}

export interface Plot {
  readonly draw: (content: PlotContent) => void
  /** Puts the mark at a point; undefined: nowhere. */
  readonly point: (at: number | undefined) => void
  /** Colours may be others now. */
  readonly repaint: () => void
  readonly remove: () => void
}

interface PlotParts {
  readonly colours: PlotColours
  readonly onPoint: (at: number | undefined) => void
}

/** Right of the last point, px. */
const LEAST_ROOM = 12
const AXIS_FONT = '12px system-ui, sans-serif'
/** Whole steps of 1, 2 and 5, for what is counted. */
const WHOLE_INCREMENTS = Array.from({ length: 13 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat()

/** Draws into `host`, as wide and high as that is. */
export function createPlot(host: HTMLElement, first: PlotContent, parts: PlotParts): Plot {
  let content = first
  let plot = plotOf(host, () => content, parts)
  const resized = new ResizeObserver(() => {
    const size = sizeOf(host)
    if (size.width !== plot.width || size.height !== plot.height) plot.setSize(size)
  })
  resized.observe(host)

  return {
    draw(next) {
      const isAlike =
        next.isWhole === content.isWhole &&
        String(next.lines.map(shapeOf)) === String(content.lines.map(shapeOf))
      content = next
      if (isAlike) {
        plot.setData(tableOf(next))
        return
      }
      // Lines come and go with what is compared: uPlot takes those only when it is made.
      plot.destroy()
      plot = plotOf(host, () => content, parts)
    },
    point(at) {
      const left = at === undefined ? -10 : plot.valToPos(at, 'x')
      // Without the hook: it would tell what was asked for, and by then another point may be.
      plot.setCursor({ left, top: at === undefined ? -10 : 1 }, false)
    },
    repaint: () => plot.redraw(false),
    remove() {
      resized.disconnect()
      plot.destroy()
    },
  }
}

function shapeOf({ series, look }: DrawnLine): string {
  return `${series} ${look}`
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement) {
  return { width: Math.max(120, clientWidth), height: Math.max(80, clientHeight) }
}

/** Points stand at equal distances, whatever the clock did: a day of 23 hours is a day. */
function tableOf({ count, lines }: PlotContent): uPlot.AlignedData {
  return [Array.from({ length: count }, (_, point) => point), ...lines.map(({ values }) => values)]
}

function plotOf(host: HTMLElement, content: () => PlotContent, parts: PlotParts): uPlot {
  const { colours, onPoint } = parts
  const isRightToLeft = getComputedStyle(host).direction === 'rtl'
  const { lines, isWhole } = content()
  const options: uPlot.Options = {
    ...sizeOf(host),
    padding: [8, (self) => roomForLast(self, content()), 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, dir: isRightToLeft ? -1 : 1, range: (_, low, high) => spread(low, high) },
      y: { range: (_, __, high) => [0, high > 0 ? high * 1.05 : 1] },
    },
    series: [{}, ...lines.map((line) => seriesOf(line, content, colours))],
    axes: [
      {
        font: AXIS_FONT,
        size: 28,
        gap: 6,
        stroke: colours.text,
        grid: { show: false },
        ticks: { show: false },
        splits: (self) => [...content().named(self.width)],
        values: (_, points) => points.map((point) => content().nameOf(point)),
      },
      {
        font: AXIS_FONT,
        side: isRightToLeft ? 1 : 3,
        size: axisWidth,
        gap: 8,
        space: 44,
        stroke: colours.text,
        grid: { stroke: colours.grid, width: 1 },
        ticks: { show: false },
        ...(isWhole && { incrs: WHOLE_INCREMENTS }),
        values: (_, amounts) => amounts.map((amount) => content().amountOf(amount)),
      },
    ],
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 8, width: 2, fill: (self, i) => strokeAt(self, i) },
    },
    hooks: {
      setCursor: [
        ({ cursor: { left = -1, idx } }) => onPoint(left < 0 ? undefined : (idx ?? undefined)),
      ],
    },
  }
  return new uPlot(options, tableOf(content()), host)
}

/** A single point stands in the middle. */
function spread(low: number, high: number): [number, number] {
  return low === high ? [low - 1, high + 1] : [low, high]
}

function seriesOf(
  { look, series }: DrawnLine,
  content: () => PlotContent,
  colours: PlotColours,
): uPlot.Series {
  if (look === 'area') {
    return { fill: () => colours.fill(), width: 0, points: { show: false } }
  }
  return {
    stroke: () => colours.line(series),
    width: 2,
    ...(look === 'dashed' && { dash: [4, 4] }),
    // A line needs two points; one alone is a dot.
    points: { show: () => content().count === 1, size: 8, fill: () => colours.line(series) },
  }
}

function strokeAt(self: uPlot, place: number): string {
  const stroke = self.series[place]?.stroke
  const colour: unknown = typeof stroke === 'function' ? stroke(self, place) : stroke
  return typeof colour === 'string' ? colour : ''
}

/** After the last point: half of its name stands there, where it has one. */
function roomForLast({ ctx, width }: uPlot, { count, named, nameOf }: PlotContent): number {
  const last = named(width).at(-1)
  if (last !== count - 1) return LEAST_ROOM
  ctx.font = AXIS_FONT
  return Math.max(LEAST_ROOM, Math.ceil(ctx.measureText(nameOf(last)).width / 2))
}

/** As wide as the longest amount. */
function axisWidth(self: uPlot, amounts: string[] | null): number {
  if (amounts === null) return 40
  const { ctx } = self
  ctx.font = AXIS_FONT
  return Math.ceil(Math.max(...amounts.map((amount) => ctx.measureText(amount).width))) + 14
}
