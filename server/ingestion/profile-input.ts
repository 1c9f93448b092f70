import { stampIdOf, type PagePart, type ProfileInput } from '../events/service.ts'
import type { PreparedEvent } from './prepared.ts'

export function profileInputOf(event: PreparedEvent): ProfileInput {
  return {
    sessionRow: event.sessionRow,
    event: {
      id: stampIdOf(event),
      at: event.at,
      type: event.type,
      name: event.name,
      url: event.url,
      pageType: event.pageType,
      properties: event.properties,
      isVerified: event.isVerified,
      commerce: event.commerce,
    },
  }
}

/** The page of the newest event that was on one. */
export function pageOf(events: readonly PreparedEvent[]): PagePart | undefined {
  let newest: PreparedEvent | undefined
  for (const event of events) {
    if (event.url !== '' && (newest === undefined || event.at >= newest.at)) newest = event
  }
  if (newest === undefined) return undefined
  const { url, referrer, title, pageType } = newest
  return {
    url,
    referrer: referrer ?? '',
    title: title ?? '',
    ...(pageType !== null && { type: pageType }),
  }
}
