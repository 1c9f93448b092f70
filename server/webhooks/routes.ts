import {
  MAX_BODY_BYTES,
  WEBHOOK_DELIVERIES_PATH,
  WEBHOOK_DELIVERY_PATH,
  WEBHOOK_PATH,
  WEBHOOK_REPLAY_PATH,
  WEBHOOK_RETRY_PATH,
  WEBHOOK_SECRET_PATH,
  WEBHOOK_TEST_PATH,
  WEBHOOKS_PATH,
} from '#protocol/names.ts'
import {
  DELIVERY_STATES,
  ReplaySchema,
  WebhookSchema,
  type DeliveryState,
} from '#protocol/webhooks.ts'
import { Refusal } from '../core/errors.ts'
import type { Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import { pageOf } from '../core/page.ts'
import type { Router } from '../core/router.ts'
import type { SecretKeyGuard } from '../core/secret-key-guard.ts'
import type { Webhooks } from './service.ts'

interface WebhookRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly webhooks: Webhooks
}

/** The management API of webhooks out. Secrets are told once, by the answer that makes them. */
export function addWebhookRoutes(router: Router, { secretKey, webhooks }: WebhookRoutesDeps): void {
  const { endpoints, deliveries } = webhooks
  const read = secretKey('webhooks:read')
  const write = secretKey('webhooks:write')
  const draftOf = (call: Call) => readJsonBody(call, WebhookSchema, MAX_BODY_BYTES)
  router.get(WEBHOOKS_PATH, read, async ({ shop }) => ({
    json: { items: await endpoints.list(shop.id) },
  }))
  router.post(WEBHOOKS_PATH, write, async ({ shop, call }) => ({
    status: 201,
    json: await endpoints.create(shop.id, await draftOf(call)),
  }))
  router.get(WEBHOOK_PATH, read, async ({ shop, call }) => ({
    json: await endpoints.find(shop.id, idOf(call)),
  }))
  router.put(WEBHOOK_PATH, write, async ({ shop, call }) => ({
    json: await endpoints.change(shop.id, idOf(call), await draftOf(call)),
  }))
  router.delete(WEBHOOK_PATH, write, async ({ shop, call }) => {
    await endpoints.remove(shop.id, idOf(call))
    return { status: 204 }
  })
  router.post(WEBHOOK_SECRET_PATH, write, async ({ shop, call }) => ({
    json: await endpoints.rotate(shop.id, idOf(call)),
  }))
  router.post(WEBHOOK_TEST_PATH, write, async ({ shop, call }) => {
    await deliveries.test(shop.id, idOf(call))
    return { status: 202 }
  })
  // `POST …/replay` with `{ from, to }`, epoch ms → `{ count }`.
  router.post(WEBHOOK_REPLAY_PATH, write, async ({ shop, call }) => {
    const time = await readJsonBody(call, ReplaySchema, MAX_BODY_BYTES)
    return { status: 202, json: await deliveries.replay(shop.id, idOf(call), time) }
  })
  // `GET …/deliveries?state=dead&limit=&cursor=` → `{ items, nextCursor? }`, the newest first.
  router.get(WEBHOOK_DELIVERIES_PATH, read, async ({ shop, call }) => ({
    json: await deliveries.list(shop.id, idOf(call), { ...pageOf(call), ...stateOf(call) }),
  }))
  router.get(WEBHOOK_DELIVERY_PATH, read, async ({ shop, call }) => ({
    json: await deliveries.find(shop.id, call.param('deliveryId') ?? ''),
  }))
  router.post(WEBHOOK_RETRY_PATH, write, async ({ shop, call }) => ({
    status: 202,
    json: await deliveries.retry(shop.id, call.param('deliveryId') ?? ''),
  }))
}

function idOf(call: Call): string {
  return call.param('webhookId') ?? ''
}

function stateOf(call: Call): { readonly state?: DeliveryState } {
  const asked = call.query('state')
  if (asked === undefined) return {}
  const state = DELIVERY_STATES.find((known) => known === asked)
  if (state === undefined) throw new Refusal('bad_request', `state: ${DELIVERY_STATES.join(', ')}`)
  return { state }
}
