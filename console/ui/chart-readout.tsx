import type { RefObject } from 'preact'
import type { ChartTone } from './chart-series.ts'

export interface ReadLine {
  readonly key: string
  readonly label: string
  readonly tone: ChartTone
  readonly time: (at: number) => string
  readonly said: (at: number) => string
}

interface ChartReadoutProps {
  readonly host: RefObject<HTMLElement | null>
  readonly point: number
  readonly of: number
  readonly lines: readonly ReadLine[]
}

/** What is at the point, beside it; the slider's value says the same to who hears it. */
export function ChartReadout({ host, point, of, lines }: ChartReadoutProps) {
  const over = host.current?.querySelector<HTMLElement>('.u-over')
  const share = of > 1 ? point / (of - 1) : 0.5
  const isPast = share > 0.5
  const start = (over?.offsetLeft ?? 0) + share * (over?.offsetWidth ?? 0)
  const width = host.current?.offsetWidth ?? 0
  return (
    <dl
      class="chart-readout"
      aria-hidden="true"
      style={isPast ? { right: `${width - start + 12}px` } : { left: `${start + 12}px` }}
    >
      {lines.map(({ key, label, tone, time, said }) => (
        <div key={key} class="chart-ink" data-tone={tone}>
          <dt>
            {lines.length > 1 && <span class="chart-readout-name">{label}</span>}
            <span>{time(point)}</span>
          </dt>
          <dd>{said(point)}</dd>
        </div>
      ))}
    </dl>
  )
}
