import { and, asc, count, eq, gt, inArray, isNull } from 'drizzle-orm'
import { ANSWERING, mayAnswer, type Handle } from './managed-channel-store.ts'

/** A member of the shop, by the id that others know; `mayAnswer`: one of their roles lets them. */
export async function findMember(
  { sql, t }: Handle,
  shopId: number,
  publicId: Buffer,
): Promise<{ readonly id: number; readonly mayAnswer: boolean } | undefined> {
  const rows = await sql
    .select({ id: t.members.id, role: t.memberRoles.role })
    .from(t.members)
    .innerJoin(t.memberRoles, eq(t.memberRoles.memberId, t.members.id))
    .where(and(eq(t.memberRoles.shopId, shopId), eq(t.members.publicId, publicId)))
  const [first] = rows
  if (first === undefined) return undefined
  return { id: first.id, mayAnswer: rows.some(({ role }) => ANSWERING.includes(role)) }
}

/** Channels of which the member is an operator, with whether they sit there. */
export async function listChannelsOf(
  { sql, t }: Handle,
  shopId: number,
  memberId: number,
): Promise<ReadonlyMap<number, { readonly isSeated: boolean }>> {
  const { channelOperators: operators } = t
  const rows = await sql
    .select({ channelId: operators.channelId, seatedAt: operators.seatedAt })
    .from(operators)
    .where(
      and(
        eq(operators.shopId, shopId),
        eq(operators.memberId, memberId),
        mayAnswer({ sql, t }, shopId),
      ),
    )
  return new Map(rows.map((row) => [row.channelId, { isSeated: row.seatedAt !== null }]))
}

/** In the order in which they became it. */
export async function listOperators({ sql, t }: Handle, shopId: number, channelId: number) {
  const { channelOperators: operators, members, operatorPresences: presences, memberPhotos } = t
  return sql
    .select({
      id: members.id,
      publicId: members.publicId,
      name: members.name,
      alias: members.alias,
      photoOf: memberPhotos.memberId,
      seatedAt: operators.seatedAt,
      presence: presences.presence,
      activeAt: presences.activeAt,
    })
    .from(operators)
    .innerJoin(members, eq(members.id, operators.memberId))
    .leftJoin(memberPhotos, eq(memberPhotos.memberId, operators.memberId))
    .leftJoin(
      presences,
      and(eq(presences.shopId, operators.shopId), eq(presences.memberId, operators.memberId)),
    )
    .where(
      and(
        eq(operators.shopId, shopId),
        eq(operators.channelId, channelId),
        mayAnswer({ sql, t }, shopId),
      ),
    )
    .orderBy(asc(operators.createdAt), asc(members.id))
}

/** By member, the chats they answer now, in whatever channel. */
export async function activeChatsOf(
  { sql, t: { conversations } }: Handle,
  shopId: number,
  memberIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (memberIds.length === 0) return new Map()
  const rows = await sql
    .select({ memberId: conversations.operatorId, many: count() })
    .from(conversations)
    .where(
      and(
        eq(conversations.shopId, shopId),
        inArray(conversations.operatorId, [...memberIds]),
        eq(conversations.state, 'assigned'),
      ),
    )
    .groupBy(conversations.operatorId)
  return new Map(
    rows.flatMap(({ memberId, many }) => (memberId === null ? [] : [[memberId, many]])),
  )
}

export async function countOperators(
  { sql, t }: Handle,
  shopId: number,
  channelId: number,
): Promise<number> {
  const { channelOperators: operators } = t
  return sql.$count(
    operators,
    and(eq(operators.shopId, shopId), eq(operators.channelId, channelId)),
  )
}

/** Returns those who were none before. */
export async function insertOperators(
  { sql, t }: Handle,
  shopId: number,
  added: {
    readonly channelId: number
    readonly memberIds: readonly number[]
    readonly createdAt: number
  },
): Promise<number[]> {
  const { channelId, memberIds, createdAt } = added
  const { channelOperators: operators } = t
  if (memberIds.length === 0) return []
  const made = await sql
    .insert(operators)
    .values(memberIds.map((memberId) => ({ shopId, channelId, memberId, createdAt })))
    .onConflictDoNothing()
    .returning({ memberId: operators.memberId })
  return made.map(({ memberId }) => memberId)
}

export async function deleteOperator(
  { sql, t }: Handle,
  shopId: number,
  { channelId, memberId }: { readonly channelId: number; readonly memberId: number },
): Promise<boolean> {
  const { channelOperators: operators } = t
  const gone = await sql
    .delete(operators)
    .where(
      and(
        eq(operators.shopId, shopId),
        eq(operators.channelId, channelId),
        eq(operators.memberId, memberId),
      ),
    )
    .returning({ memberId: operators.memberId })
  return gone.length > 0
}

/** An invitation into the shop that waits. */
export async function findInvitation(
  { sql, t }: Handle,
  shopId: number,
  asked: { readonly publicId: Buffer; readonly now: number },
) {
  const { accountLinks: links } = t
  const [found] = await sql
    .select({ id: links.id, email: links.email, roles: links.roles, expiresAt: links.expiresAt })
    .from(links)
    .where(
      and(
        eq(links.shopId, shopId),
        eq(links.publicId, asked.publicId),
        eq(links.kind, 'invitation'),
        isNull(links.spentAt),
        gt(links.expiresAt, asked.now),
      ),
    )
  return found
}

export async function insertInvitation(
  { sql, t }: Handle,
  shopId: number,
  invited: { readonly channelId: number; readonly linkId: number; readonly createdAt: number },
): Promise<void> {
  await sql
    .insert(t.channelInvitations)
    .values({ ...invited, shopId })
    .onConflictDoNothing()
}

export async function deleteInvitation(
  { sql, t }: Handle,
  shopId: number,
  { channelId, linkId }: { readonly channelId: number; readonly linkId: number },
): Promise<void> {
  const { channelInvitations: invited } = t
  await sql
    .delete(invited)
    .where(
      and(eq(invited.shopId, shopId), eq(invited.channelId, channelId), eq(invited.linkId, linkId)),
    )
}

/** Those that wait, the oldest first. */
export async function listInvitations(
  { sql, t }: Handle,
  shopId: number,
  { channelId, now }: { readonly channelId: number; readonly now: number },
) {
  const { channelInvitations: invited, accountLinks: links } = t
  return sql
    .select({ publicId: links.publicId, email: links.email, expiresAt: links.expiresAt })
    .from(invited)
    .innerJoin(links, eq(links.id, invited.linkId))
    .where(
      and(
        eq(invited.shopId, shopId),
        eq(invited.channelId, channelId),
        isNull(links.spentAt),
        gt(links.expiresAt, now),
      ),
    )
    .orderBy(asc(links.id))
}

/** Ends what the invitation was to bring; the channels it was for. */
export async function takeInvitedTo(
  { sql, t }: Handle,
  shopId: number,
  linkPublicId: Buffer,
): Promise<number[]> {
  const { channelInvitations: invited, accountLinks: links } = t
  const [link] = await sql
    .select({ id: links.id })
    .from(links)
    .where(and(eq(links.shopId, shopId), eq(links.publicId, linkPublicId)))
  if (link === undefined) return []
  const gone = await sql
    .delete(invited)
    .where(and(eq(invited.shopId, shopId), eq(invited.linkId, link.id)))
    .returning({ channelId: invited.channelId })
  return gone.map(({ channelId }) => channelId)
}
