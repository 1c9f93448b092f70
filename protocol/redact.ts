/**
 * What must not leave the page, nor be stored when it arrives: values that look like an e-mail address, a card number
 * or a token, and address parameters named after such things. Pure and without imports, for the tag and the server
 * apply the same rule (ADR 0002). No lookbehind: Safari before 16.4 refuses the whole script over one.
 */

/** What stands in the place of a private part of a path. */
const REDACTED = 'redacted'

/** Advertising ids look like tokens and are meant to be read. */
const CAMPAIGN = /^(utm_|\w{1,3}clk?id|[gw]braid|gad_|srsltid|li_fat|epik|mc_[ce]id|_kx)/i
const PRIVATE_NAME =
  /passw|^pass$|pwd|secret|token|auth(?!or)|sess(ion|id)|sid$|jwt|api_?key|e-?mail|correo|(phone|card)(_?num|$)|(^|[._[-])(tel|mobile|cvv|cvc|iban|ssn|dni|cpf|otp|address)|((first|last|full|user|sur)_?|^)name|nombre|apellid|birth|signature|^(code|key|state|pin)$/i
const SECRET_NAME = /passw|pwd|secret|cvv|cvc/i
const SECRET_PARAMETER = /([?&])[^?&#=]*(passw|pwd|secret|token|mail)[^?&#=]*=[^&#]*/gi
// Bounded, so that no text makes them slow.
const EMAIL = /[^\s@/?&=,;:<>"'()]@[^\s@/?&=,;:<>"'()]{1,200}\.[a-z]{2}/i
const JWT = /eyJ[\w-]{8,500}\.[\w-]{8}/
/** 14 to 19 digits in groups, not inside a longer word such as a UUID. */
const CARD = /(^|[^\w-])[2-6]\d{3}([ -]?\d){10,15}(?![\w-])/g
const WORD = /[\w+/=~-]{20,}/g
const UUID = /\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/gi
const FILE_NAME = /\.\w{2,5}$/
const ADDRESS = /^https?:\/\/\S+$/i

/** Whether `value` contains what looks like an e-mail address, a card number or a token. */
export function looksPrivate(value: string): boolean {
  const plain = decode(value)
  const words = plain.replace(UUID, ' ').match(WORD) ?? []
  const hasCard = plain.match(CARD)?.some(isCard)
  return EMAIL.test(plain) || JWT.test(plain) || words.some(isToken) || !!hasCard
}

/** Whether a property of this name holds a secret whatever its value looks like. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name)
}

/** `url` without the parameters whose names say that they are secret: what a page can tell cheaply of `redactUrl`. */
export function withoutSecrets(url: string): string {
  return url.replace(SECRET_PARAMETER, '$1')
}

/** `value` as it may be kept: an address redacted, any other text whole, or `undefined` where it looks private. */
export function redactText(value: string): string | undefined {
  if (ADDRESS.test(value)) return redactUrl(value)
  return looksPrivate(value) ? undefined : value
}

/**
 * `url` (absolute or relative) without credentials, private query parameters and fragment; private path parts read
 * `redacted`. A fragment that is a route (`#/cart`, `#!cart`) stays, under the same rules.
 */
export function redactUrl(url: string): string {
  return redactLevel(url, 0)
}

function redactLevel(url: string, level: number): string {
  const [address, fragment] = cut(url, '#')
  const [path, query] = cut(address, '?')
  const parts = path.replace(/^(\w+:)?\/\/[^/]*@/, '$1//').split('/')
  const kept = query
    .split('&')
    .filter((pair) => isPublic(pair, level))
    .join('&')
  const isRoute = level < 3 && /^[/!]/.test(fragment)
  const route = isRoute ? `#${redactLevel(fragment, level + 1)}` : ''
  return parts.map(redactPart).join('/') + (kept && `?${kept}`) + route
}

/** File names are often hashes, and no secrets. */
function redactPart(part: string): string {
  const isPrivate = FILE_NAME.test(part) ? EMAIL.test(decode(part)) : looksPrivate(part)
  return isPrivate ? REDACTED : part
}

/** Whether a query parameter may stay; an address inside it is private where redaction would change it. */
function isPublic(pair: string, level: number): boolean {
  const [name, value] = cut(decode(pair.replace(/\+/g, ' ')), '=')
  if (CAMPAIGN.test(name)) return !EMAIL.test(value)
  if (PRIVATE_NAME.test(name) || looksPrivate(name) || looksPrivate(value)) return false
  return !/[?&#]/.test(value) || (level < 3 && redactLevel(value, level + 1) === value)
}

/** The Luhn checksum, ISO/IEC 7812-1 annex B. */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  let sum = 0
  for (let i = 1; i <= digits.length; i++) {
    const double = Number(digits[digits.length - i]) * (i % 2 ? 1 : 2)
    sum += double > 9 ? double - 9 : double
  }
  return sum % 10 === 0
}

/**
 * Random letters and digits change their kind (lower, upper, digit) at every second or third character; words, slugs
 * and article numbers seldom do, or only where a dash parts them.
 */
function isToken(word: string): boolean {
  const characters = word.replace(/[\W_]/g, '')
  const kinds = characters.replace(/[a-z]+|[A-Z]+|\d+/g, '.').length
  const isMixed = /\d/.test(word) && /[a-z\d]{12}/i.test(word) && kinds > characters.length / 5
  return isMixed || /[\da-f]{32}/i.test(word)
}

function cut(text: string, at: string): [string, string] {
  const i = text.indexOf(at)
  return i < 0 ? [text, ''] : [text.slice(0, i), text.slice(i + 1)]
}

/** Twice, for addresses within addresses are encoded twice; what is not encoded stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(decodeURIComponent(text))
  } catch {
    return text.replace(/%40/g, '@')
  }
}
