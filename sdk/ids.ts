import type { Browser } from './browser.ts'

type Chance = Pick<Browser, 'randomBytes'>
const { btoa } = globalThis

/** 128 bits as 22 characters of base64url. */
export function newVisitorId(chance: Chance): string {
  return base64url(chance.randomBytes(16))
}

/** 256 bits as 43 characters of base64url. */
export function newToken(chance: Chance): string {
  return base64url(chance.randomBytes(32))
}

/** RFC 9562: 48 bits of `at`, then version 7 and chance, so that ids made later sort later. */
export function newUuid(chance: Chance, at: number): string {
  const [time, tail] = [at.toString(16).padStart(12, '0'), hex(chance.randomBytes(10))]
  const variant = '89ab'.charAt(parseInt(tail.charAt(4), 16) & 3)
  const shaped = `${time}7${tail.slice(1, 4)}${variant}${tail.slice(5)}`
  return shaped.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
}

function hex(bytes: Uint8Array): string {
  // Not by Array.from: Prototype.js replaces it by one that maps nothing.
  return bytes.reduce((text, byte) => text + byte.toString(16).padStart(2, '0'), '')
}
