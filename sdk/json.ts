import { MAX_KEY_CHARS, MAX_KEYS } from '#protocol/names.ts'
import { isSecretName } from '#protocol/redact.ts'
import { attempt } from './log.ts'

/** Also what stops an object that contains itself; the server allows 32, of which the event takes some. */
const MAX_LEVELS = 20
/** An object whose parts contain each other several times over would fill the memory before that. */
const MAX_NODES = 50_000

export type PlainObject = Record<string, unknown>

const { stringify, parse } = JSON
const { isArray } = Array

/**
 * JSON within the limits of the wire, of anything the shop may pass. Written by hand: a `toJSON` of the page's
 * (Prototype.js gives one to every array) would change what JSON.stringify writes. Functions and what else JSON has no
 * word for are left out.
 */
export function toJson(given: unknown, maxChars = Infinity): string {
  let nodes = 0

  function write(value: unknown, level: number): string | undefined {
    if (nodes++ > MAX_NODES || level > MAX_LEVELS) return undefined
    if (typeof value === 'string' || typeof value === 'bigint') {
      return stringify(`${value}`.slice(0, maxChars))
    }
    if (value instanceof Date) return attempt(() => stringify(value.toISOString()))
    if (isArray(value)) return `[${value.map((part) => write(part, level + 1) ?? 'null').join()}]`
    const object = asObject(value)
    if (!object) return stringify(value)
    const pairs: string[] = []
    for (const name of Object.keys(object).slice(0, MAX_KEYS)) {
      if (name.length > MAX_KEY_CHARS || isSecretName(name)) continue
      const written = write(object[name], level + 1)
      if (written) pairs.push(`${stringify(name)}:${written}`)
    }
    return `{${pairs.join()}}`
  }

  return write(given, 0) ?? 'null'
}

/** What a stored or answered text holds, `undefined` where it is no JSON. */
export function fromJson(text: string | null): unknown {
  // Nothing stored is the usual case, and an exception costs a slow phone more than all the rest of the start.
  return text ? attempt(() => parse(text)) : undefined
}

/** `value` where it is an object that is no list, to look into. */
export function asObject(value: unknown): PlainObject | undefined {
  return typeof value === 'object' && value && !isArray(value) ? (value as PlainObject) : undefined
}

/** `value` where it is a text; the empty one for all else. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
