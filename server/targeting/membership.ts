import { and, eq, inArray } from 'drizzle-orm'
import { inGroups, padded } from '../db/padded.ts'
import type { Subject } from '../events/service.ts'
import type { Handle } from './definitions.ts'
import type { Judgement } from './judge.ts'

/** Writes who joined and who left, in as few statements as there are kinds of change. */
export async function writeMembership(
  { sql, t }: Handle,
  changes: readonly { readonly subject: Subject; readonly judgement: Judgement }[],
  now: number,
): Promise<void> {
  const members = t.audienceMembers
  const joined = changes.flatMap(({ subject: { shopId, kind, id }, judgement }) =>
    judgement.joined.map((audienceId) => ({ shopId, audienceId, kind, subjectId: id, since: now })),
  )
  for (const rows of inGroups(joined)) {
    await sql.insert(members).values(rows).onConflictDoNothing()
  }
  for (const { shopId, audienceId, kind, subjectIds } of leavers(changes)) {
    await sql
      .delete(members)
      .where(
        and(
          eq(members.shopId, shopId),
          eq(members.audienceId, audienceId),
          eq(members.kind, kind),
          inArray(members.subjectId, padded(subjectIds)),
        ),
      )
  }
}

export async function deleteMemberships(
  { sql, t }: Handle,
  { shopId, kind, id }: Subject,
): Promise<void> {
  const { audienceMembers: members } = t
  await sql
    .delete(members)
    .where(and(eq(members.shopId, shopId), eq(members.kind, kind), eq(members.subjectId, id)))
}

interface Leavers extends Pick<Subject, 'shopId' | 'kind'> {
  readonly audienceId: number
  readonly subjectIds: number[]
}

function leavers(
  changes: readonly { readonly subject: Subject; readonly judgement: Judgement }[],
): Iterable<Leavers> {
  const found = new Map<string, Leavers>()
  for (const { subject, judgement } of changes) {
    const { shopId, kind, id } = subject
    for (const audienceId of judgement.left) {
      const name = `${shopId} ${audienceId} ${kind}`
      const known = found.get(name) ?? { shopId, audienceId, kind, subjectIds: [] }
      known.subjectIds.push(id)
      found.set(name, known)
    }
  }
  return found.values()
}
