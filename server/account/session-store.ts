import { and, desc, eq, gt, lt, lte, ne, or } from 'drizzle-orm'
import type { Handle } from './member-store.ts'
import type { Device } from './member-tables.ts'

export interface MemberSessionRow {
  readonly id: number
  readonly publicId: Buffer
  readonly memberId: number
  readonly device: Device
  readonly addressGroup: string
  readonly createdAt: number
  readonly usedAt: number
  readonly signedInAt: number
  readonly expiresAt: number
}

/** What a session must be to count: not too old, and used since. */
export interface Alive {
  readonly now: number
  readonly usedSince: number
}

// A session is its member's: whose it is, and the shops that they belong to, is asked with it.

export async function insertMemberSession(
  { sql, t }: Handle,
  session: Omit<MemberSessionRow, 'id'> & { readonly tokenHash: Buffer },
): Promise<void> {
  await sql.insert(t.memberSessions).values(session)
}

export async function findMemberSession(
  { sql, t }: Handle,
  tokenHash: Buffer,
  { now, usedSince }: Alive,
): Promise<(MemberSessionRow & { readonly memberPublicId: Buffer }) | undefined> {
  const { expiresAt, usedAt } = t.memberSessions
  const [session] = await sql
    .select({ ...columns(t), memberPublicId: t.members.publicId })
    .from(t.memberSessions)
    .innerJoin(t.members, eq(t.members.id, t.memberSessions.memberId))
    .where(
      and(eq(t.memberSessions.tokenHash, tokenHash), gt(expiresAt, now), gt(usedAt, usedSince)),
    )
  return session
}

export async function listMemberSessions(
  { sql, t }: Handle,
  memberId: number,
  { now, usedSince }: Alive,
): Promise<MemberSessionRow[]> {
  const { expiresAt, usedAt } = t.memberSessions
  return sql
    .select(columns(t))
    .from(t.memberSessions)
    .where(and(eq(t.memberSessions.memberId, memberId), gt(expiresAt, now), gt(usedAt, usedSince)))
    .orderBy(desc(usedAt))
}

/** Unless it was not long ago: a session in use costs a write a minute. */
export async function touchSession(
  { sql, t }: Handle,
  id: number,
  { usedAt, unlessSince }: { readonly usedAt: number; readonly unlessSince: number },
): Promise<void> {
  await sql
    .update(t.memberSessions)
    .set({ usedAt })
    .where(and(eq(t.memberSessions.id, id), lt(t.memberSessions.usedAt, unlessSince)))
}

/** Under another token from now on. Whether it was: not when it has ended, or was given another meanwhile. */
export async function rotateSession(
  { sql, t }: Handle,
  tokenHash: Buffer,
  change: { readonly tokenHash: Buffer; readonly usedAt: number; readonly signedInAt: number },
): Promise<boolean> {
  const rotated = await sql
    .update(t.memberSessions)
    .set(change)
    .where(eq(t.memberSessions.tokenHash, tokenHash))
    .returning({ id: t.memberSessions.id })
  return rotated.length > 0
}

export async function deleteSessionByToken({ sql, t }: Handle, tokenHash: Buffer): Promise<void> {
  await sql.delete(t.memberSessions).where(eq(t.memberSessions.tokenHash, tokenHash))
}

/** Whether the member had it. */
export async function deleteSession(
  { sql, t }: Handle,
  memberId: number,
  publicId: Buffer,
): Promise<boolean> {
  const { memberSessions: sessions } = t
  const gone = await sql
    .delete(sessions)
    .where(and(eq(sessions.memberId, memberId), eq(sessions.publicId, publicId)))
    .returning({ id: sessions.id })
  return gone.length > 0
}

/** All of a member's, but `exceptToken` where it is named. */
export async function deleteSessionsOf(
  { sql, t }: Handle,
  memberId: number,
  exceptToken?: Buffer,
): Promise<void> {
  const { memberSessions: sessions } = t
  const isTheirs = eq(sessions.memberId, memberId)
  await sql
    .delete(sessions)
    .where(
      exceptToken === undefined ? isTheirs : and(isTheirs, ne(sessions.tokenHash, exceptToken)),
    )
}

export async function deleteDeadSessions(
  { sql, t }: Handle,
  { now, usedSince }: Alive,
): Promise<void> {
  const { expiresAt, usedAt } = t.memberSessions
  await sql.delete(t.memberSessions).where(or(lte(expiresAt, now), lte(usedAt, usedSince)))
}

function columns({ memberSessions }: Handle['t']) {
  const { id, publicId, memberId, device, addressGroup } = memberSessions
  const { createdAt, usedAt, signedInAt, expiresAt } = memberSessions
  return { id, publicId, memberId, device, addressGroup, createdAt, usedAt, signedInAt, expiresAt }
}
