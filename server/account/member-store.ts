import { and, asc, eq, inArray, max } from 'drizzle-orm'
import type { MemberProfile, Role } from '#protocol/account.ts'
import type { Database } from '../db/database.ts'

/** A handle, or the transaction that somebody else has begun. */
export type Handle = Pick<Database, 'sql' | 't'>

export interface MemberRow extends MemberProfile {
  readonly id: number
  readonly publicId: Buffer
  readonly email: string
  readonly passwordHash: string
}

/** What belongs to members beside their row, by `id`. */
interface MemberTraits {
  readonly secured: ReadonlySet<number>
  readonly pictured: ReadonlySet<number>
  /** When a session of theirs was last used. */
  readonly seen: ReadonlyMap<number, number>
}

export interface NewMember extends Pick<MemberRow, 'publicId' | 'email' | 'passwordHash' | 'name'> {
  readonly createdAt: number
}

// People belong to no shop (see member-tables.ts), so these first functions alone have none to ask by. What one member
// may see of another is asked through `role-store.ts`, by shop.

export async function findMember(
  { sql, t }: Handle,
  memberId: number,
): Promise<MemberRow | undefined> {
  const [member] = await sql.select(columns(t)).from(t.members).where(eq(t.members.id, memberId))
  return member
}

export async function findMemberByEmail(
  { sql, t }: Handle,
  email: string,
): Promise<MemberRow | undefined> {
  const [member] = await sql.select(columns(t)).from(t.members).where(eq(t.members.email, email))
  return member
}

/** Undefined: the address has an account. */
export async function insertMember(
  { sql, t }: Handle,
  member: NewMember,
): Promise<number | undefined> {
  const [made] = await sql
    .insert(t.members)
    .values({
      ...member,
      alias: null,
      languages: [],
      timeZone: null,
      preferences: {},
      passwordChangedAt: member.createdAt,
    })
    .onConflictDoNothing({ target: t.members.email })
    .returning({ id: t.members.id })
  return made?.id
}

export async function updateProfile(
  { sql, t }: Handle,
  memberId: number,
  { name, alias, languages, timeZone, preferences }: MemberProfile,
): Promise<void> {
  await sql
    .update(t.members)
    .set({ name, alias, languages: [...languages], timeZone, preferences })
    .where(eq(t.members.id, memberId))
}

/** Whether it was done: not when the password is no longer `formerHash`, where one is named. */
export async function updatePassword(
  { sql, t }: Handle,
  memberId: number,
  change: { readonly passwordHash: string; readonly at: number; readonly formerHash?: string },
): Promise<boolean> {
  const { passwordHash, at, formerHash } = change
  const isIt = eq(t.members.id, memberId)
  const changed = await sql
    .update(t.members)
    .set({ passwordHash, passwordChangedAt: at })
    .where(formerHash === undefined ? isIt : and(isIt, eq(t.members.passwordHash, formerHash)))
    .returning({ id: t.members.id })
  return changed.length > 0
}

/** Whether this is still the password; if so, it stays until the transaction ends. */
export async function holdMember(
  { sql, t }: Handle,
  memberId: number,
  passwordHash: string,
): Promise<boolean> {
  const held = await sql
    .update(t.members)
    .set({ passwordHash })
    .where(and(eq(t.members.id, memberId), eq(t.members.passwordHash, passwordHash)))
    .returning({ id: t.members.id })
  return held.length > 0
}

/** Every shop that the member belongs to, oldest first. */
export async function listShopsOf(
  { sql, t }: Handle,
  memberId: number,
): Promise<{ readonly shopId: number; readonly role: Role }[]> {
  return sql
    .select({ shopId: t.memberRoles.shopId, role: t.memberRoles.role })
    .from(t.memberRoles)
    .where(eq(t.memberRoles.memberId, memberId))
    .orderBy(asc(t.memberRoles.shopId))
}

/** Of these members: who has a confirmed second factor, who a photo, and when they were here. */
export async function findTraitsOf(
  { sql, t }: Handle,
  memberIds: readonly number[],
): Promise<MemberTraits> {
  if (memberIds.length === 0) return { secured: new Set(), pictured: new Set(), seen: new Map() }
  const { memberId, confirmedAt } = t.secondFactors
  const factors = await sql
    .select({ memberId, confirmedAt })
    .from(t.secondFactors)
    .where(inArray(memberId, [...memberIds]))
  const photos = await sql
    .select({ memberId: t.memberPhotos.memberId })
    .from(t.memberPhotos)
    .where(inArray(t.memberPhotos.memberId, [...memberIds]))
  const uses = await sql
    .select({ memberId: t.memberSessions.memberId, usedAt: max(t.memberSessions.usedAt) })
    .from(t.memberSessions)
    .where(inArray(t.memberSessions.memberId, [...memberIds]))
    .groupBy(t.memberSessions.memberId)
  const confirmed = factors.filter((factor) => factor.confirmedAt !== null)
  return {
    secured: new Set(confirmed.map((factor) => factor.memberId)),
    pictured: new Set(photos.map((photo) => photo.memberId)),
    seen: new Map(uses.map((use) => [use.memberId, Number(use.usedAt)])),
  }
}

function columns({ members }: Handle['t']) {
  const { id, publicId, email, passwordHash, name, alias, languages, timeZone, preferences } =
    members
  return { id, publicId, email, passwordHash, name, alias, languages, timeZone, preferences }
}
