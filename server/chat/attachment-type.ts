import type { AttachmentType } from '#protocol/names.ts'
import { gifSize, jpegSize, pngSize, webpSize, type ImageSize } from './image-size.ts'

export interface KnownFile extends Partial<ImageSize> {
  readonly type: AttachmentType
}

/** What the bytes themselves say, whatever was said of them; undefined for all that we take no part in. */
export function fileTypeOf(content: Buffer): KnownFile | undefined {
  const begins = (text: string, at = 0) =>
    content.subarray(at, at + text.length).toString('latin1') === text
  if (begins('\u0089PNG\r\n\u001A\n')) return { type: 'image/png', ...pngSize(content) }
  if (begins('GIF87a') || begins('GIF89a')) return { type: 'image/gif', ...gifSize(content) }
  if (begins('\u00FF\u00D8\u00FF')) return { type: 'image/jpeg', ...jpegSize(content) }
  if (begins('RIFF') && begins('WEBP', 8)) return { type: 'image/webp', ...webpSize(content) }
  if (begins('%PDF-')) return { type: 'application/pdf' }
  return undefined
}
