import { and, asc, eq, gt, lte } from 'drizzle-orm'
import type { Block, PopupContent } from '#protocol/popup.ts'
import type { Handle } from '../targeting/service.ts'

export interface WrittenPreview {
  readonly tokenHash: Buffer
  readonly origin: string
  readonly drawn: PopupContent
  readonly thanks: Block[]
  readonly endsAt: number
}

/** Those that have ended go, and of the others the oldest where there are more than `most`. */
export async function insertPreview(
  { sql, t: { experiencePreviews: previews } }: Handle,
  shopId: number,
  experienceId: number,
  { preview, now, most }: { readonly preview: WrittenPreview; now: number; most: number },
): Promise<void> {
  const ofShop = eq(previews.shopId, shopId)
  await sql.delete(previews).where(and(ofShop, lte(previews.endsAt, now)))
  const ids = await sql
    .select({ id: previews.id })
    .from(previews)
    .where(ofShop)
    .orderBy(asc(previews.id))
  const last = ids.at(-most)
  if (last !== undefined) await sql.delete(previews).where(and(ofShop, lte(previews.id, last.id)))
  await sql.insert(previews).values({ ...preview, shopId, experienceId })
}

export async function findPreview(
  { sql, t: { experiencePreviews: previews } }: Handle,
  shopId: number,
  { tokenHash, origin, now }: Pick<WrittenPreview, 'tokenHash' | 'origin'> & { now: number },
): Promise<Pick<WrittenPreview, 'drawn' | 'thanks' | 'endsAt'> | undefined> {
  const { drawn, thanks, endsAt } = previews
  const [found] = await sql
    .select({ drawn, thanks, endsAt })
    .from(previews)
    .where(
      and(
        eq(previews.shopId, shopId),
        eq(previews.tokenHash, tokenHash),
        eq(previews.origin, origin),
        gt(endsAt, now),
      ),
    )
  return found
}

export async function deletePreviews(
  { sql, t: { experiencePreviews: previews } }: Handle,
  shopId: number,
  experienceId: number,
): Promise<void> {
  await sql
    .delete(previews)
    .where(and(eq(previews.shopId, shopId), eq(previews.experienceId, experienceId)))
}
