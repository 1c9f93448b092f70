import type { EventResult } from '#protocol/events.ts'
import { MAX_BATCH_EVENTS } from '#protocol/names.ts'
import type { Envelope } from '../envelope.ts'
import { fieldsOf, isFields } from './fields.ts'
import type { CompatibleRequest } from './request.ts'
import { translate, type Translated } from './translate.ts'
import { publicIdOf } from './visitor-key.ts'

/** Events of one visitor, as the native pipeline takes them. */
export interface VisitorBatch {
  readonly envelope: Envelope
  /** Undefined: a server's library. */
  readonly userAgent: string | undefined
}

export interface VisitorBatches {
  /** A visitor's in the order of the request. */
  readonly batches: readonly VisitorBatch[]
  /** Of events that could not even be translated. */
  readonly leftOut: readonly EventResult[]
}

/** A batch that takes more events as long as they have all this in common. */
interface OpenBatch extends VisitorBatch {
  readonly context: string
  readonly events: unknown[]
}

/** One request of another's client may bring many visitors: each gets an envelope of its own, or several. */
export function visitorBatchesOf(
  request: CompatibleRequest,
  userAgent: string | undefined,
  receivedAt: number,
  isVerified: boolean,
): VisitorBatches {
  const { type, sentAt } = request
  const batches: OpenBatch[] = []
  const leftOut: EventResult[] = []
  const newest = new Map<string, OpenBatch>()
  for (const [position, item] of request.items.entries()) {
    const around = { type, sentAt, userAgent, receivedAt, position, isVerified }
    const translated = translate(withContext(item, request), around)
    if ('result' in translated) {
      leftOut.push(translated)
      continue
    }
    const context = JSON.stringify([
      translated.context,
      translated.session?.id,
      translated.userAgent,
    ])
    const known = newest.get(translated.visitorKey)
    const hasRoom = known?.context === context && known.events.length < MAX_BATCH_EVENTS
    const batch = hasRoom ? known : openBatch(translated, context, request, receivedAt)
    if (batch !== known) {
      newest.set(translated.visitorKey, batch)
      batches.push(batch)
    }
    batch.events.push(translated.event)
  }
  return { batches, leftOut }
}

function openBatch(
  { visitorKey, session, context: said, userAgent }: Translated,
  context: string,
  { isSuspicious, bytes }: CompatibleRequest,
  receivedAt: number,
): OpenBatch {
  const events: unknown[] = []
  const envelope: Envelope = {
    visitor: { publicId: publicIdOf(visitorKey) },
    session,
    // These clients tell of none: the shop's mode decides.
    consent: null,
    context: said,
    // The events' times are by our clock already.
    sentAt: receivedAt,
    events,
    isSuspicious,
    bytes,
  }
  return { envelope, userAgent, context, events }
}

/** What a batch says beside its events holds for each of them. */
function withContext(item: unknown, { context }: CompatibleRequest): unknown {
  if (!isFields(item) || Object.keys(context).length === 0) return item
  return { ...item, context: { ...context, ...fieldsOf(item.context) } }
}
