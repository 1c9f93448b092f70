import { Refusal } from '../core/errors.ts'
import type { FormField } from './form-fields.ts'

export type Values = Readonly<Record<string, string | boolean>>

/** What was filled in, without what was left empty. Refuses what the form does not ask for, and says which field is wrong. */
export function readForm(fields: ReadonlyMap<string, FormField>, sent: Values): Values {
  const unknown = Object.keys(sent).find((name) => !fields.has(name))
  if (unknown !== undefined) throw wrong(unknown, 'the form has no such field')
  const values: [string, string | boolean][] = []
  for (const [name, field] of fields) {
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined
    const isEmpty = value === undefined || value === false || isBlank(value)
    if (isEmpty && field.isRequired) throw wrong(name, 'it has to be filled in')
    if (value === undefined || isBlank(value)) continue
    const fault = faultOf(field, value)
    if (fault !== undefined) throw wrong(name, fault)
    values.push([name, typeof value === 'string' ? value.trim() : value])
  }
  return Object.fromEntries(values)
}

function isBlank(value: string | boolean): boolean {
  return typeof value === 'string' && value.trim() === ''
}

function wrong(name: string, fault: string): Refusal {
  return new Refusal('bad_request', `fields.${name}: ${fault}`)
}

function faultOf({ type, options }: FormField, value: string | boolean): string | undefined {
  if (type === 'checkbox') return undefined
  if (typeof value === 'boolean') return 'it takes a text'
  const text = value.trim()
  if (type === 'email' && !EMAIL.test(text)) return 'it is no e-mail address'
  if (type === 'phone' && !PHONE.test(text)) return 'it is no telephone number'
  if (type === 'date' && !isDate(text)) return 'it is no date: 1990-04-01'
  if (options !== undefined && !options.includes(value)) return 'it is none of the choices'
  return undefined
}

/** As browsers check it, with a dot in the domain. */
const EMAIL = /^[^\s@"<>(),;:]{1,64}@[^\s@"<>(),;:.]{1,63}(\.[^\s@"<>(),;:.]{1,63}){1,8}$/
const PHONE = /^\+?[\d ()./-]{5,40}$/

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
