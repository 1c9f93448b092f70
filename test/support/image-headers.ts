/** Images as far as the header that says how large they are; nothing is drawn of them. */

export function pngOf(width: number, height: number): Buffer {
  const content = Buffer.alloc(33)
  content.write('\u0089PNG\r\n\u001A\n\u0000\u0000\u0000\rIHDR', 'latin1')
  content.writeUInt32BE(width, 16)
  content.writeUInt32BE(height, 20)
  content.write('\u0008\u0006', 24, 'latin1')
  return content
}

export function gifOf(width: number, height: number): Buffer {
  const content = Buffer.alloc(14)
  content.write('GIF89a', 'latin1')
  content.writeUInt16LE(width, 6)
  content.writeUInt16LE(height, 8)
  return content
}

/** `noise`: what stands between the first two parts, where nothing should. */
export function jpegOf(width: number, height: number, noise = ''): Buffer {
  const frame = Buffer.alloc(19)
  frame.write('\u00ff\u00c0\u0000\u0011\u0008', 'latin1')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const start = Buffer.from(`\u00ff\u00d8\u00ff\u00fe\u0000\u0004ab${noise}`, 'latin1')
  return Buffer.concat([start, frame])
}

export function webpOf(part: 'VP8X' | 'VP8L' | 'VP8 ', width: number, height: number): Buffer {
  const content = Buffer.alloc(40)
  content.write(`RIFF\u0020\u0000\u0000\u0000WEBP${part}`, 'latin1')
  if (part === 'VP8X') {
    content.writeUIntLE(width - 1, 24, 3)
    content.writeUIntLE(height - 1, 27, 3)
  } else if (part === 'VP8L') {
    content[20] = 0x2f
    content.writeUInt32LE((width - 1) | ((height - 1) << 14), 21)
  } else {
    content.write('\u009d\u0001*', 23, 'latin1')
    content.writeUInt16LE(width, 26)
    content.writeUInt16LE(height, 28)
  }
  return content
}
