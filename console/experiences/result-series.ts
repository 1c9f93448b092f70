import type { ExperienceResults } from '#protocol/experiences.ts'
import { instantOf } from './shop-days.ts'

export const RESULT_FIGURES = [
  'impressions',
  'clicks',
  'closes',
  'submissions',
  'conversions',
] as const
export type ResultFigure = (typeof RESULT_FIGURES)[number]

/** Below it, a rate of five per cent may as well be one or ten: its 95 % interval is that wide. */
export const TELLING_VIEWS = 100

const DAY_MS = 86_400_000

/** Of those who saw it; a goal may be reached more than once. */
export function rateOf(results: ExperienceResults, figure: ResultFigure): number {
  return results.impressions === 0 ? 0 : results[figure] / results.impressions
}

/** One point a calendar day of the shop, those without anything among them. */
export function seriesOf(
  { days }: Pick<ExperienceResults, 'days'>,
  figure: ResultFigure,
  { from, to, timeZone }: { readonly from: string; readonly to: string; readonly timeZone: string },
): { readonly times: number[]; readonly values: number[] } {
  const byDay = new Map(days.map((day) => [day.dayOn, day[figure]]))
  const times: number[] = []
  const values: number[] = []
  for (let at = Date.parse(`${from}T00:00Z`); at <= Date.parse(`${to}T00:00Z`); at += DAY_MS) {
    const dayOn = new Date(at).toISOString().slice(0, 10)
    times.push(instantOf(`${dayOn}T00:00`, timeZone) ?? at)
    values.push(byDay.get(dayOn) ?? 0)
  }
  return { times, values }
}
