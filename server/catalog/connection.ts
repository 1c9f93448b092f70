import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type {
  ConnectionAnswer,
  ConnectionKind,
  HookBody,
  ProductResult,
} from '#protocol/catalog.ts'
import { CATALOG_HOOK_PATH } from '#protocol/names.ts'
import { changesOf, recordChange, type Changes } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { SecretBox } from '../core/secret-box.ts'
import type { Database } from '../db/database.ts'
import * as store from './connection-store.ts'
import type { Products } from './products.ts'
import type { Handle } from './search-index.ts'

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
    by: Actor,
  ) => Promise<ConnectionAnswer>
  /** What webhooks are to be signed with; the one before counts no more. */
  readonly renewSecret: (shopId: number, by: Actor) => Promise<string>
  /** Refused (`conflict`) where nothing keeps the stock right. */
  readonly useStock: (shopId: number, usesStock: boolean, by: Actor) => Promise<ConnectionAnswer>
  readonly disconnect: (shopId: number, by: Actor) => Promise<void>
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
  readonly box: SecretBox
}

const LIVE_MS = 24 * 3_600_000
const TOUCH_EVERY_MS = 60_000
/** Standard Webhooks: a signature is good for five minutes before and after. */
const TOLERANCE_MS = 5 * 60_000
const SECRET_PREFIX = 'whsec_'
/** What the audit log tells as it is. */
const TOLD = ['kind', 'name', 'usesStock']

export function createConnections({ db, now, products, box }: ConnectionsDeps): Connections {
  async function find(shopId: number): Promise<ConnectionAnswer | undefined> {
    const row = await store.findConnection(db, shopId)
    return row && answerOf(row, now())
  }

  function secretOf({ shopId, secret }: store.ConnectionRow): string {
    return box.open(secret, secretPlace(shopId))
  }

  async function require(shopId: number): Promise<ConnectionAnswer> {
    const found = await find(shopId)
    if (found === undefined) throw new Refusal('not_found', 'Nothing keeps the catalogue live')
    return found
  }

  /** With its entry in the audit log, where anything was changed. */
  function changing<T>(
    shopId: number,
    by: Actor,
    change: (transaction: Handle) => Promise<T>,
  ): Promise<T> {
    return db.transaction(async (sql) => {
      const transaction = { sql, t: db.t }
      const before = await store.findConnection(transaction, shopId)
      const result = await change(transaction)
      const after = await store.findConnection(transaction, shopId)
      const fields = changesOf(fieldsOf(before), fieldsOf(after), TOLD)
      if (isEmpty(fields.before) && isEmpty(fields.after)) return result
      const id = (after ?? before)?.publicId.toString('base64url') ?? ''
      await recordChange(transaction, shopId, {
        ...fields,
        by,
        at: now(),
        action: actionOf(before, after),
        object: { kind: 'catalog_connection', id },
      })
      return result
    })
  }

  async function heard(shopId: number, kind: ConnectionKind): Promise<void> {
    const at = now()
    await store.touchConnection(db, shopId, { kind, at, notSince: at - TOUCH_EVERY_MS })
  }

  return {
    findConnection: find,
    hasConnection: async (shopId) => (await store.findConnection(db, shopId)) !== undefined,

    async connect(shopId, { kind, name }, by) {
      const secret = box.seal(newSecret(), secretPlace(shopId))
      const made = { publicId: randomBytes(16), secret, createdAt: now() }
      await changing(shopId, by, (transaction) =>
        store.upsertConnection(transaction, shopId, { ...made, kind, name }),
      )
      return require(shopId)
    },

    async renewSecret(shopId, by) {
      const secret = newSecret()
      const change = { secret: box.seal(secret, secretPlace(shopId)) }
      const isChanged = await changing(shopId, by, (transaction) =>
        store.updateConnection(transaction, shopId, change),
      )
      if (isChanged) return secret
      throw new Refusal('not_found', 'Nothing keeps the catalogue live')
    },

    async useStock(shopId, usesStock, by) {
      const isChanged = await changing(shopId, by, (transaction) =>
        store.updateConnection(transaction, shopId, { usesStock }),
      )
      if (!isChanged) {
        throw new Refusal(
          'conflict',
          'Stock is right only where a connection keeps it so: make one',
        )
      }
      return require(shopId)
    },

    disconnect: (shopId, by) =>
      changing(shopId, by, (transaction) => store.deleteConnection(transaction, shopId)),
    heardByApi: (shopId) => heard(shopId, 'api'),

    async requireSigned(hook) {
      const publicId = Buffer.from(hook.connectionId, 'base64url')
      const row = await store.findConnectionByPublicId(db, publicId)
      // The same answer for all, so that nobody learns which address is one.
      const isOurs = row?.kind === 'webhook' && isSigned(hook, secretOf(row), now())
      if (!isOurs) {
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

function secretPlace(shopId: number): string {
  return `catalogue's connection of shop ${shopId}`
}

function actionOf(before: unknown, after: unknown): string {
  if (before === undefined) return 'catalog_connection.made'
  return after === undefined ? 'catalog_connection.removed' : 'catalog_connection.changed'
}

/** The secret is told by a digest: that it is another one, and when. */
function fieldsOf(row: store.ConnectionRow | undefined) {
  if (row === undefined) return null
  const { kind, name, usesStock, secret } = row
  return { kind, name, usesStock, secret: secret.toString('base64') }
}

function isEmpty(fields: Changes['before']): boolean {
  return fields === null || Object.keys(fields).length === 0
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
