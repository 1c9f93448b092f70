import { ConsentSchema, ContextSchema, type Batch, type WireEvent } from '#protocol/events.ts'
import {
  DEVICE_CLASSES,
  EVENT_TYPES,
  MAX_BATCH_EVENTS,
  MAX_ID_CHARS,
  MAX_NAME_CHARS,
  PAGE_TYPES,
} from '#protocol/names.ts'

/**
 * What the tag sends, told from all else without zod, which takes several times as long. True only for what the schemas
 * of `protocol/events.ts` take as well; whatever is unusual is left to them, with the words for what is wrong.
 */
export function isPlainEvent(value: unknown): value is WireEvent {
  if (!isObject(value)) return false
  const { id, type, name, properties, traits, userId, groupId, signature, page } = value
  return (
    isText(id, MAX_ID_CHARS) &&
    id !== '' &&
    TYPES.has(type) &&
    (name === undefined || (isText(name, MAX_NAME_CHARS) && name !== '')) &&
    (properties === undefined || isObject(properties)) &&
    (traits === undefined || isObject(traits)) &&
    isOptionalText(userId, MAX_ID_CHARS) &&
    isOptionalText(groupId, MAX_ID_CHARS) &&
    isOptionalText(signature, MAX_URL_CHARS) &&
    isMillis(value.at) &&
    isMillis(value.ageMs) &&
    isCount(value.seq) &&
    isObject(page) &&
    isText(page.url, MAX_URL_CHARS) &&
    isText(page.referrer, MAX_URL_CHARS) &&
    isText(page.title, MAX_TITLE_CHARS) &&
    (page.type === undefined || PAGES.has(page.type))
  )
}

/** The same of an envelope, whose events are not looked at. */
export function isPlainBatch(
  value: unknown,
): value is Omit<Batch, 'events'> & { events: unknown[] } {
  if (!isObject(value)) return false
  const { key, visitor, session, consent, context, events } = value
  return (
    isText(key, MAX_KEY_CHARS) &&
    key !== '' &&
    isMillis(value.sentAt) &&
    (visitor === null || isPlainVisitor(visitor)) &&
    (session === null ||
      (isObject(session) && isUuid(session.id) && isMillis(session.startedAt))) &&
    (consent === null || isConsent(consent)) &&
    isContext(context) &&
    Array.isArray(events) &&
    events.length <= MAX_BATCH_EVENTS
  )
}

const MAX_URL_CHARS = 2_048
const MAX_TITLE_CHARS = 500
const MAX_KEY_CHARS = 100
const MAX_MILLIS = 8_640_000_000_000_000

const TYPES = new Set<unknown>(EVENT_TYPES)
const PAGES = new Set<unknown>(PAGE_TYPES)
const DEVICES = new Set<unknown>(DEVICE_CLASSES)
// These two are stored as they are; elsewhere what is unknown is never read.
const CONSENT_KEYS = new Set(Object.keys(ConsentSchema.shape))
const CONTEXT_KEYS = new Set(Object.keys(ContextSchema.shape))
const VISITOR_ID = /^[\w-]{22}$/
const VISITOR_TOKEN = /^[\w-]{43}$/
const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i

/** Not the rarer shapes: the cookie's, and those in which an identity changes. */
function isPlainVisitor(value: unknown): boolean {
  return (
    isObject(value) &&
    value.cookie === undefined &&
    value.nextToken === undefined &&
    value.formerly === undefined &&
    typeof value.id === 'string' &&
    VISITOR_ID.test(value.id) &&
    typeof value.token === 'string' &&
    VISITOR_TOKEN.test(value.token)
  )
}

function isConsent(value: unknown): boolean {
  return (
    isObject(value) &&
    hasOnly(value, CONSENT_KEYS) &&
    typeof value.statistics === 'boolean' &&
    typeof value.personalisation === 'boolean' &&
    typeof value.marketing === 'boolean' &&
    (value.gpc === undefined || typeof value.gpc === 'boolean')
  )
}

function isContext(value: unknown): boolean {
  return (
    isObject(value) &&
    hasOnly(value, CONTEXT_KEYS) &&
    isOptionalText(value.locale, 35) &&
    isOptionalText(value.timeZone, 64) &&
    (value.screen === undefined || isPair(value.screen)) &&
    (value.viewport === undefined || isPair(value.viewport)) &&
    (value.device === undefined || DEVICES.has(value.device)) &&
    isOptionalText(value.tagVersion, 40)
  )
}

function hasOnly(value: object, keys: ReadonlySet<string>): boolean {
  return Object.keys(value).every((key) => keys.has(key))
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown, maxChars: number): value is string {
  return typeof value === 'string' && value.length <= maxChars
}

function isOptionalText(value: unknown, maxChars: number): boolean {
  return value === undefined || isText(value, maxChars)
}

function isUuid(value: unknown): boolean {
  return typeof value === 'string' && UUID.test(value)
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isMillis(value: unknown): boolean {
  return isCount(value) && Number(value) <= MAX_MILLIS
}
