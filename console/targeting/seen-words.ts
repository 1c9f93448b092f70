import type { Leaf } from '#protocol/leaf.ts'
import type { Words } from '../words.ts'
import { formatAmount } from './money.ts'

const MOST_SHOWN = 3
/** They judge instants. */
const TIMES: ReadonlySet<Leaf['kind']> = new Set(['ordered', 'customerSince', 'chat'])
/** What a clock on the wall showed. */
const WALL = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/

/** The value that a leaf judged, as one would say it; what it is of, the leaf says. */
export function seenWords(seen: unknown, leaf: Leaf, words: Words): string {
  const { t, number } = words
  if (seen === undefined || seen === null) return t('target.seen.nothing')
  if (typeof seen === 'boolean') return t(seen ? 'value.true' : 'value.false')
  if (typeof seen === 'number') {
    if ('currency' in leaf && leaf.kind !== 'averageOrder') {
      return formatAmount({ amount: seen, currency: leaf.currency }, words)
    }
    return TIMES.has(leaf.kind) ? words.exactly(seen) : number(seen)
  }
  if (typeof seen === 'string' && WALL.test(seen)) return wallOf(seen, words)
  if (typeof seen === 'string') return t('target.quoted', { text: seen })
  if (Array.isArray(seen)) {
    if (seen.length === 0) return t('target.seen.nothing')
    const shown = seen.slice(0, MOST_SHOWN).map((it) => seenWords(it, leaf, words))
    const rest = seen.length - shown.length
    return words.list(rest > 0 ? [...shown, t('target.others', { n: rest })] : shown)
  }
  return JSON.stringify(seen)
}

function wallOf(wall: string, { locale }: Words): string {
  const day = { weekday: 'long', day: 'numeric', month: 'short', year: 'numeric' } as const
  const time = { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(locale, { ...day, ...time }).format(Date.parse(`${wall}Z`))
}
