import { describe, expect, it } from 'vitest'
import { rangeOf } from '#server/dashboard/range.ts'

const HOUR_MS = 3_600_000
const NOW = Date.UTC(2026, 10, 22, 12)

describe('the days asked for', () => {
  it('are the last 28 of the shop’s clock, unless said otherwise', () => {
    const { from, to, step, points } = rangeOf({}, 'Asia/Kathmandu', NOW)

    expect({ from, to, step, days: points.length }).toEqual({
      from: '2026-10-26',
      to: '2026-11-22',
      step: 'day',
      days: 28,
    })
    expect(points[0]?.start).toBe(Date.parse('2026-10-26T00:00+05:45'))
  })

  it.each([
    { day: '2026-03-29', hours: 23 },
    { day: '2026-10-25', hours: 25 },
    { day: '2026-07-01', hours: 24 },
  ])('have $hours hours on $day in Madrid', ({ day, hours }) => {
    const range = rangeOf({ from: day, to: day }, 'Europe/Madrid', NOW)

    expect(range.points).toHaveLength(hours)
    expect(range.now.end - range.now.start).toBe(hours * HOUR_MS)
  })

  it('are compared with as much of the days before as has gone by', () => {
    const { now, before } = rangeOf({ from: '2026-11-22', to: '2026-11-22' }, 'UTC', NOW + 70_000)

    expect(before.start).toBe(now.start - 24 * HOUR_MS)
    expect(before.end - before.start).toBe(12 * HOUR_MS)
  })

  it('follow one another without a gap, whatever the step', () => {
    for (const step of ['day', 'week', 'month'] as const) {
      const asked = { from: '2025-12-30', to: '2026-11-05', step }
      const { now, points } = rangeOf(asked, 'America/New_York', NOW)

      expect(points[0]?.start).toBe(now.start)
      expect(points.at(-1)?.end).toBe(now.end)
      expect(points.slice(1).every(({ start }, i) => start === points[i]?.end)).toBe(true)
    }
  })

  it.each([
    { what: 'a day that is none', asked: { from: '2026-02-30' } },
    { what: 'an end before the beginning', asked: { from: '2026-02-02', to: '2026-02-01' } },
    { what: 'more than two years', asked: { from: '2020-01-01', to: '2026-01-01' } },
    { what: 'hours of a year', asked: { from: '2026-01-01', to: '2026-11-01', step: 'hour' } },
  ] as const)('are refused for $what', ({ asked }) => {
    expect(() => rangeOf(asked, 'UTC', NOW)).toThrow()
  })
})
