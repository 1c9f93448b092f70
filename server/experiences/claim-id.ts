/** 16 bytes as pages get them: a shape that redaction takes for no secret. */
export function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [0, 8, 12, 16, 20].map((from, i, starts) => hex.slice(from, starts[i + 1])).join('-')
}

/** Undefined where it is none. */
export function bytesOf(uuid: unknown): Buffer | undefined {
  if (typeof uuid !== 'string' || !UUID.test(uuid)) return undefined
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
