import { Refusal } from '../../core/errors.ts'
import type { Call } from '../../core/http.ts'
import { refuseSecretInAddress, type WriteKeyRules } from '../../core/write-key-guard.ts'
import { fieldsOf, isFields, textOf, type Fields } from './fields.ts'
import { parseEncoded, readCompatibleBody, type ReadBody } from './read-body.ts'

/** What a compatible route was sent, whatever its form: events as they came, with what holds for all of them. */
export interface CompatibleRequest {
  readonly items: readonly unknown[]
  /** The type that the address gives to all. */
  readonly type: string | undefined
  /** When it was sent, where it says so beside its events. */
  readonly sentAt: unknown
  /** Joins each event's own. */
  readonly context: Fields
  readonly isSuspicious: boolean
  readonly bytes: number
}

/** The smallest real events fill a body with about as many. */
const MAX_ITEMS = 2_500
const SCOPE = 'events:write'
/** What a pixel's address may say without `data`. */
const PIXEL_FIELDS = ['anonymousId', 'userId', 'event', 'name', 'messageId', 'timestamp']

/** Reads `POST` requests; `type` where the address names one. */
export function postRules(type: string | undefined): WriteKeyRules<CompatibleRequest> {
  return {
    scope: SCOPE,
    read: async (call) => keyed(await readCompatibleBody(call), type, call.header('sentat')),
  }
}

/** Reads a pixel's address, which has all that it says in its query. */
export function pixelRules(type: string): WriteKeyRules<CompatibleRequest> {
  return {
    scope: SCOPE,
    read(call) {
      const request = keyed(fromAddress(call), type, undefined)
      refuseSecretInAddress(request.key)
      return request
    },
  }
}

/** For what a client asks before it sends: only its key. */
export const QUESTION_RULES: WriteKeyRules<undefined> = {
  scope: SCOPE,
  read: () => ({ key: undefined, bytes: 0, events: 0, body: undefined }),
}

function keyed({ value, isSuspicious, bytes }: ReadBody, type: string | undefined, sent: unknown) {
  if (!isFields(value)) throw new Refusal('bad_request', 'The body is no object')
  const items = itemsOf(value, type)
  const key = textOf(value.writeKey) ?? textOf(fieldsOf(items[0]).writeKey) ?? textOf(value.api_key)
  const sentAt = value.sentAt ?? sent
  const isBatch = Array.isArray(value.batch)
  const context = isBatch ? fieldsOf(value.context) : {}
  const body: CompatibleRequest = { items, type, sentAt, context, isSuspicious, bytes }
  return { key, bytes, events: weightOf(items), body }
}

function itemsOf(value: Fields, type: string | undefined): readonly unknown[] {
  const { batch } = value
  if (!Array.isArray(batch)) {
    if (type !== undefined || textOf(value.type) !== undefined) return [value]
    throw new Refusal('bad_request', 'The body holds neither a batch nor an event with its type')
  }
  if (batch.length > MAX_ITEMS) {
    throw new Refusal('too_large', `A batch holds at most ${MAX_ITEMS} events: split it`)
  }
  return batch
}

function fromAddress(call: Call): ReadBody {
  const encoded = call.query('data')
  const read =
    encoded === undefined ? { value: {}, isSuspicious: true, bytes: 0 } : parseEncoded(encoded)
  const said = PIXEL_FIELDS.map((name) => [name, call.query(name)] as const)
  const given = Object.fromEntries(said.filter(([, value]) => value !== undefined))
  // What an address encodes may hold anything, NUL characters as well.
  return { ...read, value: { ...given, ...fieldsOf(read.value) }, isSuspicious: true }
}

/** To say who somebody is costs the database many times what another event does, and few browsers say it twice. */
const WEIGHT_OF_IDENTITY = 25
const MAX_WEIGHT = 10_000

function weightOf(items: readonly unknown[]): number {
  const named = items.filter((item) => isFields(item) && item.userId !== undefined).length
  return Math.min(MAX_WEIGHT, items.length + named * WEIGHT_OF_IDENTITY)
}
