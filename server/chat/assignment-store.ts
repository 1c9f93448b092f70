import { and, desc, eq, gte, isNotNull, isNull, lte, ne, or } from 'drizzle-orm'
import type { AssignmentReason } from '#protocol/chat.ts'
import type { ConversationRow } from './conversation-store.ts'
import type { Handle } from './log-store.ts'

type EndedBy = NonNullable<Handle['t']['conversationAssignments']['$inferSelect']['endedBy']>

/** False: somebody has it already. */
export async function insertAssignment(
  { sql, t: { conversationAssignments: assignments } }: Handle,
  shopId: number,
  assignment: {
    readonly conversationId: number
    readonly memberId: number
    readonly reason: AssignmentReason
    readonly assignedAt: number
  },
): Promise<boolean> {
  const made = await sql
    .insert(assignments)
    .values({ ...assignment, shopId })
    .onConflictDoNothing()
    .returning({ id: assignments.id })
  return made.length > 0
}

/** Undefined: nobody had it, or not as `when` says. */
export async function endAssignment(
  { sql, t: { conversationAssignments: assignments } }: Handle,
  shopId: number,
  conversationId: number,
  { endedBy, endedAt }: { readonly endedBy: EndedBy; readonly endedAt: number },
  when?: { readonly unansweredBy: number },
): Promise<number | null | undefined> {
  const [ended] = await sql
    .update(assignments)
    .set({ endedBy, endedAt })
    .where(
      and(
        eq(assignments.shopId, shopId),
        eq(assignments.conversationId, conversationId),
        isNull(assignments.endedAt),
        when && eq(assignments.memberId, when.unansweredBy),
        when && isNull(assignments.answeredAt),
      ),
    )
    .returning({ memberId: assignments.memberId })
  return ended?.memberId
}

/** Whether it is their first message since they got it. */
export async function markAnswered(
  { sql, t: { conversationAssignments: assignments } }: Handle,
  shopId: number,
  {
    conversationId,
    memberId,
    at,
  }: {
    readonly conversationId: number
    readonly memberId: number
    readonly at: number
  },
): Promise<boolean> {
  const answered = await sql
    .update(assignments)
    .set({ answeredAt: at })
    .where(
      and(
        eq(assignments.shopId, shopId),
        eq(assignments.conversationId, conversationId),
        eq(assignments.memberId, memberId),
        isNull(assignments.endedAt),
        isNull(assignments.answeredAt),
      ),
    )
    .returning({ id: assignments.id })
  return answered.length > 0
}

/** Who answered this visitor last, since then; in this very conversation too, where it was closed with them. */
export async function findPreviousOperator(
  { sql, t: { conversationAssignments: assignments, conversations } }: Handle,
  { shopId, id, begunBy, visitorId, customerId }: ConversationRow,
  since: number,
): Promise<number | null> {
  const [found] = await sql
    .select({ memberId: assignments.memberId })
    .from(assignments)
    .innerJoin(conversations, eq(conversations.id, assignments.conversationId))
    .where(
      and(
        eq(assignments.shopId, shopId),
        gte(assignments.answeredAt, since),
        isNotNull(assignments.memberId),
        or(ne(conversations.id, id), eq(assignments.endedBy, 'closed')),
        or(
          eq(conversations.begunBy, begunBy),
          visitorId === null ? undefined : eq(conversations.visitorId, visitorId),
          customerId === null ? undefined : eq(conversations.customerId, customerId),
        ),
      ),
    )
    .orderBy(desc(assignments.answeredAt))
    .limit(1)
  return found?.memberId ?? null
}

/** Who had it since it was last answered, and did not. */
export async function listPassedOver(
  { sql, t: { conversationAssignments: assignments } }: Handle,
  shopId: number,
  conversationId: number,
): Promise<number[]> {
  const rows = await sql
    .select({ memberId: assignments.memberId, endedBy: assignments.endedBy })
    .from(assignments)
    .where(and(eq(assignments.shopId, shopId), eq(assignments.conversationId, conversationId)))
    .orderBy(desc(assignments.id))
    .limit(PASSED_OVER)
  const last = rows.findIndex(({ endedBy }) => endedBy !== 'unanswered' && endedBy !== null)
  return rows
    .slice(0, last < 0 ? rows.length : last)
    .flatMap(({ memberId }) => (memberId === null ? [] : [memberId]))
}

const PASSED_OVER = 20

/** Those that nobody has answered, given before then or to that member. */
export async function listUnanswered(
  { sql, t: { conversationAssignments: assignments, conversations } }: Handle,
  of: { readonly assignedBefore: number } | { readonly shopId: number; readonly memberId: number },
) {
  return sql
    .select({
      shopId: assignments.shopId,
      conversationId: assignments.conversationId,
      channelId: conversations.channelId,
      memberId: assignments.memberId,
      assignedAt: assignments.assignedAt,
    })
    .from(assignments)
    .innerJoin(conversations, eq(conversations.id, assignments.conversationId))
    .where(
      and(
        isNull(assignments.endedAt),
        isNull(assignments.answeredAt),
        eq(conversations.state, 'assigned'),
        eq(conversations.isOffline, false),
        'memberId' in of
          ? and(eq(assignments.shopId, of.shopId), eq(assignments.memberId, of.memberId))
          : lte(assignments.assignedAt, of.assignedBefore),
      ),
    )
    .orderBy(assignments.assignedAt)
    .limit(MANY)
}

const MANY = 500
