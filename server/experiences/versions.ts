import type { ExperienceVersion, WholeExperienceVersion } from '#protocol/experience-management.ts'
import { Refusal } from '../core/errors.ts'
import type { Handle } from '../targeting/service.ts'
import { notFound, rowOf, type ManagementDeps } from './experiences.ts'
import { findExperience } from './store.ts'
import { findVersion, listVersions, type VersionRow } from './version-store.ts'

/** What an experience was after each of its last changes. */
export interface Versions {
  /** The newest first. */
  list(
    shopId: number,
    id: string,
    page: { readonly cursor: string | undefined; readonly limit: number },
  ): Promise<{ readonly items: ExperienceVersion[]; readonly nextCursor: string | null }>
  find(shopId: number, id: string, number: string): Promise<WholeExperienceVersion>
}

export function createVersions({ db }: ManagementDeps): Versions {
  const handle: Handle = { sql: db.sql, t: db.t }
  return {
    async list(shopId, id, { cursor, limit }) {
      const row = rowOf(id)
      if ((await findExperience(handle, shopId, row)) === undefined) throw notFound()
      const before = cursor === undefined ? undefined : rowOf(cursor)
      const rows = await listVersions(handle, shopId, row, { before, limit: limit + 1 })
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return {
        items: shown.map(versionOf),
        nextCursor: last === undefined ? null : String(last.number),
      }
    },
    async find(shopId, id, number) {
      const found = await findVersion(handle, shopId, rowOf(id), rowOf(number))
      if (found === undefined) {
        throw new Refusal('not_found', 'There is no such version; the last hundred are kept')
      }
      const { experience, ...row } = found
      return { ...versionOf(row), experience }
    },
  }
}

function versionOf({ actorKind, actorName, ...row }: VersionRow): ExperienceVersion {
  return { ...row, by: actorKind === null ? null : { kind: actorKind, name: actorName ?? '' } }
}
