import type { TraitValue } from '#protocol/customers.ts'
import { KNOWN_TRAITS, type Traits } from './traits.ts'

/** Attributes that a customer keeps; the longest untold go. */
const MAX_ATTRIBUTES = 100
const MAX_NAME_CHARS = 200

const KNOWN = new Set<string>(KNOWN_TRAITS)
const AT_DIGITS = 16

/** When and by which event a trait was told, as a text that sorts so. */
export type Stamp = string

/** What is known of a customer, and since when: a function of the set of what was told, whatever the order. */
export interface TraitState {
  readonly values: Traits
  readonly stamps: ReadonlyMap<string, Stamp>
}

export const NOTHING_TOLD: TraitState = { values: new Map(), stamps: new Map() }

export function stampOf(at: number, eventId: Buffer): Stamp {
  return `${String(at).padStart(AT_DIGITS, '0')}${eventId.toString('hex')}`
}

/** What one event told. */
export function toldBy(traits: Traits, stamp: Stamp): TraitState {
  return { values: traits, stamps: new Map([...traits.keys()].map((name) => [name, stamp])) }
}

/** Both together: of each trait the newest. The order of the two does not matter. */
export function joinTraits(one: TraitState, other: TraitState): TraitState {
  const values = new Map(one.values)
  const stamps = new Map(one.stamps)
  for (const [name, stamp] of other.stamps) {
    const known = stamps.get(name)
    if (known !== undefined && known >= stamp) continue
    values.set(name, other.values.get(name) ?? null)
    stamps.set(name, stamp)
  }
  return bounded({ values, stamps })
}

/**
 * A trait that was taken back counts as well, for the older telling of it may still arrive. Whatever is dropped here
 * was told before a hundred others, and will have been however much arrives later: the order of arrival cannot show.
 */
function bounded(state: TraitState): TraitState {
  const attributes = [...state.stamps].filter(([name]) => !KNOWN.has(name))
  if (attributes.length <= MAX_ATTRIBUTES) return state
  attributes.sort(([a, at], [b, bt]) => compare(bt, at) || compare(a, b))
  const dropped = new Set(attributes.slice(MAX_ATTRIBUTES).map(([name]) => name))
  const isKept = ([name]: [string, unknown]) => !dropped.has(name)
  return {
    values: new Map([...state.values].filter(isKept)),
    stamps: new Map([...state.stamps].filter(isKept)),
  }
}

/** By code units, unlike localeCompare. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Columns and attributes, as a row keeps them. */
export interface TraitColumns {
  readonly email: string | null
  readonly phone: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly birthOn: string | null
  readonly languages: readonly string[]
  readonly tags: readonly string[]
  readonly attributes: Readonly<Record<string, TraitValue>>
  readonly traitStamps: Readonly<Record<string, Stamp>>
}

export function columnsOf({ values, stamps }: TraitState): TraitColumns {
  const attributes = [...values].filter(
    (entry): entry is [string, TraitValue] => !KNOWN.has(entry[0]) && entry[1] !== null,
  )
  return {
    email: textAt(values, 'email'),
    phone: textAt(values, 'phone'),
    ...namesIn({ values, stamps }),
    birthOn: textAt(values, 'birthOn'),
    languages: textsAt(values, 'languages'),
    tags: textsAt(values, 'tags'),
    // fromEntries defines, where assignment would set a prototype for a trait called __proto__.
    attributes: Object.fromEntries(attributes),
    traitStamps: Object.fromEntries(stamps),
  }
}

export function stateOf(columns: TraitColumns): TraitState {
  const { attributes, traitStamps } = columns
  const stamps = new Map(Object.entries(traitStamps))
  const values = new Map<string, TraitValue | null>()
  for (const name of stamps.keys()) {
    if (!KNOWN.has(name))
      values.set(name, Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null)
  }
  for (const name of KNOWN_TRAITS) if (stamps.has(name)) values.set(name, columns[name])
  return { values, stamps }
}

/**
 * First and last name as they were told; what was never told is taken from the trait `name`, which many shops send alone.
 * What somebody has written or taken back since then stays as they left it.
 */
function namesIn({ values, stamps }: TraitState): Pick<TraitColumns, 'firstName' | 'lastName'> {
  const [first, last] = [textAt(values, 'firstName'), textAt(values, 'lastName')]
  const whole = textAt(values, 'name')?.trim().slice(0, MAX_NAME_CHARS) ?? ''
  const [firstWord = '', ...others] = whole.split(/\s+/)
  const behindFirst = first !== null && whole.startsWith(`${first} `)
  const beforeLast = last !== null && whole.endsWith(` ${last}`)
  const restOf = (text: string) => text.trim() || null
  return {
    firstName: stamps.has('firstName')
      ? first
      : restOf(beforeLast ? whole.slice(0, -last.length) : firstWord),
    lastName: stamps.has('lastName')
      ? last
      : restOf(behindFirst ? whole.slice(first.length) : others.join(' ')),
  }
}

function textAt(values: Traits, name: string): string | null {
  const value = values.get(name)
  return typeof value === 'string' ? value : null
}

function textsAt(values: Traits, name: string): readonly string[] {
  const value = values.get(name)
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
