import { createPublicKey } from 'node:crypto'
import { Refusal } from '../core/errors.ts'
import { parseOrigin } from '../core/origins.ts'

/** As it is stored; refuses what is no IANA zone. */
export function requireTimeZone(timeZone: string): string {
  try {
    // Newer runtimes take bare offsets too, which know no summer time and no database of zones.
    if (!/^[a-z]/i.test(timeZone)) throw new RangeError('An offset')
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    throw new Refusal('bad_request', `"${timeZone}" is no time zone: write it like America/Bogota`)
  }
}

/** In upper case; refuses what is no ISO 4217 code. */
export function requireCurrency(currency: string): string {
  const code = currency.toUpperCase()
  if (Intl.supportedValuesOf('currency').includes(code)) return code
  throw new Refusal('bad_request', `"${currency}" is no currency: write it like EUR`)
}

export function requireName(name: string): string {
  const trimmed = name.trim()
  if (trimmed !== '' && trimmed.length <= 200) return trimmed
  throw new Refusal('bad_request', 'A name has 1 to 200 characters')
}

/** As it is stored; refuses what is neither an origin nor a wildcard below one. */
export function requireOrigin(text: string): string {
  const origin = parseOrigin(text)
  if (origin !== undefined) return origin
  throw new Refusal(
    'bad_request',
    `"${text}" is no origin: write it like https://shop.example, or https://*.shop.example`,
  )
}

/** In one form; refuses keys of another kind, and private ones. */
export function requireEd25519(pem: string): string {
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType === 'ed25519') {
      return key.export({ type: 'spki', format: 'pem' }).toString()
    }
  } catch {
    // No key at all: told with those of another kind.
  }
  throw new Refusal('bad_request', 'That is no public Ed25519 key in PEM')
}
