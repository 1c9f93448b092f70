import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type {
  ConnectionAnswer,
  ConnectionKind,
  HookBody,
  ProductResult,
} from '#protocol/catalog.ts'
import { CATALOG_HOOK_PATH } from '#protocol/names.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import * as store from './connection-store.ts'
import type { Products } from './products.ts'

/** A webhook as it arrived: what Standard Webhooks signs, and the signature. */
export interface SignedHook {
  readonly connectionId: string
  readonly id: string | undefined
  /** Seconds since the epoch. */
  readonly timestamp: string | undefined
  readonly signature: string | undefined
  readonly body: Buffer
}

export interface Connections {
  /** Undefined: nothing keeps the catalogue live. */
  readonly findConnection: (shopId: number) => Promise<ConnectionAnswer | undefined>
  /** Whether what depends on stock and prices that are right may be chosen. */
  readonly hasConnection: (shopId: number) => Promise<boolean>
  readonly connect: (
    shopId: number,
    connection: { readonly kind: ConnectionKind; readonly name: string },
  ) => Promise<ConnectionAnswer>
  /** What webhooks are to be signed with; the one before counts no more. */
  readonly renewSecret: (shopId: number) => Promise<string>
  /** Refused (`conflict`) where nothing keeps the stock right. */
  readonly useStock: (shopId: number, usesStock: boolean) => Promise<ConnectionAnswer>
  readonly disconnect: (shopId: number) => Promise<void>
  /** The shop's server has written by the API. */
  readonly heardByApi: (shopId: number) => Promise<void>
  /** The shop whose webhook it is; refuses what is not signed as it should be. */
  readonly requireSigned: (hook: SignedHook) => Promise<number>
  /** What a signed webhook tells; one that comes again changes nothing. */
  readonly takeHook: (
    shopId: number,
    hookId: string,
    body: HookBody,
  ) => Promise<readonly ProductResult[]>
}

interface ConnectionsDeps {
  readonly db: Database
  readonly now: Clock
  readonly products: Products
}

const LIVE_MS = 24 * 3_600_000
const TOUCH_EVERY_MS = 60_000
/** Standard Webhooks: a signature is good for five minutes before and after. */
const TOLERANCE_MS = 5 * 60_000
const SECRET_PREFIX = 'whsec_'

export function createConnections({ db, now, products }: ConnectionsDeps): Connections {
  async function find(shopId: number): Promise<ConnectionAnswer | undefined> {
    const row = await store.findConnection(db, shopId)
    return row && answerOf(row, now())
  }

  async function require(shopId: number): Promise<ConnectionAnswer> {
    const found = await find(shopId)
    if (found === undefined) throw new Refusal('not_found', 'Nothing keeps the catalogue live')
    return found
  }

  async function heard(shopId: number, kind: ConnectionKind): Promise<void> {
    const at = now()
    await store.touchConnection(db, shopId, { kind, at, notSince: at - TOUCH_EVERY_MS })
  }

  return {
    findConnection: find,
    hasConnection: async (shopId) => (await store.findConnection(db, shopId)) !== undefined,

    async connect(shopId, { kind, name }) {
      const made = { publicId: randomBytes(16), secret: newSecret(), createdAt: now() }
      await store.upsertConnection(db, shopId, { ...made, kind, name })
      return require(shopId)
    },

    async renewSecret(shopId) {
      const secret = newSecret()
      if (await store.updateConnection(db, shopId, { secret })) return secret
      throw new Refusal('not_found', 'Nothing keeps the catalogue live')
    },

    async useStock(shopId, usesStock) {
      if (!(await store.updateConnection(db, shopId, { usesStock }))) {
        throw new Refusal(
          'conflict',
          'Stock is right only where a connection keeps it so: make one',
        )
      }
      return require(shopId)
    },

    disconnect: (shopId) => store.deleteConnection(db, shopId),
    heardByApi: (shopId) => heard(shopId, 'api'),

    async requireSigned(hook) {
      const publicId = Buffer.from(hook.connectionId, 'base64url')
      const row = await store.findConnectionByPublicId(db, publicId)
      // The same answer for all, so that nobody learns which address is one.
      if (row?.kind !== 'webhook' || !isSigned(hook, row.secret, now())) {
        throw new Refusal('unknown_key', 'This is not signed with the secret of a connection')
      }
      return row.shopId
    },

    async takeHook(shopId, hookId, body) {
      const at = now()
      const before = at - 3 * TOLERANCE_MS
      await heard(shopId, 'webhook')
      if (await store.isHookKnown(db, shopId, hookId)) return []
      const results = await products.putProducts(shopId, body.products, 'hook')
      await products.removeAll(shopId, body.removed)
      await products.changeStock(shopId, body.stock)
      // Last: one that broke off here is sent again, and all of it is written over itself.
      await store.insertHookId(db, shopId, { hookId, at, before })
      return results
    },
  }
}

function newSecret(): string {
  return SECRET_PREFIX + randomBytes(24).toString('base64')
}

function isSigned(hook: SignedHook, secret: string, now: number): boolean {
  const { id, timestamp, signature, body } = hook
  if (id === undefined || timestamp === undefined || signature === undefined) return false
  if (!/^\d{1,12}$/.test(timestamp) || id.length > 200) return false
  if (Math.abs(now - Number(timestamp) * 1_000) > TOLERANCE_MS) return false
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
  // Several stand there while a secret is being changed.
  return signature.split(' ').some((one) => {
    const [version, text = ''] = one.split(',')
    const given = Buffer.from(text, 'base64')
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
}

function answerOf(row: store.ConnectionRow, now: number): ConnectionAnswer {
  const { kind, name, lastHeardAt, usesStock, createdAt } = row
  const isLive = lastHeardAt !== null && now - lastHeardAt < LIVE_MS
  const answer = { kind, name, isLive, lastHeardAt, usesStock, createdAt }
  if (kind === 'api') return answer
  const hookPath = CATALOG_HOOK_PATH.replace(':connectionId', row.publicId.toString('base64url'))
  return { ...answer, hookPath }
}
