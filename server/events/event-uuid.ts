/** A foreign id was hashed when it came: its bytes are shown in the same shape. */
export function uuidOf(id: Buffer): string {
  const hex = id.toString('hex')
  return [0, 8, 12, 16, 20].map((from, i, starts) => hex.slice(from, starts[i + 1])).join('-')
}
