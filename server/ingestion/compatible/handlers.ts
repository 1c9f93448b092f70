import type { Clock } from '../../core/clock.ts'
import type { KeyCall } from '../../core/guards.ts'
import { ANY_ORIGIN_HEADERS } from '../../core/headers.ts'
import type { Answer } from '../../core/http.ts'
import type { Handler } from '../../core/router.ts'
import { refusingLikeSegment } from '../../core/write-key-guard.ts'
import type { Ingestion } from '../service.ts'
import { visitorBatchesOf } from './envelopes.ts'
import type { CompatibleRequest } from './request.ts'
import { rudderSourceConfig, segmentSettings } from './settings.ts'

interface HandlerDeps {
  readonly ingestion: Pick<Ingestion, 'ingest' | 'leaveOut'>
  readonly now: Clock
}

/** Segment answers so whatever became of the events; the shop sees in the console what was left out, and why. */
const SUCCESS: Answer = { json: { success: true } }
/** One transparent pixel. */
const GIF = Uint8Array.from(
  Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
)

/** Events by `POST`, one or a batch of them. */
export function postCompatible(deps: HandlerDeps): Handler<KeyCall<CompatibleRequest>> {
  return async (request) => {
    await store(deps, request)
    return SUCCESS
  }
}

/** An event by the address of an image. */
export function getPixel(deps: HandlerDeps): Handler<KeyCall<CompatibleRequest>> {
  return async (request) => {
    await store(deps, request)
    return { body: GIF, headers: { 'content-type': 'image/gif' } }
  }
}

export function getSegmentSettings(publicUrl: URL): Handler<KeyCall<undefined>> {
  return ({ shop }) => ({ json: segmentSettings(shop.publicKey, publicUrl) })
}

export function getRudderSourceConfig(now: Clock): Handler<KeyCall<undefined>> {
  return ({ shop }) => ({ json: rudderSourceConfig(shop.publicKey, now()) })
}

/** The client's figures about itself, which it sends without a key: taken, and not kept. */
export function postClientMetrics(): Answer {
  return { ...SUCCESS, headers: ANY_ORIGIN_HEADERS }
}

async function store(
  { ingestion, now }: HandlerDeps,
  { shop, isVerified, call, body }: KeyCall<CompatibleRequest>,
): Promise<void> {
  const header = call.header('user-agent')
  const { batches, leftOut } = visitorBatchesOf(body, header, now(), isVerified)
  // Behind a secret key, or a library's name, stands a server: its address is not the visitor's.
  const isServer = isVerified || batches.every(({ userAgent }) => userAgent === undefined)
  const sender = {
    shop,
    isVerified,
    cookie: undefined,
    address: isServer ? undefined : call.address,
  }
  await refusingLikeSegment(() =>
    Promise.all([
      ...batches.map(({ envelope, userAgent }) =>
        ingestion.ingest(envelope, { ...sender, userAgent }),
      ),
      ...(leftOut.length > 0 ? [ingestion.leaveOut(shop.id, leftOut)] : []),
    ]),
  )
}
