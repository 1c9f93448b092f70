import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, inArray, lte } from 'drizzle-orm'
import { SUBJECT_KINDS, type SubjectKind } from '#protocol/audiences.ts'
import type { Database } from '../db/database.ts'
import { inGroups } from '../db/padded.ts'
import type { DefinitionCache, Handle } from './definitions.ts'
import { holdAudiences } from './gate.ts'
import { lockSubjects, rejudge, type Parts } from './rejudge.ts'
import type { TellFacts } from './tell-membership.ts'

/** Profiles a transaction: events wait for it. */
const MAX_DUE = 50

interface DueDeps extends Parts {
  readonly db: Database
  readonly definitions: DefinitionCache
  readonly now: () => number
  readonly tell: TellFacts
}

/** Looks again at profiles of which time alone may have changed something. Resolves when none is due, or it is over. */
export function createReconsideration(deps: DueDeps): (isOver: () => boolean) => Promise<void> {
  return async (isOver) => {
    for (const kind of SUBJECT_KINDS) {
      // Between two of them requests have their turn: SQLite never waits by itself.
      while (!isOver() && (await reconsiderSome(deps, kind)) === MAX_DUE) await nextTurn()
    }
  }
}

async function reconsiderSome(
  { db, definitions, customerParts, chatParts, now, tell }: DueDeps,
  kind: SubjectKind,
): Promise<number> {
  const profiles = kind === 'visitor' ? db.t.visitorProfiles : db.t.customerProfiles
  const due = await db.sql
    .select({ subjectId: profiles.subjectId, shopId: profiles.shopId })
    .from(profiles)
    .where(lte(profiles.reconsiderAt, now()))
    .orderBy(asc(profiles.reconsiderAt))
    .limit(MAX_DUE)
  const shopIds = [...new Set(due.map(({ shopId }) => shopId))]
  for (const shopId of shopIds) {
    const subjectIds = due.flatMap((one) => (one.shopId === shopId ? [one.subjectId] : []))
    await db.transaction(async (sql) => {
      const handle = { sql, t: db.t, holds: db.raw.dialect === 'postgres' }
      await holdAudiences(handle, [shopId])
      const found = await definitions.of(handle, shopId)
      if (found === undefined) return
      await rejudge(handle, {
        kind,
        shopId,
        subjectIds,
        definitions: found,
        // Another node, or an event, may have been faster.
        asked: ({ reconsiderAt }, at) =>
          reconsiderAt !== null && reconsiderAt <= at ? found.audiences : [],
        now,
        customerParts,
        chatParts,
        tell,
      })
    })
  }
  return due.length
}

interface Known {
  readonly shopId: number
  readonly kind: SubjectKind
  readonly ids: readonly number[]
  readonly now: number
}

/** Has these customers looked at again at once: what is known of them has changed without an event. */
export async function makeCustomersDue(
  handle: Handle,
  definitions: DefinitionCache,
  { shopId, customerIds, now }: { shopId: number; customerIds: readonly number[]; now: number },
): Promise<void> {
  await holdAudiences(handle, [shopId])
  const found = await definitions.of(handle, shopId)
  if (found === undefined || found.readsCustomer.size === 0) return
  await makeDue(handle, { shopId, kind: 'customer', ids: customerIds, now })
}

/** The same of those of whom the chat knows something else; `whom` is asked where an audience asks for it. */
export async function makeChattersDue(
  handle: Handle,
  definitions: DefinitionCache,
  { shopId, whom, now }: { shopId: number; whom: () => Promise<Chatters>; now: number },
): Promise<void> {
  await holdAudiences(handle, [shopId])
  const found = await definitions.of(handle, shopId)
  if (found === undefined || found.readsChat.size === 0) return
  const { visitorIds, customerIds } = await whom()
  await makeDue(handle, { shopId, kind: 'visitor', ids: visitorIds, now })
  await makeDue(handle, { shopId, kind: 'customer', ids: customerIds, now })
}

/** By their rows. */
export interface Chatters {
  readonly visitorIds: readonly number[]
  readonly customerIds: readonly number[]
}

async function makeDue(handle: Handle, { shopId, kind, ids, now }: Known): Promise<void> {
  const { sql, t } = handle
  const profiles = kind === 'visitor' ? t.visitorProfiles : t.customerProfiles
  const inOrder = [...new Set(ids)].toSorted((a, b) => a - b)
  for (const some of inGroups(inOrder)) {
    // An event's commit reads a profile and writes it back: in between, this would be lost.
    await lockSubjects(handle, kind, shopId, some)
    await sql
      .update(profiles)
      .set({ reconsiderAt: now })
      .where(and(eq(profiles.shopId, shopId), inArray(profiles.subjectId, some)))
  }
}
