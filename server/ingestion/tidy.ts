import { MAX_DEPTH, MAX_KEYS, MAX_KEY_CHARS, MAX_STRING_CHARS } from '#protocol/names.ts'
import { wellFormed } from '../core/well-formed.ts'

export type Tidied = { readonly value: unknown } | { readonly problem: string }

/** A cart may hold more lines than an object has keys. */
const MAX_ITEMS = 1_000
const POISON = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * A copy of a parsed value that both databases can keep and nothing can be poisoned by: without NUL characters, halves
 * of surrogate pairs and keys that name prototypes. Or else which bound it breaks. Never deeper than the bound.
 */
export function tidy(value: unknown): Tidied {
  try {
    return { value: copyOf(value, 1) }
  } catch (error) {
    if (error instanceof BrokenBound) return { problem: error.message }
    throw error
  }
}

class BrokenBound extends Error {}

function copyOf(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return textOf(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > MAX_DEPTH) throw new BrokenBound(`nested deeper than ${MAX_DEPTH} levels`)
  return Array.isArray(value) ? listOf(value, depth) : objectOf(value, depth)
}

function listOf(values: readonly unknown[], depth: number): unknown[] {
  if (values.length > MAX_ITEMS) throw new BrokenBound(`a list of more than ${MAX_ITEMS} entries`)
  return values.map((value) => copyOf(value, depth + 1))
}

function objectOf(value: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(value)
  if (entries.length > MAX_KEYS) throw new BrokenBound(`an object with more than ${MAX_KEYS} keys`)
  const copy: Record<string, unknown> = {}
  for (const [key, inner] of entries) {
    if (key.length > MAX_KEY_CHARS) {
      throw new BrokenBound(`a key of more than ${MAX_KEY_CHARS} characters`)
    }
    const name = wellFormed(key)
    if (!POISON.has(name)) copy[name] = copyOf(inner, depth + 1)
  }
  return copy
}

function textOf(value: string): string {
  if (value.length > MAX_STRING_CHARS) {
    throw new BrokenBound(`a text of more than ${MAX_STRING_CHARS} characters`)
  }
  return wellFormed(value)
}
