import type { CustomerAnswer } from '#protocol/customers.ts'

/** Traits that have a field of their own. */
export const NAMED_TRAITS = ['firstName', 'lastName', 'email', 'phone'] as const
type Traits = Record<string, unknown>

/** What can be written in fields: texts, and what reads like one. */
export function fieldsOf({ attributes, ...customer }: CustomerAnswer): Record<string, string> {
  const named = NAMED_TRAITS.map((name) => [name, customer[name] ?? ''] as const)
  const others = Object.entries(attributes).flatMap(([name, value]) =>
    Array.isArray(value) ? [] : [[name, String(value)] as const],
  )
  return Object.fromEntries([...named, ...others])
}

/** What to tell the server, so that it is as the fields say; empty where nothing changed. A field that was emptied is taken back. */
export function changedTraits(
  customer: CustomerAnswer,
  fields: Readonly<Record<string, string>>,
): Traits {
  const before = fieldsOf(customer)
  const changed = Object.entries(fields).filter(
    ([name, text]) => text.trim() !== (before[name] ?? ''),
  )
  return Object.fromEntries(
    changed.map(([name, text]) => [name, valueOf(text.trim(), customer.attributes[name])]),
  )
}

/** What was there before, of the same traits. */
export function formerTraits(customer: CustomerAnswer, changed: Traits): Traits {
  const { attributes, ...known }: CustomerAnswer = customer
  const before: Traits = { ...attributes }
  for (const name of NAMED_TRAITS) before[name] = known[name]
  return Object.fromEntries(Object.keys(changed).map((name) => [name, before[name] ?? null]))
}

/** As the kind that it was before: a number stays one where it can. */
function valueOf(text: string, before: unknown): unknown {
  if (text === '') return null
  if (typeof before === 'number' && Number.isFinite(Number(text))) return Number(text)
  if (typeof before === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  return text
}
