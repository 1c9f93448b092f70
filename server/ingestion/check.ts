import type { z } from 'zod'

export type Checked<T> = { readonly value: T } | { readonly fault: string }

/**
 * `value` as the schema has it, or for people where the first fault is and what it is. Never throws: zod compares what
 * calls itself a length before it has looked at the type, and `{ "length": { "toString": 1 } }` can't be compared.
 */
export function check<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  try {
    const parsed = schema.safeParse(value)
    return parsed.success ? { value: parsed.data } : { fault: firstFault(parsed.error) }
  } catch (error) {
    if (error instanceof TypeError) return { fault: 'an object stands where a text belongs' }
    throw error
  }
}

function firstFault(error: z.ZodError): string {
  const [issue] = error.issues
  if (issue === undefined) return 'unknown'
  const where = issue.path.map(String).join('.').slice(0, 100)
  return where === '' ? issue.message : `${where}: ${issue.message}`
}
