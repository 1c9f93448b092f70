import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks'
import { useWords } from '../words.ts'
import { paintChanges } from './chart-paint.ts'
import { ChartReadout } from './chart-readout.tsx'
import { linesOf, type ChartSeries } from './chart-series.ts'
import { ChartTable } from './chart-table.tsx'
import { chartTimes, namedPoints, type ChartStep } from './chart-times.ts'
import './chart.css'
import { useChartPlot } from './use-chart-plot.ts'

interface TimeChartProps {
  /** What it shows, for who hears it. */
  readonly label: string
  /** When each point begins (epoch ms), ascending. */
  readonly times: readonly number[]
  readonly step: ChartStep
  /** IANA name: the shop's. */
  readonly timeZone: string
  readonly series: readonly ChartSeries[]
  /** `axis`: as short as can be. */
  readonly amount: {
    readonly axis: (amount: number) => string
    readonly exactly: (amount: number) => string
  }
  /** From this point on it is not over yet. */
  readonly openFrom?: number
  /** Nothing of it comes in parts. */
  readonly isWhole?: boolean
}

const NAME_WIDTH = 76

/** Lines over time, by uPlot: read by mouse, by finger, by arrow keys, or as a table. */
export function TimeChart(props: TimeChartProps) {
  const { label, times, step, timeZone, series, amount, openFrom, isWhole = true } = props
  const { t, locale } = useWords()
  const hint = useId()
  const host = useRef<HTMLDivElement>(null)
  const inks = useRef<HTMLSpanElement>(null)
  const [point, setPoint] = useState<number | undefined>(undefined)
  const names = useMemo(() => chartTimes(locale, timeZone, step), [locale, timeZone, step])
  const content = useMemo(
    () => ({
      lines: linesOf(series, openFrom),
      count: times.length,
      named: (width: number) => namedPoints(times.length, step, Math.floor(width / NAME_WIDTH)),
      nameOf: (at: number) => names.short(times[at] ?? 0),
      amountOf: amount.axis,
      isWhole,
    }),
    [series, openFrom, times, step, names, amount, isWhole],
  )
  const tones = series.map(({ tone }) => tone)
  const { plot, isBroken } = useChartPlot({ host, inks, content, onPoint: setPoint })
  const shown = point !== undefined && point < times.length ? point : undefined
  useEffect(() => plot.current?.point(shown), [plot, shown, content])
  useEffect(() => paintChanges(() => plot.current?.repaint()), [plot])

  const readouts = series.map((one) => ({
    ...one,
    time: (at: number) => names.long((one.times ?? times)[at] ?? 0),
    said: (at: number) => {
      const value = one.values[at]
      return value === null || value === undefined ? t('chart.unknown') : amount.exactly(value)
    },
  }))
  const last = times.length - 1
  const told = shown ?? last
  return (
    <figure class="chart">
      <span ref={inks} hidden>
        {tones.map((tone, i) => (
          <i key={i} class="chart-ink" data-tone={tone} />
        ))}
        <i class="chart-ink" data-tone="fill" />
        <i class="chart-ink" data-tone="grid" />
        <i class="chart-ink" data-tone="text" />
      </span>
      {series.length > 1 && (
        <ul class="chart-legend">
          {series.map(({ key, label: name, tone }) => (
            <li key={key} class="chart-ink" data-tone={tone}>
              <span>{name}</span>
            </li>
          ))}
        </ul>
      )}
      <div class="chart-place">
        <div class="chart-plot" ref={host} />
        <input
          class="visually-hidden"
          type="range"
          min={0}
          max={Math.max(0, last)}
          value={Math.max(0, told)}
          aria-label={label}
          aria-describedby={hint}
          aria-valuetext={readouts
            .map((one) => `${one.label}, ${one.time(told)}: ${one.said(told)}`)
            .join('; ')}
          onInput={({ currentTarget }) => setPoint(Number(currentTarget.value))}
          onFocus={() => setPoint(told)}
          onBlur={() => setPoint(undefined)}
        />
        {shown !== undefined && (
          <ChartReadout host={host} point={shown} of={times.length} lines={readouts} />
        )}
      </div>
      <span class="visually-hidden" id={hint}>
        {t('chart.keys')}
      </span>
      <ChartTable
        label={label}
        times={times}
        nameOf={names.long}
        series={readouts}
        isOpen={isBroken}
      />
    </figure>
  )
}
