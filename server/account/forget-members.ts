import { and, eq, gt, inArray, isNotNull, isNull, notExists } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import type { Transaction } from '../db/transaction.ts'

/**
 * Deletes those of these members who belong to no shop any more, with all that is theirs: their sessions end at once.
 * Who has an open link to a shop (an invitation, a rescue) stays, for they are about to come back; see ADR 0024.
 */
export async function forgetStrays(
  transaction: Transaction,
  memberIds: readonly number[],
  now: number,
): Promise<void> {
  // In one order, so that two who do this at once wait for one another and not each for the other.
  for (const memberId of [...new Set(memberIds)].toSorted((one, other) => one - other)) {
    await forgetStray(transaction, memberId, now)
  }
}

async function forgetStray(
  { sql, t, holds }: Transaction,
  memberId: number,
  now: number,
): Promise<void> {
  const { members, accountLinks } = t
  const query = sql.select({ email: members.email }).from(members).where(eq(members.id, memberId))
  // A role that another transaction is just giving them refers to this row: once it is held, it can be seen.
  const [member] = await (holds ? query.for('update') : query)
  if (member === undefined) return
  const gone = await sql
    .delete(members)
    .where(and(eq(members.id, memberId), hasNoRole({ sql, t }), hasNoLink({ sql, t }, now)))
    .returning({ id: members.id })
  // What is left are links that were used, or that set a password which nobody has.
  if (gone.length > 0) await sql.delete(accountLinks).where(eq(accountLinks.email, member.email))
}

type Handle = Pick<Database, 'sql' | 't'>

/** Some of those who belong to no shop, however that came about: their last invitation may have expired. */
export async function listStrays(
  { sql, t }: Handle,
  now: number,
  limit: number,
): Promise<number[]> {
  const rows = await sql
    .select({ id: t.members.id })
    .from(t.members)
    .where(and(hasNoRole({ sql, t }), hasNoLink({ sql, t }, now)))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Who belongs to the shop, whatever they do there. */
export async function membersOf({ sql, t }: Handle, shopId: number): Promise<number[]> {
  const rows = await sql
    .selectDistinct({ memberId: t.memberRoles.memberId })
    .from(t.memberRoles)
    .where(eq(t.memberRoles.shopId, shopId))
  return rows.map(({ memberId }) => memberId)
}

function hasNoRole({ sql, t }: Handle) {
  const { memberId } = t.memberRoles
  return notExists(sql.select({ memberId }).from(t.memberRoles).where(eq(memberId, t.members.id)))
}

function hasNoLink({ sql, t }: Handle, now: number) {
  const { id, email, shopId, kind, spentAt, expiresAt } = t.accountLinks
  return notExists(
    sql
      .select({ id })
      .from(t.accountLinks)
      .where(
        and(
          eq(email, t.members.email),
          isNotNull(shopId),
          inArray(kind, ['invitation', 'rescue']),
          isNull(spentAt),
          gt(expiresAt, now),
        ),
      ),
  )
}
