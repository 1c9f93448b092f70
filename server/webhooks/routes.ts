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
import { ReplaySchema, WebhookSchema, type WebhookDraft } from '#protocol/webhooks.ts'
import type { Clock } from '../core/clock.ts'
import type { Guard } from '../core/guards.ts'
import type { Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import { requireRecentSignIn, type ManagementCall } from '../core/member-guards.ts'
import { readQuery } from '../core/query.ts'
import type { Handler, Router } from '../core/router.ts'
import type { Deliveries } from './deliveries.ts'
import { deliveriesQuery, describedWebhooks as told } from './descriptions.ts'
import type { Endpoints } from './endpoints.ts'
import type { Webhooks } from './service.ts'

interface WebhookRoutesDeps {
  readonly secretKey: (scope: string) => Guard<ManagementCall>
  readonly webhooks: Webhooks
  readonly now: Clock
}

type Route = Handler<ManagementCall>

/** The management API of webhooks out. Secrets are told once, by the answer that makes them. */
export function addWebhookRoutes(router: Router, deps: WebhookRoutesDeps): void {
  const { secretKey, webhooks, now } = deps
  const { endpoints, deliveries } = webhooks
  /** Where the shop's facts go, and what proves them, takes more than a session that somebody left open. */
  const fresh =
    (route: Route): Route =>
    async (request) => {
      requireRecentSignIn(request, now())
      return route(request)
    }
  const read = secretKey('webhooks:read')
  const write = secretKey('webhooks:write')
  router.get(WEBHOOKS_PATH, read, listWebhooks(endpoints), told.list)
  router.post(WEBHOOKS_PATH, write, fresh(createWebhook(endpoints)), told.create)
  router.get(WEBHOOK_PATH, read, readWebhook(endpoints), told.read)
  router.put(WEBHOOK_PATH, write, replaceWebhook(endpoints, now), told.replace)
  router.delete(WEBHOOK_PATH, write, removeWebhook(endpoints), told.remove)
  router.post(WEBHOOK_SECRET_PATH, write, fresh(rotateSecret(endpoints)), told.rotate)
  router.post(WEBHOOK_TEST_PATH, write, testWebhook(deliveries), told.test)
  router.post(WEBHOOK_REPLAY_PATH, write, replay(deliveries), told.replay)
  router.get(WEBHOOK_DELIVERIES_PATH, read, listDeliveries(deliveries), told.deliveries)
  router.get(WEBHOOK_DELIVERY_PATH, read, readDelivery(deliveries), told.delivery)
  router.post(WEBHOOK_RETRY_PATH, write, retryDelivery(deliveries), told.retry)
}

function listWebhooks(endpoints: Endpoints): Route {
  return async ({ shop }) => ({
    json: { items: await endpoints.list(shop.id), nextCursor: null },
  })
}

function createWebhook(endpoints: Endpoints): Route {
  return async ({ shop, call, by }) => ({
    status: 201,
    json: await endpoints.create(shop.id, await draftOf(call), by),
  })
}

function readWebhook(endpoints: Endpoints): Route {
  return async ({ shop, call }) => ({ json: await endpoints.find(shop.id, idOf(call)) })
}

function replaceWebhook(endpoints: Endpoints, now: Clock): Route {
  return async (request) => {
    const { shop, call, by } = request
    const draft = await draftOf(call)
    const { url } = await endpoints.find(shop.id, idOf(call))
    // Another address is as good as another webhook.
    if (!URL.canParse(draft.url) || new URL(draft.url).href !== url) {
      requireRecentSignIn(request, now())
    }
    return { json: await endpoints.change(shop.id, idOf(call), draft, by) }
  }
}

function removeWebhook(endpoints: Endpoints): Route {
  return async ({ shop, call, by }) => {
    await endpoints.remove(shop.id, idOf(call), by)
    return { status: 204 }
  }
}

function rotateSecret(endpoints: Endpoints): Route {
  return async ({ shop, call, by }) => ({
    json: await endpoints.rotate(shop.id, idOf(call), by),
  })
}

function testWebhook(deliveries: Deliveries): Route {
  return async ({ shop, call }) => {
    await deliveries.test(shop.id, idOf(call))
    return { status: 204 }
  }
}

function replay(deliveries: Deliveries): Route {
  return async ({ shop, call }) => {
    const time = await readJsonBody(call, ReplaySchema, MAX_BODY_BYTES)
    return { json: await deliveries.replay(shop.id, idOf(call), time) }
  }
}

function listDeliveries(deliveries: Deliveries): Route {
  return async ({ shop, call }) => ({
    json: await deliveries.list(shop.id, idOf(call), readQuery(call, deliveriesQuery)),
  })
}

function readDelivery(deliveries: Deliveries): Route {
  return async ({ shop, call }) => ({
    json: await deliveries.find(shop.id, deliveryOf(call)),
  })
}

function retryDelivery(deliveries: Deliveries): Route {
  return async ({ shop, call }) => ({
    json: await deliveries.retry(shop.id, deliveryOf(call)),
  })
}

function draftOf(call: Call): Promise<WebhookDraft> {
  return readJsonBody(call, WebhookSchema, MAX_BODY_BYTES)
}

function idOf(call: Call): string {
  return call.param('webhookId') ?? ''
}

function deliveryOf(call: Call): string {
  return call.param('deliveryId') ?? ''
}
