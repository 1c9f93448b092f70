import { and, asc, eq, inArray, ne, sql as expression } from 'drizzle-orm'
import type { Role } from '#protocol/account.ts'
import type { Database } from '../db/database.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Handle } from './member-store.ts'

/**
 * Runs `work` while nobody else changes who belongs to the shop: its row is held on PostgreSQL (SQLite has one writer).
 * What it then reads of roles stays true until it commits, the last owner included.
 */
export async function changingRoles<T>(
  db: Database,
  shopId: number,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const { t } = db
  return db.transaction(async (sql) => {
    await sql
      .update(t.shops)
      .set({ name: expression`${t.shops.name}` })
      .where(eq(t.shops.id, shopId))
    return work({ sql, t, holds: db.raw.dialect === 'postgres' })
  })
}

export async function listRolesOf(
  { sql, t }: Handle,
  shopId: number,
  memberId: number,
): Promise<Role[]> {
  const rows = await sql
    .select({ role: t.memberRoles.role })
    .from(t.memberRoles)
    .where(and(eq(t.memberRoles.shopId, shopId), eq(t.memberRoles.memberId, memberId)))
  return rows.map(({ role }) => role)
}

/** The number of a member of this shop. */
export async function findMemberOfShop(
  { sql, t }: Handle,
  shopId: number,
  publicId: Buffer,
): Promise<number | undefined> {
  const [found] = await sql
    .select({ memberId: t.memberRoles.memberId })
    .from(t.memberRoles)
    .innerJoin(t.members, eq(t.members.id, t.memberRoles.memberId))
    .where(and(eq(t.memberRoles.shopId, shopId), eq(t.members.publicId, publicId)))
    .limit(1)
  return found?.memberId
}

/** Every member's every role, in the order in which they joined. A shop has few members. */
export async function listMembers({ sql, t }: Handle, shopId: number) {
  const { role, createdAt } = t.memberRoles
  const { id, publicId, email, name, alias } = t.members
  return sql
    .select({ id, publicId, email, name, alias, role, createdAt })
    .from(t.memberRoles)
    .innerJoin(t.members, eq(t.members.id, t.memberRoles.memberId))
    .where(eq(t.memberRoles.shopId, shopId))
    .orderBy(asc(t.memberRoles.createdAt), asc(t.members.id))
}

export async function insertRoles(
  { sql, t }: Handle,
  shopId: number,
  who: { readonly memberId: number; readonly roles: readonly Role[]; readonly createdAt: number },
): Promise<void> {
  const { memberId, roles, createdAt } = who
  await sql
    .insert(t.memberRoles)
    .values(roles.map((role) => ({ shopId, memberId, role, createdAt })))
    .onConflictDoNothing()
}

export async function deleteRoles(
  { sql, t }: Handle,
  shopId: number,
  memberId: number,
  roles: readonly Role[],
): Promise<void> {
  await sql
    .delete(t.memberRoles)
    .where(
      and(
        eq(t.memberRoles.shopId, shopId),
        eq(t.memberRoles.memberId, memberId),
        inArray(t.memberRoles.role, [...roles]),
      ),
    )
}

export async function hasOwner({ sql, t }: Handle, shopId: number): Promise<boolean> {
  const [owner] = await sql
    .select({ memberId: t.memberRoles.memberId })
    .from(t.memberRoles)
    .where(and(eq(t.memberRoles.shopId, shopId), eq(t.memberRoles.role, 'owner')))
    .limit(1)
  return owner !== undefined
}

/** Whether somebody else owns the shop too; asked while `changingRoles`. */
export async function hasOtherOwner(
  { sql, t }: Handle,
  shopId: number,
  memberId: number,
): Promise<boolean> {
  const [other] = await sql
    .select({ memberId: t.memberRoles.memberId })
    .from(t.memberRoles)
    .where(
      and(
        eq(t.memberRoles.shopId, shopId),
        eq(t.memberRoles.role, 'owner'),
        ne(t.memberRoles.memberId, memberId),
      ),
    )
    .limit(1)
  return other !== undefined
}
