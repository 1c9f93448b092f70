import type { AttributeValue } from '#protocol/catalog.ts'
import type { AttributeType, FileMapping } from '#protocol/imports.ts'
import { money, type Money } from '../../core/money.ts'

/** A record can't be taken: which fault, and for people, what stood where. */
export class CellFault extends Error {
  readonly fault: string

  constructor(fault: string, detail: string) {
    super(detail.slice(0, MAX_DETAIL_CHARS))
    this.fault = fault
  }
}

/** What a record says under the names of fields. */
export interface Cells {
  readonly mapping: FileMapping
  /** What stands in the column of `field`: undefined where it has none, null where there is nothing. */
  readonly of: (field: string) => unknown
  readonly text: (field: string) => string | null | undefined
  readonly number: (field: string) => number | null | undefined
  readonly list: (field: string, separators: RegExp) => readonly string[] | null | undefined
  /** Amounts that name no currency are in `currency`. */
  readonly money: (field: string, currency: string) => Money | null | undefined
  /** Epoch ms. */
  readonly time: (field: string) => number | null | undefined
}

const MAX_DETAIL_CHARS = 200
const CODE = /[A-Z]{3}/
const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', '¥': 'JPY', '₹': 'INR' }
const TRUE = new Set(['true', '1', 'yes', 'y', 'sí', 'si', 'ja', 'oui', 'sim'])
const FALSE = new Set(['false', '0', 'no', 'n', 'nein', 'non', 'não', 'nao'])

export function cellsOf(values: ReadonlyMap<string, unknown>, mapping: FileMapping): Cells {
  const of = (field: string) => {
    const column = mapping.fields[field]
    if (column === undefined) return undefined
    const value = values.get(column) ?? null
    return typeof value === 'string' && value.trim() === '' ? null : value
  }
  /** `read` of a value that is there, whose fault names the field. */
  function reading<Value>(read: (value: unknown, field: string) => Value) {
    return (field: string) => {
      const value = of(field)
      return value === undefined || value === null ? value : read(value, field)
    }
  }
  return {
    mapping,
    of,
    text: reading(textIn),
    number: reading((value, field) => numberIn(value, field, mapping.decimal)),
    list: (field, separators) => reading((value) => listIn(value, separators))(field),
    money: (field, currency) =>
      reading((value, at) => moneyIn(value, at, { decimal: mapping.decimal, currency }))(field),
    time: reading(timeIn),
  }
}

/** Undefined where nothing stands there. */
export function attributeIn(
  value: unknown,
  { name, type, decimal }: { name: string; type: AttributeType; decimal: FileMapping['decimal'] },
): AttributeValue | undefined {
  if (value === undefined || value === null || value === '') return undefined
  switch (type) {
    case 'text':
      return textIn(value, name)
    case 'number':
      return numberIn(value, name, decimal)
    case 'boolean':
      return booleanIn(value, name)
    case 'date':
      return { date: dateIn(value, name) }
    case 'list':
      return [...listIn(value, /[,;|]/)]
  }
}

function textIn(value: unknown, field: string): string {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new CellFault('bad_value', `${field}: no text`)
}

function listIn(value: unknown, separators: RegExp): readonly string[] {
  const entries: unknown[] = Array.isArray(value) ? value : String(value).split(separators)
  const texts = entries.filter((it) => typeof it !== 'object').map((it) => String(it).trim())
  return [...new Set(texts.filter((it) => it !== ''))]
}

function booleanIn(value: unknown, field: string): boolean {
  const text = String(value).trim().toLowerCase()
  if (TRUE.has(text)) return true
  if (FALSE.has(text)) return false
  throw new CellFault('bad_boolean', `${field}: "${text}" is neither yes nor no`)
}

function numberIn(value: unknown, field: string, decimal: FileMapping['decimal']): number {
  const number = typeof value === 'number' ? value : decimalOf(String(value), decimal)
  if (number !== undefined && Number.isFinite(number)) return number
  throw new CellFault('bad_number', `${field}: "${String(value)}" is no number`)
}

/** Of `1,234.50` or, with a comma for decimals, `1.234,50`; thousands may be parted, three digits each. */
function decimalOf(text: string, decimal: FileMapping['decimal']): number | undefined {
  const bare = text.replaceAll(/[\s'’\u00A0]/g, '')
  const [whole = '', fraction = '', ...more] = bare.split(decimal)
  const thousands = decimal === '.' ? ',' : '.'
  const isParted = /^[+-]?\d{1,3}([.,]\d{3})+$/.test(whole) && !whole.includes(decimal)
  const digits = isParted ? whole.replaceAll(thousands, '') : whole
  if (more.length > 0 || !/^[+-]?\d+$/.test(digits) || !/^\d*$/.test(fraction)) return undefined
  return Number(`${digits}.${fraction || '0'}`)
}

interface Reading {
  readonly decimal: FileMapping['decimal']
  readonly currency: string
}

/** `19.99`, `19.99 EUR`, `€ 19.99`, or `{ amount, currency }` in minor units. */
function moneyIn(value: unknown, field: string, { decimal, currency }: Reading): Money {
  const bad = () => new CellFault('bad_price', `${field}: "${shown(value)}" is no price`)
  if (typeof value === 'object' && value !== null) {
    const { amount, currency: own } = value as { amount?: unknown; currency?: unknown }
    if (!Number.isSafeInteger(amount) || typeof own !== 'string') throw bad()
    return { amount: Number(amount), currency: own }
  }
  const text = String(value)
  const sign = Object.keys(SIGNS).find((it) => text.includes(it))
  const named = CODE.exec(text.toUpperCase())?.[0] ?? (sign === undefined ? undefined : SIGNS[sign])
  const bare = text.replaceAll(/[A-Za-z€£¥₹$]/g, '').trim()
  const major = typeof value === 'number' ? value : decimalOf(bare, decimal)
  const read = major === undefined || major < 0 ? undefined : money(major, named ?? currency)
  if (read === undefined) throw bad()
  return read
}

function dateIn(value: unknown, field: string): string {
  const date = /^\d{4}-\d\d-\d\d(?=$|T|\s)/.exec(String(value).trim())?.[0]
  if (date !== undefined && !Number.isNaN(Date.parse(`${date}T00:00:00Z`))) return date
  throw new CellFault('bad_date', `${field}: "${shown(value)}" is no date: write it 2026-04-01`)
}

/** An ISO time, one without a zone being UTC; a number is milliseconds, or seconds where it is small. */
function timeIn(value: unknown, field: string): number {
  const text = String(value).trim()
  if (/^\d{9,14}$/.test(text)) return Number(text) * (text.length <= 11 ? 1_000 : 1)
  const isIso = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/.test(text)
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(text.slice(10))
  const at = isIso
    ? Date.parse(text.replace(' ', 'T') + (hasZone || text.length === 10 ? '' : 'Z'))
    : NaN
  if (!Number.isNaN(at)) return at
  throw new CellFault(
    'bad_date',
    `${field}: "${shown(value)}" is no time: write it 2026-04-01T12:00:00Z`,
  )
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.slice(0, 80)
}
