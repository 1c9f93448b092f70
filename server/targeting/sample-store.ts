import { and, asc, count, eq, gt, gte, lt } from 'drizzle-orm'
import type { SubjectKind } from '#protocol/audiences.ts'
import type { Consent } from '#protocol/events.ts'
import type { Handle } from './definitions.ts'

export interface SampledSubject {
  readonly id: number
  readonly publicId: Buffer
  /** Visitors who are somebody's, or became another, are not: their customer is, or that other. */
  readonly isPerson: boolean
  /** Null: nothing is known that a condition could read. */
  readonly profile: {
    readonly document: string
    readonly consent: Consent | null
    readonly audiences: Readonly<Record<string, number>>
  } | null
}

interface SamplePlace {
  /** Behind this one; undefined: from the beginning. */
  readonly after: Buffer | undefined
  readonly from?: Buffer
  readonly before?: Buffer
  readonly limit: number
}

/** All of them, by an index alone. */
export async function countSubjects(
  { sql, t }: Handle,
  shopId: number,
  kind: SubjectKind,
): Promise<number> {
  const subjects = kind === 'visitor' ? t.visitors : t.customers
  const [row] = await sql
    .select({ count: count() })
    .from(subjects)
    .where(eq(subjects.shopId, shopId))
  return row?.count ?? 0
}

/** Some of them in the order of their public ids, which are random. */
export async function sampleAfter(
  { sql, t }: Handle,
  shopId: number,
  kind: SubjectKind,
  { after, from, before, limit }: SamplePlace,
): Promise<SampledSubject[]> {
  const subjects = kind === 'visitor' ? t.visitors : t.customers
  const profiles = kind === 'visitor' ? t.visitorProfiles : t.customerProfiles
  const nobodys = kind === 'visitor' ? t.visitors.customerId : t.customers.mergedInto
  const joinedTo = kind === 'visitor' ? t.visitors.joinedTo : t.customers.mergedInto
  const { publicId } = subjects
  const start = after === undefined ? from && gte(publicId, from) : gt(publicId, after)
  const rows = await sql
    .select({
      id: subjects.id,
      publicId,
      nobodys,
      joinedTo,
      document: profiles.document,
      consent: profiles.consent,
      audiences: profiles.audiences,
    })
    .from(subjects)
    .leftJoin(profiles, and(eq(profiles.shopId, shopId), eq(profiles.subjectId, subjects.id)))
    .where(and(eq(subjects.shopId, shopId), start, before && lt(publicId, before)))
    .orderBy(asc(publicId))
    .limit(limit)
  return rows.map(({ document, consent, audiences, ...row }) => ({
    id: row.id,
    publicId: row.publicId,
    isPerson: row.nobodys === null && row.joinedTo === null,
    profile: document === null || audiences === null ? null : { document, consent, audiences },
  }))
}
