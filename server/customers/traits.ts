import type { Scalar, TraitValue } from '#protocol/customers.ts'
import { wellFormed } from '../core/well-formed.ts'
import { readEmail, readPhone } from './addresses.ts'

/** Traits that have a column of their own; every other one is an attribute. */
export const KNOWN_TRAITS = [
  'email',
  'phone',
  'firstName',
  'lastName',
  'birthOn',
  'languages',
  'tags',
] as const
export type KnownTrait = (typeof KNOWN_TRAITS)[number]

/** Null: the trait was taken back. */
export type Traits = ReadonlyMap<string, TraitValue | null>

const MAX_NAME_CHARS = 64
const MAX_TEXT_CHARS = 500
const MAX_LIST_ITEMS = 50
/** Of one event. A customer keeps fewer (trait-state.ts). */
const MAX_TRAITS = 200

type Read = (value: unknown) => TraitValue | undefined

const KNOWN: Record<KnownTrait, Read> = {
  email: (value) => textOf(value, readEmail),
  phone: (value) => textOf(value, readPhone),
  firstName: (value) => textOf(value, name),
  lastName: (value) => textOf(value, name),
  birthOn: (value) => textOf(value, calendarDate),
  languages: (value) => listOf(value, language),
  tags: (value) => listOf(value, name),
}

/** Other spellings of them: Segment's reserved traits, and those that shops are seen to use. In lower case, letters only. */
const SPELLINGS: Record<string, KnownTrait> = {
  email: 'email',
  emailaddress: 'email',
  phone: 'phone',
  phonenumber: 'phone',
  mobile: 'phone',
  firstname: 'firstName',
  lastname: 'lastName',
  birthon: 'birthOn',
  birthday: 'birthOn',
  birthdate: 'birthOn',
  dateofbirth: 'birthOn',
  language: 'languages',
  languages: 'languages',
  locale: 'languages',
  tags: 'tags',
}

/**
 * What an event tells of a customer, under our names and within bounds. A known trait that cannot be read (`email:
 * "none"`) is left out; an object becomes attributes with dots (`address.city`); what is nested deeper is left out.
 */
export function readTraits(sent: Readonly<Record<string, unknown>>): Traits {
  const traits = new Map<string, TraitValue | null>()
  for (const [sentName, value] of Object.entries(sent)) {
    const known = knownTrait(sentName)
    if (known === undefined) addAttribute(traits, sentName, value, true)
    else addTrait(traits, known, value === null ? null : KNOWN[known](value))
  }
  return traits
}

function knownTrait(sentName: string): KnownTrait | undefined {
  const letters = sentName
    .slice(0, MAX_NAME_CHARS)
    .replace(/[\s_-]/g, '')
    .toLowerCase()
  return Object.hasOwn(SPELLINGS, letters) ? SPELLINGS[letters] : undefined
}

function addAttribute(
  traits: Map<string, TraitValue | null>,
  sentName: string,
  value: unknown,
  mayOpen: boolean,
): void {
  if (value === null) return addTrait(traits, sentName, null)
  if (typeof value !== 'object' || Array.isArray(value)) {
    return addTrait(traits, sentName, traitValue(value))
  }
  if (!mayOpen) return
  for (const [inner, innerValue] of Object.entries(value)) {
    addAttribute(traits, `${sentName}.${inner}`, innerValue, false)
  }
}

function addTrait(
  traits: Map<string, TraitValue | null>,
  sentName: string,
  value: TraitValue | null | undefined,
): void {
  const kept = wellFormed(sentName.slice(0, MAX_NAME_CHARS))
  if (value === undefined || kept === '' || traits.size >= MAX_TRAITS) return
  traits.set(kept, value)
}

function traitValue(value: unknown): TraitValue | undefined {
  if (!Array.isArray(value)) return scalar(value)
  const items = value.slice(0, MAX_LIST_ITEMS).map(scalar)
  return items.filter((item) => item !== undefined)
}

function scalar(value: unknown): Scalar | undefined {
  if (typeof value === 'string') return wellFormed(value.slice(0, MAX_TEXT_CHARS))
  if (typeof value === 'boolean') return value
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

function textOf(value: unknown, read: (text: string) => string | undefined): string | undefined {
  if (typeof value === 'number') return read(String(value))
  return typeof value === 'string' ? read(value) : undefined
}

function listOf(
  value: unknown,
  read: (text: string) => string | undefined,
): readonly string[] | undefined {
  const items = (Array.isArray(value) ? value : [value]).slice(0, MAX_LIST_ITEMS)
  const texts = items.map((item) => textOf(item, read)).filter((text) => text !== undefined)
  return texts.length === 0 && items.length > 0 ? undefined : [...new Set(texts)]
}

function name(text: string): string | undefined {
  return wellFormed(text.trim().slice(0, 200)) || undefined
}

/** `1990-04-01`, also at the head of an ISO time; a date that no calendar has is none. */
function calendarDate(text: string): string | undefined {
  const date = /^\d{4}-\d\d-\d\d(?=$|T)/.exec(text.trim())?.[0]
  if (date === undefined) return undefined
  const parsed = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date
    ? undefined
    : date
}

/** A BCP 47 tag in its usual spelling: `de`, `pt-BR`. */
function language(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text.trim().slice(0, 35).replaceAll('_', '-'))[0]
  } catch {
    // Not a language tag.
    return undefined
  }
}
