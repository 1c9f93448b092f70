import { domainToASCII } from 'node:url'
import { MAX_ADDRESS_CHARS, type MailAddress } from '#protocol/mail.ts'
import { Refusal } from '../errors.ts'

/** What ends a header, or a command of SMTP. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/
/** No quoted local parts, comments or lists: whatever could be read as more than one address. */
const LOCAL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const DOMAIN =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** One address, its domain as the net spells it; undefined where it is none, or more than one. */
export function mailAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, at), domainToASCII(text.slice(at + 1))]
  const isOne = at > 0 && local.length <= 64 && LOCAL.test(local) && DOMAIN.test(domain)
  const address = `${local}@${domain}`
  return isOne && address.length <= MAX_ADDRESS_CHARS ? address : undefined
}

/** The same, refused where it is none. */
export function requireAddress(text: string): string {
  const address = mailAddress(text)
  if (address === undefined) throw new Refusal('bad_request', 'This is no e-mail address')
  return address
}

/** Text of a header as it is; refuses what could begin another. */
export function headerText(what: string, text: string, maxChars: number): string {
  if (CONTROLS.test(text)) throw new Refusal('bad_request', `${what}: no line breaks`)
  if (text.length > maxChars)
    throw new Refusal('bad_request', `${what}: at most ${maxChars} characters`)
  return text
}

/** `Shop <mail@shop.example>` or `mail@shop.example`; undefined where it is neither. */
export function readMailbox(text: string): MailAddress | undefined {
  const [, name = '', inside = text] = /^\s*"?([^"<>]*?)"?\s*<([^<>]+)>\s*$/.exec(text) ?? []
  const address = mailAddress(inside.trim())
  if (address === undefined || CONTROLS.test(name)) return undefined
  return name === '' ? { address } : { address, name }
}
