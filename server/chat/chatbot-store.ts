import { and, asc, eq, exists, gte, inArray, isNotNull, isNull, ne, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Handle } from './managed-channel-store.ts'

export type ChatbotRow = Handle['t']['chatbots']['$inferSelect']
type Content = Pick<ChatbotRow, 'name' | 'steps' | 'archivedAt' | 'updatedAt'>

/** Those that are not archived, by name; `isArchived`: those that are. A shop has few. */
export async function listChatbots(
  { sql, t: { chatbots } }: Handle,
  shopId: number,
  isArchived: boolean,
): Promise<ChatbotRow[]> {
  const { archivedAt } = chatbots
  return sql
    .select()
    .from(chatbots)
    .where(
      and(eq(chatbots.shopId, shopId), isArchived ? isNotNull(archivedAt) : isNull(archivedAt)),
    )
    .orderBy(asc(chatbots.name), asc(chatbots.id))
}

export async function findChatbot(
  { sql, t: { chatbots } }: Handle,
  shopId: number,
  publicId: Buffer,
): Promise<ChatbotRow | undefined> {
  const [found] = await sql
    .select()
    .from(chatbots)
    .where(and(eq(chatbots.shopId, shopId), eq(chatbots.publicId, publicId)))
  return found
}

/** With its first version. */
export async function insertChatbot(
  handle: Handle,
  shopId: number,
  chatbot: Pick<ChatbotRow, 'publicId' | 'name' | 'steps' | 'createdAt'>,
): Promise<ChatbotRow> {
  const [made] = await handle.sql
    .insert(handle.t.chatbots)
    .values({ ...chatbot, shopId, version: 1, archivedAt: null, updatedAt: chatbot.createdAt })
    .returning()
  if (made === undefined) throw new Error('A chatbot was not made')
  await insertVersion(handle, made)
  return made
}

/** With its next version. Undefined: somebody else has changed it meanwhile. */
export async function updateChatbot(
  handle: Handle,
  { shopId, id, version }: Pick<ChatbotRow, 'shopId' | 'id' | 'version'>,
  change: Content,
): Promise<ChatbotRow | undefined> {
  const { chatbots } = handle.t
  const [changed] = await handle.sql
    .update(chatbots)
    .set({ ...change, version: version + 1 })
    .where(and(eq(chatbots.shopId, shopId), eq(chatbots.id, id), eq(chatbots.version, version)))
    .returning()
  if (changed !== undefined) await insertVersion(handle, changed)
  return changed
}

async function insertVersion(
  { sql, t }: Handle,
  { shopId, id: chatbotId, version, name, steps, updatedAt }: ChatbotRow,
): Promise<void> {
  await sql
    .insert(t.chatbotVersions)
    .values({ shopId, chatbotId, version, name, steps, createdAt: updatedAt })
}

export type VersionRow = Handle['t']['chatbotVersions']['$inferSelect']

interface Asked {
  readonly publicId: Buffer
  readonly version: number
  readonly channelId: number
  /** Epoch ms. */
  readonly since: number
}

/**
 * A script as it was at that version, of a bot that is not archived and that some rule of the channel lets talk. Undefined as
 * well where another version took its place before `since`: what a shop took out is not to be had for ever.
 */
export async function findVersion(
  { sql, t: { chatbots, chatbotVersions: versions, chatRules: rules } }: Handle,
  shopId: number,
  { publicId, version, channelId, since }: Asked,
): Promise<VersionRow | undefined> {
  const next = alias(versions, 'next_version')
  const letTalk = sql
    .select({ chatbotId: rules.chatbotId })
    .from(rules)
    .where(and(eq(rules.shopId, shopId), eq(rules.channelId, channelId), ne(rules.action, 'hide')))
  const replacedSince = sql
    .select({ version: next.version })
    .from(next)
    .where(
      and(
        eq(next.shopId, shopId),
        eq(next.chatbotId, chatbots.id),
        eq(next.version, version + 1),
        gte(next.createdAt, since),
      ),
    )
  const [found] = await sql
    .select({ version: versions })
    .from(versions)
    .innerJoin(chatbots, and(eq(chatbots.shopId, shopId), eq(chatbots.id, versions.chatbotId)))
    .where(
      and(
        eq(versions.shopId, shopId),
        eq(chatbots.publicId, publicId),
        eq(versions.version, version),
        isNull(chatbots.archivedAt),
        inArray(chatbots.id, letTalk),
        or(eq(chatbots.version, version), exists(replacedSince)),
      ),
    )
  return found?.version
}
