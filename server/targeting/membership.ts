import { and, eq, inArray, sql as text } from 'drizzle-orm'
import { inGroups, padded } from '../db/padded.ts'
import { together } from '../db/together.ts'
import type { Subject } from '../events/service.ts'
import type { Handle } from './definitions.ts'
import type { Judgement } from './judge.ts'

interface Change {
  readonly subject: Subject
  readonly judgement: Pick<Judgement, 'joined' | 'left'>
}

/** Writes who joined and who left. PostgreSQL: one statement each, for every one costs a commit its way there and back. */
export async function writeMembership(
  handle: Handle,
  changes: readonly Change[],
  now: number,
): Promise<void> {
  const joined = changes.flatMap(({ subject: { shopId, kind, id }, judgement }) =>
    judgement.joined.map((audienceId) => ({ shopId, audienceId, kind, subjectId: id, since: now })),
  )
  const left = changes.flatMap(({ subject: { shopId, kind, id }, judgement }) =>
    judgement.left.map((audienceId) => ({ shopId, audienceId, kind, subjectId: id })),
  )
  if (handle.holds === true) {
    await together([
      joined.length > 0 && insertAtOnce(handle, joined),
      left.length > 0 && deleteAtOnce(handle, left),
    ])
    return
  }
  const { sql, t } = handle
  for (const rows of inGroups(joined)) {
    await sql.insert(t.audienceMembers).values(rows).onConflictDoNothing()
  }
  for (const leavers of leaversOf(left)) await deleteLeavers(handle, leavers)
}

interface Member extends Pick<Subject, 'shopId' | 'kind'> {
  readonly audienceId: number
  readonly subjectId: number
}

async function insertAtOnce(
  { sql, t }: Handle,
  rows: readonly (Member & { readonly since: number })[],
): Promise<void> {
  const since = text.param(rows.map((row) => row.since))
  await sql
    .insert(t.audienceMembers)
    .select(text`select * from unnest(${columnsOf(rows)}, ${since}::bigint[])`)
    .onConflictDoNothing()
}

async function deleteAtOnce({ sql, t }: Handle, rows: readonly Member[]): Promise<void> {
  const { shopId, audienceId, kind, subjectId } = t.audienceMembers
  await sql
    .delete(t.audienceMembers)
    .where(
      text`(${shopId}, ${audienceId}, ${kind}, ${subjectId}) in (select * from unnest(${columnsOf(rows)}))`,
    )
}

/** In the order of the table's columns; an array a column, whose statement is the same for any number of rows. */
function columnsOf(rows: readonly Member[]) {
  const shopIds = text.param(rows.map(({ shopId }) => shopId))
  const audienceIds = text.param(rows.map(({ audienceId }) => audienceId))
  const kinds = text.param(rows.map(({ kind }) => kind))
  const subjectIds = text.param(rows.map(({ subjectId }) => subjectId))
  return text`${shopIds}::bigint[], ${audienceIds}::bigint[], ${kinds}::text[], ${subjectIds}::bigint[]`
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

interface Leavers extends Pick<Member, 'shopId' | 'kind' | 'audienceId'> {
  readonly subjectIds: number[]
}

function leaversOf(left: readonly Member[]): Iterable<Leavers> {
  const found = new Map<string, Leavers>()
  for (const { shopId, audienceId, kind, subjectId } of left) {
    const name = `${shopId} ${audienceId} ${kind}`
    const known = found.get(name) ?? { shopId, audienceId, kind, subjectIds: [] }
    known.subjectIds.push(subjectId)
    found.set(name, known)
  }
  return found.values()
}

async function deleteLeavers(
  { sql, t }: Handle,
  { shopId, audienceId, kind, subjectIds }: Leavers,
): Promise<void> {
  const { audienceMembers: members } = t
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
