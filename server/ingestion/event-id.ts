import { createHash } from 'node:crypto'

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** 16 bytes: those of a UUID, else the first half of the SHA-256 of a foreign id. */
export function eventIdBytes(id: string): Buffer {
  if (UUID.test(id)) return Buffer.from(id.replaceAll('-', ''), 'hex')
  return createHash('sha256').update(id).digest().subarray(0, 16)
}
