import { and, eq } from 'drizzle-orm'
import type { Audience } from '#protocol/audiences.ts'
import { customerFacts } from '#server/customers/service.ts'
import type { Database } from '#server/db/database.ts'
import { documentOf } from '#server/events/service.ts'
import { compile } from '#server/targeting/compile.ts'
import { factsOf } from '#server/targeting/judge.ts'
import { readFacts } from '#server/targeting/reading.ts'
import { NOW } from './ingestion.ts'

interface MembersByHand {
  /** As the table of members says. */
  readonly stored: ReadonlySet<string>
  /** As the profiles' own rows say. */
  readonly kept: ReadonlySet<string>
  /** Those whose profile, asked by itself, fulfils the condition. */
  readonly right: ReadonlySet<string>
}

/** Asks every profile of a shop, at `NOW`, whether it should be in the audience. */
export async function membersByHand(
  db: Database,
  shopId: number,
  { id, condition }: Pick<Audience, 'id' | 'condition'>,
): Promise<MembersByHand> {
  const { sql, t } = db
  const { holds } = compile(condition)
  const members = await sql
    .select({ kind: t.audienceMembers.kind, subjectId: t.audienceMembers.subjectId })
    .from(t.audienceMembers)
    .where(and(eq(t.audienceMembers.shopId, shopId), eq(t.audienceMembers.audienceId, Number(id))))
  const right = new Set<string>()
  const kept = new Set<string>()
  for (const kind of ['visitor', 'customer'] as const) {
    const profiles = kind === 'visitor' ? t.visitorProfiles : t.customerProfiles
    const rows = await sql.select().from(profiles).where(eq(profiles.shopId, shopId))
    for (const { subjectId, document, consent, audiences } of rows) {
      const name = `${kind} ${subjectId}`
      const customer = kind === 'customer' ? await customerFacts(db, shopId, subjectId) : undefined
      const judged = {
        document: documentOf(document),
        consent,
        ...(customer !== undefined && { customer }),
      }
      const memberIds = new Set(Object.keys(audiences))
      if (holds(readFacts(factsOf(judged, { timeZone: 'UTC', now: NOW, memberIds })))) {
        right.add(name)
      }
      if (memberIds.has(id)) kept.add(name)
    }
  }
  const stored = new Set(members.map(({ kind, subjectId }) => `${kind} ${subjectId}`))
  return { stored, kept, right }
}
