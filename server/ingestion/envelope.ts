import type { z } from 'zod'
import { BatchSchema } from '#protocol/events.ts'
import { MAX_BATCH_EVENTS, MAX_BODY_BYTES } from '#protocol/names.ts'
import { Refusal } from '../core/errors.ts'
import type { KeyedBody, KeyRules } from '../core/guards.ts'
import { check } from './check.ts'
import { isPlainBatch } from './quick-check.ts'
import { parseBounded } from './shape.ts'
import { tidy } from './tidy.ts'

type WireBatch = z.infer<typeof BatchSchema>

/** A visitor of another's client: known by a name that nothing proves, so that nothing is ever told of it. */
export interface DerivedVisitor {
  readonly publicId: Buffer
}

/** A request's body with its envelope checked; its events are still as they came. */
export interface Envelope extends Omit<WireBatch, 'key' | 'visitor'> {
  readonly visitor: WireBatch['visitor'] | DerivedVisitor
  /** Each event needs a walk before it can be trusted. */
  readonly isSuspicious: boolean
  readonly bytes: number
}

/** How the guard reads the body of `POST /v1/events`. */
export const EVENTS_KEY_RULES: KeyRules<Envelope> = {
  limitBytes: MAX_BODY_BYTES,
  scope: 'events:write',
  parse: parseEnvelope,
}

/** Refuses only what can't be read as a batch at all: then nothing of it is stored. */
export function parseEnvelope(bytes: Buffer): KeyedBody<Envelope> {
  const { value, isSuspicious } = parseBounded(bytes)
  refuseTooMany(value)
  const batch = batchOf(isSuspicious ? withTidyEnvelope(value) : value)
  const { key, visitor } = batch
  const body = {
    sentAt: batch.sentAt,
    visitor,
    session: batch.session,
    consent: batch.consent,
    context: batch.context,
    events: batch.events,
    isSuspicious,
    bytes: bytes.length,
  }
  return visitor !== null && 'id' in visitor ? { key, visitorId: visitor.id, body } : { key, body }
}

function batchOf(value: unknown): z.infer<typeof BatchSchema> {
  if (isPlainBatch(value)) return value
  const checked = check(BatchSchema, value)
  if ('value' in checked) return checked.value
  throw new Refusal('bad_request', `The batch is not valid: ${checked.fault}`)
}

function refuseTooMany(value: unknown): void {
  if (typeof value !== 'object' || value === null || !('events' in value)) return
  if (!Array.isArray(value.events) || value.events.length <= MAX_BATCH_EVENTS) return
  throw new Refusal('too_large', `A batch holds at most ${MAX_BATCH_EVENTS} events: split it`)
}

/** The events are left as they are: each one is tidied, or dropped, by itself. */
function withTidyEnvelope(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { events, ...rest } = value as Record<string, unknown>
  const tidied = tidy(rest)
  if ('problem' in tidied) throw new Refusal('bad_request', `The batch holds ${tidied.problem}`)
  return { ...(tidied.value as object), events }
}
