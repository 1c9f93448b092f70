import { and, desc, eq, lt } from 'drizzle-orm'
import type { Submission } from '#protocol/experiences.ts'
import { Refusal } from '../core/errors.ts'
import type { Handle } from '../targeting/service.ts'
import { notFound, rowOf, type ManagementDeps } from './experiences.ts'
import { findExperience } from './store.ts'
import { submittersOf } from './submitters.ts'

/** What visitors filled in, the newest first. */
export type StoredSubmissions = (
  shopId: number,
  experienceId: string,
  page: { readonly cursor: string | undefined; readonly limit: number },
) => Promise<{ readonly items: Submission[]; readonly nextCursor: string | null }>

export function createStoredSubmissions({ db }: ManagementDeps): StoredSubmissions {
  const handle: Handle = { sql: db.sql, t: db.t }
  return async (shopId, experienceId, { cursor, limit }) => {
    const experience = rowOf(experienceId)
    const before = cursor === undefined ? undefined : placeOf(cursor)
    if ((await findExperience(handle, shopId, experience)) === undefined) throw notFound()
    const page = { before, limit: limit + 1 }
    const rows = await listSubmissions(handle, shopId, experience, page)
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    const visitorRows = shown.flatMap(({ visitorRow }) => visitorRow ?? [])
    const submitters = await submittersOf(handle, shopId, visitorRows)
    return {
      items: shown.map(({ submissionId, visitorRow, fields, url, at }) => {
        const whom = visitorRow === null ? undefined : submitters.get(visitorRow)
        const { visitorId = null, customerId = null } = whom ?? {}
        return { id: submissionId.toString('base64url'), fields, visitorId, customerId, url, at }
      }),
      nextCursor: last === undefined ? null : String(last.id),
    }
  }
}

function listSubmissions(
  { sql, t }: Handle,
  shopId: number,
  experienceId: number,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
) {
  const { formSubmissions: forms } = t
  const { id, submissionId, visitorRow, fields, url, at } = forms
  return sql
    .select({ id, submissionId, visitorRow, fields, url, at })
    .from(forms)
    .where(
      and(
        eq(forms.shopId, shopId),
        eq(forms.experienceId, experienceId),
        before === undefined ? undefined : lt(forms.id, before),
      ),
    )
    .orderBy(desc(forms.id))
    .limit(limit)
}

function placeOf(cursor: string): number {
  const row = rowOf(cursor)
  if (row > 0) return row
  throw new Refusal('bad_request', 'cursor: send the nextCursor of the answer before')
}
