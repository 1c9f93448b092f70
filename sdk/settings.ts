import type { ConsentMode } from '#protocol/names.ts'
import { attempt, type Log } from './log.ts'
import { asText, type PlainObject } from './json.ts'

export interface Settings {
  /** The shop's public key. */
  readonly shop: string
  /** Origin of the shop's Granplaza server. */
  readonly host: string
  /** Origin the tag came from, where its chunks are. */
  readonly tagHost: string
  readonly consent: ConsentMode
  /** Identity in an HttpOnly cookie of the shop's own domain. */
  readonly cookie: boolean
  /** The name of the page's dataLayer. */
  readonly layer: string
  /** As the page says; the server drops what it does not know. */
  readonly pageType: string | undefined
  /** A change of the query string counts as a navigation. */
  readonly query: boolean
  readonly debug: boolean
  readonly nonce: string
}

/** What the script element says; undefined where there is none. Tag managers leave no `currentScript`. */
export function scriptSettings(document: Document): PlainObject {
  const found = document.currentScript ?? document.querySelector('script[data-shop][src*="gp.js"]')
  const { dataset, src, nonce } = found as HTMLScriptElement
  const tagHost = originOf(src)
  return Object.assign({ host: tagHost, tagHost, nonce }, dataset)
}

/** The settings as they hold, or undefined where the tag cannot start with them. */
export function readSettings(given: PlainObject, { complain }: Log): Settings | undefined {
  const shop = asText(given['shop'])
  const host = originOf(given['host'])
  const consent = asText(given['consent']) || 'anonymous'
  if (!/^[\w-]{1,100}$/.test(shop) || !host) return undefined
  const isMode = /^(off|anonymous|full)$/.test(consent)
  if (!isMode) void complain('wrong_setting', 'consent')
  /** An attribute without a value is on, as in HTML. */
  const isOn = (name: string) => /^(true)?$/.test(given[name] as string)

  return {
    shop,
    host,
    tagHost: originOf(given['tagHost']) ?? host,
    // A mistyped mode must not track more than was meant, so it counts as the strictest.
    consent: isMode ? (consent as ConsentMode) : 'off',
    cookie: isOn('cookie'),
    layer: asText(given['layer']) || 'dataLayer',
    pageType: asText(given['pageType']) || undefined,
    query: isOn('query'),
    debug: isOn('debug'),
    nonce: asText(given['nonce']),
  }
}

function originOf(given: unknown): string | undefined {
  return attempt(() => /^http.*/.exec(new URL(asText(given)).origin)?.[0])
}
