import type { SubjectKind } from '#protocol/audiences.ts'
import type { PersonItem } from '#protocol/people.ts'
import {
  profilePart,
  spentOf,
  type CartPart,
  type ChatPart,
  type CustomerPart,
  type ProfileDocument,
} from '../events/service.ts'
import type { NamedCustomer, PersonRow, ProfileColumns } from './store.ts'

/** A person with what its item and a condition are read from. */
export interface Known {
  readonly row: PersonRow
  readonly named: NamedCustomer | undefined
  readonly profile: ProfileColumns | undefined
  readonly document: ProfileDocument | undefined
  readonly part: CustomerPart | undefined
  readonly chat: ChatPart | undefined
}

/** A person as a list shows it. */
export function personItem(
  kind: SubjectKind,
  { row, named, profile, document }: Known,
): PersonItem {
  const part = document && profilePart(document, profile?.consent ?? null)
  const { lastTouch } = part ?? {}
  const source = row.lastTouch ?? lastTouch
  return {
    kind,
    id: row.publicId.toString('base64url'),
    name: named === undefined ? null : nameOf(named),
    email: named?.email ?? null,
    customerId: named?.publicId.toString('base64url') ?? null,
    firstSeenAt: row.firstSeenAt,
    lastSeenAt: Math.max(row.lastSeenAt, profile?.lastAt ?? 0),
    visits: profile?.visits ?? 0,
    orders: profile?.orders ?? 0,
    spent: part === undefined ? {} : spentOf(part.purchases),
    cart: cartOf(part?.cart),
    country: part?.place?.country ?? null,
    city: part?.place?.city ?? null,
    device: part?.device.class ?? null,
    source: source ? { source: source.source, medium: source.medium } : null,
  }
}

/** What somebody would call the customer; null where the shop knows nothing to say. */
export function nameOf({
  firstName,
  lastName,
  email,
  userId,
  phone,
}: Pick<NamedCustomer, 'firstName' | 'lastName' | 'email' | 'userId' | 'phone'>): string | null {
  const name = [firstName, lastName].filter((part) => part !== null && part !== '').join(' ')
  return name || email || userId || phone
}

/** How much is in it; null where it is empty. */
export function cartOf(cart: CartPart | undefined): PersonItem['cart'] {
  const quantity = cart?.items.reduce((sum, item) => sum + item.quantity, 0) ?? 0
  if (cart === undefined || quantity === 0) return null
  return { quantity, ...(cart.value !== undefined && { value: cart.value }) }
}
