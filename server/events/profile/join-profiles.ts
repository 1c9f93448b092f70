import { and, eq } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { documentOf, documentText } from './document-text.ts'
import { profileOrders } from './purchases.ts'
import { mergeProfiles } from './reduce.ts'
import type { Subject } from './store.ts'

interface Joining {
  readonly from: Subject
  readonly into: Subject
  /** `from` becomes `into`, and has no profile of its own any more. */
  readonly endsFrom: boolean
  readonly now: number
}

/**
 * Adds what one profile knows to another, in a transaction that holds both subjects. Whoever `into` is, its audiences
 * are due to be worked out again at once.
 */
export async function joinProfiles(
  { sql, t }: Pick<Database, 'sql' | 't'>,
  { from, into, endsFrom, now }: Joining,
): Promise<void> {
  const source = tableOf(t, from)
  const target = tableOf(t, into)
  const [lost] = await sql.select().from(source).where(isOf(source, from))
  if (lost === undefined) return
  const [known] = await sql.select().from(target).where(isOf(target, into))
  const other = documentOf(lost.document)
  const draft = known === undefined ? other : documentOf(known.document)
  if (known !== undefined) mergeProfiles(draft, other)
  const row = {
    document: documentText(draft),
    consent: known?.consent ?? lost.consent,
    reconsiderAt: now,
    lastAt: draft.lastAt,
    visits: draft.visits.count,
    orders: profileOrders(draft),
  }
  if (known === undefined) {
    const { id: subjectId, shopId } = into
    await sql.insert(target).values({ ...row, subjectId, shopId, version: 1, audiences: {} })
  } else {
    await sql
      .update(target)
      .set({ ...row, version: known.version + 1 })
      .where(isOf(target, into))
  }
  if (!endsFrom) return
  await sql.delete(source).where(isOf(source, from))
}

function tableOf(t: Database['t'], { kind }: Subject) {
  return kind === 'visitor' ? t.visitorProfiles : t.customerProfiles
}

function isOf(profiles: ReturnType<typeof tableOf>, { shopId, id }: Subject) {
  return and(eq(profiles.shopId, shopId), eq(profiles.subjectId, id))
}
