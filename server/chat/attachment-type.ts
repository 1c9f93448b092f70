import type { AttachmentType } from '#protocol/names.ts'

export interface KnownFile {
  readonly type: AttachmentType
  /** Of an image. */
  readonly width?: number
  readonly height?: number
}

/** What the bytes themselves say, whatever was said of them; undefined for all that we take no part in. */
export function fileTypeOf(content: Buffer): KnownFile | undefined {
  const begins = (text: string, at = 0) =>
    content.subarray(at, at + text.length).toString('latin1') === text
  if (begins('\u0089PNG\r\n\u001A\n')) {
    return { type: 'image/png', ...sizeAt(content, 16, 20, 'readUInt32BE') }
  }
  if (begins('GIF87a') || begins('GIF89a')) {
    return { type: 'image/gif', ...sizeAt(content, 6, 8, 'readUInt16LE') }
  }
  if (begins('\u00FF\u00D8\u00FF')) return { type: 'image/jpeg', ...jpegSize(content) }
  if (begins('RIFF') && begins('WEBP', 8)) return { type: 'image/webp' }
  if (begins('%PDF-')) return { type: 'application/pdf' }
  return undefined
}

function sizeAt(
  content: Buffer,
  widthAt: number,
  heightAt: number,
  read: 'readUInt32BE' | 'readUInt16LE',
): { readonly width?: number; readonly height?: number } {
  if (content.length < heightAt + 4) return {}
  return sized(content[read](widthAt), content[read](heightAt))
}

/** Walks the segments to the frame's header, as far as they make sense. */
function jpegSize(content: Buffer): { readonly width?: number; readonly height?: number } {
  for (let at = 2; at + 9 < content.length;) {
    if (content[at] !== 0xff) return {}
    const marker = content[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return sized(content.readUInt16BE(at + 7), content.readUInt16BE(at + 5))
    at += 2 + content.readUInt16BE(at + 2)
  }
  return {}
}

/** What no screen has is no size to reserve room for. */
const MAX_PIXELS = 30_000

function sized(
  width: number,
  height: number,
): { readonly width?: number; readonly height?: number } {
  const isSize = width > 0 && height > 0 && width <= MAX_PIXELS && height <= MAX_PIXELS
  return isSize ? { width, height } : {}
}
