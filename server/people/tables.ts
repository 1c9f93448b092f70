import { VIEW_LISTS } from '#protocol/views.ts'
import type { accountTables } from '../account/tables.ts'
import type { Kit } from '../db/columns.ts'

export function peopleTables(k: Kit, { shops }: Pick<ReturnType<typeof accountTables>, 'shops'>) {
  /** What a list is narrowed to, under a name, for all members of the shop. */
  const savedViews = k.table(
    'saved_views',
    {
      id: k.serial().primaryKey(),
      shopId: k
        .long()
        .notNull()
        .references(() => shops.id, { onDelete: 'cascade' }),
      /** 16 random bytes. */
      publicId: k.bytes().notNull(),
      list: k.oneOf(VIEW_LISTS).notNull(),
      name: k.text().notNull(),
      /** Filters and order, as they stand in the list's address. */
      query: k.text().notNull(),
      createdAt: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('saved_views_public_id').on(t.shopId, t.publicId),
      k.uniqueIndex('saved_views_name').on(t.shopId, t.list, t.name),
    ],
  )
  return { savedViews }
}
