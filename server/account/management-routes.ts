import {
  IDENTITY_PATH,
  IDENTITY_SECRET_PATH,
  KEY_PATH,
  KEYS_PATH,
  ORIGIN_PATH,
  ORIGINS_PATH,
  SHOP_PATH,
} from '#protocol/names.ts'
import {
  IdentitySettingsSchema,
  KeyDraftSchema,
  KeyNameDraftSchema,
  OriginDraftSchema,
  ShopSettingsSchema,
} from '#protocol/shop.ts'
import type { Clock } from '../core/clock.ts'
import type { Guard, Shop } from '../core/guards.ts'
import type { Answer, Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import { requireRecentSignIn, type ManagementCall } from '../core/member-guards.ts'
import type { Router } from '../core/router.ts'
import { describedShop as told } from './descriptions.ts'
import type { AccountManagement } from './management.ts'

interface ShopRoutesDeps {
  readonly secretKey: (scope: string) => Guard<ManagementCall>
  /** Also for who may do so with what is their own. */
  readonly ownKeys: (scope: string) => Guard<ManagementCall>
  readonly management: AccountManagement
  readonly now: Clock
}

type Route = (request: ManagementCall) => Promise<Answer>

const SETTINGS_BYTES = 8_192

/** The management API of the shop itself: settings, identity, origins and keys. */
export function addShopRoutes(router: Router, deps: ShopRoutesDeps): void {
  const { secretKey, ownKeys, management, now } = deps
  /** What opens something for whoever has it takes more than a session that somebody left open. */
  const fresh =
    (route: Route): Route =>
    async (request) => {
      requireRecentSignIn(request, now())
      return route(request)
    }
  const read = secretKey('shop:read')
  const write = secretKey('shop:write')
  router.get(SHOP_PATH, read, readShop, told.read)
  router.put(SHOP_PATH, write, replaceShop(management, now), told.replace)
  router.get(IDENTITY_PATH, read, readIdentity(management), told.identity)
  router.put(IDENTITY_PATH, write, replaceIdentity(management), told.replaceIdentity)
  // Whoever has the secret can be any customer: that is a key.
  router.post(
    IDENTITY_SECRET_PATH,
    secretKey('keys:write'),
    fresh(rotateSecret(management)),
    told.rotateSecret,
  )
  router.get(ORIGINS_PATH, read, listOrigins(management), told.origins)
  router.post(ORIGINS_PATH, write, addOrigin(management), told.addOrigin)
  router.delete(ORIGIN_PATH, write, removeOrigin(management), told.removeOrigin)
  const ownWrite = ownKeys('keys:write')
  router.get(KEYS_PATH, ownKeys('keys:read'), listKeys(management), told.keys)
  router.post(KEYS_PATH, ownWrite, fresh(createKey(management)), told.createKey)
  router.put(KEY_PATH, ownWrite, renameKey(management), told.renameKey)
  router.delete(KEY_PATH, ownWrite, revokeKey(management), told.revokeKey)
}

async function readShop({ shop }: ManagementCall): Promise<Answer> {
  return { json: shopAnswer(shop, shop) }
}

function replaceShop(management: AccountManagement, now: Clock): Route {
  return async ({ call, shop, by, ...request }) => {
    const settings = await readJsonBody(call, ShopSettingsSchema, SETTINGS_BYTES)
    const { retentionMonths: months } = settings
    // What is deleted for it comes back by no later setting.
    if (keepsLess(months, shop.retentionMonths)) requireRecentSignIn(request, now())
    return { json: shopAnswer(shop, await management.changeShop(shop.id, settings, by)) }
  }
}

function shopAnswer(
  { publicKey }: Pick<Shop, 'publicKey'>,
  settings: Omit<Shop, 'id' | 'publicKey' | 'origins'>,
) {
  const { name, consentMode, timeZone, currency, languages, retentionMonths } = settings
  return { name, consentMode, timeZone, currency, languages, retentionMonths, publicKey }
}

/** `undefined` stays as it is; null keeps everything. */
function keepsLess(months: number | null | undefined, before: number | null): boolean {
  return typeof months === 'number' && months < (before ?? Infinity)
}

function readIdentity({ identity }: AccountManagement): Route {
  return async ({ shop }) => ({ json: await identity(shop.id) })
}

function replaceIdentity({ changeIdentity }: AccountManagement): Route {
  return async ({ call, shop, by }) => {
    const settings = await readJsonBody(call, IdentitySettingsSchema, SETTINGS_BYTES)
    return { json: await changeIdentity(shop.id, settings, by) }
  }
}

function rotateSecret({ rotateIdentitySecret }: AccountManagement): Route {
  return async ({ shop, by }) => ({
    status: 201,
    json: { secret: await rotateIdentitySecret(shop.id, by) },
  })
}

function listOrigins({ origins }: AccountManagement): Route {
  return async ({ shop }) => ({ json: { items: await origins(shop.id), nextCursor: null } })
}

function addOrigin(management: AccountManagement): Route {
  return async ({ call, shop, by }) => {
    const { origin } = await readJsonBody(call, OriginDraftSchema, SETTINGS_BYTES)
    return { status: 201, json: await management.addOrigin(shop.id, origin, by) }
  }
}

function removeOrigin(management: AccountManagement): Route {
  return async ({ call, shop, by }) => {
    await management.removeOrigin(shop.id, idOf(call), by)
    return { status: 204 }
  }
}

function listKeys({ keys }: AccountManagement): Route {
  return async ({ shop, ...asker }) => ({
    json: { items: await keys(shop.id, asker), nextCursor: null },
  })
}

function createKey(management: AccountManagement): Route {
  return async ({ call, shop, ...giver }) => {
    const draft = await readJsonBody(call, KeyDraftSchema, SETTINGS_BYTES)
    return { status: 201, json: await management.createKey(shop.id, draft, giver) }
  }
}

function renameKey(management: AccountManagement): Route {
  return async ({ call, shop, ...giver }) => {
    const { name } = await readJsonBody(call, KeyNameDraftSchema, SETTINGS_BYTES)
    return { json: await management.renameKey(shop.id, { id: idOf(call), name }, giver) }
  }
}

function revokeKey(management: AccountManagement): Route {
  return async ({ call, shop, ...giver }) => {
    await management.revokeKey(shop.id, idOf(call), giver)
    return { status: 204 }
  }
}

function idOf(call: Call): string {
  return call.param('id') ?? ''
}
