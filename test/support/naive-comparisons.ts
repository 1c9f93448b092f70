import type {
  CountComparison,
  NumberComparison,
  TextComparison,
  TimeComparison,
  ValueComparison,
  Window,
} from '#protocol/comparison.ts'

export function numberHolds(
  test: CountComparison | NumberComparison,
  value: number | undefined,
): boolean {
  if (test.op === 'isSet') return value !== undefined
  if (test.op === 'isNotSet') return value === undefined
  if (value === undefined) return false
  switch (test.op) {
    case 'equals':
      return value === test.value
    case 'greater':
      return value > test.value
    case 'atLeast':
      return value >= test.value
    case 'less':
      return value < test.value
    case 'atMost':
      return value <= test.value
    case 'between':
      return test.from <= value && value <= test.to
  }
}

export function textHolds(test: TextComparison, value: string | undefined): boolean {
  if (test.op === 'isSet') return value !== undefined
  if (test.op === 'isNotSet') return value === undefined
  if (value === undefined) return false
  switch (test.op) {
    case 'equals':
      return value === test.value
    case 'oneOf':
      return test.values.some((it) => it === value)
    case 'contains':
      return value.indexOf(test.value) >= 0
    case 'starts':
      return value.slice(0, test.value.length) === test.value
    case 'ends':
      return value.slice(-test.value.length) === test.value
    case 'glob':
      return globOf(test.pattern).test(value)
    case 'regex':
      return new RegExp(test.pattern, 'u').test(value)
  }
}

function globOf(pattern: string): RegExp {
  const source = pattern.split('').map((it) => {
    if (it === '*') return '[^]*'
    return it === '?' ? '[^]' : it.replace(/[\\^$.*+?()[\]{}|/-]/, String.raw`\$&`)
  })
  return new RegExp(`^${source.join('')}$`)
}

export function timeHolds(test: TimeComparison, at: number | undefined, now: number): boolean {
  if (test.op === 'isSet') return at !== undefined
  if (test.op === 'isNotSet') return at === undefined
  if (at === undefined) return false
  switch (test.op) {
    case 'before':
      return at < test.at
    case 'after':
      return at > test.at
    case 'last':
      return now - at < milliseconds(test.window)
  }
}

export function valueHolds(test: ValueComparison, value: unknown, now: number): boolean {
  switch (test.op) {
    case 'isSet':
      return value !== undefined
    case 'isNotSet':
      return value === undefined
    case 'equals':
      return value === test.value
    case 'oneOf':
      return test.values.some((it) => it === value)
    case 'includes':
      return Array.isArray(value) && value.some((it) => it === test.value)
    case 'greater':
    case 'atLeast':
    case 'less':
    case 'atMost':
    case 'between':
      return typeof value === 'number' && numberHolds(test, value)
    case 'contains':
    case 'starts':
    case 'ends':
    case 'glob':
    case 'regex':
      return typeof value === 'string' && textHolds(test, value)
    case 'before':
    case 'after':
    case 'last': {
      const isTime =
        typeof value === 'string' && /^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:\d\d))?$/.test(value)
      const at = isTime ? new Date(value).getTime() : Number.NaN
      return timeHolds(test, Number.isNaN(at) ? undefined : at, now)
    }
  }
}

export function milliseconds({ last, unit }: Window): number {
  const minutes = { minutes: 1, hours: 60, days: 1440, weeks: 10_080 }[unit]
  return last * minutes * 60 * 1000
}
