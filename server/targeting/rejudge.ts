import { and, asc, eq, inArray, sql as text } from 'drizzle-orm'
import type { SubjectKind } from '#protocol/audiences.ts'
import { inGroups, padded } from '../db/padded.ts'
import { documentOf, type ChatPart, type CustomerPart } from '../events/service.ts'
import type { CompiledAudience, Definitions, Handle } from './definitions.ts'
import { judge, type Judged } from './judge.ts'
import { writeMembership } from './membership.ts'
import { tellMembership, type TellFacts } from './tell-membership.ts'

/** The customers' own data, for conditions that ask for it. */
export type CustomerParts = (
  handle: Handle,
  shopId: number,
  customerIds: readonly number[],
) => Promise<ReadonlyMap<number, CustomerPart>>

/** What the chat knows of visitors or customers, for conditions that ask for it. */
export type ChatParts = (
  handle: Handle,
  shopId: number,
  kind: SubjectKind,
  ids: readonly number[],
) => Promise<ReadonlyMap<number, ChatPart>>

/** What profiles don't say, asked for where a condition reads it. */
export interface Parts {
  readonly customerParts: CustomerParts
  readonly chatParts: ChatParts
}

export interface Rejudging extends Parts {
  readonly kind: SubjectKind
  readonly shopId: number
  readonly subjectIds: readonly number[]
  readonly definitions: Definitions
  /** Which audiences to ask about a profile, at that time. */
  readonly asked: (
    profile: Pick<Judged, 'reconsiderAt'>,
    now: number,
  ) => readonly CompiledAudience[]
  readonly now: () => number
  /** Missing: nobody has entered or left, it is only now known. */
  readonly tell?: TellFacts
}

/** Works out memberships without an event, in the transaction of `handle`, which keeps the profiles to itself. */
export async function rejudge(handle: Handle, rejudging: Rejudging): Promise<void> {
  const { sql, t } = handle
  const { kind, shopId, subjectIds, definitions } = rejudging
  await lockSubjects(handle, kind, shopId, subjectIds)
  // Only now: events that were waited for may be of a later time than when the wait began.
  const now = rejudging.now()
  const profiles = kind === 'visitor' ? t.visitorProfiles : t.customerProfiles
  const rows = await sql
    .select()
    .from(profiles)
    .where(and(eq(profiles.shopId, shopId), inArray(profiles.subjectId, padded(subjectIds))))
  const ids = rows.map(({ subjectId }) => subjectId)
  const parts = await customersOf(handle, rejudging, ids)
  const chats =
    definitions.readsChat.size === 0
      ? undefined
      : await rejudging.chatParts(handle, shopId, kind, ids)
  const changes = rows.map((row) => {
    const subject = { kind, shopId, id: row.subjectId }
    const customer = parts.get(row.subjectId)
    const chat = chats?.get(row.subjectId)
    const judged: Judged = {
      ...row,
      subject,
      document: documentOf(row.document),
      changed: new Set(),
      isNew: false,
      ...(customer !== undefined && { customer }),
      ...(chat !== undefined && { chat }),
    }
    const asked = new Set(rejudging.asked(row, now))
    return { subject, before: row, judgement: judge(judged, definitions, asked, now) }
  })
  await writeMembership(handle, changes, now)
  const { tell } = rejudging
  if (tell !== undefined)
    await tellMembership(handle, definitions, { moved: changes, at: now, tell })
  const changed = changes.flatMap(({ before, judgement }) => {
    const { audiences, reconsiderAt, joined, left } = judgement
    const isSame = joined.length === 0 && left.length === 0
    return isSame && reconsiderAt === before.reconsiderAt
      ? []
      : [{ ...before, audiences, reconsiderAt }]
  })
  for (const some of inGroups(changed)) {
    // They are all there; so many at once can't be written otherwise.
    await sql
      .insert(profiles)
      .values(some)
      .onConflictDoUpdate({
        target: profiles.subjectId,
        set: { audiences: text`excluded.audiences`, reconsiderAt: text`excluded.reconsider_at` },
      })
  }
}

async function customersOf(
  handle: Handle,
  { kind, shopId, definitions, customerParts }: Rejudging,
  subjectIds: readonly number[],
): Promise<ReadonlyMap<number, CustomerPart>> {
  if (kind === 'visitor' || definitions.readsCustomer.size === 0) return new Map()
  return customerParts(handle, shopId, subjectIds)
}

/** In the order in which ingestion locks them. SQLite has one writer, which is this one now. */
export async function lockSubjects(
  { sql, t, holds = false }: Handle,
  kind: SubjectKind,
  shopId: number,
  subjectIds: readonly number[],
): Promise<void> {
  if (!holds || subjectIds.length === 0) return
  const subjects = kind === 'visitor' ? t.visitors : t.customers
  await sql
    .select({ id: subjects.id })
    .from(subjects)
    .where(and(eq(subjects.shopId, shopId), inArray(subjects.id, padded(subjectIds))))
    .orderBy(asc(subjects.id))
    .for('no key update')
}
