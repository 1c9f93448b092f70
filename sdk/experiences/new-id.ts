import type { LazyHost } from '../lazy.ts'
import { attempt } from '../log.ts'

/** RFC 9562, version 4. Unique, and nothing more: what hangs on it the server holds to the visitor. */
export function newId({ window, random }: LazyHost): string {
  const bytes = new Uint8Array(16).map(() => random() * 256)
  attempt(() => window.crypto.getRandomValues(bytes))
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return digits.replace(/^(.{8})(.{4}).(...).(...)/, '$1-$2-4$3-8$4-')
}
