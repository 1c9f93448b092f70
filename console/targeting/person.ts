import type { CustomerItem } from '#protocol/customers.ts'
import type { StoredEventAnswer } from '#protocol/visitors.ts'

/** Somebody for whom a condition is explained. */
export interface Person {
  readonly kind: 'visitor' | 'customer'
  readonly id: string
  readonly name: string
}

type Named = Pick<CustomerItem, 'id' | 'firstName' | 'lastName' | 'email' | 'phone' | 'userId'>

/** What a customer is called by whoever looks; at worst a piece of the id. */
export function nameOfCustomer({ id, firstName, lastName, email, phone, userId }: Named): string {
  const name = [firstName, lastName].filter((part) => part !== undefined && part !== '').join(' ')
  return [name, email, phone, userId].find((it) => it !== undefined && it !== '') ?? id.slice(0, 6)
}

const MOST_VISITORS = 6

/** Who did something last, each once, with where. */
export function newestVisitors(
  events: readonly Pick<StoredEventAnswer, 'visitorId' | 'at' | 'url'>[],
): readonly { readonly id: string; readonly at: number; readonly path: string }[] {
  const found = new Map<string, { id: string; at: number; path: string }>()
  for (const { visitorId, at, url } of events) {
    if (visitorId === null || found.has(visitorId)) continue
    const path = URL.canParse(url) ? new URL(url).pathname : url
    found.set(visitorId, { id: visitorId, at, path })
  }
  return [...found.values()].slice(0, MOST_VISITORS)
}
