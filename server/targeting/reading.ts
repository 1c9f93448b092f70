import type { Interaction, ItemProperty, Scope } from '#protocol/leaf.ts'
import type { Activity, ProductTally, Tally } from '../events/service.ts'
import { rankAffinities, type Affinities } from './affinity.ts'
import type { Facts } from './facts.ts'
import { wallTimeAt, type WallTime } from './wall-clock.ts'

/** A product with which the visitor did something, and how often. */
export interface Item {
  readonly id: string
  readonly product: ProductTally
  readonly tally: Tally
}

/** The parts of the page's address that conditions ask for. */
export interface Address {
  readonly host: string
  /** With the query, without the fragment. */
  readonly path: string
}

/** Whose clock: the shop's, or the visitor's as the browser says. */
export type Whose = 'shop' | 'visitor'

/**
 * Facts as conditions read them: what several leaves need is worked out once, by the first of them. One is made for each
 * decision, and shared by all its conditions.
 */
export interface Reading {
  /** Of this reading alone; what was worked out for it is known by it. */
  readonly number: number
  readonly facts: Facts
  readonly now: number
  readonly items: (scope: Scope, did: Interaction) => readonly Item[]
  readonly affinities: (scope: Scope, property: ItemProperty) => Affinities
  /** Undefined without a page, or with an address that can't be read. */
  readonly address: () => Address | undefined
  /** Undefined where a visitor's zone is not known. */
  readonly zone: (whose: Whose) => string | undefined
  readonly wallTime: (whose: Whose) => WallTime | undefined
  /** What was counted at this time, by what `counting` calls it. */
  readonly counted: Map<string, number>
  /** The same facts at another time. */
  readonly at: (now: number) => Reading
}

/** What time does not change. */
type Timeless = Pick<Reading, 'facts' | 'items' | 'affinities' | 'address' | 'zone'>

export function readFacts(facts: Facts): Reading {
  return readingAt(timelessOf(facts), facts.now)
}

let readings = 0

function readingAt(timeless: Timeless, now: number): Reading {
  const { facts, zone, address, items, affinities } = timeless
  readings += 1
  return {
    number: readings,
    facts,
    zone,
    address,
    items,
    affinities,
    now,
    counted: new Map(),
    wallTime(whose) {
      const name = zone(whose)
      return name === undefined ? undefined : wallTimeAt(name, now)
    },
    at: (other) => readingAt(timeless, other),
  }
}

function timelessOf(facts: Facts): Timeless {
  // Most conditions ask for none of them, so what keeps them is made for the first that does.
  let items: Map<string, readonly Item[]> | undefined
  let affinities: Map<string, Affinities> | undefined
  let address: Address | undefined
  return {
    facts,
    zone: (whose) => (whose === 'shop' ? facts.shopTimeZone : facts.device?.timeZone),
    address() {
      address ??= addressOf(facts.page?.url)
      return address
    },
    items(scope, did) {
      items ??= new Map()
      return kept(items, `${scope} ${did}`, () => itemsOf(activityOf(facts, scope), did))
    },
    affinities(scope, property) {
      affinities ??= new Map()
      const key = `${scope} ${property.field} ${property.field === 'attribute' ? property.name : ''}`
      const products = () => Object.entries(activityOf(facts, scope)?.products ?? {})
      return kept(affinities, key, () => rankAffinities(products(), property))
    },
  }
}

function kept<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

/** Undefined where there is no such part. */
export function activityOf(facts: Facts, scope: Scope): Activity | undefined {
  return scope === 'session' ? facts.session?.activity : facts.profile?.activity
}

function itemsOf(activity: Activity | undefined, did: Interaction): readonly Item[] {
  const items: Item[] = []
  const products = activity?.products ?? {}
  // Not by entries: a pair for each would take longer than all that is asked of it.
  for (const id of Object.keys(products)) {
    const product = products[id]
    const tally = product?.did[did]
    if (product !== undefined && tally !== undefined) items.push({ id, product, tally })
  }
  return items
}

/** `new URL` would take more time than all that is asked of the address. */
const ADDRESS = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)([^#]*)/i

function addressOf(url: string | undefined): Address | undefined {
  const [, host, path] = (url === undefined ? null : ADDRESS.exec(url)) ?? []
  if (host === undefined || path === undefined) return undefined
  return { host: host.toLowerCase(), path: path.startsWith('/') ? path : `/${path}` }
}
