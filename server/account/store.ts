import { and, asc, eq, gt, inArray, isNull, lt, min, sql as expression } from 'drizzle-orm'
import type { IdentityRule, JwtAlgorithm } from '#protocol/customers.ts'
import type { ConsentMode } from '#protocol/names.ts'
import type { Role } from '#protocol/account.ts'
import type { Database } from '../db/database.ts'

/** Outside of a transaction, or in one. */
type Handle = Pick<Database, 'sql' | 't'>

export interface ShopRow {
  readonly id: number
  readonly name: string
  readonly consentMode: ConsentMode
  readonly currency: string
  readonly timeZone: string
  readonly languages: string[]
  readonly retentionMonths: number | null
}

/** What is not named is as the tables have it. */
type NewShop = Pick<ShopRow, 'name' | 'consentMode' | 'currency' | 'timeZone'> &
  Partial<Pick<ShopRow, 'languages' | 'retentionMonths'>> & { readonly createdAt: number }

export interface KeyRow {
  readonly id: number
  readonly shopId: number
  readonly kind: 'public' | 'secret'
  readonly value: string
  readonly ending: string
  readonly scopes: string[]
  readonly createdAt: number
}

export interface SessionRow {
  readonly tokenHash: Buffer
  readonly shopId: number
  readonly role: Role
  readonly createdAt: number
  readonly expiresAt: number
}

export interface IdentityRow {
  readonly rule: IdentityRule
  readonly secret: string
  readonly formerSecret: string | null
  readonly jwtAlgorithm: JwtAlgorithm
  readonly jwtPublicKey: string | null
}
export type IdentityChanges = Partial<Pick<IdentityRow, 'rule' | 'jwtAlgorithm' | 'jwtPublicKey'>>

/** What a shop is until somebody says otherwise. */
export const FIRST_SHOP = {
  name: 'My shop',
  consentMode: 'anonymous',
  currency: 'USD',
  timeZone: 'UTC',
} as const

/** The first shop. These first functions ask for a shop, so they alone have none to ask by. */
export async function findFirstShop({ sql, t }: Database): Promise<ShopRow | undefined> {
  const [shop] = await sql.select(shopColumns(t)).from(t.shops).where(eq(t.shops.isFirst, true))
  return shop
}

/** A key that is not revoked: `value` is the public key, or the hex SHA-256 of a secret one. */
export async function findKey({ sql, t }: Database, value: string): Promise<KeyRow | undefined> {
  const { id, shopId, kind, ending, scopes, createdAt } = t.keys
  const [key] = await sql
    .select({ id, shopId, kind, value: t.keys.value, ending, scopes, createdAt })
    .from(t.keys)
    .where(and(eq(t.keys.value, value), isNull(t.keys.revokedAt)))
  return key
}

/**
 * The shop that the demo's pages belong to, whether it is still there or not: the one that the first start has made. An
 * installation that is older than the mark has it set here; nothing else was ever made before that shop.
 */
export async function findDemoShop({ sql, t }: Database): Promise<number | undefined> {
  const { shops } = t
  const marked = () => sql.select({ id: shops.id }).from(shops).where(eq(shops.isDemo, true))
  const [known] = await marked()
  if (known !== undefined) return known.id
  const oldest = sql.select({ id: min(shops.id) }).from(shops)
  await sql
    .update(shops)
    .set({ isDemo: true })
    .where(and(eq(shops.isFirst, true), inArray(shops.id, oldest)))
  const [found] = await marked()
  return found?.id
}

/** The first shop, with its public key; within the caller's transaction. Its number; undefined: there is one. */
export async function insertFirstShop(
  { sql, t }: Handle,
  shop: NewShop,
  publicKey: string,
): Promise<number | undefined> {
  const [made] = await sql
    .insert(t.shops)
    .values({ ...shop, isFirst: true, isDemo: true })
    .onConflictDoNothing()
    .returning({ id: t.shops.id })
  if (made === undefined) return undefined
  await insertPublicKey({ sql, t }, made.id, { publicKey, createdAt: shop.createdAt })
  return made.id
}

/** Another shop, with its public key; within the caller's transaction. Returns its number. */
export async function insertShop(
  { sql, t }: Pick<Database, 'sql' | 't'>,
  shop: NewShop,
  publicKey: string,
): Promise<number> {
  const [made] = await sql.insert(t.shops).values(shop).returning({ id: t.shops.id })
  if (made === undefined) throw new Error('The shop was not made')
  await insertPublicKey({ sql, t }, made.id, { publicKey, createdAt: shop.createdAt })
  return made.id
}

async function insertPublicKey(
  { sql, t }: Pick<Database, 'sql' | 't'>,
  shopId: number,
  { publicKey, createdAt }: { readonly publicKey: string; readonly createdAt: number },
): Promise<void> {
  const key = { kind: 'public', value: publicKey, ending: publicKey.slice(-4) } as const
  await sql.insert(t.keys).values({ ...key, shopId, scopes: [], createdAt })
}

export async function findShop({ sql, t }: Database, shopId: number): Promise<ShopRow | undefined> {
  const [shop] = await sql.select(shopColumns(t)).from(t.shops).where(eq(t.shops.id, shopId))
  return shop
}

export async function updateShop(
  { sql, t }: Handle,
  shopId: number,
  changes: Partial<Omit<ShopRow, 'id'>>,
): Promise<void> {
  await sql.update(t.shops).set(changes).where(eq(t.shops.id, shopId))
}

/** The shop's oldest public key. */
export async function findPublicKey(
  { sql, t }: Database,
  shopId: number,
): Promise<string | undefined> {
  const [key] = await sql
    .select({ value: t.keys.value })
    .from(t.keys)
    .where(and(eq(t.keys.shopId, shopId), eq(t.keys.kind, 'public'), isNull(t.keys.revokedAt)))
    .orderBy(asc(t.keys.id))
    .limit(1)
  return key?.value
}

export async function listOrigins({ sql, t }: Database, shopId: number): Promise<string[]> {
  const rows = await sql
    .select({ origin: t.origins.origin })
    .from(t.origins)
    .where(eq(t.origins.shopId, shopId))
    .orderBy(asc(t.origins.id))
  return rows.map(({ origin }) => origin)
}

export async function insertOneTimeLink(
  { sql, t }: Database,
  shopId: number,
  link: { readonly tokenHash: Buffer; readonly expiresAt: number },
): Promise<void> {
  await sql.insert(t.oneTimeLinks).values({ ...link, shopId })
}

/** Spends a link in one statement, so that of any number of attempts one gets the shop's id and the others nothing. */
export async function spendOneTimeLink(
  { sql, t }: Database,
  tokenHash: Buffer,
  now: number,
): Promise<number | undefined> {
  const { oneTimeLinks: links } = t
  const [spent] = await sql
    .update(links)
    .set({ spentAt: now })
    .where(and(eq(links.tokenHash, tokenHash), isNull(links.spentAt), gt(links.expiresAt, now)))
    .returning({ shopId: links.shopId })
  return spent?.shopId
}

export async function insertSession({ sql, t }: Database, session: SessionRow): Promise<void> {
  await sql.insert(t.consoleSessions).values(session)
}

export async function findSession(
  { sql, t }: Database,
  tokenHash: Buffer,
  now: number,
): Promise<Omit<SessionRow, 'tokenHash'> | undefined> {
  const { consoleSessions: sessions } = t
  const { shopId, role, createdAt, expiresAt } = sessions
  const [session] = await sql
    .select({ shopId, role, createdAt, expiresAt })
    .from(sessions)
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now)))
  return session
}

/** Links and sessions that nothing can be done with any more. */
export async function deleteExpired({ sql, t }: Database, now: number): Promise<void> {
  await sql.delete(t.oneTimeLinks).where(lt(t.oneTimeLinks.expiresAt, now))
  await sql.delete(t.consoleSessions).where(lt(t.consoleSessions.expiresAt, now))
}

export async function findIdentity(
  { sql, t }: Handle,
  shopId: number,
): Promise<IdentityRow | undefined> {
  const { rule, secret, formerSecret, jwtAlgorithm, jwtPublicKey } = t.identitySettings
  const [found] = await sql
    .select({ rule, secret, formerSecret, jwtAlgorithm, jwtPublicKey })
    .from(t.identitySettings)
    .where(eq(t.identitySettings.shopId, shopId))
  return found
}

/** Changes what is named; makes the settings, with this secret, where there are none. */
export async function upsertIdentity(
  { sql, t }: Handle,
  shopId: number,
  secret: string,
  changes: IdentityChanges,
): Promise<void> {
  const first = { rule: 'open', jwtAlgorithm: 'HS256', jwtPublicKey: null } as const
  await sql
    .insert(t.identitySettings)
    .values({ ...first, ...changes, shopId, secret })
    .onConflictDoUpdate({ target: t.identitySettings.shopId, set: { ...changes, shopId } })
}

/** In one statement, so that of two rotations at once neither loses the other's secret. */
export async function rotateIdentitySecret(
  { sql, t }: Handle,
  shopId: number,
  secret: string,
): Promise<void> {
  await sql
    .update(t.identitySettings)
    .set({ secret, formerSecret: expression`${t.identitySettings.secret}` })
    .where(eq(t.identitySettings.shopId, shopId))
}

export function shopColumns({ shops }: Database['t']) {
  const { id, name, consentMode, currency, timeZone, languages, retentionMonths } = shops
  return { id, name, consentMode, currency, timeZone, languages, retentionMonths }
}
