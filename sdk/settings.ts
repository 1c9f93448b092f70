import { CONSENT_MODES, PAGE_TYPES, type ConsentMode, type PageType } from '#protocol/names.ts'
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
  readonly pageType: PageType | undefined
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

/** The settings as they hold, or undefined after a warning where the tag cannot start with them. */
export function readSettings(given: PlainObject, { warn }: Log): Settings | undefined {
  const { pageType } = given
  const shop = asText(given['shop'])
  const host = originOf(given['host'])
  if (!/^[\w-]{1,100}$/.test(shop) || !host) {
    warn('settings', 'Not started: data-shop or data-host is wrong.')
    return undefined
  }
  const consent = CONSENT_MODES.find((mode) => mode === (given['consent'] ?? 'anonymous'))
  const type = PAGE_TYPES.find((known) => known === pageType)
  // A mistyped mode must not track more than was meant, so it counts as the strictest.
  if (!consent) warn('settings', 'data-consent is wrong, taken as off.')
  if (pageType && !type) warn('settings', 'data-page-type is wrong.')
  return {
    shop,
    host,
    tagHost: originOf(given['tagHost']) ?? host,
    consent: consent ?? 'off',
    cookie: isOn(given['cookie']),
    layer: asText(given['layer']) || 'dataLayer',
    pageType: type,
    query: isOn(given['query']),
    debug: isOn(given['debug']),
    nonce: asText(given['nonce']),
  }
}

/** An attribute without a value is on, as in HTML. */
function isOn(given: unknown): boolean {
  return given === '' || given === true || given === 'true'
}

function originOf(given: unknown): string | undefined {
  const origin = attempt(() => new URL(asText(given)).origin)
  return origin?.startsWith('http') ? origin : undefined
}
