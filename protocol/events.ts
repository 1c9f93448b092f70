import { z } from 'zod'
import {
  DEVICE_CLASSES,
  EVENT_TYPES,
  MAX_BATCH_EVENTS,
  MAX_ID_CHARS,
  MAX_NAME_CHARS,
  PAGE_TYPES,
  type DropReason,
  type EventResultKind,
} from './names.ts'

/** 128 random bits, 22 characters of base64url. */
const VisitorId = z.string().regex(/^[\w-]{22}$/)
/** 256 random bits, 43 characters of base64url; the server keeps its SHA-256 only. */
const VisitorToken = z.string().regex(/^[\w-]{43}$/)
const Millis = z.number().int().min(0).max(8_640_000_000_000_000)
const Properties = z.record(z.string(), z.unknown())

const Url = z.string().max(2_048)

export const PageSchema = z.object({
  url: Url,
  referrer: Url,
  title: z.string().max(500),
  /** A word that is none of ours costs the page its type, not the shop its event. */
  type: z.enum(PAGE_TYPES).optional().catch(undefined),
})
export type Page = z.infer<typeof PageSchema>

export const EventSchema = z.object({
  /** A UUIDv7 made in the browser, or any foreign id. */
  id: z.string().min(1).max(MAX_ID_CHARS),
  type: z.enum(EVENT_TYPES),
  /** Required for `track`; a page may have one. */
  name: z.string().min(1).max(MAX_NAME_CHARS).optional(),
  properties: Properties.optional(),
  traits: Properties.optional(),
  /** The shop's own id of a person: who it is (`identify`), or what the visitor was called (`alias`). */
  userId: z.string().max(MAX_ID_CHARS).optional(),
  groupId: z.string().max(MAX_ID_CHARS).optional(),
  /** Hex HMAC-SHA256 or a JWT that proves `userId`. */
  signature: z.string().max(2_048).optional(),
  /** The client's wall clock when it happened, epoch ms. */
  at: Millis,
  /** Milliseconds between happening and sending, by a monotonic clock where the page still lives. */
  ageMs: Millis,
  /** Order within the visitor's browser; grows, with gaps. */
  seq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  page: PageSchema,
})
export type WireEvent = z.infer<typeof EventSchema>

export const ConsentSchema = z.object({
  statistics: z.boolean(),
  personalisation: z.boolean(),
  marketing: z.boolean(),
  /** Global Privacy Control was on. */
  gpc: z.boolean().optional(),
})
export type Consent = z.infer<typeof ConsentSchema>

const VisitorSchema = z.union([
  z.object({
    id: VisitorId,
    token: VisitorToken,
    /** Replaces `token` from its own first use. */
    nextToken: VisitorToken.optional(),
    /** The identity that this tab used before it adopted the one stored by another tab. */
    formerly: z.object({ id: VisitorId, token: VisitorToken }).optional(),
  }),
  /**
   * The identity is in the HttpOnly cookie (`data-cookie`), or is to be made and put there; `fresh`: a new one in
   * place of the cookie's (`gp.reset()`, or another person signed in).
   */
  z.object({ cookie: z.literal(true), fresh: z.literal(true).optional() }),
])

export const ContextSchema = z.object({
  locale: z.string().max(35).optional(),
  timeZone: z.string().max(64).optional(),
  screen: z.tuple([z.number(), z.number()]).optional(),
  viewport: z.tuple([z.number(), z.number()]).optional(),
  device: z.enum(DEVICE_CLASSES).optional(),
  tagVersion: z.string().max(40).optional(),
})
export type Context = z.infer<typeof ContextSchema>

/** The envelope of `POST /v1/events`. Events are parsed one by one, so that a bad one does not sink the rest. */
export const BatchSchema = z.object({
  key: z.string().min(1).max(100),
  /** The client's wall clock when it was sent, epoch ms. */
  sentAt: Millis,
  visitor: VisitorSchema.nullable(),
  session: z.object({ id: z.uuid(), startedAt: Millis }).nullable(),
  /** Null: the visitor has not chosen. */
  consent: ConsentSchema.nullable(),
  context: ContextSchema,
  events: z.array(z.unknown()).max(MAX_BATCH_EVENTS),
})
/** What the tag sends: the envelope with typed events. */
export type Batch = Omit<z.infer<typeof BatchSchema>, 'events'> & { events: WireEvent[] }

export interface EventResult {
  result: EventResultKind
  /** Why it was dropped, or, with `ok`, what was changed before it was kept. */
  reason?: DropReason
  /** For people: which field, which limit. */
  detail?: string
}
