import type { IdentityRule, JwtAlgorithm } from '#protocol/customers.ts'
import type { ConsentMode } from '#protocol/names.ts'
import type { SecretKey } from '#protocol/shop.ts'
import type { Scope } from '#protocol/scopes.ts'
import { COMMAND } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { KeyHolder, Shop } from '../core/guards.ts'
import type { Role } from '#protocol/account.ts'
import { randomToken, sha256 } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import { requireOrigin } from './checks.ts'
import { createKeyCache } from './key-cache.ts'
import { createAccountManagement, type AccountManagement } from './management.ts'
import * as store from './store.ts'

export { SCOPES, type Scope } from '#protocol/scopes.ts'
export type { AccountManagement } from './management.ts'
export { rescueLinks } from './account-links.ts'
export { createMembers, type Members } from './members.ts'
export { createPasswords } from './passwords.ts'
export { accessOf, scopesOf } from './permissions.ts'
export { createAccountMails } from './mails.ts'
export { createKeyUses } from './key-uses.ts'
export { photoAnswer } from './photo-answer.ts'
export { photoTypeOf, type Photo } from './photos.ts'

/** How a shop's server proves who a visitor is. */
export interface ProofSettings {
  readonly rule: IdentityRule
  /** What signs user ids: the newest first, then the one before it. None: nobody was ever given one. */
  readonly secrets: readonly string[]
  readonly jwtAlgorithm: JwtAlgorithm
  /** PEM, for EdDSA. */
  readonly jwtPublicKey: string | null
}

/** A console session that a one-time link has opened: an owner's, but nobody's in particular. */
export interface LinkSession {
  readonly shop: Shop
  readonly role: Role
  readonly createdAt: number
  readonly expiresAt: number
}

const LINK_LIFETIME_MS = 15 * 60_000
export const SESSION_LIFETIME_MS = 12 * 3_600_000

const PUBLIC_KEY = /^pub_[\w-]{22}$/
const SECRET_KEY = /^sec_[\w-]{43}$/

export interface Account {
  /** For requests: each change names who made it. What this interface changes itself, commands do. */
  readonly management: AccountManagement
  /** What `key` opens. After a change by another process, the old answer may be given for five seconds more. */
  readonly findKeyHolder: (key: string) => Promise<KeyHolder | undefined>
  /** Some were revoked: what they opened is asked for anew. */
  readonly forgetKeys: () => void
  /** The first shop, with its public key; makes it where there is none. */
  readonly firstShop: () => Promise<Shop>
  /** The shop that the first start made, which alone has the demo's pages; undefined: it was deleted. */
  readonly demoShop: () => Promise<Shop | undefined>
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
  readonly createSecretKey: (
    shopId: number,
    scopes: readonly Scope[],
    name?: string,
  ) => Promise<string>
  /** Those that still open something, oldest first, by their last four characters. */
  readonly secretKeys: (shopId: number) => Promise<SecretKey[]>
  /** From now on it opens nothing; in other processes within five seconds. Refuses an ending that is none's, or several's. */
  readonly revokeSecretKey: (shopId: number, ending: string) => Promise<void>
  /** The token of a link that opens the console once, for 15 minutes. */
  readonly createOneTimeLink: (shopId: number) => Promise<string>
  /** A console session's token, for 12 hours, against a link's; a link is spent by whoever comes first. */
  readonly spendOneTimeLink: (token: string) => Promise<string>
  readonly findSession: (tokenHash: Buffer) => Promise<LinkSession | undefined>
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
  /** In the transaction that makes the first shop: what that has from the beginning. */
  readonly whenFirstShop?: (
    handle: Pick<Database, 'sql' | 't'>,
    shop: { readonly id: number; readonly createdAt: number },
  ) => Promise<void>
}

export function createAccount(deps: AccountDeps): Account {
  const { db, now } = deps
  const holders = createKeyCache(findHolder, now)
  const proofs = createKeyCache((shopId) => findProofSettings(db, Number(shopId)), now)

  const management = createAccountManagement({
    db,
    now,
    forget() {
      holders.clear()
      proofs.clear()
    },
  })
  const command = { by: COMMAND, scopes: 'all', isOwnOnly: false } as const

  async function findHolder(key: string): Promise<KeyHolder | undefined> {
    const isVerified = SECRET_KEY.test(key)
    if (!isVerified && !PUBLIC_KEY.test(key)) return undefined
    const found = await store.findKey(db, isVerified ? sha256(key).toString('hex') : key)
    if (found === undefined) return undefined
    const { id: keyId, shopId, ending, scopes } = found
    return { shop: await shopOf(shopId), keyId, ending, isVerified, scopes }
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
    management,

    findKeyHolder: (key) => holders.get(key),

    forgetKeys: () => holders.clear(),

    async firstShop() {
      const shop = (await store.findFirstShop(db)) ?? (await makeFirstShop(deps))
      return shopOf(shop.id)
    },

    async demoShop() {
      const shopId = await store.findDemoShop(db)
      if (shopId === undefined || (await store.findPublicKey(db, shopId)) === undefined) {
        return undefined
      }
      return shopOf(shopId)
    },

    shopOf,

    async renameShop(shopId, name) {
      await management.changeShop(shopId, { name }, COMMAND)
    },

    async setConsentMode(shopId, consentMode) {
      await management.changeShop(shopId, { consentMode }, COMMAND)
    },

    async setTimeZone(shopId, timeZone) {
      await management.changeShop(shopId, { timeZone }, COMMAND)
    },

    async setCurrency(shopId, currency) {
      await management.changeShop(shopId, { currency }, COMMAND)
    },

    async addOrigin(shopId, origin) {
      return (await management.addOrigin(shopId, origin, COMMAND)).origin
    },

    async removeOrigin(shopId, origin) {
      const parsed = requireOrigin(origin)
      const listed = (await management.origins(shopId)).find((one) => one.origin === parsed)
      if (listed === undefined) throw new Refusal('not_found', `The shop does not list ${parsed}`)
      await management.removeOrigin(shopId, listed.id, COMMAND)
    },

    async createSecretKey(shopId, scopes, name = '') {
      return (await management.createKey(shopId, { name, scopes }, command)).key
    },

    secretKeys: (shopId) => management.keys(shopId, command),

    async revokeSecretKey(shopId, ending) {
      const found = (await management.keys(shopId, command)).filter((key) => key.ending === ending)
      const [key] = found
      if (key === undefined) throw new Refusal('not_found', `No secret key ends in ${ending}`)
      if (found.length > 1) {
        throw new Refusal(
          'conflict',
          `${found.length} secret keys end in ${ending}: nothing was changed`,
        )
      }
      await management.revokeKey(shopId, key.id, command)
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
        createdAt: session.createdAt,
        expiresAt: session.expiresAt,
      }
    },

    async proofSettings(shopId) {
      return (await proofs.get(String(shopId))) ?? NO_PROOF
    },

    async setIdentityRule(shopId, rule) {
      await management.changeIdentity(shopId, { rule }, COMMAND)
    },

    async setJwtPublicKey(shopId, jwtPublicKey) {
      await management.changeIdentity(shopId, { jwtPublicKey }, COMMAND)
    },

    identitySecret: management.identitySecret,

    rotateIdentitySecret: (shopId) => management.rotateIdentitySecret(shopId, COMMAND),
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

async function makeFirstShop({ db, now, whenFirstShop }: AccountDeps): Promise<store.ShopRow> {
  const createdAt = now()
  await db.transaction(async (sql) => {
    const handle = { sql, t: db.t }
    const shop = { ...store.FIRST_SHOP, createdAt }
    const id = await store.insertFirstShop(handle, shop, `pub_${randomToken(16)}`)
    if (id !== undefined) await whenFirstShop?.(handle, { id, createdAt })
  })
  const made = await store.findFirstShop(db)
  if (made === undefined) throw new Error('The first shop was not made')
  return made
}
