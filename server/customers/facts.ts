import type { Address, Scalar } from '#protocol/customers.ts'
import { listFamily, type CustomerRow, type Transaction } from './customer-store.ts'
import { listsWith } from './list-store.ts'

/** What is known of a customer, as conditions read it (the profile's `CustomerPart`). */
export interface CustomerFacts {
  readonly userId?: string
  readonly email?: string
  readonly phone?: string
  readonly firstName?: string
  readonly lastName?: string
  /** Calendar date, `1990-04-01`. */
  readonly birthOn?: string
  /** The first of them. */
  readonly language?: string
  readonly createdAt: number
  readonly tags: readonly string[]
  readonly attributes: Readonly<Record<string, Scalar | readonly Scalar[]>>
  readonly listIds: readonly string[]
}

/** Of the customer that `id` is or has become. What an unproven identify must not learn is for the caller to leave out. */
export async function customerFacts(
  transaction: Transaction,
  shopId: number,
  id: number,
): Promise<CustomerFacts | undefined> {
  const family = await familyOf(transaction, shopId, id)
  const [customer] = family
  if (customer === undefined) return undefined
  const { createdAt, tags, attributes } = customer
  const [language] = customer.languages
  const listIds = await listIdsOf(transaction, shopId, family)
  const names = { ...namesOf(customer), ...(language !== undefined && { language }) }
  return { ...names, createdAt, tags, attributes, listIds }
}

/** The customer that `id` is or has become, and the rows that have become it; empty where there is none. */
export async function familyOf(
  transaction: Transaction,
  shopId: number,
  id: number,
): Promise<CustomerRow[]> {
  const rows = await listFamily(transaction, shopId, id)
  const into = rows[0]?.mergedInto ?? null
  return into === null ? rows : listFamily(transaction, shopId, into)
}

/** By the addresses of all of a family: whoever was in a list stays there when it becomes another. */
export async function listIdsOf(
  transaction: Transaction,
  shopId: number,
  family: readonly CustomerRow[],
): Promise<string[]> {
  const lists = await listsWith(transaction, shopId, family.flatMap(addressesOf))
  return lists.map((publicId) => publicId.toString('base64url')).toSorted()
}

export function addressesOf({ userId, email, phone }: CustomerRow): Address[] {
  return [
    ...(userId === null ? [] : [{ kind: 'userId', value: userId } as const]),
    ...(email === null ? [] : [{ kind: 'email', value: email } as const]),
    ...(phone === null ? [] : [{ kind: 'phone', value: phone } as const]),
  ]
}

/** Those that are told. */
export function namesOf(row: CustomerRow) {
  const { userId, email, phone, firstName, lastName, birthOn } = row
  return {
    ...(userId !== null && { userId }),
    ...(email !== null && { email }),
    ...(phone !== null && { phone }),
    ...(firstName !== null && { firstName }),
    ...(lastName !== null && { lastName }),
    ...(birthOn !== null && { birthOn }),
  }
}
