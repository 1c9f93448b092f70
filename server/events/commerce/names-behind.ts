import { PAGE_VIEWED, type FactKey } from '../profile-shape.ts'
import { usualSpellings } from './event-names.ts'
import { COMMERCE_MEANINGS, type Meaning } from './meanings.ts'

/** Names, as shops send them, of the events that change what conditions read under `key`; page views have none. */
export function eventNamesBehind(key: FactKey): readonly string[] {
  if (key === `event:${PAGE_VIEWED}`) return []
  if (key.startsWith('event:')) return usualSpellings(key.slice('event:'.length))
  const isBehind = BEHIND[key.split(':')[0] ?? '']
  if (isBehind === undefined) return []
  return COMMERCE_MEANINGS.filter((meaning) => isBehind(meaning, key)).flatMap(({ name }) =>
    usualSpellings(name),
  )
}

const BEHIND: Readonly<Record<string, (meaning: Meaning, key: FactKey) => boolean>> = {
  item: ({ interaction }, key) => key === `item:${interaction}`,
  cart: ({ cart }) => cart !== undefined,
  orders: ({ order }) => order !== undefined,
}
