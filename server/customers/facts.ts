import type { Address, Scalar } from '#protocol/customers.ts'
import { listFamilies, type CustomerRow, type Transaction } from './customer-store.ts'
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
  return (await factsOfCustomers(transaction, shopId, [id])).get(id)
}

/** The same of many at once, in as few statements: a commit asks for all its customers. */
export async function factsOfCustomers(
  transaction: Transaction,
  shopId: number,
  ids: readonly number[],
): Promise<ReadonlyMap<number, CustomerFacts>> {
  const families = await familiesOf(transaction, shopId, ids)
  const lists = await listIdsByAddress(transaction, shopId, [...families.values()].flat())
  const facts = new Map<number, CustomerFacts>()
  for (const [id, family] of families) {
    const [customer] = family
    if (customer === undefined) continue
    const { createdAt, tags, attributes } = customer
    const [language] = customer.languages
    const names = { ...namesOf(customer), ...(language !== undefined && { language }) }
    facts.set(id, { ...names, createdAt, tags, attributes, listIds: listIdsIn(lists, family) })
  }
  return facts
}

/** The customer that `id` is or has become, and the rows that have become it; empty where there is none. */
export async function familyOf(
  transaction: Transaction,
  shopId: number,
  id: number,
): Promise<CustomerRow[]> {
  return (await familiesOf(transaction, shopId, [id])).get(id) ?? []
}

/** By the id that was asked for. */
async function familiesOf(
  transaction: Transaction,
  shopId: number,
  ids: readonly number[],
): Promise<Map<number, CustomerRow[]>> {
  const families = await listFamilies(transaction, shopId, ids)
  const become = new Map<number, number>()
  for (const [id, [itself]] of families) {
    const into = itself?.mergedInto ?? null
    if (into !== null) become.set(id, into)
  }
  if (become.size === 0) return families
  const others = await listFamilies(transaction, shopId, [...new Set(become.values())])
  for (const [id, into] of become) families.set(id, others.get(into) ?? [])
  return families
}

/** By the addresses of all of a family: whoever was in a list stays there when it becomes another. */
export async function listIdsOf(
  transaction: Transaction,
  shopId: number,
  family: readonly CustomerRow[],
): Promise<string[]> {
  return listIdsIn(await listIdsByAddress(transaction, shopId, family), family)
}

type ListIds = ReadonlyMap<string, readonly string[]>

async function listIdsByAddress(
  transaction: Transaction,
  shopId: number,
  rows: readonly CustomerRow[],
): Promise<ListIds> {
  const found = new Map<string, string[]>()
  for (const { publicId, ...address } of await listsWith(
    transaction,
    shopId,
    rows.flatMap(addressesOf),
  )) {
    const ids = found.get(nameOf(address)) ?? []
    found.set(nameOf(address), ids)
    ids.push(publicId.toString('base64url'))
  }
  return found
}

function listIdsIn(lists: ListIds, family: readonly CustomerRow[]): string[] {
  const ids = family.flatMap(addressesOf).flatMap((address) => lists.get(nameOf(address)) ?? [])
  return [...new Set(ids)].toSorted()
}

function nameOf({ kind, value }: Address): string {
  return `${kind} ${value}`
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
