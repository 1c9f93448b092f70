export interface ImageSize {
  readonly width: number
  readonly height: number
}

/**
 * As the file's own header says, in pixels, where browsers read it too; undefined where they find none, and so draw
 * nothing. https://www.w3.org/TR/png-3/#11IHDR, https://www.w3.org/Graphics/GIF/spec-gif89a.txt, RFC 9649
 */
export function pngSize(content: Buffer): ImageSize | undefined {
  if (content.length < 24) return undefined
  return sized(content.readUInt32BE(16), content.readUInt32BE(20))
}

export function gifSize(content: Buffer): ImageSize | undefined {
  if (content.length < 10) return undefined
  return sized(content.readUInt16LE(6), content.readUInt16LE(8))
}

/** Of its first part, which says whether it is lossy, lossless or of several. */
export function webpSize(content: Buffer): ImageSize | undefined {
  if (content.length < 30) return undefined
  const part = content.toString('latin1', 12, 16)
  if (part === 'VP8X') return sized(content.readUIntLE(24, 3) + 1, content.readUIntLE(27, 3) + 1)
  if (part === 'VP8L') {
    const bits = content.readUInt32LE(21)
    return sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
  }
  const isLossy = part === 'VP8 '
  return isLossy
    ? sized(content.readUInt16LE(26) & 0x3fff, content.readUInt16LE(28) & 0x3fff)
    : undefined
}

/** Goes from marker to marker until the frame's, and over what is between them, as decoders do. */
export function jpegSize(content: Buffer): ImageSize | undefined {
  for (let at = content.indexOf(0xff, 2); at >= 0 && at + 9 < content.length;) {
    const marker = content[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return sized(content.readUInt16BE(at + 7), content.readUInt16BE(at + 5))
    const hasLength = marker > 0x01 && marker < 0xff && (marker < 0xd0 || marker > 0xd9)
    const next = hasLength ? at + 2 + Math.max(2, content.readUInt16BE(at + 2)) : at + 1
    at = content.indexOf(0xff, next)
  }
  return undefined
}

function sized(width: number, height: number): ImageSize | undefined {
  return width > 0 && height > 0 ? { width, height } : undefined
}
