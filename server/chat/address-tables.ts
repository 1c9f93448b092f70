import type { accountTables } from '../account/tables.ts'
import type { Kit } from '../db/columns.ts'

type Shops = ReturnType<typeof accountTables>['shops']

/** What a typed address needs before it shows anything: a code that was mailed to it, and who has shown that code. */
export function chatAddressTables(k: Kit, shops: Shops) {
  const shopId = () =>
    k
      .long()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' })

  /** One a chat token: the newest takes the place of the one before. Gone once it was shown. */
  const chatCodes = k.table(
    'chat_codes',
    {
      shopId: shopId(),
      /** Who asked for it, and nobody else may show it. */
      tokenHash: k.bytes().notNull(),
      email: k.text().notNull(),
      /** Of code, address and the token itself, which is kept nowhere: so that six digits cannot be found by trying. */
      codeHash: k.bytes().notNull(),
      attempts: k.int().notNull().default(0),
      expiresAt: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.tokenHash] }),
      k.index('chat_codes_expiry').on(t.expiresAt),
      k.index('chat_codes_email').on(t.shopId, t.email),
    ],
  )

  /** How much was asked for on a day: codes of an address and by a token, transcripts of a conversation. */
  const chatCodeRequests = k.table(
    'chat_code_requests',
    {
      shopId: shopId(),
      /** SHA-256 of what is counted. */
      subjectHash: k.bytes().notNull(),
      /** Calendar date, UTC. */
      dayOn: k.text().notNull(),
      count: k.int().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.subjectHash, t.dayOn] }),
      k.index('chat_code_requests_day').on(t.dayOn),
    ],
  )

  /** Whoever holds the token has shown the code that was mailed to the address. */
  const chatProvenAddresses = k.table(
    'chat_proven_addresses',
    {
      shopId: shopId(),
      tokenHash: k.bytes().notNull(),
      email: k.text().notNull(),
      expiresAt: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.tokenHash, t.email] }),
      k.index('chat_proven_addresses_expiry').on(t.expiresAt),
      k.index('chat_proven_addresses_email').on(t.shopId, t.email),
    ],
  )

  return { chatCodes, chatCodeRequests, chatProvenAddresses }
}
