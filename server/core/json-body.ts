import type { z } from 'zod'
import { Refusal } from './errors.ts'
import type { Call } from './http.ts'
import { wellFormed } from './well-formed.ts'

const MAX_DETAIL_CHARS = 1_000

/** A request's body as `schema` has it. Refuses what is no JSON, names each fault and its place. */
export async function readJsonBody<Schema extends z.ZodType>(
  call: Call,
  schema: Schema,
  limitBytes: number,
): Promise<z.output<Schema>> {
  return parseJsonBody(await call.readBody(limitBytes), schema)
}

/** The same of a body that has been read, where its bytes were signed. */
export function parseJsonBody<Schema extends z.ZodType>(
  body: Buffer,
  schema: Schema,
): z.output<Schema> {
  const value = jsonOf(body.toString())
  if (!isStorable(value)) {
    throw new Refusal('bad_request', 'The body holds a NUL character or half of a character')
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(
    ({ path, message }) =>
      `${path.length === 0 ? 'The body' : path.map(String).join('.')}: ${message}`,
  )
  throw new Refusal('bad_request', faults.join('; ').slice(0, MAX_DETAIL_CHARS))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('bad_request', 'The body is no JSON')
  }
}

/** What PostgreSQL would refuse: at any depth, without descending by calls, for bodies may be deep. */
export function isStorable(root: unknown): boolean {
  const waiting: unknown[] = [root]
  for (
    let value = waiting.pop();
    waiting.length > 0 || value !== undefined;
    value = waiting.pop()
  ) {
    if (typeof value === 'string' && wellFormed(value) !== value) return false
    if (typeof value !== 'object' || value === null) continue
    for (const [name, entry] of Object.entries(value)) {
      if (wellFormed(name) !== name) return false
      if (entry !== undefined && entry !== null) waiting.push(entry)
    }
  }
  return true
}
