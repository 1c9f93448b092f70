import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { ChatRule } from '#protocol/chat-rules.ts'
import type { Handle } from './log-store.ts'

/** A channel's list, in order. */
export async function listRules({ sql, t }: Handle, shopId: number, channelId: number) {
  const { chatRules: rules, chatbots } = t
  return sql
    .select({
      action: rules.action,
      pagePattern: rules.pagePattern,
      countries: rules.countries,
      chatbotId: chatbots.publicId,
      chatbotArchivedAt: chatbots.archivedAt,
      botCondition: rules.botCondition,
      afterSeconds: rules.afterSeconds,
      texts: rules.texts,
    })
    .from(rules)
    .leftJoin(chatbots, and(eq(chatbots.id, rules.chatbotId), eq(chatbots.shopId, shopId)))
    .where(and(eq(rules.shopId, shopId), eq(rules.channelId, channelId)))
    .orderBy(asc(rules.position))
}

export type RuleRow = Awaited<ReturnType<typeof listRules>>[number]

/** By their public ids in base64url: the shop's own that are not archived. */
export async function findBots(
  { sql, t: { chatbots } }: Handle,
  shopId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await sql
    .select({ id: chatbots.id, publicId: chatbots.publicId })
    .from(chatbots)
    .where(
      and(
        eq(chatbots.shopId, shopId),
        inArray(
          chatbots.publicId,
          ids.map((id) => Buffer.from(id, 'base64url')),
        ),
        isNull(chatbots.archivedAt),
      ),
    )
  return new Map(rows.map(({ id, publicId }) => [publicId.toString('base64url'), id]))
}

/** The whole list, instead of the one there was. */
export async function replaceRules(
  { sql, t: { chatRules } }: Handle,
  shopId: number,
  {
    channelId,
    rules,
    bots,
  }: {
    readonly channelId: number
    readonly rules: readonly ChatRule[]
    readonly bots: ReadonlyMap<string, number>
  },
): Promise<void> {
  await sql
    .delete(chatRules)
    .where(and(eq(chatRules.shopId, shopId), eq(chatRules.channelId, channelId)))
  if (rules.length === 0) return
  await sql.insert(chatRules).values(
    rules.map(({ chatbotId, ...rule }, position) => ({
      ...rule,
      shopId,
      channelId,
      position,
      chatbotId: chatbotId === null ? null : (bots.get(chatbotId) ?? null),
    })),
  )
}
