import { and, eq, inArray } from 'drizzle-orm'
import { padded } from '../db/padded.ts'
import type { Handle } from './log-store.ts'

type TalkRow = Handle['t']['botTalks']['$inferSelect']

/** Where a bot stands, with its script. */
export interface Talk extends TalkRow {
  readonly name: string
  readonly steps: Handle['t']['chatbotVersions']['$inferSelect']['steps']
}

export async function insertTalk(
  { sql, t }: Handle,
  talk: Omit<TalkRow, 'answers' | 'attributes' | 'missed'>,
): Promise<void> {
  await sql.insert(t.botTalks).values({ ...talk, answers: {}, attributes: {}, missed: false })
}

/** With the version of the script that it began with. */
export async function findTalk(
  { sql, t: { botTalks, chatbotVersions: versions } }: Handle,
  shopId: number,
  conversationId: number,
): Promise<Talk | undefined> {
  const [found] = await sql
    .select({ talk: botTalks, name: versions.name, steps: versions.steps })
    .from(botTalks)
    .innerJoin(
      versions,
      and(
        eq(versions.shopId, shopId),
        eq(versions.chatbotId, botTalks.chatbotId),
        eq(versions.version, botTalks.version),
      ),
    )
    .where(and(eq(botTalks.shopId, shopId), eq(botTalks.conversationId, conversationId)))
  return found && { ...found.talk, name: found.name, steps: found.steps }
}

export async function updateTalk(
  { sql, t: { botTalks } }: Handle,
  { shopId, conversationId }: Pick<TalkRow, 'shopId' | 'conversationId'>,
  change: Partial<Pick<TalkRow, 'stepId' | 'answers' | 'attributes' | 'missed'>> &
    Pick<TalkRow, 'updatedAt'>,
): Promise<void> {
  await sql
    .update(botTalks)
    .set(change)
    .where(and(eq(botTalks.shopId, shopId), eq(botTalks.conversationId, conversationId)))
}

/** What the bots of these conversations are called there. */
export async function listBotNames(
  { sql, t: { botTalks, chatbots, chatbotVersions: versions } }: Handle,
  shopId: number,
  conversationIds: readonly number[],
) {
  if (conversationIds.length === 0) return []
  return sql
    .select({
      conversationId: botTalks.conversationId,
      publicId: chatbots.publicId,
      name: versions.name,
    })
    .from(botTalks)
    .innerJoin(chatbots, and(eq(chatbots.shopId, shopId), eq(chatbots.id, botTalks.chatbotId)))
    .innerJoin(
      versions,
      and(
        eq(versions.shopId, shopId),
        eq(versions.chatbotId, botTalks.chatbotId),
        eq(versions.version, botTalks.version),
      ),
    )
    .where(
      and(
        eq(botTalks.shopId, shopId),
        inArray(botTalks.conversationId, padded([...conversationIds])),
      ),
    )
}
