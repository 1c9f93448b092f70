import type { Page } from '#protocol/events.ts'
import { redactText, redactUrl } from '#protocol/redact.ts'
import { cut, fieldsOf, textOf, type Fields } from './fields.ts'

const MAX_URL_CHARS = 2_048
const MAX_TITLE_CHARS = 500
const MAX_CAMPAIGN_CHARS = 200
/** Segment's name of a campaign's part, and its parameter. */
const CAMPAIGN = [
  ['source', 'utm_source'],
  ['medium', 'utm_medium'],
  ['name', 'utm_campaign'],
  ['term', 'utm_term'],
  ['content', 'utm_content'],
] as const
/** Addresses that clients repeat among a page view's properties. */
const ADDRESSES = ['url', 'tab_url', 'referrer', 'initial_referrer', 'path', 'search']

/**
 * The page that an event happened on: a page view's own properties say it better than the context. A campaign that the
 * client read and the address lacks is put into it, where attribution looks for it.
 */
export function pageOf(properties: Fields, context: Fields): Page {
  const page = fieldsOf(context.page)
  const said = (name: string) => textOf(properties[name]) ?? textOf(page[name])
  const url = said('url') ?? said('path') ?? ''
  return {
    url: cut(withCampaign(url, fieldsOf(context.campaign)), MAX_URL_CHARS),
    referrer: cut(said('referrer') ?? '', MAX_URL_CHARS),
    title: cut(said('title') ?? '', MAX_TITLE_CHARS),
  }
}

/** A page view's properties, with the same taken out of its addresses as out of the event's own. */
export function redactedPage(properties: Fields): Record<string, unknown> {
  const redacted: Record<string, unknown> = { ...properties }
  for (const name of ADDRESSES) {
    const address = properties[name]
    if (typeof address === 'string') redacted[name] = redactUrl(address.slice(0, MAX_URL_CHARS))
  }
  if (typeof properties.title === 'string') redacted.title = redactText(properties.title) ?? ''
  return redacted
}

function withCampaign(url: string, campaign: Fields): string {
  const parts = CAMPAIGN.flatMap(([name, parameter]) => {
    const value = textOf(campaign[name])
    return value === undefined ? [] : [[parameter, cut(value, MAX_CAMPAIGN_CHARS)] as const]
  })
  if (parts.length === 0 || url.length > MAX_URL_CHARS || !URL.canParse(url)) return url
  const full = new URL(url)
  const missing = parts.filter(([parameter]) => !full.searchParams.has(parameter))
  if (missing.length === 0) return url
  for (const [parameter, value] of missing) full.searchParams.set(parameter, value)
  return full.href
}
