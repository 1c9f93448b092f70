import { and, asc, eq, gt, isNull, lt } from 'drizzle-orm'
import type { LinkKind, Role } from '#protocol/account.ts'
import type { Handle } from './member-store.ts'

export interface LinkRow {
  readonly publicId: Buffer
  readonly kind: LinkKind
  readonly shopId: number | null
  readonly email: string | null
  readonly roles: Role[]
  readonly createdAt: number
  readonly expiresAt: number
}

export interface NewLink extends LinkRow {
  readonly tokenHash: Buffer
  readonly invitedBy: number | null
}

// Whoever holds a link's token names no shop: the link does.

export async function insertLink({ sql, t }: Handle, link: NewLink): Promise<void> {
  await sql.insert(t.accountLinks).values(link)
}

/** One that can still be used. */
export async function findLink(
  { sql, t }: Handle,
  tokenHash: Buffer,
  now: number,
): Promise<LinkRow | undefined> {
  const [link] = await sql
    .select(columns(t))
    .from(t.accountLinks)
    .where(and(eq(t.accountLinks.tokenHash, tokenHash), isOpen(t, now)))
  return link
}

/** Whether it could be used: by one of any number who try. */
export async function spendLink(
  { sql, t }: Handle,
  tokenHash: Buffer,
  now: number,
): Promise<boolean> {
  const spent = await sql
    .update(t.accountLinks)
    .set({ spentAt: now })
    .where(and(eq(t.accountLinks.tokenHash, tokenHash), isOpen(t, now)))
    .returning({ id: t.accountLinks.id })
  return spent.length > 0
}

/** Those that wait, oldest first. A shop has few. */
export async function listInvitations(
  { sql, t }: Handle,
  shopId: number,
  now: number,
): Promise<LinkRow[]> {
  return sql
    .select(columns(t))
    .from(t.accountLinks)
    .where(
      and(eq(t.accountLinks.shopId, shopId), eq(t.accountLinks.kind, 'invitation'), isOpen(t, now)),
    )
    .orderBy(asc(t.accountLinks.id))
}

/** One that waits, held so that it is neither accepted nor revoked meanwhile. */
export async function deleteInvitation(
  { sql, t }: Handle,
  shopId: number,
  publicId: Buffer,
): Promise<LinkRow | undefined> {
  const [gone] = await sql
    .delete(t.accountLinks)
    .where(
      and(
        eq(t.accountLinks.shopId, shopId),
        eq(t.accountLinks.kind, 'invitation'),
        eq(t.accountLinks.publicId, publicId),
        isNull(t.accountLinks.spentAt),
      ),
    )
    .returning(columns(t))
  return gone
}

/** What waits for this address, so that the newest invitation alone counts. */
export async function deleteInvitationsTo(
  { sql, t }: Handle,
  shopId: number,
  email: string,
): Promise<LinkRow[]> {
  return sql
    .delete(t.accountLinks)
    .where(
      and(
        eq(t.accountLinks.shopId, shopId),
        eq(t.accountLinks.kind, 'invitation'),
        eq(t.accountLinks.email, email),
        isNull(t.accountLinks.spentAt),
      ),
    )
    .returning(columns(t))
}

/** What waits of a member who may invite no more. */
export async function deleteInvitationsBy(
  { sql, t }: Handle,
  shopId: number,
  memberId: number,
): Promise<void> {
  await sql
    .delete(t.accountLinks)
    .where(
      and(
        eq(t.accountLinks.shopId, shopId),
        eq(t.accountLinks.invitedBy, memberId),
        isNull(t.accountLinks.spentAt),
      ),
    )
}

/** Links to set this address's password that wait. One for rescue stays: it was made on the server, on purpose. */
export async function deleteResets({ sql, t }: Handle, email: string): Promise<void> {
  await sql
    .delete(t.accountLinks)
    .where(
      and(
        eq(t.accountLinks.email, email),
        eq(t.accountLinks.kind, 'reset'),
        isNull(t.accountLinks.spentAt),
      ),
    )
}

export async function deleteOldLinks({ sql, t }: Handle, now: number): Promise<void> {
  await sql.delete(t.accountLinks).where(lt(t.accountLinks.expiresAt, now))
}

function isOpen({ accountLinks }: Handle['t'], now: number) {
  return and(isNull(accountLinks.spentAt), gt(accountLinks.expiresAt, now))
}

function columns({ accountLinks }: Handle['t']) {
  const { publicId, kind, shopId, email, roles, createdAt, expiresAt } = accountLinks
  return { publicId, kind, shopId, email, roles, createdAt, expiresAt }
}
