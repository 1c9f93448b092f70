import { ACTOR_KINDS } from '#protocol/audit.ts'
import { IDENTITY_RULES, JWT_ALGORITHMS } from '#protocol/customers.ts'
import { CONSENT_MODES } from '#protocol/names.ts'
import type { Kit } from '../db/columns.ts'

export function accountTables(k: Kit) {
  /** `id` is a small number, for it stands in every row of every table; outside, keys name a shop. */
  const shops = k.table(
    'shops',
    {
      id: k.serial().primaryKey(),
      name: k.text().notNull(),
      consentMode: k.oneOf(CONSENT_MODES).notNull(),
      /** IANA name: whose days and hours conditions mean. */
      timeZone: k.text().notNull().default('UTC'),
      /** ISO 4217: what amounts are in that name no currency. */
      currency: k.text().notNull().default('USD'),
      /** BCP 47, the default one first: what texts are chosen by that nobody's own language decides. */
      languages: k.json<string[]>().notNull().default(['en']),
      /** Events and sessions that arrived before so many months are deleted; null: they are kept. */
      retentionMonths: k.int(),
      /** Grows with each change of what visitors are judged by. */
      targetingEpoch: k.long().notNull().default(0),
      /**
       * True for the shop that the first start makes, and once that is deleted for the next; else null. Unique: two nodes
       * that start at once make one.
       */
      isFirst: k.bool(),
      /** True for the shop that the demo's pages belong to, else null; no other ever becomes it. */
      isDemo: k.bool(),
      createdAt: k.ms().notNull(),
    },
    (t) => [k.uniqueIndex('shops_first').on(t.isFirst), k.uniqueIndex('shops_demo').on(t.isDemo)],
  )

  /** `https://shop.example`, or `https://*.shop.example` for all below it. None listed: any origin may send. */
  const origins = k.table(
    'origins',
    {
      id: k.serial().primaryKey(),
      shopId: k
        .long()
        .notNull()
        .references(() => shops.id, { onDelete: 'cascade' }),
      origin: k.text().notNull(),
      createdAt: k.ms().notNull(),
    },
    (t) => [k.uniqueIndex('origins_origin').on(t.shopId, t.origin)],
  )

  /** Public keys name a shop and are kept in clear; of a secret key only the SHA-256 is. */
  const keys = k.table(
    'keys',
    {
      id: k.serial().primaryKey(),
      shopId: k
        .long()
        .notNull()
        .references(() => shops.id, { onDelete: 'cascade' }),
      kind: k.oneOf(['public', 'secret']).notNull(),
      /** The public key, or the hex SHA-256 of the secret one. */
      value: k.text().notNull(),
      /** The last four characters, so that people can tell keys apart. */
      ending: k.text().notNull(),
      /** Of a secret key; a public key has none. */
      scopes: k.json<string[]>().notNull(),
      /** What a secret key is for, in its maker's words; empty: made before keys had names. */
      name: k.text().notNull().default(''),
      /** Who made it, as the audit log names them; null: a public key, or made before that was kept. */
      makerKind: k.oneOf(ACTOR_KINDS),
      makerName: k.text(),
      createdAt: k.ms().notNull(),
      /** Written at most once a minute; null: never, as far as was kept. */
      lastUsedAt: k.ms(),
      revokedAt: k.ms(),
    },
    (t) => [k.uniqueIndex('keys_value').on(t.value), k.index('keys_shop').on(t.shopId)],
  )

  /** Links that open the console once; see ADR 0004. */
  const oneTimeLinks = k.table(
    'one_time_links',
    {
      tokenHash: k.bytes().primaryKey(),
      shopId: k
        .long()
        .notNull()
        .references(() => shops.id, { onDelete: 'cascade' }),
      expiresAt: k.ms().notNull(),
      spentAt: k.ms(),
    },
    (t) => [k.index('one_time_links_expiry').on(t.expiresAt)],
  )

  const consoleSessions = k.table(
    'console_sessions',
    {
      tokenHash: k.bytes().primaryKey(),
      shopId: k
        .long()
        .notNull()
        .references(() => shops.id, { onDelete: 'cascade' }),
      role: k.oneOf(['owner', 'admin', 'operator', 'host']).notNull(),
      createdAt: k.ms().notNull(),
      expiresAt: k.ms().notNull(),
    },
    (t) => [k.index('console_sessions_expiry').on(t.expiresAt)],
  )

  /** How a shop's server proves who a visitor is; see ADR 0008. No row: nothing was set, and no secret made. */
  const identitySettings = k.table('identity_settings', {
    shopId: k
      .long()
      .primaryKey()
      .references(() => shops.id, { onDelete: 'cascade' }),
    rule: k.oneOf(IDENTITY_RULES).notNull(),
    secret: k.text().notNull(),
    /** The one before, which counts until the next is made. */
    formerSecret: k.text(),
    jwtAlgorithm: k.oneOf(JWT_ALGORITHMS).notNull(),
    /** PEM, for EdDSA. */
    jwtPublicKey: k.text(),
  })

  return { shops, origins, keys, oneTimeLinks, consoleSessions, identitySettings }
}
