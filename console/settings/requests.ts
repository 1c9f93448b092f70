import { IDENTITY_PATH, IDENTITY_SECRET_PATH, SHOP_PATH } from '#protocol/names.ts'
import type { IdentityAnswer, IdentitySettings, ShopAnswer, ShopSettings } from '#protocol/shop.ts'
import { change, send, type Reply } from '../api.ts'

export function replaceShop(settings: ShopSettings): Promise<Reply<ShopAnswer>> {
  return change<ShopAnswer>('PUT', SHOP_PATH, settings)
}

export function replaceIdentity(settings: IdentitySettings): Promise<Reply<IdentityAnswer>> {
  return change<IdentityAnswer>('PUT', IDENTITY_PATH, settings)
}

/** The only answer that tells the secret. */
export function makeIdentitySecret(): Promise<Reply<{ readonly secret: string }>> {
  return send<{ readonly secret: string }>(IDENTITY_SECRET_PATH, {})
}
