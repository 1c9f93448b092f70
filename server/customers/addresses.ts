import { ILLEGAL_USER_IDS, MAX_ID_CHARS } from '#protocol/names.ts'
import type { Address, AddressKind } from '#protocol/customers.ts'
import { wellFormed } from '../core/well-formed.ts'

const ILLEGAL = new Set<string>(ILLEGAL_USER_IDS)
/** RFC 5321, 4.5.3.1. */
const MAX_EMAIL_CHARS = 254
/** One @, a domain with a dot, and nothing that ends an address in a mail's header. Linear in the text's length. */
const EMAIL = /^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+\.[^\s@<>(),;:"\\.]+$/
/** E.164 has at most 15 digits; short numbers of a country and extensions are no address. */
const PHONE = /^\+?\d{6,15}$/
const PHONE_ORNAMENT = /[\s().\-/]/g

/** The address as it is kept and compared, or undefined where it is none. */
export function readAddress({ kind, value }: Address): Address | undefined {
  const read = READERS[kind](value)
  return read === undefined ? undefined : { kind, value: read }
}

/** Undefined where it stands for nobody. */
function readUserId(text: string): string | undefined {
  const id = wellFormed(text.trim())
  return id.length > MAX_ID_CHARS || ILLEGAL.has(id.toLowerCase()) ? undefined : id
}

/** In lower case: RFC 5321 lets a host tell cases apart, and none does. */
export function readEmail(text: string): string | undefined {
  const email = wellFormed(text.trim()).toLowerCase()
  return email.length <= MAX_EMAIL_CHARS && EMAIL.test(email) ? email : undefined
}

/** Digits, with the leading + where there is one; no country is guessed. */
export function readPhone(text: string): string | undefined {
  const phone = text.slice(0, 40).replace(PHONE_ORNAMENT, '').replace(/^00/, '+')
  return PHONE.test(phone) ? phone : undefined
}

const READERS: Record<AddressKind, (text: string) => string | undefined> = {
  userId: readUserId,
  email: readEmail,
  phone: readPhone,
}
