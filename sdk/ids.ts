interface Chance {
  randomBytes: (count: number) => Uint8Array
}
const { btoa } = globalThis

/** `count` random bytes as base64url: 16 make the 22 characters of an id, 32 the 43 of a token. */
export function newSecret(chance: Chance, count: number): string {
  const text = btoa(String.fromCharCode(...chance.randomBytes(count)))
  return text.replace(/=/g, '').replace(/\+/g, '-').replace(/\W/g, '_')
}

let made = 0

/**
 * RFC 9562: 48 bits of `at`, version 7, a count of 8 bits, variant 8 and 64 bits of chance, so that ids made later sort
 * later, within a millisecond too: what is added to a cart and the whole cart after it are often told in one.
 */
export function newUuid(chance: Chance, at: number): string {
  const random = chance.randomBytes(9)
  random[0] = made++
  const digits = hex(at, 12) + random.reduce((text, byte) => text + hex(byte, 2), '')
  return digits.replace(/^(.{8})(.{4})(...)(...)/, '$1-$2-7$3-8$4-')
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0')
}
