import {
  MAX_WEBHOOKS,
  type Webhook,
  type WebhookDraft,
  type WebhookWithSecret,
} from '#protocol/webhooks.ts'
import { Refusal } from '../core/errors.ts'
import { placeOf } from './deliver.ts'
import { requireWebhook, rowOf, webhookOf } from './rows.ts'
import type { WebhooksDeps } from './deps.ts'
import { newSecret } from './sign.ts'
import {
  countWebhooks,
  deleteWebhook,
  insertWebhook,
  listWebhooks,
  rotateSecret,
  updateWebhook,
} from './store.ts'

export interface Endpoints {
  readonly list: (shopId: number) => Promise<readonly Webhook[]>
  readonly find: (shopId: number, webhookId: string) => Promise<Webhook>
  /** Refuses addresses that are never asked. The answer alone tells the secret. */
  readonly create: (shopId: number, draft: WebhookDraft) => Promise<WebhookWithSecret>
  readonly change: (shopId: number, webhookId: string, draft: WebhookDraft) => Promise<Webhook>
  readonly remove: (shopId: number, webhookId: string) => Promise<void>
  /** A new secret; for a day what is sent is signed with the one before, too. */
  readonly rotate: (shopId: number, webhookId: string) => Promise<WebhookWithSecret>
}

const DAY_MS = 86_400_000

export function createEndpoints({ db, now, outbound, box }: WebhooksDeps): Endpoints {
  async function find(shopId: number, webhookId: string): Promise<Webhook> {
    return webhookOf(await requireWebhook(db, shopId, webhookId))
  }

  return {
    find,

    async list(shopId) {
      return (await listWebhooks(db, shopId)).map(webhookOf)
    },

    async create(shopId, { url, ...draft }) {
      const { href } = outbound.check(url)
      const secret = newSecret()
      const sealed = box.seal(secret, placeOf(shopId))
      if ((await countWebhooks(db, shopId)) >= MAX_WEBHOOKS) {
        throw new Refusal('conflict', `A shop has at most ${MAX_WEBHOOKS} webhooks`)
      }
      const webhook = { ...draft, url: href, secret: sealed, createdAt: now() }
      const id = await insertWebhook(db, shopId, webhook)
      return { ...(await find(shopId, String(id))), secret }
    },

    async change(shopId, webhookId, { url, ...draft }) {
      const { href } = outbound.check(url)
      await updateWebhook(db, shopId, rowOf(webhookId), { ...draft, url: href })
      return find(shopId, webhookId)
    },

    async remove(shopId, webhookId) {
      if (await deleteWebhook(db, shopId, rowOf(webhookId))) return
      throw new Refusal('not_found', 'There is no such webhook')
    },

    async rotate(shopId, webhookId) {
      const secret = newSecret()
      const sealed = box.seal(secret, placeOf(shopId))
      const rotation = { secret: sealed, formerSecretUntil: now() + DAY_MS }
      await rotateSecret(db, shopId, rowOf(webhookId), rotation)
      return { ...(await find(shopId, webhookId)), secret }
    },
  }
}
