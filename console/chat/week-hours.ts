import type { BusinessHours } from '#protocol/chat-channels.ts'

export type Day = keyof BusinessHours['week']
export type Span = BusinessHours['week'][Day][number]

/** As protocol/chat-channels.ts has them, which this page does not load: it comes with the schemas. */
export const DAYS: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
export const MAX_SPANS = 6
export const MAX_EXCEPTIONS = 60
const USUAL: Span = { from: '09:00', to: '18:00' }
const LUNCH_HOURS = 1

/** To begin with: office hours from Monday to Friday. */
export function usualHours(timeZone: string): BusinessHours {
  const isOff = (day: Day) => day === 'sat' || day === 'sun'
  const spans = (day: Day) => (isOff(day) ? [] : [USUAL])
  const week = { mon: spans('mon'), tue: spans('tue'), wed: spans('wed'), thu: spans('thu') }
  return {
    timeZone,
    week: { ...week, fri: spans('fri'), sat: spans('sat'), sun: spans('sun') },
    exceptions: [],
  }
}

/** Another one after the last, as far as the day has room. */
export function withSpan(spans: readonly Span[]): Span[] {
  const last = spans.at(-1)
  if (last === undefined) return [USUAL]
  const from = Math.min(minutesOf(last.to) + LUNCH_HOURS * 60, 23 * 60)
  return [...spans, { from: timeOf(from), to: timeOf(Math.min(from + 4 * 60, 24 * 60)) }]
}

export function replacedAt<Item>(items: readonly Item[], at: number, next: Item): Item[] {
  return items.map((item, place) => (place === at ? next : item))
}

export function withoutAt<Item>(items: readonly Item[], at: number): Item[] {
  return items.filter((_, place) => place !== at)
}

/** The same hours on each day that is open at all. */
export function copiedToOpenDays(week: BusinessHours['week'], from: Day): BusinessHours['week'] {
  const copied = (day: Day) => (week[day].length === 0 ? week[day] : week[from])
  return {
    mon: copied('mon'),
    tue: copied('tue'),
    wed: copied('wed'),
    thu: copied('thu'),
    fri: copied('fri'),
    sat: copied('sat'),
    sun: copied('sun'),
  }
}

/** A field of time knows no 24:00: the end of a day is its midnight. */
export function shownEnd(to: string): string {
  return to === '24:00' ? '00:00' : to
}

export function writtenEnd(to: string): string {
  return to === '00:00' ? '24:00' : to
}

export function isSpanSound({ from, to }: Span): boolean {
  return from !== '' && to !== '' && from < to
}

/** Whether nothing is in the way of saving: each span ends after it begins, each day is named once. */
export function areHoursSound({ week, exceptions }: BusinessHours): boolean {
  const spans = [...DAYS.map((day) => week[day]), ...exceptions.map((one) => one.spans)].flat()
  const days = exceptions.map(({ on }) => on)
  return (
    spans.every(isSpanSound) &&
    days.every((day) => day !== '') &&
    new Set(days).size === days.length
  )
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

function timeOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
