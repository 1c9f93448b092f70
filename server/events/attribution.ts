import { wellFormed } from '../core/well-formed.ts'

/** Where a session came from. All texts cut at 200 characters. */
export interface Touch {
  readonly at: number
  readonly source: string
  readonly medium: string
  readonly campaign?: string
  readonly term?: string
  readonly content?: string
  /** The parameter's name (`gclid`) and its value. */
  readonly clickId?: { readonly name: string; readonly value: string }
  /** Host of the page that led here, without `www.`. */
  readonly referrer?: string
  /** Path of the page on which the session began. */
  readonly landing: string
}

interface Origin {
  readonly source: string
  readonly medium: string
}

const MAX_CHARS = 200

/** Of several on one address the first here counts: an advertiser's own before the one that social networks add. */
const CLICK_IDS: Record<string, Origin> = {
  gclid: { source: 'google', medium: 'cpc' },
  gbraid: { source: 'google', medium: 'cpc' },
  wbraid: { source: 'google', medium: 'cpc' },
  dclid: { source: 'google', medium: 'display' },
  msclkid: { source: 'bing', medium: 'cpc' },
  ttclid: { source: 'tiktok', medium: 'cpc' },
  twclid: { source: 'twitter', medium: 'cpc' },
  li_fat_id: { source: 'linkedin', medium: 'cpc' },
  epik: { source: 'pinterest', medium: 'cpc' },
  mc_cid: { source: 'mailchimp', medium: 'email' },
  _kx: { source: 'klaviyo', medium: 'email' },
  // On links that people share as well as on advertisements.
  fbclid: { source: 'facebook', medium: 'social' },
}

/** By host or the end of it. E-mail first: mail.google.com is no search. */
const REFERRERS: [RegExp, Origin][] = [
  [/(^|\.)mail\.google\.com$|^com\.google\.android\.gm$/, { source: 'gmail', medium: 'email' }],
  [/^outlook\.(live|office|office365)\.com$/, { source: 'outlook', medium: 'email' }],
  [/(^|\.)mail\.yahoo\.com$/, { source: 'yahoo mail', medium: 'email' }],
  [/(^|\.)mail\.(proton\.me|aol\.com|ru|yandex\.\w+)$/, { source: 'mail', medium: 'email' }],
  [
    /(^|\.)google\.[a-z]{2,3}(\.[a-z]{2})?$|^com\.google\.android\.googlequicksearchbox$/,
    { source: 'google', medium: 'organic' },
  ],
  [/(^|\.)bing\.com$/, { source: 'bing', medium: 'organic' }],
  [/(^|\.)duckduckgo\.com$/, { source: 'duckduckgo', medium: 'organic' }],
  [/(^|\.)yahoo\.(com|co\.\w{2})$/, { source: 'yahoo', medium: 'organic' }],
  [/(^|\.)yandex\.\w{2,3}(\.tr)?$/, { source: 'yandex', medium: 'organic' }],
  [/(^|\.)baidu\.com$/, { source: 'baidu', medium: 'organic' }],
  [/(^|\.)ecosia\.org$/, { source: 'ecosia', medium: 'organic' }],
  [/(^|\.)qwant\.com$/, { source: 'qwant', medium: 'organic' }],
  [/(^|\.)startpage\.com$/, { source: 'startpage', medium: 'organic' }],
  [/^search\.brave\.com$/, { source: 'brave', medium: 'organic' }],
  [/^search\.naver\.com$|(^|\.)naver\.com$/, { source: 'naver', medium: 'organic' }],
  [
    /(^|\.)(facebook\.com|fb\.me|fb\.com|messenger\.com)$/,
    { source: 'facebook', medium: 'social' },
  ],
  [/(^|\.)instagram\.com$/, { source: 'instagram', medium: 'social' }],
  [/(^|\.)threads\.(net|com)$/, { source: 'threads', medium: 'social' }],
  [/^t\.co$|(^|\.)(twitter|x)\.com$/, { source: 'twitter', medium: 'social' }],
  [/(^|\.)(linkedin\.com|lnkd\.in)$/, { source: 'linkedin', medium: 'social' }],
  [
    /(^|\.)pinterest\.[a-z]{2,3}(\.[a-z]{2})?$|^pin\.it$/,
    { source: 'pinterest', medium: 'social' },
  ],
  [/(^|\.)tiktok\.com$/, { source: 'tiktok', medium: 'social' }],
  [/(^|\.)(youtube\.com|youtu\.be)$/, { source: 'youtube', medium: 'social' }],
  [/(^|\.)reddit\.com$/, { source: 'reddit', medium: 'social' }],
  [/(^|\.)(whatsapp\.com|wa\.me)$/, { source: 'whatsapp', medium: 'social' }],
  [/(^|\.)(telegram\.org|t\.me)$/, { source: 'telegram', medium: 'social' }],
  [/(^|\.)snapchat\.com$/, { source: 'snapchat', medium: 'social' }],
  [/(^|\.)vk\.com$/, { source: 'vk', medium: 'social' }],
]

const DIRECT: Origin = { source: 'direct', medium: 'none' }

/**
 * Where the visit that began on `url` came from: its UTM parameters, else a click id, else the referrer, else direct.
 * A referrer on the page's own host is none. Never throws: an address that can't be read is a direct visit.
 */
export function touchOf(url: string, referrer: string, at: number): Touch {
  const page = parseUrl(url)
  const query = page?.searchParams ?? new URLSearchParams()
  const host = foreignHost(referrer, page)
  const clickId = clickIdOf(query)
  const guess = (clickId && CLICK_IDS[clickId.name]) ?? originOf(host)
  const campaign = cut(query.get('utm_campaign'))
  const term = cut(query.get('utm_term'))
  const content = cut(query.get('utm_content'))
  const source = cut(query.get('utm_source'))
  return {
    at,
    source: source ?? guess.source,
    // A campaign that names no medium is not what its referrer would be.
    medium: cut(query.get('utm_medium')) ?? (source === undefined ? guess.medium : 'campaign'),
    ...(campaign !== undefined && { campaign }),
    ...(term !== undefined && { term }),
    ...(content !== undefined && { content }),
    ...(clickId !== undefined && { clickId }),
    ...(host !== undefined && { referrer: host.slice(0, MAX_CHARS) }),
    landing: (page?.pathname ?? '/').slice(0, MAX_CHARS),
  }
}

/** The earliest touch, whichever of the two was known first. */
export function firstTouch(known: Touch | null, next: Touch): Touch {
  return known !== null && compareTouches(known, next) <= 0 ? known : next
}

/** The newest touch that is not direct; a direct one only while there is no other. */
export function lastTouch(known: Touch | null, next: Touch): Touch {
  if (known === null) return next
  if (isDirect(known) !== isDirect(next)) return isDirect(known) ? next : known
  return compareTouches(known, next) > 0 ? known : next
}

/** By time; of two sessions that began in one millisecond by what they are, so that no order of arrival shows. */
function compareTouches(a: Touch, b: Touch): number {
  if (a.at !== b.at) return a.at - b.at
  const [one, other] = [textOf(a), textOf(b)]
  return one < other ? -1 : Number(one > other)
}

function textOf({ source, medium, campaign, term, content, clickId, referrer, landing }: Touch) {
  const { name, value } = clickId ?? {}
  return JSON.stringify([source, medium, campaign, term, content, name, value, referrer, landing])
}

function isDirect(touch: Touch): boolean {
  return touch.medium === DIRECT.medium
}

function clickIdOf(query: URLSearchParams): { name: string; value: string } | undefined {
  if (query.size === 0) return undefined
  const name = Object.keys(CLICK_IDS).find((it) => query.get(it))
  const value = name === undefined ? undefined : cut(query.get(name))
  return name === undefined || value === undefined ? undefined : { name, value }
}

function originOf(host: string | undefined): Origin {
  if (host === undefined) return DIRECT
  const known = REFERRERS.find(([pattern]) => pattern.test(host))
  return known?.[1] ?? { source: host.slice(0, MAX_CHARS), medium: 'referral' }
}

function foreignHost(referrer: string, page: URL | undefined): string | undefined {
  if (referrer === '') return undefined
  const host = bare(parseUrl(referrer)?.hostname ?? '')
  return host === '' || host === bare(page?.hostname ?? '') ? undefined : host
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, '')
}

function parseUrl(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined
}

/** What was encoded in an address may hold anything, and a cut may fall between the halves of a pair. */
function cut(text: string | null): string | undefined {
  const trimmed = wellFormed(text?.trim().slice(0, MAX_CHARS) ?? '')
  return trimmed === '' ? undefined : trimmed
}
