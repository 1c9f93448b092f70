import { and, asc, eq, isNull } from 'drizzle-orm'
import type { ListedOrigin, SecretKey } from '#protocol/shop.ts'
import type { Transaction } from '../db/transaction.ts'
import type { ShopRow } from './store.ts'

type Handle = Pick<Transaction, 'sql' | 't'>

/** The shop, which nobody else changes until the transaction ends. */
export async function holdShop(
  { sql, t, holds }: Transaction,
  shopId: number,
): Promise<ShopRow | undefined> {
  const { id, name, consentMode, currency, timeZone } = t.shops
  const query = sql
    .select({ id, name, consentMode, currency, timeZone })
    .from(t.shops)
    .where(eq(t.shops.id, shopId))
  const [shop] = await (holds ? query.for('update') : query)
  return shop
}

export async function listOriginRows({ sql, t }: Handle, shopId: number): Promise<ListedOrigin[]> {
  const { id, origin, createdAt } = t.origins
  const rows = await sql
    .select({ id, origin, createdAt })
    .from(t.origins)
    .where(eq(t.origins.shopId, shopId))
    .orderBy(asc(id))
  return rows.map((row) => ({ ...row, id: String(row.id) }))
}

/** Undefined where it is listed already. */
export async function insertOriginRow(
  { sql, t }: Handle,
  shopId: number,
  origin: Omit<ListedOrigin, 'id'>,
): Promise<number | undefined> {
  const [made] = await sql
    .insert(t.origins)
    .values({ ...origin, shopId })
    .onConflictDoNothing()
    .returning({ id: t.origins.id })
  return made?.id
}

/** The origin that was listed under `id`. */
export async function deleteOriginRow(
  { sql, t }: Handle,
  shopId: number,
  id: number,
): Promise<string | undefined> {
  const [gone] = await sql
    .delete(t.origins)
    .where(and(eq(t.origins.shopId, shopId), eq(t.origins.id, id)))
    .returning({ origin: t.origins.origin })
  return gone?.origin
}

/** Secret keys that still open something, oldest first. */
export async function listKeyRows({ sql, t }: Handle, shopId: number): Promise<SecretKey[]> {
  const { id, ending, scopes, createdAt } = t.keys
  const rows = await sql
    .select({ id, ending, scopes, createdAt })
    .from(t.keys)
    .where(and(eq(t.keys.shopId, shopId), eq(t.keys.kind, 'secret'), isNull(t.keys.revokedAt)))
    .orderBy(asc(id))
  return rows.map((row) => ({ ...row, id: String(row.id) }))
}

/** `value`: the hex SHA-256 of the key. */
export async function insertKeyRow(
  { sql, t }: Handle,
  shopId: number,
  key: Omit<SecretKey, 'id'> & { readonly value: string },
): Promise<number> {
  const [made] = await sql
    .insert(t.keys)
    .values({ ...key, kind: 'secret', shopId })
    .returning({ id: t.keys.id })
  if (made === undefined) throw new Error('The key was not made')
  return made.id
}

/** Whether it opened something until now. */
export async function revokeKeyRow(
  { sql, t }: Handle,
  shopId: number,
  id: number,
  revokedAt: number,
): Promise<boolean> {
  const gone = await sql
    .update(t.keys)
    .set({ revokedAt })
    .where(
      and(
        eq(t.keys.shopId, shopId),
        eq(t.keys.id, id),
        eq(t.keys.kind, 'secret'),
        isNull(t.keys.revokedAt),
      ),
    )
    .returning({ id: t.keys.id })
  return gone.length > 0
}
