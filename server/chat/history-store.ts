import { and, desc, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import { padded } from '../db/padded.ts'
import { seenBy, type Seer } from './conversation-store.ts'
import type { Handle } from './log-store.ts'

/** Where a list goes on. */
export interface Place {
  readonly at: number
  readonly publicId: Buffer
}

interface Wanted {
  readonly isRunningOnly: boolean
  readonly before: Place | undefined
  readonly limit: number
}

export type EarlierRow = Awaited<ReturnType<typeof listEarlier>>[number]

/** The newest first. */
export async function listEarlier(
  { sql, t }: Handle,
  shopId: number,
  seer: Seer,
  { isRunningOnly, before, limit }: Wanted,
) {
  const { conversations, channels } = t
  return sql
    .select({
      id: conversations.id,
      publicId: conversations.publicId,
      channelPublicId: channels.publicId,
      state: conversations.state,
      isBlocked: conversations.isBlocked,
      createdAt: conversations.createdAt,
      lastAt: conversations.lastAt,
      lastText: conversations.lastText,
      lastAuthor: conversations.lastAuthor,
    })
    .from(conversations)
    .innerJoin(channels, eq(channels.id, conversations.channelId))
    .where(
      and(
        eq(conversations.shopId, shopId),
        seenBy({ sql, t }, shopId, seer),
        isRunningOnly ? isNull(conversations.closedAt) : undefined,
        before &&
          or(
            lt(conversations.lastAt, before.at),
            and(eq(conversations.lastAt, before.at), lt(conversations.publicId, before.publicId)),
          ),
      ),
    )
    .orderBy(desc(conversations.lastAt), desc(conversations.publicId))
    .limit(limit)
}

/** Of these, those that the seer reaches. */
export async function listWritable(
  { sql, t }: Handle,
  shopId: number,
  seer: Seer,
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set()
  const { conversations } = t
  const rows = await sql
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.shopId, shopId),
        inArray(conversations.id, padded(ids)),
        seenBy({ sql, t }, shopId, seer),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}
