import {
  PRODUCT_SOURCES,
  PRODUCT_STATES,
  type AttributeValue,
  type Translation,
  type Variant,
} from '#protocol/catalog.ts'
import type { accountTables } from '../account/tables.ts'
import type { Kit } from '../db/columns.ts'

export function catalogTables(k: Kit, { shops }: Pick<ReturnType<typeof accountTables>, 'shops'>) {
  const shopId = () =>
    k
      .long()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' })

  const products = k.table(
    'products',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      /** The shop's own id. */
      productId: k.text().notNull(),
      sku: k.text(),
      name: k.text().notNull(),
      description: k.text(),
      url: k.text(),
      imageUrls: k.json<readonly string[]>().notNull(),
      /** Minor units. */
      price: k.long(),
      compareAtPrice: k.long(),
      /** ISO 4217, of every price of the product. */
      currency: k.text(),
      /** The path to it, the widest first. */
      categories: k.json<readonly string[]>().notNull(),
      brand: k.text(),
      tags: k.json<readonly string[]>().notNull(),
      attributes: k.json<Readonly<Record<string, AttributeValue>>>().notNull(),
      /** Null: not known. */
      stock: k.long(),
      state: k.oneOf(PRODUCT_STATES).notNull(),
      /** By language. */
      translations: k.json<Readonly<Record<string, Translation>>>().notNull(),
      variants: k.json<readonly Variant[]>().notNull(),
      source: k.oneOf(PRODUCT_SOURCES).notNull(),
      /** Of all that is above: whether a telling brings news. */
      contentHash: k.bytes().notNull(),
      /** The import that wrote it last; null: something else did, and no import may take that back. */
      importId: k.long(),
      createdAt: k.ms().notNull(),
      updatedAt: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('products_product_id').on(t.shopId, t.productId),
      k.index('products_sku').on(t.shopId, t.sku),
      k.index('products_row').on(t.shopId, t.id),
    ],
  )

  /** Every word that a product of the shop was ever found by: what a mistyped one may have meant. */
  const productWords = k.table(
    'product_words',
    { shopId: shopId(), word: k.text().notNull() },
    (t) => [k.primaryKey({ columns: [t.shopId, t.word] })],
  )

  return { products, productWords }
}
