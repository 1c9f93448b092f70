import { stateRefusal } from '../db/state-refusal.ts'
import { addressGroup } from './client-address.ts'
import { Refusal } from './errors.ts'
import { admitKey, bearerOf, type Guard, type GuardsDeps, type KeyCall } from './guards.ts'
import type { Call } from './http.ts'

/** A request as far as the guard must understand it. */
export interface WriteKeyBody<Body> {
  /** The key that the body names; clients send it in headers or the address as well. */
  readonly key: string | undefined
  /** What it takes to read and to store: whoever sends much at once may send less often. */
  readonly bytes: number
  readonly events: number
  readonly body: Body
}

export interface WriteKeyRules<Body> {
  readonly scope: string
  readonly read: (call: Call) => Promise<WriteKeyBody<Body>> | WriteKeyBody<Body>
}

/** For the clients that others wrote, who call a shop's key its write key and choose their own headers. */
export type WriteKeyGuard = <Body>(rules: WriteKeyRules<Body>) => Guard<KeyCall<Body>>

/** What one token of the address's bucket pays for. */
const PAID_BYTES = 65_536
/** Pages send few at once; a shop's own server is not asked. */
const PAID_EVENTS = 25
const MAX_KEY_CHARS = 100
const KEY = /^(?:pub|sec)_[\w-]{1,96}$/

export function createWriteKeyGuard(
  deps: Pick<GuardsDeps, 'publicUrl' | 'rateLimit' | 'findKeyHolder'>,
): WriteKeyGuard {
  const { rateLimit } = deps
  return ({ scope, read }) => ({
    principal: 'key',
    scope,
    allowsAnyHeader: true,
    admit: (call) =>
      refusingLikeSegment(async () => {
        const sender = `write key ${addressGroup(call.address)}`
        rateLimit.take('address', sender)
        const inAddress = call.param('key') ?? call.query('writeKey')
        refuseSecretInAddress(inAddress)
        const { key, bytes, events, body } = await read(call)
        rateLimit.take('address', sender, Math.floor(bytes / PAID_BYTES))
        const named = keyInHeaders(call) ?? inAddress ?? key
        const ours = keyIn(named) ?? named?.slice(0, MAX_KEY_CHARS)
        const admitted = await admitKey(deps, call, ours, scope)
        const { holder, isFromKnownPage, headers } = admitted
        if (!holder.isVerified) {
          rateLimit.take('address', sender, Math.floor(events / PAID_EVENTS))
        }
        return { request: { ...holder, call, body, isFromKnownPage }, headers }
      }),
  })
}

/** Addresses stand in logs of proxies and in histories of browsers: a secret that was in one is none any more. */
export function refuseSecretInAddress(key: string | undefined): void {
  if (key === undefined || !/(?:^|:)sec_/.test(key)) return
  throw new Refusal(
    'forbidden',
    'A secret key was sent in an address, where others can read it: make a new one, and send it in a header',
  )
}

/**
 * What `work` comes to, refused as Segment's own server does: what is too large is a mistake like another (400), and
 * what holds for the moment only is 429 with the wait, since some clients drop what any other code answers.
 */
export async function refusingLikeSegment<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const refusal = error instanceof Refusal ? error : stateRefusal(error)
    if (refusal === undefined) throw error
    const { code, message, retryAfterSeconds = 2 } = refusal
    if (code === 'too_large') throw new Refusal('bad_request', message)
    if (code === 'unavailable') {
      throw new Refusal('too_many_requests', message, { retryAfterSeconds })
    }
    throw refusal
  }
}

function keyInHeaders(call: Call): string | undefined {
  return (
    keyIn(basicUser(call.header('authorization'))) ??
    keyIn(bearerOf(call)) ??
    keyIn(call.header('x-write-key'))
  )
}

/** One of ours in `text`: alone, or in Jitsu's `id:secret`, of which the secret one says more. */
function keyIn(text: string | undefined): string | undefined {
  const parts = text?.split(':', 2).filter((part) => KEY.test(part)) ?? []
  return parts.find((part) => part.startsWith('sec_')) ?? parts[0]
}

/** The name in `Authorization: Basic`, whose password is empty and whose colon some clients leave out. */
function basicUser(header: string | undefined): string | undefined {
  const encoded = /^Basic ([\w+/=-]{1,400})$/i.exec(header ?? '')?.[1]
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8')
}
