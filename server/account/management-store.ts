import { and, asc, eq, isNull, lt, or } from 'drizzle-orm'
import type { ListedOrigin } from '#protocol/shop.ts'
import type { Actor } from '../core/actor.ts'
import type { Transaction } from '../db/transaction.ts'
import { shopColumns, type ShopRow } from './store.ts'

type Handle = Pick<Transaction, 'sql' | 't'>

/** The shop, which nobody else changes until the transaction ends. */
export async function holdShop(
  { sql, t, holds }: Transaction,
  shopId: number,
): Promise<ShopRow | undefined> {
  const query = sql.select(shopColumns(t)).from(t.shops).where(eq(t.shops.id, shopId))
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

export async function countOriginRows({ sql, t }: Handle, shopId: number): Promise<number> {
  return sql.$count(t.origins, eq(t.origins.shopId, shopId))
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

export interface SecretKeyRow {
  readonly id: number
  readonly ending: string
  readonly name: string
  readonly scopes: string[]
  readonly createdAt: number
  readonly lastUsedAt: number | null
  /** Null: made before that was kept. */
  readonly makerKind: Actor['kind'] | null
  readonly makerName: string | null
}

/** Secret keys that still open something, oldest first. */
export async function listKeyRows({ sql, t }: Handle, shopId: number): Promise<SecretKeyRow[]> {
  const { id, ending, name, scopes, createdAt, lastUsedAt, makerKind, makerName } = t.keys
  return sql
    .select({ id, ending, name, scopes, createdAt, lastUsedAt, makerKind, makerName })
    .from(t.keys)
    .where(isOpenSecret(t, shopId))
    .orderBy(asc(id))
}

export async function countKeyRows({ sql, t }: Handle, shopId: number): Promise<number> {
  return sql.$count(t.keys, isOpenSecret(t, shopId))
}

/** `value`: the hex SHA-256 of the key. */
export async function insertKeyRow(
  { sql, t }: Handle,
  shopId: number,
  key: Omit<SecretKeyRow, 'id' | 'lastUsedAt'> & { readonly value: string },
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
    .where(and(isOpenSecret(t, shopId), eq(t.keys.id, id)))
    .returning({ id: t.keys.id })
  return gone.length > 0
}

/** Whether it opens something still. */
export async function renameKeyRow(
  { sql, t }: Handle,
  shopId: number,
  id: number,
  name: string,
): Promise<boolean> {
  const renamed = await sql
    .update(t.keys)
    .set({ name })
    .where(and(isOpenSecret(t, shopId), eq(t.keys.id, id)))
    .returning({ id: t.keys.id })
  return renamed.length > 0
}

/** Unless another node has written a use of the last minute. */
export async function touchKeyRow(
  { sql, t }: Handle,
  shopId: number,
  id: number,
  { usedAt, unlessSince }: { readonly usedAt: number; readonly unlessSince: number },
): Promise<void> {
  const { lastUsedAt } = t.keys
  await sql
    .update(t.keys)
    .set({ lastUsedAt: usedAt })
    .where(
      and(
        eq(t.keys.shopId, shopId),
        eq(t.keys.id, id),
        or(isNull(lastUsedAt), lt(lastUsedAt, unlessSince)),
      ),
    )
}

function isOpenSecret({ keys }: Handle['t'], shopId: number) {
  return and(eq(keys.shopId, shopId), eq(keys.kind, 'secret'), isNull(keys.revokedAt))
}
