import type { SubjectKind } from '#protocol/audiences.ts'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { padded } from '../db/padded.ts'
import type { CustomerPart, ProfileDocument } from '../events/service.ts'
import type { CompiledAudience, Definitions, Handle } from './definitions.ts'
import { judgeSome, type Judged } from './judge.ts'
import { writeMembership } from './membership.ts'

/** The customers' own data, for conditions that ask for it. */
export type CustomerParts = (
  handle: Handle,
  shopId: number,
  customerIds: readonly number[],
) => Promise<ReadonlyMap<number, CustomerPart>>

export interface Rejudging {
  readonly kind: SubjectKind
  readonly shopId: number
  readonly subjectIds: readonly number[]
  readonly definitions: Definitions
  /** Which audiences to ask about a profile. */
  readonly asked: (profile: Pick<Judged, 'reconsiderAt'>) => readonly CompiledAudience[]
  readonly now: number
  readonly customerParts: CustomerParts
}

/** Works out memberships without an event, in the transaction of `handle`, which keeps the profiles to itself. */
export async function rejudge(handle: Handle, rejudging: Rejudging): Promise<void> {
  const { sql, t } = handle
  const { kind, shopId, subjectIds, definitions, now } = rejudging
  await lockSubjects(handle, rejudging)
  const profiles = kind === 'visitor' ? t.visitorProfiles : t.customerProfiles
  const rows = await sql
    .select()
    .from(profiles)
    .where(and(eq(profiles.shopId, shopId), inArray(profiles.subjectId, padded(subjectIds))))
  const isOfCustomers = kind === 'customer' && definitions.readsCustomers
  const parts = isOfCustomers
    ? await rejudging.customerParts(
        handle,
        shopId,
        rows.map(({ subjectId }) => subjectId),
      )
    : undefined
  const changes = rows.map((row) => {
    const subject = { kind, shopId, id: row.subjectId }
    const customer = parts?.get(row.subjectId)
    const judged: Judged = {
      ...row,
      subject,
      document: JSON.parse(row.document) as ProfileDocument,
      changed: new Set(),
      isNew: false,
      ...(customer !== undefined && { customer }),
    }
    const asked = new Set(rejudging.asked(row))
    return { subject, judgement: judgeSome(judged, definitions, asked, now) }
  })
  await writeMembership(handle, changes, now)
  for (const { subject, judgement } of changes) {
    const { audiences, reconsiderAt } = judgement
    await sql
      .update(profiles)
      .set({ audiences, reconsiderAt })
      .where(and(eq(profiles.shopId, shopId), eq(profiles.subjectId, subject.id)))
  }
}

/** In the order in which ingestion locks them. SQLite has one writer, which is this one now. */
async function lockSubjects({ sql, t, holds = false }: Handle, rejudging: Rejudging) {
  if (!holds) return
  const { kind, shopId, subjectIds } = rejudging
  const subjects = kind === 'visitor' ? t.visitors : t.customers
  await sql
    .select({ id: subjects.id })
    .from(subjects)
    .where(and(eq(subjects.shopId, shopId), inArray(subjects.id, padded(subjectIds))))
    .orderBy(asc(subjects.id))
    .for('no key update')
}
