import { randomBytes } from 'node:crypto'
import { and, eq, inArray, isNull, or, sql as expression, type SQL } from 'drizzle-orm'
import type { TraitValue } from '#protocol/customers.ts'
import type { Database } from '../db/database.ts'
import { keptFor, keptForIds, NO_NAME } from '../db/kept-query.ts'
import { placesOf } from '../db/places.ts'
import { together } from '../db/together.ts'
import { columnsOf, stateOf, type TraitColumns, type TraitState } from './trait-state.ts'

/** An open transaction with the tables it works on. The outer handle will do for a single statement. */
export type Transaction = Pick<Database, 'sql' | 't'>

export interface CustomerRow extends TraitColumns {
  readonly id: number
  readonly publicId: Buffer
  readonly userId: string | null
  readonly attributes: Readonly<Record<string, TraitValue>>
  readonly isVerified: boolean
  readonly mergedInto: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** What a customer's row becomes. */
export interface CustomerChange {
  readonly traits: TraitState
  readonly isVerified: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

export function changeOf(row: CustomerRow): CustomerChange {
  const { isVerified, createdAt, updatedAt } = row
  return { traits: stateOf(row), isVerified, createdAt, updatedAt }
}

/** Undefined where the user id is taken, by an open transaction of another node too, once that has been committed. */
export async function insertCustomer(
  transaction: Transaction,
  shopId: number,
  customer: CustomerChange & { readonly userId: string | null; readonly mergedInto?: number },
): Promise<CustomerRow | undefined> {
  const { traits, ...rest } = customer
  const { query, places } = insertQuery(transaction)
  const row = { ...rest, ...columnsOf(traits), shopId, publicId: randomBytes(16) }
  const [made] = await query.execute(places.of(row))
  return made
}

const CHANGING = [
  ...(['email', 'phone', 'firstName', 'lastName', 'birthOn', 'languages', 'tags'] as const),
  ...(['attributes', 'traitStamps', 'isVerified', 'createdAt', 'updatedAt'] as const),
] as const

/** Commits ask for these, as for all here that are kept. */
const insertQuery = keptFor(({ sql, t: { customers } }: Transaction) => {
  const places = placesOf(customers, [...CHANGING, 'shopId', 'publicId', 'userId', 'mergedInto'])
  const query = sql
    .insert(customers)
    .values(places.at)
    .onConflictDoNothing({ target: [customers.shopId, customers.userId] })
    .returning()
    .prepare('customers_insert')
  return { places, query }
})

export async function findCustomer(
  { sql, t }: Transaction,
  shopId: number,
  id: number,
): Promise<CustomerRow | undefined> {
  const [found] = await sql
    .select()
    .from(t.customers)
    .where(and(eq(t.customers.shopId, shopId), eq(t.customers.id, id)))
  return found
}

/** By what it is called outside, or by the shop's own id; a merged one is found as itself. */
export async function findNamed(
  { sql, t }: Transaction,
  shopId: number,
  name: { readonly publicId: Buffer } | { readonly userId: string },
): Promise<CustomerRow | undefined> {
  const is =
    'userId' in name ? eq(t.customers.userId, name.userId) : eq(t.customers.publicId, name.publicId)
  const [found] = await sql
    .select()
    .from(t.customers)
    .where(and(eq(t.customers.shopId, shopId), is))
  return found
}

/** The customer that has the user id, or that whoever had it has become, locked as `lockCustomer` does. */
export async function lockUserId(
  transaction: Transaction,
  shopId: number,
  userId: string,
): Promise<CustomerRow | undefined> {
  const [locked] = await lockByUserId(transaction).execute({ shopId, userId })
  if (locked !== undefined) return locked
  const found = await findNamed(transaction, shopId, { userId })
  return found === undefined ? undefined : lockCustomer(transaction, shopId, found.id)
}

/** More merges than this while one row is waited for, and something is wrong. */
const MAX_HOPS = 20

/**
 * The customer that `id` is or has become, whose row nobody else changes until the end of the transaction. Pointers are
 * read and never locked: a merge, which holds the customer, changes those that lead to it.
 */
export async function lockCustomer(
  transaction: Transaction,
  shopId: number,
  id: number,
): Promise<CustomerRow | undefined> {
  let current = id
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    const [locked] = await lockById(transaction).execute({ shopId, id: current })
    if (locked !== undefined) return locked
    const found = await findCustomer(transaction, shopId, current)
    if (found === undefined) return undefined
    current = found.mergedInto ?? current
  }
  throw new Error('A customer is merged faster than it can be locked')
}

/**
 * An update that changes nothing locks a row on PostgreSQL and is harmless on SQLite, where SELECT knows no FOR UPDATE.
 * A row that has become another meanwhile is not locked: PostgreSQL looks at the condition again after waiting.
 */
function lock({ sql, t: { customers } }: Transaction, which: SQL) {
  const isOfShop = eq(customers.shopId, expression.placeholder('shopId'))
  return sql
    .update(customers)
    .set({ isVerified: expression`${customers.isVerified}` })
    .where(and(isOfShop, which, isNull(customers.mergedInto)))
    .returning()
}

const lockByUserId = keptFor((of: Transaction) =>
  lock(of, eq(of.t.customers.userId, expression.placeholder('userId'))).prepare(NO_NAME),
)

const lockById = keptFor((of: Transaction) =>
  lock(of, eq(of.t.customers.id, expression.placeholder('id'))).prepare(NO_NAME),
)

export async function updateCustomer(
  transaction: Transaction,
  shopId: number,
  id: number,
  { traits, ...rest }: CustomerChange,
): Promise<void> {
  const { query, places } = updateQuery(transaction)
  await query.execute({ ...places.of({ ...rest, ...columnsOf(traits) }), shopId, id })
}

const updateQuery = keptFor(({ sql, t: { customers } }: Transaction) => {
  const places = placesOf(customers, CHANGING)
  const query = sql
    .update(customers)
    .set(places.at)
    .where(
      and(
        eq(customers.shopId, expression.placeholder('shopId')),
        eq(customers.id, expression.placeholder('id')),
      ),
    )
    .prepare(NO_NAME)
  return { places, query }
})

/** Leaves a pointer in `from` and in all that pointed to it, so that no pointer ever leads to another. */
export async function pointTo(
  { sql, t }: Transaction,
  shopId: number,
  from: number,
  into: number,
): Promise<void> {
  const { customers } = t
  await sql
    .update(customers)
    .set({ mergedInto: into })
    .where(
      and(eq(customers.shopId, shopId), or(eq(customers.id, from), eq(customers.mergedInto, from))),
    )
}

/** The shop's own id of a customer; one that it was given by becoming another's is another row's. */
export async function userIdOf(
  transaction: Transaction,
  shopId: number,
  { id, userId }: Pick<CustomerRow, 'id' | 'userId'>,
): Promise<string | null> {
  if (userId !== null) return userId
  const family = await listFamily(transaction, shopId, id)
  return family.find((row) => row.userId !== null)?.userId ?? null
}

/** The row of that number, and those that have become it. */
async function listFamily(
  transaction: Transaction,
  shopId: number,
  id: number,
): Promise<CustomerRow[]> {
  return (await listFamilies(transaction, shopId, [id])).get(id) ?? []
}

/** The same of many at once: each row that is there, followed by those that have become it. */
export async function listFamilies(
  { sql, t }: Transaction,
  shopId: number,
  ids: readonly number[],
): Promise<Map<number, CustomerRow[]>> {
  // Two questions: for one with OR, SQLite reads all customers of the shop.
  const [rows, merged] = await together([
    rowsQuery({ sql, t }, { shopId }, ids),
    mergedQuery({ sql, t }, { shopId }, ids),
  ])
  const families = new Map(rows.map((row) => [row.id, [row]]))
  for (const row of merged) families.get(row.mergedInto ?? 0)?.push(row)
  return families
}

const rowsQuery = keptForIds((of: Transaction, ids) =>
  those(of, inArray(of.t.customers.id, ids)).prepare(NO_NAME),
)

const mergedQuery = keptForIds((of: Transaction, ids) =>
  those(of, inArray(of.t.customers.mergedInto, ids)).prepare(NO_NAME),
)

function those({ sql, t: { customers } }: Transaction, which: SQL) {
  const isOfShop = eq(customers.shopId, expression.placeholder('shopId'))
  return sql.select().from(customers).where(and(isOfShop, which))
}
