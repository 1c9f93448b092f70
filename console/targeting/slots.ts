import type {
  CountComparison,
  NumberComparison,
  TextComparison,
  TimeComparison,
  ValueComparison,
  Window,
} from '#protocol/comparison.ts'
import type { ItemFilter, Leaf, PropertyFilter, Scope } from '#protocol/leaf.ts'
import type { MessageKey } from '../messages/en.ts'

/** What is counted or measured, for the words behind the number. */
export type Unit =
  | 'times'
  | 'visits'
  | 'orders'
  | 'pieces'
  | 'seconds'
  | 'minutes'
  | 'pixels'
  | 'percent'
  | 'stars'
  | 'places'
  | 'plain'

/** Where values are known that may be meant: what the shop has, or what there is. */
export type Suggested =
  | 'events'
  | 'properties'
  | 'paths'
  | 'pageTypes'
  | 'sources'
  | 'mediums'
  | 'campaigns'
  | 'productIds'
  | 'productNames'
  | 'categories'
  | 'brands'
  | 'productAttributes'
  | 'customerAttributes'
  | 'tags'
  | 'countries'
  | 'regions'
  | 'cities'
  | 'deviceClasses'
  | 'browsers'
  | 'systems'
  | 'languages'
  | 'locales'

/** One place of a leaf's sentence that can be filled otherwise; `write` gives the leaf with it. */
interface Of<Type extends string, Value> {
  readonly type: Type
  readonly value: Value
  readonly write: (value: Value) => Leaf
}

export interface When {
  readonly scope?: Scope | undefined
  readonly within?: Window | undefined
}

export interface ChoiceSlot extends Of<'choice', string> {
  readonly options: Readonly<Record<string, MessageKey>>
}
export interface ManySlot extends Of<'many', readonly string[]> {
  readonly options: Readonly<Record<string, MessageKey>>
}
/** `isClaim`: with its verb, “is at least”, and then it may also be known or not. */
export interface NumberSlot extends Of<'number', NumberComparison> {
  readonly unit: Unit
  readonly isClaim: boolean
}
/** An amount in minor units, with its currency. */
export interface MoneySlot extends Of<'money', Money> {
  readonly isClaim: boolean
}
export interface Money {
  readonly currency: string
  readonly amount: NumberComparison
}
export interface PlainNumberSlot extends Of<'plainNumber', number> {
  readonly unit: Unit
  readonly least: number
  readonly most: number
}
export interface TextSlot extends Of<'text', TextComparison> {
  readonly suggested?: Suggested | undefined
}
export interface ValueSlot extends Of<'value', ValueComparison> {
  /** It is never a number or a flag: nothing is to be asked about its type. */
  readonly isText?: boolean
  readonly suggested?: Suggested | undefined
}
export type TimeSlot = Of<'time', TimeComparison>
export interface WhenSlot extends Of<'when', When> {
  readonly hasScope: boolean
  readonly hasWindow: boolean
  /** Days are kept for so long; of orders the newest are kept however old. */
  readonly isBounded: boolean
}
export type ItemsSlot = Of<'items', readonly ItemFilter[]>
export type PropertiesSlot = Of<'properties', readonly PropertyFilter[]>
export interface NameSlot extends Of<'name', string> {
  readonly suggested?: Suggested | undefined
}
export type NamesSlot = Of<'names', readonly string[]>
export interface ReferenceSlot extends Of<'reference', string> {
  readonly to: 'audiences' | 'lists'
}
/** By the clock on the wall: `2026-11-27T09:30`, or `09:30`. */
export interface WallSlot extends Of<'wall', string> {
  readonly kind: 'date' | 'time'
}
/** What may be left out: its words stand before it only where it is there. */
export interface OptionalSlot {
  readonly type: 'optional'
  readonly lead: MessageKey
  readonly inner: Slot | undefined
  readonly add: () => Leaf
  /** Undefined: the leaf would be none without it. */
  readonly remove: (() => Leaf) | undefined
}

export type Slot =
  | ChoiceSlot
  | ManySlot
  | NumberSlot
  | MoneySlot
  | PlainNumberSlot
  | TextSlot
  | ValueSlot
  | TimeSlot
  | WhenSlot
  | ItemsSlot
  | PropertiesSlot
  | NameSlot
  | NamesSlot
  | ReferenceSlot
  | WallSlot
  | OptionalSlot

/** By their places in the leaf's sentence. */
export type Slots = Readonly<Record<string, Slot>>

export function choice<Value extends string>(
  options: Readonly<Record<Value, MessageKey>>,
  value: Value,
  write: (value: Value) => Leaf,
): ChoiceSlot {
  return {
    type: 'choice',
    options,
    value,
    write: (chosen) => write(isAmong(options, chosen) ? chosen : value),
  }
}

/** At least one of them. */
export function many<Value extends string>(
  options: Readonly<Record<Value, MessageKey>>,
  value: readonly Value[],
  write: (value: Value[]) => Leaf,
): ManySlot {
  return {
    type: 'many',
    options,
    value,
    write: (chosen) => write(chosen.filter((it) => isAmong(options, it))),
  }
}

export function count(
  unit: Unit,
  value: CountComparison,
  write: (value: CountComparison) => Leaf,
): NumberSlot {
  const writeCount = (test: NumberComparison) => write(isCount(test) ? test : value)
  return { type: 'number', unit, isClaim: false, value, write: writeCount }
}

export function claim(
  unit: Unit,
  value: NumberComparison,
  write: (value: NumberComparison) => Leaf,
): NumberSlot {
  return { type: 'number', unit, isClaim: true, value, write }
}

/** An amount that is never missing: what was never spent is 0. */
export function sum(
  value: { readonly currency: string; readonly amount: CountComparison },
  write: (value: { currency: string; amount: CountComparison }) => Leaf,
): MoneySlot {
  return {
    type: 'money',
    isClaim: false,
    value,
    write: ({ currency, amount }) =>
      write({ currency, amount: isCount(amount) ? amount : value.amount }),
  }
}

function isCount(test: NumberComparison): test is CountComparison {
  return test.op !== 'isSet' && test.op !== 'isNotSet'
}

function isAmong<Value extends string>(
  options: Readonly<Record<Value, MessageKey>>,
  chosen: string,
): chosen is Value {
  return Object.hasOwn(options, chosen)
}
