import { randomUUID } from 'node:crypto'
import type { Context, EventResult, WireEvent } from '#protocol/events.ts'
import { ILLEGAL_USER_IDS, type EventType } from '#protocol/names.ts'
import type { Envelope } from '../envelope.ts'
import { contextOf, userAgentOf } from './context.ts'
import { fieldsOf, idOf, isFields, textOf, type Fields } from './fields.ts'
import { pageOf, redactedPage } from './page.ts'
import { happenedAt, millisOf } from './times.ts'
import { visitorKeyOf } from './visitor-key.ts'

/** An event in our own words, still to be checked like the tag's, and whom and what it came from. */
export interface Translated {
  /** Texts and numbers may still be out of bounds, and names may be none. */
  readonly event: Unchecked<WireEvent>
  readonly visitorKey: string
  readonly session: Envelope['session']
  readonly context: Context
  /** Undefined: a server's library. */
  readonly userAgent: string | undefined
}

type Unchecked<T> = { readonly [Name in keyof T]: unknown }

/** What the request says besides the event. */
export interface Surroundings {
  /** The type that the address names, where it names one. */
  readonly type: string | undefined
  readonly sentAt: unknown
  readonly userAgent: string | undefined
  readonly receivedAt: number
  /** A secret key came with it. */
  readonly isVerified: boolean
  /** Where in the request the event stands. */
  readonly position: number
}

const TYPES: Readonly<Record<string, EventType>> = {
  track: 'track',
  page: 'page',
  screen: 'page',
  identify: 'identify',
  group: 'group',
  alias: 'alias',
}
const ILLEGAL = new Set<string>(ILLEGAL_USER_IDS)
/** From here on a session's number is the time at which it began, as RudderStack's own clients number theirs. */
const LEAST_SESSION_MILLIS = 1_000_000_000_000

/** An event of Segment's kind in our own words, or why there are none for it. */
export function translate(item: unknown, around: Surroundings): Translated | EventResult {
  if (!isFields(item)) return invalid('an event is an object')
  const type = around.type ?? textOf(item.type)
  if (type === undefined || !Object.hasOwn(TYPES, type)) return invalid('type: none of Segment’s')
  const userId = idOf(item.userId)
  const visitorKey = visitorKeyOf(anonymousIdOf(item, type), userId, around.isVerified)
  if (visitorKey === undefined) return invalid('userId or anonymousId: one of them is needed')
  const context = fieldsOf(item.context)
  const userAgent = userAgentOf(context, around.userAgent)
  const at = happenedAt(
    {
      // The former is what the shop's own code said, where a client sends both.
      happened: millisOf(item.timestamp) ?? item.originalTimestamp,
      sent: millisOf(item.sentAt) ?? around.sentAt,
    },
    around.receivedAt,
  )
  return {
    visitorKey,
    event: {
      id: idOf(item.messageId) ?? randomUUID(),
      type: TYPES[type],
      ...saidOf(item, type, context),
      userId,
      at,
      ageMs: Math.max(0, around.receivedAt - at),
      seq: around.position,
    },
    session: sessionOf(context, at),
    context: contextOf(context, userAgent),
    userAgent,
  }
}

/** What an event of this type says, beside who and when. */
function saidOf(item: Fields, type: string, context: Fields) {
  const properties = fieldsOf(item.properties)
  const traits = fieldsOf(item.traits)
  switch (type) {
    case 'page':
    case 'screen': {
      const category = textOf(item.category)
      const all = category === undefined ? properties : { category, ...properties }
      const name = textOf(item.name) ?? textOf(properties.name)
      return { name, properties: given(redactedPage(all)), page: pageOf(properties, context) }
    }
    case 'identify': {
      const all = { ...fieldsOf(context.traits), ...traits }
      return { traits: given(all), page: pageOf({}, context) }
    }
    case 'group':
      return { groupId: idOf(item.groupId), traits: given(traits), page: pageOf({}, context) }
    case 'alias': {
      const previousId = idOf(item.previousId)
      return { properties: given({ previousId }), page: pageOf({}, context) }
    }
    default:
      return {
        name: item.event ?? undefined,
        properties: given(properties),
        page: pageOf({}, context),
      }
  }
}

/** Most clients send empty objects for nothing. */
function given(fields: Fields): Fields | undefined {
  return Object.values(fields).some((value) => value !== undefined) ? fields : undefined
}

/** An id that stands for nobody is none: it would make one visitor of all. */
function anonymousIdOf(item: Fields, type: string): string | undefined {
  const id = idOf(item.anonymousId) ?? (type === 'alias' ? idOf(item.previousId) : undefined)
  return id === undefined || ILLEGAL.has(id.trim().toLowerCase()) ? undefined : id
}

/** RudderStack's clients know sessions. */
function sessionOf({ sessionId }: Fields, at: number): Envelope['session'] {
  const id = idOf(sessionId)
  if (id === undefined) return null
  const number = Number(id)
  const isTime = Number.isSafeInteger(number) && number >= LEAST_SESSION_MILLIS && number <= at
  return { id: `compatible ${id}`, startedAt: isTime ? number : at }
}

function invalid(detail: string): EventResult {
  return { result: 'dropped', reason: 'invalid', detail }
}
