import { and, eq, inArray, sql as text } from 'drizzle-orm'
import { keptFor } from '../db/kept-query.ts'
import { padded } from '../db/padded.ts'
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
  if (joined.length > 0) await insertRowsQuery(handle).execute({ rows: JSON.stringify(joined) })
  for (const leavers of leaversOf(left)) await deleteLeavers(handle, leavers)
}

interface Member extends Pick<Subject, 'shopId' | 'kind'> {
  readonly audienceId: number
  readonly subjectId: number
}

async function insertAtOnce(
  handle: Handle,
  rows: readonly (Member & { readonly since: number })[],
): Promise<void> {
  const since = rows.map((row) => row.since)
  await insertQuery(handle).execute({ ...columnsOf(rows), since })
}

async function deleteAtOnce(handle: Handle, rows: readonly Member[]): Promise<void> {
  await deleteQuery(handle).execute(columnsOf(rows))
}

/** In the order of the table's columns; an array a column, whose statement is the same for any number of rows. */
function columnsOf(rows: readonly Member[]) {
  return {
    shopIds: rows.map(({ shopId }) => shopId),
    audienceIds: rows.map(({ audienceId }) => audienceId),
    kinds: rows.map(({ kind }) => kind),
    subjectIds: rows.map(({ subjectId }) => subjectId),
  }
}

const at = (name: keyof ReturnType<typeof columnsOf> | 'since') => text.placeholder(name)
const COLUMNS = text`${at('shopIds')}::bigint[], ${at('audienceIds')}::bigint[], ${at('kinds')}::text[], ${at('subjectIds')}::bigint[]`

const insertQuery = keptFor(({ sql, t }: Handle) =>
  sql
    .insert(t.audienceMembers)
    .select(text`select * from unnest(${COLUMNS}, ${at('since')}::bigint[])`)
    .onConflictDoNothing()
    .prepare('targeting_join'),
)

/** SQLite's, whose tables of JSON are for any number of rows as well. Without a `where` it takes `on` for a join's. */
const insertRowsQuery = keptFor(({ sql, t }: Handle) => {
  const of = (name: string) => text.raw(`value ->> '${name}'`)
  const names = ['shopId', 'audienceId', 'kind', 'subjectId', 'since']
  const columns = text.join(names.map(of), text`, `)
  return sql
    .insert(t.audienceMembers)
    .select(text`select ${columns} from json_each(${text.placeholder('rows')}) where true`)
    .onConflictDoNothing()
    .prepare('targeting_join')
})

const deleteQuery = keptFor(({ sql, t }: Handle) => {
  const { shopId, audienceId, kind, subjectId } = t.audienceMembers
  return sql
    .delete(t.audienceMembers)
    .where(
      text`(${shopId}, ${audienceId}, ${kind}, ${subjectId}) in (select * from unnest(${COLUMNS}))`,
    )
    .prepare('targeting_leave')
})

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
