import type { ConsentMode } from '#protocol/names.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { KeyHolder, SessionHolder, Shop } from '../core/guards.ts'
import { parseOrigin } from '../core/origins.ts'
import { randomToken, sha256 } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import { createKeyCache } from './key-cache.ts'
import * as store from './store.ts'

/** What a secret key may be made for. */
export const SCOPES = ['events:write'] as const
export type Scope = (typeof SCOPES)[number]

const LINK_LIFETIME_MS = 15 * 60_000
export const SESSION_LIFETIME_MS = 12 * 3_600_000

const PUBLIC_KEY = /^pub_[\w-]{22}$/
const SECRET_KEY = /^sec_[\w-]{43}$/

export interface Account {
  /** What `key` opens. After a change by another process, the old answer may be given for five seconds more. */
  readonly findKeyHolder: (key: string) => Promise<KeyHolder | undefined>
  /** The shop that the first start makes, with its public key; makes it where there is none. */
  readonly firstShop: () => Promise<Shop>
  readonly shopOf: (shopId: number) => Promise<Shop>
  readonly renameShop: (shopId: number, name: string) => Promise<void>
  readonly setConsentMode: (shopId: number, consentMode: ConsentMode) => Promise<void>
  /** Returns it as it is stored; refuses what is neither an origin nor a wildcard below one. */
  readonly addOrigin: (shopId: number, origin: string) => Promise<string>
  readonly removeOrigin: (shopId: number, origin: string) => Promise<void>
  /** The only time that the key can be seen: its SHA-256 alone is kept. */
  readonly createSecretKey: (shopId: number, scopes: readonly Scope[]) => Promise<string>
  /** The token of a link that opens the console once, for 15 minutes. */
  readonly createOneTimeLink: (shopId: number) => Promise<string>
  /** A console session's token, for 12 hours, against a link's; a link is spent by whoever comes first. */
  readonly spendOneTimeLink: (token: string) => Promise<string>
  readonly findSession: (tokenHash: Buffer) => Promise<SessionHolder | undefined>
}

interface AccountDeps {
  readonly db: Database
  readonly now: Clock
}

export function createAccount({ db, now }: AccountDeps): Account {
  const holders = createKeyCache(findHolder, now)

  async function findHolder(key: string): Promise<KeyHolder | undefined> {
    const isVerified = SECRET_KEY.test(key)
    if (!isVerified && !PUBLIC_KEY.test(key)) return undefined
    const found = await store.findKey(db, isVerified ? sha256(key).toString('hex') : key)
    if (found === undefined) return undefined
    return { shop: await shopOf(found.shopId), isVerified, scopes: found.scopes }
  }

  async function shopOf(shopId: number): Promise<Shop> {
    const [shop, publicKey, origins] = await Promise.all([
      store.findShop(db, shopId),
      store.findPublicKey(db, shopId),
      store.listOrigins(db, shopId),
    ])
    if (shop === undefined || publicKey === undefined)
      throw new Error(`Shop ${shopId} is incomplete`)
    return { ...shop, publicKey, origins }
  }

  return {
    findKeyHolder: (key) => holders.get(key),

    async firstShop() {
      const shop = (await store.findFirstShop(db)) ?? (await makeFirstShop(db, now()))
      return shopOf(shop.id)
    },

    shopOf,

    async renameShop(shopId, name) {
      const trimmed = name.trim()
      if (trimmed === '' || trimmed.length > 200) {
        throw new Refusal('bad_request', 'A name has 1 to 200 characters')
      }
      await store.updateShop(db, shopId, { name: trimmed })
      holders.clear()
    },

    async setConsentMode(shopId, consentMode) {
      await store.updateShop(db, shopId, { consentMode })
      holders.clear()
    },

    async addOrigin(shopId, origin) {
      const parsed = requireOrigin(origin)
      await store.insertOrigin(db, shopId, { origin: parsed, createdAt: now() })
      holders.clear()
      return parsed
    },

    async removeOrigin(shopId, origin) {
      const parsed = requireOrigin(origin)
      const wasListed = await store.deleteOrigin(db, shopId, parsed)
      if (!wasListed) throw new Refusal('not_found', `The shop does not list ${parsed}`)
      holders.clear()
    },

    async createSecretKey(shopId, scopes) {
      const key = `sec_${randomToken(32)}`
      await store.insertKey(db, shopId, {
        kind: 'secret',
        value: sha256(key).toString('hex'),
        ending: key.slice(-4),
        scopes: [...scopes],
        createdAt: now(),
      })
      return key
    },

    async createOneTimeLink(shopId) {
      const token = randomToken(32)
      await store.deleteExpired(db, now())
      await store.insertOneTimeLink(db, shopId, {
        tokenHash: sha256(token),
        expiresAt: now() + LINK_LIFETIME_MS,
      })
      return token
    },

    async spendOneTimeLink(token) {
      const at = now()
      const shopId = await store.spendOneTimeLink(db, sha256(token), at)
      if (shopId === undefined) throw new Refusal('link_spent', 'This link was used or has expired')
      const sessionToken = randomToken(32)
      await store.insertSession(db, {
        tokenHash: sha256(sessionToken),
        shopId,
        role: 'owner',
        createdAt: at,
        expiresAt: at + SESSION_LIFETIME_MS,
      })
      return sessionToken
    },

    async findSession(tokenHash) {
      const session = await store.findSession(db, tokenHash, now())
      if (session === undefined) return undefined
      return {
        shop: await shopOf(session.shopId),
        role: session.role,
        expiresAt: session.expiresAt,
      }
    },
  }
}

async function makeFirstShop(db: Database, createdAt: number): Promise<store.ShopRow> {
  const shop = { name: 'My shop', consentMode: 'anonymous', createdAt } as const
  await store.insertFirstShop(db, shop, `pub_${randomToken(16)}`)
  const made = await store.findFirstShop(db)
  if (made === undefined) throw new Error('The first shop was not made')
  return made
}

function requireOrigin(text: string): string {
  const origin = parseOrigin(text)
  if (origin !== undefined) return origin
  throw new Refusal(
    'bad_request',
    `"${text}" is no origin: write it like https://shop.example, or https://*.shop.example`,
  )
}
