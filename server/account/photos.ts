import { eq } from 'drizzle-orm'
import type { Handle } from './member-store.ts'

export interface Photo {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp'
  readonly content: Buffer
}

/** What the content itself says it is, whatever was said of it; undefined for all that is no photo. */
export function photoTypeOf(content: Buffer): Photo['type'] | undefined {
  if (content.subarray(0, 8).toString('latin1') === '\u0089PNG\r\n\u001A\n') return 'image/png'
  if (content.subarray(0, 3).toString('latin1') === '\u00FF\u00D8\u00FF') return 'image/jpeg'
  const isRiff = content.subarray(0, 4).toString('latin1') === 'RIFF'
  if (isRiff && content.subarray(8, 12).toString('latin1') === 'WEBP') return 'image/webp'
  return undefined
}

/** A photo is its member's; whoever asks for another's, asks by shop first. */
export async function findPhoto({ sql, t }: Handle, memberId: number): Promise<Photo | undefined> {
  const { type, content } = t.memberPhotos
  const [photo] = await sql
    .select({ type, content })
    .from(t.memberPhotos)
    .where(eq(t.memberPhotos.memberId, memberId))
  return photo
}

export async function upsertPhoto(
  { sql, t }: Handle,
  memberId: number,
  photo: Photo & { readonly changedAt: number },
): Promise<void> {
  await sql
    .insert(t.memberPhotos)
    .values({ ...photo, memberId })
    .onConflictDoUpdate({ target: t.memberPhotos.memberId, set: photo })
}

export async function deletePhoto({ sql, t }: Handle, memberId: number): Promise<void> {
  await sql.delete(t.memberPhotos).where(eq(t.memberPhotos.memberId, memberId))
}
