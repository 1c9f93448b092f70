import {
  CONNECTION_KINDS,
  PRODUCT_SOURCES,
  PRODUCT_STATES,
  type AttributeValue,
  type ProductDraft,
  type ProductSource,
  type Translation,
  type Variant,
} from '#protocol/catalog.ts'
import { FEED_RESULTS, FEED_SCHEDULES } from '#protocol/feeds.ts'
import {
  ENCODINGS,
  FILE_FORMATS,
  FILE_IMPORT_STATES,
  IMPORT_KINDS,
  type FileMapping,
} from '#protocol/imports.ts'
import type { accountTables } from '../account/tables.ts'
import type { Kit } from '../db/columns.ts'

/** A product as it was, so that an import can be undone. */
export interface ProductBefore {
  readonly draft: ProductDraft
  readonly source: ProductSource
  /** The import that had written it. */
  readonly importId: number | null
}

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

  /** One reading of a file: of products, customers or orders. */
  const fileImports = k.table(
    'file_imports',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      publicId: k.bytes().notNull(),
      kind: k.oneOf(IMPORT_KINDS).notNull(),
      state: k.oneOf(FILE_IMPORT_STATES).notNull(),
      format: k.oneOf(FILE_FORMATS).notNull(),
      encoding: k.oneOf(ENCODINGS).notNull(),
      delimiter: k.text().notNull(),
      /** Else the first line is already a record, and columns are numbered. */
      hasHeader: k.bool().notNull(),
      columns: k.json<readonly string[]>().notNull(),
      sample: k.json<readonly (readonly string[])[]>().notNull(),
      mapping: k.json<FileMapping>().notNull(),
      /** About how many there are. */
      lines: k.int().notNull(),
      doneLines: k.int().notNull(),
      /** Records, which may have several lines: where to go on. */
      doneRecords: k.int().notNull(),
      created: k.int().notNull(),
      changed: k.int().notNull(),
      unchanged: k.int().notNull(),
      faultCount: k.int().notNull(),
      /** What was there before is still known (`product_import_changes`). */
      isUndoable: k.bool().notNull(),
      undone: k.int().notNull(),
      createdAt: k.ms().notNull(),
      /** The feed that it was fetched from; null: a file that somebody uploaded. */
      feedId: k.long(),
      /** Whoever runs it, and until when nobody else may. */
      leaseHolder: k.text(),
      leaseUntil: k.ms(),
    },
    (t) => [
      k.uniqueIndex('file_imports_public_id').on(t.shopId, t.publicId),
      k.index('file_imports_kind').on(t.shopId, t.kind, t.id),
      k.index('file_imports_state').on(t.state, t.createdAt),
    ],
  )
  const importId = () =>
    k
      .long()
      .notNull()
      .references(() => fileImports.id, { onDelete: 'cascade' })

  /** An uploaded file until it is read, so that any node can read it, and go on after one that died. */
  const fileImportChunks = k.table(
    'file_import_chunks',
    {
      shopId: shopId(),
      importId: importId(),
      position: k.int().notNull(),
      bytes: k.bytes().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.importId, t.position] })],
  )

  const fileImportFaults = k.table(
    'file_import_faults',
    {
      shopId: shopId(),
      importId: importId(),
      /** Its place in the file: a record may have several lines. */
      record: k.int().notNull(),
      line: k.int().notNull(),
      fault: k.text().notNull(),
      detail: k.text().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.importId, t.record] })],
  )

  /** What each product was before an import first wrote it; null: it was not there. */
  const productImportChanges = k.table(
    'product_import_changes',
    {
      shopId: shopId(),
      importId: importId(),
      productId: k.text().notNull(),
      before: k.json<ProductBefore>(),
    },
    (t) => [k.primaryKey({ columns: [t.importId, t.productId] })],
  )

  /** Files of products that are fetched from an address again and again. */
  const catalogFeeds = k.table(
    'catalog_feeds',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      publicId: k.bytes().notNull(),
      url: k.text().notNull(),
      schedule: k.oneOf(FEED_SCHEDULES).notNull(),
      /** `04:00` on the shop's clock. */
      dailyAt: k.text().notNull(),
      hidesMissing: k.bool().notNull(),
      isOn: k.bool().notNull(),
      nextRunAt: k.ms(),
      /** Asked for by hand, once: what is missing may be hidden although the feed has shrunk. */
      acceptsShrinking: k.bool().notNull(),
      /** The job that is at it, and until when no other may be. */
      runJob: k.text(),
      runUntil: k.ms(),
      /** What the file's server says of it, and what the file is: an unchanged one costs nothing. */
      etag: k.text(),
      lastModified: k.text(),
      contentHash: k.bytes(),
      /** The import that reads it now, or read it last. */
      importId: k.long(),
      isImporting: k.bool().notNull(),
      lastRunAt: k.ms(),
      lastResult: k.oneOf(FEED_RESULTS),
      lastError: k.text(),
      products: k.int().notNull(),
      hidden: k.int().notNull(),
      hasShrunk: k.bool().notNull(),
      createdAt: k.ms().notNull(),
      /** It is fetched no more, and kept for a while in case somebody takes that back. */
      removedAt: k.ms(),
    },
    (t) => [k.uniqueIndex('catalog_feeds_public_id').on(t.shopId, t.publicId)],
  )

  /** What a feed told of, so that what is missing from it is known. */
  const catalogFeedProducts = k.table(
    'catalog_feed_products',
    {
      shopId: shopId(),
      feedId: k
        .long()
        .notNull()
        .references(() => catalogFeeds.id, { onDelete: 'cascade' }),
      productId: k.text().notNull(),
      /** The import that told of it last. */
      seenIn: k.long().notNull(),
      /** Because it was missing: it is shown again when the feed tells of it. */
      isHidden: k.bool().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.feedId, t.productId] }),
      k.index('catalog_feed_products_seen').on(t.feedId, t.seenIn),
    ],
  )

  /** What keeps the shop's catalogue live: one a shop. */
  const catalogConnections = k.table(
    'catalog_connections',
    {
      shopId: k
        .long()
        .primaryKey()
        .references(() => shops.id, { onDelete: 'cascade' }),
      /** In the address of its webhooks: 16 random bytes. */
      publicId: k.bytes().notNull(),
      kind: k.oneOf(CONNECTION_KINDS).notNull(),
      name: k.text().notNull(),
      /** What its webhooks are signed with. Sealed; see `core/secret-box.ts`. */
      secret: k.bytes().notNull(),
      /** What is sold out is not offered. In this row, so that it is only where a connection is. */
      usesStock: k.bool().notNull(),
      lastHeardAt: k.ms(),
      createdAt: k.ms().notNull(),
    },
    (t) => [k.uniqueIndex('catalog_connections_public_id').on(t.publicId)],
  )

  /** Webhooks that were taken, so that one that is sent again changes nothing. */
  const catalogHookIds = k.table(
    'catalog_hook_ids',
    { shopId: shopId(), hookId: k.text().notNull(), at: k.ms().notNull() },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.hookId] }),
      k.index('catalog_hook_ids_at').on(t.shopId, t.at),
    ],
  )

  return {
    products,
    catalogFeeds,
    catalogFeedProducts,
    catalogConnections,
    catalogHookIds,
    productWords,
    fileImports,
    fileImportChunks,
    fileImportFaults,
    productImportChanges,
  }
}
