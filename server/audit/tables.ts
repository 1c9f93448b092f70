import { ACTOR_KINDS, CHAIN_FAULTS } from '#protocol/audit.ts'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Kit } from '../db/columns.ts'

/** `shops`: a later slice's table, for every slice writes here, those of accounts among them. */
export function auditTables(k: Kit, { shops }: { readonly shops: { readonly id: AnyPgColumn } }) {
  const shopId = () =>
    k
      .long()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' })

  /** Only ever added to. Each entry's hash is over what it says and the hash before it; see ADR 0021. */
  const auditEntries = k.table(
    'audit_entries',
    {
      shopId: shopId(),
      /** From 1, without a gap. */
      seq: k.long().notNull(),
      at: k.ms().notNull(),
      actorKind: k.oneOf(ACTOR_KINDS).notNull(),
      actorName: k.text().notNull(),
      address: k.text().notNull(),
      /** `audience.created`. */
      action: k.text().notNull(),
      objectKind: k.text().notNull(),
      objectId: k.text().notNull(),
      /** JSON as it was hashed; a database's own form of JSON would change it. */
      before: k.text(),
      after: k.text(),
      hash: k.bytes().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.seq] }),
      k.index('audit_entries_object').on(t.shopId, t.objectKind, t.objectId, t.seq),
      k.index('audit_entries_actor').on(t.shopId, t.actorKind, t.actorName, t.seq),
    ],
  )

  /** The end of each shop's chain; its row is held while an entry is added, so that two never have one number. */
  const auditHeads = k.table('audit_heads', {
    shopId: shopId().primaryKey(),
    seq: k.long().notNull(),
    hash: k.bytes().notNull(),
    /** The newest check of the whole chain, how many entries it found as they were, the last one's hash, and what was wrong. */
    checkedAt: k.ms(),
    checkedEntries: k.long(),
    checkedHash: k.bytes(),
    checkedFault: k.oneOf(CHAIN_FAULTS),
  })

  return { auditEntries, auditHeads }
}
