import { and, asc, desc, eq, lt, lte } from 'drizzle-orm'
import { MAX_EXPERIENCE_VERSIONS } from '#protocol/experience-management.ts'
import type { ExperienceDraft } from '#protocol/experiences.ts'
import type { Actor } from '../core/actor.ts'
import type { Handle } from '../targeting/service.ts'

export interface WrittenVersion {
  readonly number: number
  readonly at: number
  /** Undefined: by whom is not known. */
  readonly by: Actor | undefined
  readonly changed: string[]
  readonly experience: ExperienceDraft
}

/** Those that are there stay as they are; the oldest go. */
export async function insertVersion(
  { sql, t: { experienceVersions: versions } }: Handle,
  shopId: number,
  experienceId: number,
  { by, ...version }: WrittenVersion,
): Promise<void> {
  const { name, state } = version.experience
  await sql
    .insert(versions)
    .values({
      ...version,
      shopId,
      experienceId,
      name,
      state,
      actorKind: by?.kind ?? null,
      actorName: by?.name ?? null,
    })
    .onConflictDoNothing()
  await sql
    .delete(versions)
    .where(
      and(
        eq(versions.shopId, shopId),
        eq(versions.experienceId, experienceId),
        lte(versions.number, version.number - MAX_EXPERIENCE_VERSIONS),
      ),
    )
}

/** The newest first, those before `before`. */
export function listVersions(
  { sql, t: { experienceVersions: versions } }: Handle,
  shopId: number,
  experienceId: number,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
) {
  const { number, at, actorKind, actorName, changed, name, state } = versions
  return sql
    .select({ number, at, actorKind, actorName, changed, name, state })
    .from(versions)
    .where(
      and(
        eq(versions.shopId, shopId),
        eq(versions.experienceId, experienceId),
        before === undefined ? undefined : lt(number, before),
      ),
    )
    .orderBy(desc(number))
    .limit(limit)
}

export type VersionRow = Awaited<ReturnType<typeof listVersions>>[number]

export async function findVersion(
  { sql, t: { experienceVersions: versions } }: Handle,
  shopId: number,
  experienceId: number,
  wanted: number,
): Promise<(VersionRow & { readonly experience: ExperienceDraft }) | undefined> {
  const { number, at, actorKind, actorName, changed, name, state, experience } = versions
  const [found] = await sql
    .select({ number, at, actorKind, actorName, changed, name, state, experience })
    .from(versions)
    .where(
      and(eq(versions.shopId, shopId), eq(versions.experienceId, experienceId), eq(number, wanted)),
    )
    .orderBy(asc(number))
  return found
}
