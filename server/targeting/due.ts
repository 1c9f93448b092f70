import { asc, lte } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { SUBJECT_KINDS, type SubjectKind } from '#protocol/audiences.ts'
import type { DefinitionCache } from './definitions.ts'
import { rejudge, type CustomerParts } from './rejudge.ts'

const MAX_DUE = 100

interface DueDeps {
  readonly db: Database
  readonly definitions: DefinitionCache
  readonly customerParts: CustomerParts
  readonly now: () => number
}

/** Looks again at profiles of which time alone may have changed something. Resolves when none is due any more. */
export function createReconsideration(deps: DueDeps): () => Promise<void> {
  return async () => {
    for (const kind of SUBJECT_KINDS) {
      while ((await reconsiderSome(deps, kind)) === MAX_DUE);
    }
  }
}

async function reconsiderSome(
  { db, definitions, customerParts, now }: DueDeps,
  kind: SubjectKind,
): Promise<number> {
  const profiles = kind === 'visitor' ? db.t.visitorProfiles : db.t.customerProfiles
  const at = now()
  const due = await db.sql
    .select({ subjectId: profiles.subjectId, shopId: profiles.shopId })
    .from(profiles)
    .where(lte(profiles.reconsiderAt, at))
    .orderBy(asc(profiles.reconsiderAt))
    .limit(MAX_DUE)
  const shopIds = [...new Set(due.map(({ shopId }) => shopId))]
  for (const shopId of shopIds) {
    const subjectIds = due.flatMap((one) => (one.shopId === shopId ? [one.subjectId] : []))
    await db.transaction(async (sql) => {
      const handle = { sql, t: db.t, holds: db.raw.dialect === 'postgres' }
      const found = (await definitions.of(handle, [shopId])).get(shopId)
      if (found === undefined) return
      // Another node, or an event, may have been faster.
      const asked = ({ reconsiderAt }: { readonly reconsiderAt: number | null }) =>
        reconsiderAt !== null && reconsiderAt <= at ? found.audiences : []
      await rejudge(handle, {
        kind,
        shopId,
        subjectIds,
        definitions: found,
        asked,
        now: at,
        customerParts,
      })
    })
  }
  return due.length
}
