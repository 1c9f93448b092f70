import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Plot, PlotColours, PlotContent } from './chart-plot.ts'

interface ChartPlotParts {
  readonly host: RefObject<HTMLElement | null>
  /** Elements in the colours of the lines, then of fill, grid and text: a canvas can't read tokens. */
  readonly inks: RefObject<HTMLElement | null>
  readonly content: PlotContent
  readonly onPoint: (at: number | undefined) => void
}

/** The drawn chart, once uPlot is loaded; `isBroken`: it could not be, and the table alone tells the figures. */
export function useChartPlot(parts: ChartPlotParts): {
  readonly plot: RefObject<Plot | null>
  readonly isBroken: boolean
} {
  const { host, inks, content, onPoint } = parts
  const plot = useRef<Plot>(null)
  const newestRef = useRef(content)
  const [isBroken, setBroken] = useState(false)

  useEffect(() => {
    let isWanted = true
    import('./chart-plot.ts').then(
      ({ createPlot }) => {
        if (!isWanted || host.current === null) return
        const colours = coloursOf(inks)
        plot.current = createPlot(host.current, newestRef.current, { colours, onPoint })
      },
      () => setBroken(true),
    )
    return () => {
      isWanted = false
      plot.current?.remove()
      plot.current = null
    }
  }, [host, inks, onPoint])
  useEffect(() => {
    newestRef.current = content
    plot.current?.draw(content)
  }, [content])
  return { plot, isBroken }
}

function coloursOf(inks: RefObject<HTMLElement | null>): PlotColours {
  const inkOf = (element: Element | null | undefined) =>
    element === null || element === undefined ? 'currentcolor' : getComputedStyle(element).color
  const named = (tone: string) => inkOf(inks.current?.querySelector(`[data-tone=${tone}]`))
  return {
    line: (series) => inkOf(inks.current?.children[series]),
    fill: () => named('fill'),
    grid: () => named('grid'),
    text: () => named('text'),
  }
}
