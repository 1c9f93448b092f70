import {
  and,
  asc,
  count,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  sql as text,
  type Placeholder,
} from 'drizzle-orm'
import { keptFor } from '../db/kept-query.ts'
import { idleBefore } from './presence.ts'
import type { Handle } from './log-store.ts'

/** Roles that answer chats. */
const ANSWERING = ['owner', 'admin', 'operator'] as const

export type OperatorRow = Awaited<ReturnType<typeof listSeated>>[number]

/** Who sits in a channel and still belongs to the shop, as they are now: active, and set to online. */
export function listSeated(handle: Handle, shopId: number, channelId: number, now: number) {
  return seatedQuery(handle).execute({ shopId, channelId, since: idleBefore(now) })
}

const seatedQuery = keptFor(({ sql, t }: Handle) => {
  const { channelOperators: seats, members, operatorPresences: presences } = t
  const shopId = text.placeholder('shopId')
  return sql
    .select({
      memberId: members.id,
      publicId: members.publicId,
      name: members.name,
      alias: members.alias,
      languages: members.languages,
      maxChats: presences.maxChats,
    })
    .from(seats)
    .innerJoin(members, eq(members.id, seats.memberId))
    .innerJoin(
      presences,
      and(eq(presences.shopId, seats.shopId), eq(presences.memberId, seats.memberId)),
    )
    .where(
      and(
        eq(seats.shopId, shopId),
        eq(seats.channelId, text.placeholder('channelId')),
        isNotNull(seats.seatedAt),
        eq(presences.presence, 'online'),
        gt(presences.activeAt, text.placeholder('since')),
        exists(answering({ sql, t }, shopId)),
      ),
    )
    .orderBy(asc(seats.seatedAt))
    .prepare('chat_seated')
})

/** Of the members row around it. */
function answering({ sql, t: { memberRoles, members } }: Handle, shopId: number | Placeholder) {
  return sql
    .select({ memberId: memberRoles.memberId })
    .from(memberRoles)
    .where(
      and(
        eq(memberRoles.shopId, shopId),
        eq(memberRoles.memberId, members.id),
        inArray(memberRoles.role, [...ANSWERING]),
      ),
    )
}

/** How many conversations each has that run. */
export async function countActiveChats(
  { sql, t: { conversations } }: Handle,
  shopId: number,
): Promise<ReadonlyMap<number, number>> {
  const rows = await sql
    .select({ memberId: conversations.operatorId, chats: count() })
    .from(conversations)
    .where(
      and(
        eq(conversations.shopId, shopId),
        eq(conversations.state, 'assigned'),
        eq(conversations.isOffline, false),
      ),
    )
    .groupBy(conversations.operatorId)
  return new Map(rows.flatMap(({ memberId, chats }) => (memberId ? [[memberId, chats]] : [])))
}

/** A member who may answer chats in the shop. */
export async function findOperator(handle: Handle, shopId: number, publicId: Buffer) {
  const { sql, t } = handle
  const { members } = t
  const [found] = await sql
    .select({
      id: members.id,
      publicId: members.publicId,
      name: members.name,
      alias: members.alias,
    })
    .from(members)
    .where(and(eq(members.publicId, publicId), exists(answering(handle, shopId))))
  return found
}

/** By their row, which a session names. */
export async function findMember({ sql, t: { members } }: Handle, memberId: number) {
  const [found] = await sql
    .select({ publicId: members.publicId, name: members.name, alias: members.alias })
    .from(members)
    .where(eq(members.id, memberId))
  return found
}

export async function findPresence(
  { sql, t: { operatorPresences: presences } }: Handle,
  shopId: number,
  memberId: number,
) {
  const [found] = await sql
    .select()
    .from(presences)
    .where(and(eq(presences.shopId, shopId), eq(presences.memberId, memberId)))
  return found
}

/** Input or a message of theirs; never back. */
export async function upsertPresence(
  { sql, t: { operatorPresences: presences } }: Handle,
  shopId: number,
  {
    memberId,
    ...known
  }: {
    readonly memberId: number
    readonly activeAt: number
    readonly presence?: 'online' | 'away'
    readonly maxChats?: number | null
  },
): Promise<void> {
  const row = { presence: 'online', ...known, shopId, memberId } as const
  await sql
    .insert(presences)
    .values(row)
    .onConflictDoUpdate({ target: [presences.shopId, presences.memberId], set: known })
}

/** The channels that have somebody for an operator, and whether they sit there. */
export async function listSeats(
  { sql, t: { channelOperators: seats, channels } }: Handle,
  shopId: number,
  memberId: number,
) {
  return sql
    .select({
      channelId: channels.id,
      publicId: channels.publicId,
      name: channels.name,
      options: channels.options,
      seatedAt: seats.seatedAt,
      wasIdle: seats.wasIdle,
    })
    .from(seats)
    .innerJoin(channels, eq(channels.id, seats.channelId))
    .where(and(eq(seats.shopId, shopId), eq(seats.memberId, memberId), isNull(channels.archivedAt)))
    .orderBy(asc(channels.name), asc(channels.id))
}

/** Takes or leaves a seat. False: the channel does not have them for an operator. */
export async function updateSeat(
  { sql, t: { channelOperators: seats } }: Handle,
  shopId: number,
  seat: { readonly channelId: number; readonly memberId: number },
  set: { readonly seatedAt: number | null; readonly wasIdle: boolean },
): Promise<boolean> {
  const changed = await sql
    .update(seats)
    .set(set)
    .where(
      and(
        eq(seats.shopId, shopId),
        eq(seats.channelId, seat.channelId),
        eq(seats.memberId, seat.memberId),
      ),
    )
    .returning({ memberId: seats.memberId })
  return changed.length > 0
}

/** Who sits somewhere and has done nothing for half an hour. */
export async function listIdle({ sql, t }: Handle, now: number) {
  const { channelOperators: seats, operatorPresences: presences } = t
  return sql
    .selectDistinct({ shopId: seats.shopId, memberId: seats.memberId })
    .from(seats)
    .innerJoin(
      presences,
      and(eq(presences.shopId, seats.shopId), eq(presences.memberId, seats.memberId)),
    )
    .where(and(isNotNull(seats.seatedAt), lte(presences.activeAt, idleBefore(now))))
    .limit(MANY)
}

const MANY = 500

/** They left by being away; true: they sat somewhere until now. */
export async function unseatIdle(
  { sql, t: { channelOperators: seats } }: Handle,
  shopId: number,
  memberId: number,
): Promise<boolean> {
  const left = await sql
    .update(seats)
    .set({ seatedAt: null, wasIdle: true })
    .where(and(eq(seats.shopId, shopId), eq(seats.memberId, memberId), isNotNull(seats.seatedAt)))
    .returning({ memberId: seats.memberId })
  return left.length > 0
}
