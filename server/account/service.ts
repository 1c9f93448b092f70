import { createPublicKey } from 'node:crypto'
import type { IdentityRule, JwtAlgorithm } from '#protocol/customers.ts'
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
export const SCOPES = [
  'events:write',
  'catalog:read',
  'catalog:write',
  'customers:read',
  'customers:write',
  'orders:read',
  'orders:write',
  'audiences:read',
  'audiences:write',
  'experiences:read',
  'experiences:write',
] as const
export type Scope = (typeof SCOPES)[number]

/** How a shop's server proves who a visitor is. */
export interface ProofSettings {
  readonly rule: IdentityRule
  /** What signs user ids: the newest first, then the one before it. None: nobody was ever given one. */
  readonly secrets: readonly string[]
  readonly jwtAlgorithm: JwtAlgorithm
  /** PEM, for EdDSA. */
  readonly jwtPublicKey: string | null
}

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
  /** Whose days and hours conditions mean; refuses what is no IANA zone. */
  readonly setTimeZone: (shopId: number, timeZone: string) => Promise<void>
  /** What amounts are in that name no currency; refuses what is no ISO 4217 code. Amounts that are stored stay as they are. */
  readonly setCurrency: (shopId: number, currency: string) => Promise<void>
  /** Returns it as it is stored; refuses what is neither an origin nor a wildcard below one. */
  readonly addOrigin: (shopId: number, origin: string) => Promise<string>
  readonly removeOrigin: (shopId: number, origin: string) => Promise<void>
  /** The only time that the key can be seen: its SHA-256 alone is kept. */
  readonly createSecretKey: (shopId: number, scopes: readonly Scope[]) => Promise<string>
  /** Those that still open something, oldest first, by their last four characters. */
  readonly secretKeys: (
    shopId: number,
  ) => Promise<
    { readonly ending: string; readonly scopes: readonly string[]; readonly createdAt: number }[]
  >
  /** From now on it opens nothing; in other processes within five seconds. Refuses an ending that is none's, or several's. */
  readonly revokeSecretKey: (shopId: number, ending: string) => Promise<void>
  /** The token of a link that opens the console once, for 15 minutes. */
  readonly createOneTimeLink: (shopId: number) => Promise<string>
  /** A console session's token, for 12 hours, against a link's; a link is spent by whoever comes first. */
  readonly spendOneTimeLink: (token: string) => Promise<string>
  readonly findSession: (tokenHash: Buffer) => Promise<SessionHolder | undefined>
  /** After a change by another process, the old answer may be given for five seconds more. */
  readonly proofSettings: (shopId: number) => Promise<ProofSettings>
  readonly setIdentityRule: (shopId: number, rule: IdentityRule) => Promise<void>
  /** From now on JWTs are signed with the private half of this Ed25519 key (PEM); `null`: with the secret again. */
  readonly setJwtPublicKey: (shopId: number, pem: string | null) => Promise<void>
  /** What signs user ids; makes it the first time that it is asked for. */
  readonly identitySecret: (shopId: number) => Promise<string>
  /** A new one. The one before counts until the next rotation. */
  readonly rotateIdentitySecret: (shopId: number) => Promise<string>
}

interface AccountDeps {
  readonly db: Database
  readonly now: Clock
}

export function createAccount({ db, now }: AccountDeps): Account {
  const holders = createKeyCache(findHolder, now)
  const proofs = createKeyCache((shopId) => findProofSettings(db, Number(shopId)), now)

  async function changeIdentity(shopId: number, changes: store.IdentityChanges): Promise<void> {
    await store.upsertIdentity(db, shopId, newIdentitySecret(), changes)
    proofs.clear()
  }

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

    async setTimeZone(shopId, timeZone) {
      await store.updateShop(db, shopId, { timeZone: requireTimeZone(timeZone) })
      holders.clear()
    },

    async setCurrency(shopId, currency) {
      await store.updateShop(db, shopId, { currency: requireCurrency(currency) })
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

    secretKeys: (shopId) => store.listSecretKeys(db, shopId),

    async revokeSecretKey(shopId, ending) {
      const found = await store.revokeSecretKey(db, shopId, { ending, revokedAt: now() })
      if (found === 0) throw new Refusal('not_found', `No secret key ends in ${ending}`)
      if (found > 1) {
        throw new Refusal('conflict', `${found} secret keys end in ${ending}: nothing was changed`)
      }
      holders.clear()
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

    async proofSettings(shopId) {
      return (await proofs.get(String(shopId))) ?? NO_PROOF
    },

    setIdentityRule: (shopId, rule) => changeIdentity(shopId, { rule }),

    async setJwtPublicKey(shopId, pem) {
      const jwtPublicKey = pem === null ? null : requireEd25519(pem)
      const jwtAlgorithm = pem === null ? 'HS256' : 'EdDSA'
      await changeIdentity(shopId, { jwtAlgorithm, jwtPublicKey })
    },

    async identitySecret(shopId) {
      await changeIdentity(shopId, {})
      const made = await store.findIdentity(db, shopId)
      if (made === undefined) throw new Error('The identity secret was not made')
      return made.secret
    },

    async rotateIdentitySecret(shopId) {
      await changeIdentity(shopId, {})
      const secret = newIdentitySecret()
      await store.rotateIdentitySecret(db, shopId, secret)
      proofs.clear()
      return secret
    },
  }
}

const NO_PROOF: ProofSettings = {
  rule: 'open',
  secrets: [],
  jwtAlgorithm: 'HS256',
  jwtPublicKey: null,
}

async function findProofSettings(db: Database, shopId: number): Promise<ProofSettings> {
  const found = await store.findIdentity(db, shopId)
  if (found === undefined) return NO_PROOF
  const { rule, secret, formerSecret, jwtAlgorithm, jwtPublicKey } = found
  const secrets = formerSecret === null ? [secret] : [secret, formerSecret]
  return { rule, secrets, jwtAlgorithm, jwtPublicKey }
}

/** A form that no shop's public or secret key has, so that the wrong one is seen at a glance. */
function newIdentitySecret(): string {
  return `ids_${randomToken(32)}`
}

function requireEd25519(pem: string): string {
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType === 'ed25519') {
      return key.export({ type: 'spki', format: 'pem' }).toString()
    }
  } catch {
    // No key at all: told with those of another kind.
  }
  throw new Refusal('bad_request', 'That is no public Ed25519 key in PEM')
}

async function makeFirstShop(db: Database, createdAt: number): Promise<store.ShopRow> {
  const shop = {
    name: 'My shop',
    consentMode: 'anonymous',
    currency: 'USD',
    timeZone: 'UTC',
    createdAt,
  } as const
  await store.insertFirstShop(db, shop, `pub_${randomToken(16)}`)
  const made = await store.findFirstShop(db)
  if (made === undefined) throw new Error('The first shop was not made')
  return made
}

function requireTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    throw new Refusal('bad_request', `"${timeZone}" is no time zone: write it like America/Bogota`)
  }
}

function requireCurrency(currency: string): string {
  const code = currency.toUpperCase()
  if (Intl.supportedValuesOf('currency').includes(code)) return code
  throw new Refusal('bad_request', `"${currency}" is no currency: write it like EUR`)
}

function requireOrigin(text: string): string {
  const origin = parseOrigin(text)
  if (origin !== undefined) return origin
  throw new Refusal(
    'bad_request',
    `"${text}" is no origin: write it like https://shop.example, or https://*.shop.example`,
  )
}
