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
  sql as text,
} from 'drizzle-orm'
import type { Role } from '#protocol/account.ts'
import type { Database } from '../db/database.ts'

export type Handle = Pick<Database, 'sql' | 't'>
export type ChannelRow = Handle['t']['channels']['$inferSelect']
type NewChannel = Omit<ChannelRow, 'id' | 'shopId'>
export type SettingsRow = Pick<Handle['t']['chatSettings']['$inferSelect'], 'isOn' | 'channelId'>

/** Who holds one of these may answer where they are an operator; whoever lost them does not, whatever rows are left. */
export const ANSWERING: readonly Role[] = ['owner', 'admin', 'operator']

export async function findSettings(
  { sql, t }: Handle,
  shopId: number,
): Promise<SettingsRow | undefined> {
  const { isOn, channelId } = t.chatSettings
  const [found] = await sql
    .select({ isOn, channelId })
    .from(t.chatSettings)
    .where(eq(t.chatSettings.shopId, shopId))
  return found
}

/**
 * Nobody else changes the shop's channels until the transaction ends: what is counted and chosen holds. Makes the row
 * where there is none.
 */
export async function holdSettings({ sql, t }: Handle, shopId: number): Promise<SettingsRow> {
  const { isOn, channelId } = t.chatSettings
  const [held] = await sql
    .insert(t.chatSettings)
    .values({ shopId, isOn: false, channelId: null })
    .onConflictDoUpdate({ target: t.chatSettings.shopId, set: { isOn: text`${isOn}` } })
    .returning({ isOn, channelId })
  if (held === undefined) throw new Error('The settings of chat were neither made nor found')
  return held
}

export async function updateSettings(
  { sql, t }: Handle,
  shopId: number,
  settings: SettingsRow,
): Promise<void> {
  await sql.update(t.chatSettings).set(settings).where(eq(t.chatSettings.shopId, shopId))
}

export async function insertChannel(
  { sql, t }: Handle,
  shopId: number,
  channel: NewChannel,
): Promise<number> {
  const [made] = await sql
    .insert(t.channels)
    .values({ ...channel, shopId })
    .returning({ id: t.channels.id })
  if (made === undefined) throw new Error('A channel was not made')
  return made.id
}

/** Those that are not archived, the oldest first; `isArchived`: those that are. A shop has few. */
export function listChannels(
  { sql, t }: Handle,
  shopId: number,
  isArchived: boolean,
): Promise<ChannelRow[]> {
  const { archivedAt } = t.channels
  return sql
    .select()
    .from(t.channels)
    .where(
      and(eq(t.channels.shopId, shopId), isArchived ? isNotNull(archivedAt) : isNull(archivedAt)),
    )
    .orderBy(asc(t.channels.id))
}

export async function findChannel(
  { sql, t }: Handle,
  shopId: number,
  publicId: Buffer,
): Promise<ChannelRow | undefined> {
  const [found] = await sql
    .select()
    .from(t.channels)
    .where(and(eq(t.channels.shopId, shopId), eq(t.channels.publicId, publicId)))
  return found
}

export async function findPublicId(
  { sql, t }: Handle,
  shopId: number,
  id: number,
): Promise<Buffer | undefined> {
  const [found] = await sql
    .select({ publicId: t.channels.publicId })
    .from(t.channels)
    .where(and(eq(t.channels.shopId, shopId), eq(t.channels.id, id)))
  return found?.publicId
}

/** Whether it was still of that version. */
export async function updateChannel(
  { sql, t }: Handle,
  shopId: number,
  { id, version }: Pick<ChannelRow, 'id' | 'version'>,
  change: Pick<ChannelRow, 'name' | 'options' | 'archivedAt' | 'updatedAt'>,
): Promise<boolean> {
  const { channels } = t
  const changed = await sql
    .update(channels)
    .set({ ...change, version: version + 1 })
    .where(and(eq(channels.shopId, shopId), eq(channels.id, id), eq(channels.version, version)))
    .returning({ id: channels.id })
  return changed.length > 0
}

interface OperatorHere {
  readonly channelId: number
  readonly publicId: Buffer
  readonly name: string
  readonly photoOf: number | null
}

export interface ChannelCounts {
  readonly operatorCount: number
  readonly here: readonly OperatorHere[]
  readonly queuedCount: number
  readonly assignedCount: number
}

interface Asked {
  readonly ids: readonly number[]
  /** Whoever did nothing since then is not there. */
  readonly activeSince: number
}

/** By channel, of those that were asked for. */
export async function countsOf(
  handle: Handle,
  shopId: number,
  asked: Asked,
): Promise<ReadonlyMap<number, ChannelCounts>> {
  const { ids } = asked
  if (ids.length === 0) return new Map()
  const { sql, t } = handle
  const { channelOperators: operators, conversations } = t
  const here = await listHere(handle, shopId, asked)
  const all = await sql
    .select({ channelId: operators.channelId, many: count() })
    .from(operators)
    .where(
      and(
        eq(operators.shopId, shopId),
        inArray(operators.channelId, [...ids]),
        mayAnswer(handle, shopId),
      ),
    )
    .groupBy(operators.channelId)
  const running = await sql
    .select({ channelId: conversations.channelId, state: conversations.state, many: count() })
    .from(conversations)
    .where(
      and(
        eq(conversations.shopId, shopId),
        inArray(conversations.channelId, [...ids]),
        inArray(conversations.state, ['queued', 'assigned']),
      ),
    )
    .groupBy(conversations.channelId, conversations.state)
  const many = (channelId: number, state: string) =>
    running.find((row) => row.channelId === channelId && row.state === state)?.many ?? 0
  return new Map(
    ids.map((id) => [
      id,
      {
        operatorCount: all.find((row) => row.channelId === id)?.many ?? 0,
        here: here.filter((row) => row.channelId === id),
        queuedCount: many(id, 'queued'),
        assignedCount: many(id, 'assigned'),
      },
    ]),
  )
}

/** Those with a seat who are online, in the order in which they took it. */
function listHere(
  { sql, t }: Handle,
  shopId: number,
  { ids, activeSince }: Asked,
): Promise<OperatorHere[]> {
  const { channelOperators: operators, operatorPresences: presences, members, memberPhotos } = t
  return sql
    .select({
      channelId: operators.channelId,
      publicId: members.publicId,
      name: members.name,
      photoOf: memberPhotos.memberId,
    })
    .from(operators)
    .innerJoin(members, eq(members.id, operators.memberId))
    .innerJoin(
      presences,
      and(eq(presences.shopId, operators.shopId), eq(presences.memberId, operators.memberId)),
    )
    .leftJoin(memberPhotos, eq(memberPhotos.memberId, operators.memberId))
    .where(
      and(
        eq(operators.shopId, shopId),
        inArray(operators.channelId, [...ids]),
        isNotNull(operators.seatedAt),
        eq(presences.presence, 'online'),
        gt(presences.activeAt, activeSince),
        mayAnswer({ sql, t }, shopId),
      ),
    )
    .orderBy(asc(operators.seatedAt), asc(operators.memberId))
}

/** That the operator's roles in the shop still let them. */
export function mayAnswer({ sql, t }: Handle, shopId: number) {
  const { memberRoles: roles, channelOperators: operators } = t
  return exists(
    sql
      .select({ one: text`1` })
      .from(roles)
      .where(
        and(
          eq(roles.shopId, shopId),
          eq(roles.memberId, operators.memberId),
          inArray(roles.role, [...ANSWERING]),
        ),
      ),
  )
}

/** Channels that have a picture. */
export async function listPictured(
  { sql, t }: Handle,
  shopId: number,
): Promise<ReadonlySet<number>> {
  const rows = await sql
    .select({ channelId: t.channelAvatars.channelId })
    .from(t.channelAvatars)
    .where(eq(t.channelAvatars.shopId, shopId))
  return new Set(rows.map(({ channelId }) => channelId))
}

type AvatarRow = Handle['t']['channelAvatars']['$inferSelect']

export async function findAvatar(
  { sql, t }: Handle,
  shopId: number,
  channelId: number,
): Promise<Pick<AvatarRow, 'type' | 'content'> | undefined> {
  const { type, content } = t.channelAvatars
  const [found] = await sql
    .select({ type, content })
    .from(t.channelAvatars)
    .where(and(eq(t.channelAvatars.shopId, shopId), eq(t.channelAvatars.channelId, channelId)))
  return found
}

export async function upsertAvatar({ sql, t }: Handle, avatar: AvatarRow): Promise<void> {
  const { type, content, changedAt } = avatar
  await sql
    .insert(t.channelAvatars)
    .values(avatar)
    .onConflictDoUpdate({ target: t.channelAvatars.channelId, set: { type, content, changedAt } })
}

export async function deleteAvatar(
  { sql, t }: Handle,
  shopId: number,
  channelId: number,
): Promise<void> {
  await sql
    .delete(t.channelAvatars)
    .where(and(eq(t.channelAvatars.shopId, shopId), eq(t.channelAvatars.channelId, channelId)))
}
