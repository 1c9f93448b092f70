import { wellFormed } from '../../core/well-formed.ts'

/** A part of somebody else's JSON, in which any field may hold anything or be missing. */
export type Fields = Readonly<Record<string, unknown>>

/** `value` where it is an object, else one without fields. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {}
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text that is not empty: clients send "" and null for what they do not know. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** An id, which servers' clients send as a number as well. */
export function idOf(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : textOf(value)
}

/** The beginning of a text. Between the halves of a surrogate pair neither database could keep it. */
export function cut(text: string, maxChars: number): string {
  return wellFormed(text.slice(0, maxChars))
}
