import { ConnectionSchema, HookSchema, StockUseSchema } from '#protocol/catalog.ts'
import {
  CATALOG_HOOK_PATH,
  CONNECTION_PATH,
  CONNECTION_SECRET_PATH,
  MAX_BODY_BYTES,
  STOCK_USE_PATH,
} from '#protocol/names.ts'
import { addressGroup } from '../core/client-address.ts'
import { Refusal } from '../core/errors.ts'
import type { Guard } from '../core/guards.ts'
import type { Call } from '../core/http.ts'
import { parseJsonBody, readJsonBody } from '../core/json-body.ts'
import type { RateLimit } from '../core/rate-limit.ts'
import type { Handler, Router } from '../core/router.ts'
import type { SecretKeyCall, SecretKeyGuard } from '../core/secret-key-guard.ts'
import type { Connections } from './connection.ts'
import { describedConnection as told, describedHook } from './descriptions.ts'

interface ConnectionRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly rateLimit: RateLimit
  readonly catalog: Connections
}

interface HookCall {
  readonly call: Call
  readonly shopId: number
  readonly hookId: string
  readonly body: Buffer
}

const HOOK_BYTES = 4 * 1024 * 1024

/** What keeps a shop's catalogue live, and the address where its webhooks arrive. */
export function addConnectionRoutes(router: Router, deps: ConnectionRoutesDeps): void {
  const { secretKey, catalog } = deps
  const read = secretKey('catalog:read')
  const write = secretKey('catalog:write')
  router.get(CONNECTION_PATH, read, readConnection(catalog), told.read)
  router.put(CONNECTION_PATH, write, connect(catalog), told.connect)
  router.delete(CONNECTION_PATH, write, disconnect(catalog), told.disconnect)
  router.post(CONNECTION_SECRET_PATH, write, renewSecret(catalog), told.renewSecret)
  router.put(STOCK_USE_PATH, write, useStock(catalog), told.useStock)
  router.post(CATALOG_HOOK_PATH, signedHook(deps), takeHook(catalog), describedHook)
}

function readConnection(catalog: Connections): Handler<SecretKeyCall> {
  return async ({ shop }) => ({
    json: { connection: (await catalog.findConnection(shop.id)) ?? null },
  })
}

function connect(catalog: Connections): Handler<SecretKeyCall> {
  return async ({ call, shop, by }) => {
    const connection = await readJsonBody(call, ConnectionSchema, MAX_BODY_BYTES)
    return { json: await catalog.connect(shop.id, connection, by) }
  }
}

function disconnect(catalog: Connections): Handler<SecretKeyCall> {
  return async ({ shop, by }) => {
    await catalog.disconnect(shop.id, by)
    return { status: 204 }
  }
}

function renewSecret(catalog: Connections): Handler<SecretKeyCall> {
  return async ({ shop, by }) => ({ json: { secret: await catalog.renewSecret(shop.id, by) } })
}

function useStock(catalog: Connections): Handler<SecretKeyCall> {
  return async ({ call, shop, by }) => {
    const { usesStock } = await readJsonBody(call, StockUseSchema, MAX_BODY_BYTES)
    return { json: await catalog.useStock(shop.id, usesStock, by) }
  }
}

function takeHook(catalog: Connections): Handler<HookCall> {
  return async ({ shopId, hookId, body }) => ({
    json: { results: await catalog.takeHook(shopId, hookId, parseJsonBody(body, HookSchema)) },
  })
}

/** Whoever has the secret of the connection that the address names, by Standard Webhooks. */
function signedHook({ rateLimit, catalog }: ConnectionRoutesDeps): Guard<HookCall> {
  return {
    principal: 'anyone',
    async admit(call) {
      rateLimit.take('address', `hook ${addressGroup(call.address)}`)
      const connectionId = call.param('connectionId') ?? ''
      if (!/^[\w-]{22}$/.test(connectionId)) {
        throw new Refusal('not_found', 'There is nothing of this id')
      }
      const body = await call.readBody(HOOK_BYTES)
      const id = call.header('webhook-id')
      const timestamp = call.header('webhook-timestamp')
      const signature = call.header('webhook-signature')
      const hook = { connectionId, id, timestamp, signature, body }
      const shopId = await catalog.requireSigned(hook)
      return { request: { call, shopId, hookId: id ?? '', body } }
    },
  }
}
