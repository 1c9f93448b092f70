import { describe, expect, it } from 'vitest'
import { linesOf, type ChartSeries } from '#console/ui/chart-series.ts'
import { chartTimes, namedPoints } from '#console/ui/chart-times.ts'

const seriesOf = (tone: ChartSeries['tone'], values: (number | null)[]): ChartSeries => ({
  key: tone,
  label: tone,
  tone,
  values,
})

describe('a chart', () => {
  it('names its points by the shop’s clock, quarter hours included', () => {
    const names = chartTimes('en-GB', 'Asia/Kathmandu', 'hour')

    expect(names.short(Date.UTC(2026, 10, 20, 18, 15))).toBe('00:00')
    expect(names.long(Date.UTC(2026, 10, 20, 18, 15))).toContain('21 Nov')
  })

  it.each([
    { count: 24, step: 'hour', most: 12, stride: 2 },
    { count: 25, step: 'hour', most: 5, stride: 6 },
    { count: 28, step: 'day', most: 15, stride: 2 },
    { count: 90, step: 'day', most: 4, stride: 28 },
    { count: 7, step: 'day', most: 20, stride: 1 },
    { count: 1_000, step: 'day', most: 4, stride: 250 },
  ] as const)('names every $stride of $count by $step', ({ count, step, most, stride }) => {
    const named = namedPoints(count, step, most)

    expect(named.length).toBeLessThanOrEqual(most)
    expect(named.slice(0, 2)).toEqual([0, stride])
  })

  it('draws what is not over yet dashed, joined to what is', () => {
    const lines = linesOf([seriesOf('accent', [1, 2, 3]), seriesOf('quiet', [4, 5, 6])], 2)

    expect(lines).toEqual([
      { series: 0, look: 'area', values: [1, 2, 3] },
      { series: 1, look: 'dashed', values: [4, 5, 6] },
      { series: 0, look: 'line', values: [1, 2, null] },
      { series: 0, look: 'dashed', values: [null, 2, 3] },
    ])
  })

  it('draws several lines without areas, which would hide one another', () => {
    const lines = linesOf([seriesOf('accent', [1]), seriesOf('note', [2])], undefined)

    expect(lines.map(({ look }) => look)).toEqual(['line', 'line'])
  })
})
