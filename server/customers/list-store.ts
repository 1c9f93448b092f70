import { randomBytes } from 'node:crypto'
import { and, asc, count, eq, gt, inArray, sql as expression, type SQL } from 'drizzle-orm'
import type { Address, AddressKind } from '#protocol/customers.ts'
import { keptForIds, NO_NAME } from '../db/kept-query.ts'
import { together } from '../db/together.ts'
import type { CustomerRow, Transaction } from './customer-store.ts'

export interface ListRow {
  readonly id: number
  readonly publicId: Buffer
  readonly name: string
  readonly createdAt: number
}

/** Rows of one INSERT. Few sizes, for each makes a statement of its own, which is kept. */
const INSERT_SIZES = [100, 10, 1]

/** The list of that name, made where there is none. */
export async function ensureList(
  { sql, t }: Transaction,
  shopId: number,
  list: Pick<ListRow, 'name' | 'createdAt'>,
): Promise<ListRow & { readonly isNew: boolean }> {
  const made = await sql
    .insert(t.contactLists)
    .values({ ...list, shopId, publicId: randomBytes(16) })
    .onConflictDoNothing({ target: [t.contactLists.shopId, t.contactLists.name] })
    .returning({ id: t.contactLists.id })
  const [found] = await sql
    .select(listColumns(t))
    .from(t.contactLists)
    .where(and(eq(t.contactLists.shopId, shopId), eq(t.contactLists.name, list.name)))
  if (found === undefined) throw new Error('A contact list was neither found nor made')
  return { ...found, isNew: made.length > 0 }
}

export async function countLists({ sql, t }: Transaction, shopId: number): Promise<number> {
  return sql.$count(t.contactLists, eq(t.contactLists.shopId, shopId))
}

export async function findList(
  { sql, t }: Transaction,
  shopId: number,
  publicId: Buffer,
): Promise<ListRow | undefined> {
  const [found] = await sql
    .select(listColumns(t))
    .from(t.contactLists)
    .where(and(eq(t.contactLists.shopId, shopId), eq(t.contactLists.publicId, publicId)))
  return found
}

/** By name. */
export async function listLists(
  { sql, t }: Transaction,
  shopId: number,
): Promise<(ListRow & { readonly memberCount: number })[]> {
  const { contactLists: lists, contactListMembers: members } = t
  const counts = await sql
    .select({ listId: members.listId, count: count() })
    .from(members)
    .where(eq(members.shopId, shopId))
    .groupBy(members.listId)
  const countOf = new Map(counts.map((row) => [row.listId, row.count]))
  const rows = await sql
    .select(listColumns(t))
    .from(lists)
    .where(eq(lists.shopId, shopId))
    .orderBy(asc(lists.name))
  return rows.map((row) => ({ ...row, memberCount: countOf.get(row.id) ?? 0 }))
}

export async function countMembers(
  { sql, t }: Transaction,
  shopId: number,
  listId: number,
): Promise<number> {
  const { contactListMembers: members } = t
  return sql.$count(members, and(eq(members.shopId, shopId), eq(members.listId, listId)))
}

/** How many of them were not in the list before. */
export async function insertMembers(
  { sql, t }: Transaction,
  shopId: number,
  listId: number,
  { addresses, at }: { readonly addresses: readonly Address[]; readonly at: number },
): Promise<number> {
  const rows = addresses.map((address) => ({ ...address, shopId, listId, addedAt: at }))
  let added = 0
  let from = 0
  for (const size of INSERT_SIZES) {
    for (; rows.length - from >= size; from += size) {
      const made = await sql
        .insert(t.contactListMembers)
        .values(rows.slice(from, from + size))
        .onConflictDoNothing()
        .returning({ kind: t.contactListMembers.kind })
      added += made.length
    }
  }
  return added
}

export async function deleteMembers(
  { sql, t }: Transaction,
  shopId: number,
  listId: number,
  addresses: readonly Address[],
): Promise<void> {
  const { contactListMembers: members } = t
  for (const { kind, value } of addresses) {
    await sql
      .delete(members)
      .where(
        and(
          eq(members.shopId, shopId),
          eq(members.listId, listId),
          eq(members.kind, kind),
          eq(members.value, value),
        ),
      )
  }
}

/** By kind and value, those behind `after`. */
export async function listMembers(
  { sql, t }: Transaction,
  shopId: number,
  listId: number,
  { after, limit }: { readonly after: Address | undefined; readonly limit: number },
): Promise<Address[]> {
  const { contactListMembers: members } = t
  const page = (where: SQL | undefined, count: number) =>
    sql
      .select({ kind: members.kind, value: members.value })
      .from(members)
      .where(and(eq(members.shopId, shopId), eq(members.listId, listId), where))
      .orderBy(asc(members.kind), asc(members.value))
      .limit(count)
  if (after === undefined) return page(undefined, limit)
  // Two ranges of the key: with OR between them, SQLite would read the list from its start for every page.
  const isSameKind = and(eq(members.kind, after.kind), gt(members.value, after.value))
  const same = await page(isSameKind, limit)
  if (same.length === limit) return same
  return [...same, ...(await page(gt(members.kind, after.kind), limit - same.length))]
}

/** The lists that have one of these addresses: which of them, and the list's public id. */
export async function listsWith(
  { sql, t }: Transaction,
  shopId: number,
  addresses: readonly Address[],
): Promise<(Address & { readonly publicId: Buffer })[]> {
  const questions = addressColumns(t).flatMap(([kind]) => {
    const values = valuesOf(addresses, kind)
    return values.length === 0 ? [] : [listsQuery({ sql, t }, { shopId, kind }, values)]
  })
  return (await together(questions)).flat()
}

/** Asked for in commits. */
const listsQuery = keptForIds(
  ({ sql, t: { contactLists: lists, contactListMembers: members } }: Transaction, values) =>
    sql
      .select({ kind: members.kind, value: members.value, publicId: lists.publicId })
      .from(members)
      .innerJoin(lists, eq(lists.id, members.listId))
      .where(
        and(
          eq(members.shopId, expression.placeholder('shopId')),
          eq(members.kind, expression.placeholder('kind')),
          inArray(members.value, values),
        ),
      )
      .prepare(NO_NAME),
)

/** Every row that has one of these addresses, merged ones included. */
export async function listHolders(
  { sql, t }: Transaction,
  shopId: number,
  addresses: readonly Address[],
): Promise<CustomerRow[]> {
  const { customers } = t
  const found: CustomerRow[] = []
  for (const [kind, column] of addressColumns(t)) {
    const values = valuesOf(addresses, kind)
    if (values.length === 0) continue
    const rows = await sql
      .select()
      .from(customers)
      .where(and(eq(customers.shopId, shopId), inArray(column, values)))
    found.push(...rows)
  }
  return found
}

function valuesOf(addresses: readonly Address[], kind: AddressKind): string[] {
  return addresses.filter((it) => it.kind === kind).map(({ value }) => value)
}

function addressColumns({ customers }: Transaction['t']) {
  return [
    ['userId', customers.userId],
    ['email', customers.email],
    ['phone', customers.phone],
  ] as const satisfies readonly (readonly [AddressKind, unknown])[]
}

function listColumns({ contactLists: lists }: Transaction['t']) {
  return { id: lists.id, publicId: lists.publicId, name: lists.name, createdAt: lists.createdAt }
}
