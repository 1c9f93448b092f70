import { EVENT_TYPES, type EventType } from '#protocol/names.ts'

export interface TestEventDraft {
  readonly type: EventType
  readonly name: string
  /** JSON, as somebody typed it. */
  readonly properties: string
  readonly url: string
}

/** Those that need nobody they are about. */
export const TEST_TYPES = EVENT_TYPES.filter((type) => type === 'track' || type === 'page')

/** The properties; undefined where the text is no JSON object. */
export function propertiesIn(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {}
  try {
    const read: unknown = JSON.parse(text)
    const isObject = typeof read === 'object' && read !== null && !Array.isArray(read)
    return isObject ? { ...read } : undefined
  } catch {
    // Being typed: the field says that it is none yet.
    return undefined
  }
}

interface Sending {
  readonly key: string
  readonly id: string
  readonly now: number
}

/** The body that a page would send. */
export function testBatch(
  { type, name, url }: TestEventDraft,
  properties: Record<string, unknown>,
  { key, id, now }: Sending,
): object {
  const page = { url, referrer: '', title: '' }
  const event = { id, type, properties, at: now, ageMs: 0, seq: 0, page }
  return {
    key,
    sentAt: now,
    visitor: null,
    session: null,
    consent: { statistics: true, personalisation: true, marketing: false },
    context: {},
    events: [name.trim() === '' ? event : { ...event, name: name.trim() }],
  }
}
