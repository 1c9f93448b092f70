import type { z } from 'zod'
import { Refusal } from './errors.ts'
import type { Call } from './http.ts'
import { wellFormed } from './well-formed.ts'

/** The query as a route declares it; refuses what does not fit. What is not declared is not read. */
export function readQuery<Schema extends z.ZodObject>(
  call: Call,
  schema: Schema,
): z.output<Schema> {
  const given = Object.keys(schema.shape).map((name) => {
    const value = wellFormed(call.query(name) ?? '')
    return [name, value === '' ? undefined : value]
  })
  const parsed = schema.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Refusal('bad_request', faults.join('; '))
}
