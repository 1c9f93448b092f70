import {
  MAX_WEBHOOKS,
  type Webhook,
  type WebhookDraft,
  type WebhookWithSecret,
} from '#protocol/webhooks.ts'
import { changesOf, recordChange, type Changes } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import { placeOf } from './deliver.ts'
import { requireWebhook, rowOf, webhookOf } from './rows.ts'
import type { WebhooksDeps } from './deps.ts'
import { newSecret } from './sign.ts'
import {
  countWebhooks,
  deleteWebhook,
  holdWebhook,
  insertWebhook,
  listWebhooks,
  rotateSecret,
  updateWebhook,
  type Transaction,
  type WebhookRow,
} from './store.ts'

/** `by`: whom the audit log names. */
export interface Endpoints {
  readonly list: (shopId: number) => Promise<readonly Webhook[]>
  readonly find: (shopId: number, webhookId: string) => Promise<Webhook>
  /** Refuses addresses that are never asked. The answer alone tells the secret. */
  readonly create: (shopId: number, draft: WebhookDraft, by: Actor) => Promise<WebhookWithSecret>
  readonly change: (
    shopId: number,
    webhookId: string,
    draft: WebhookDraft,
    by: Actor,
  ) => Promise<Webhook>
  readonly remove: (shopId: number, webhookId: string, by: Actor) => Promise<void>
  /** A new secret; for a day what is sent is signed with the one before, too. */
  readonly rotate: (shopId: number, webhookId: string, by: Actor) => Promise<WebhookWithSecret>
}

const DAY_MS = 86_400_000
/** Of the address only where it leads: the rest of it may be as good as a password. */
const TOLD = ['origin', 'events', 'state', 'description']

export function createEndpoints({ db, now, outbound, box }: WebhooksDeps): Endpoints {
  async function find(shopId: number, webhookId: string): Promise<Webhook> {
    return webhookOf(await requireWebhook(db, shopId, webhookId))
  }

  /** One transaction with its entry in the log. */
  function changing<T>(change: (transaction: Transaction) => Promise<T>): Promise<T> {
    return db.transaction((sql) => change({ sql, t: db.t }))
  }

  async function held(
    transaction: Transaction,
    shopId: number,
    webhookId: string,
  ): Promise<WebhookRow> {
    const holds = db.raw.dialect === 'postgres'
    const row = await holdWebhook(transaction, shopId, rowOf(webhookId), holds)
    if (row === undefined) throw new Refusal('not_found', 'There is no such webhook')
    return row
  }

  function note(
    transaction: Transaction,
    shopId: number,
    { by, action, id, ...changes }: Changes & { by: Actor; action: string; id: number },
  ): Promise<void> {
    const object = { kind: 'webhook', id: String(id) }
    return recordChange(transaction, shopId, { ...changes, by, at: now(), action, object })
  }

  return {
    find,

    async list(shopId) {
      return (await listWebhooks(db, shopId)).map(webhookOf)
    },

    async create(shopId, { url, ...draft }, by) {
      const { href } = outbound.check(url)
      const secret = newSecret()
      const sealed = box.seal(secret, placeOf(shopId))
      const webhook = { ...draft, url: href, secret: sealed, createdAt: now() }
      const id = await changing(async (transaction) => {
        const made = await insertWebhook(transaction, shopId, webhook)
        const changes = changesOf(null, fieldsOf(webhook), TOLD)
        await note(transaction, shopId, { by, action: 'webhook.created', id: made, ...changes })
        // Behind the entry, which holds the end of the shop's log: whoever makes another waits for it, and counts this one.
        if ((await countWebhooks(transaction, shopId)) > MAX_WEBHOOKS) {
          throw new Refusal('conflict', `A shop has at most ${MAX_WEBHOOKS} webhooks`)
        }
        return made
      })
      return { ...(await find(shopId, String(id))), secret }
    },

    async change(shopId, webhookId, { url, ...draft }, by) {
      const { href } = outbound.check(url)
      const wanted = { ...draft, url: href }
      await changing(async (transaction) => {
        const before = await held(transaction, shopId, webhookId)
        const changes = changesOf(fieldsOf(before), fieldsOf(wanted), TOLD)
        if (Object.keys(changes.after ?? {}).length === 0) return
        await updateWebhook(transaction, shopId, before.id, wanted)
        const { id } = before
        await note(transaction, shopId, { by, action: 'webhook.changed', id, ...changes })
      })
      return find(shopId, webhookId)
    },

    async remove(shopId, webhookId, by) {
      await changing(async (transaction) => {
        const before = await held(transaction, shopId, webhookId)
        const { id } = before
        await deleteWebhook(transaction, shopId, id)
        const changes = changesOf(fieldsOf(before), null, TOLD)
        await note(transaction, shopId, { by, action: 'webhook.removed', id, ...changes })
      })
    },

    async rotate(shopId, webhookId, by) {
      const secret = newSecret()
      const sealed = box.seal(secret, placeOf(shopId))
      const rotation = { secret: sealed, formerSecretUntil: now() + DAY_MS }
      await changing(async (transaction) => {
        const { id } = await held(transaction, shopId, webhookId)
        await rotateSecret(transaction, shopId, id, rotation)
        const changes = { before: null, after: null }
        await note(transaction, shopId, { by, action: 'webhook.secret_made', id, ...changes })
      })
      return { ...(await find(shopId, webhookId)), secret }
    },
  }
}

type Fields = Pick<WebhookRow, 'url' | 'events' | 'state' | 'description'>

function fieldsOf({ url, events, state, description }: Fields) {
  return { origin: new URL(url).origin, url, events, state, description }
}
