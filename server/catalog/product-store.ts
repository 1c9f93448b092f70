import { and, asc, desc, eq, gt, inArray, lt, sql as text, type SQL } from 'drizzle-orm'
import type { TimeOrder } from '#protocol/lists.ts'
import { inGroups, padded } from '../db/padded.ts'
import { LostRace } from '../db/postgres.ts'
import type { Transaction } from '../db/transaction.ts'
import type { ProductRow } from './product-content.ts'
import type { Handle } from './search-index.ts'

export type WrittenProduct = Omit<ProductRow, 'id'>

const ROWS_AT_ONCE = 16

export async function findProduct(
  { sql, t }: Handle,
  shopId: number,
  productId: string,
): Promise<ProductRow | undefined> {
  const [found] = await sql
    .select()
    .from(t.products)
    .where(and(eq(t.products.shopId, shopId), eq(t.products.productId, productId)))
  return found
}

/** Those that are there, which nobody else changes until the end of the transaction. In one order on every node. */
export async function lockProducts(
  { sql, t, holds }: Transaction,
  shopId: number,
  productIds: readonly string[],
): Promise<ProductRow[]> {
  if (productIds.length === 0) return []
  const query = sql
    .select()
    .from(t.products)
    .where(and(eq(t.products.shopId, shopId), inArray(t.products.productId, padded(productIds))))
    .orderBy(asc(t.products.productId))
  return holds ? query.for('update') : query
}

/** Products that are there already, and those that are not. */
export interface Writing {
  readonly known: readonly WrittenProduct[]
  readonly fresh: readonly WrittenProduct[]
}

/**
 * Writes products; answers their rows by id. `between` is awaited between pieces, so that others have their turn.
 * Where another node has made one of the fresh ones meanwhile, the transaction begins anew.
 */
export async function saveProducts(
  { sql, t }: Handle,
  shopId: number,
  { known, fresh }: Writing,
  between: () => Promise<void> | undefined,
): Promise<Map<string, number>> {
  const rows = new Map<string, number>()
  const target = [t.products.shopId, t.products.productId]
  const returned = { id: t.products.id, productId: t.products.productId }
  const valuesOf = (group: readonly WrittenProduct[]) =>
    sql.insert(t.products).values(group.map((product) => ({ ...product, shopId })))
  for (const group of inGroups(known, ROWS_AT_ONCE)) {
    const written = await valuesOf(group)
      .onConflictDoUpdate({ target, set: TOLD_ANEW })
      .returning(returned)
    for (const { id, productId } of written) rows.set(productId, id)
    await between()
  }
  for (const group of inGroups(fresh, ROWS_AT_ONCE)) {
    const made = await valuesOf(group).onConflictDoNothing({ target }).returning(returned)
    if (made.length < group.length) throw new LostRace('A product was made meanwhile')
    for (const { id, productId } of made) rows.set(productId, id)
    await between()
  }
  return rows
}

/** Whether it was there, as the row that it had. */
export async function deleteProducts(
  { sql, t }: Handle,
  shopId: number,
  productIds: readonly string[],
): Promise<number[]> {
  if (productIds.length === 0) return []
  const gone = await sql
    .delete(t.products)
    .where(and(eq(t.products.shopId, shopId), inArray(t.products.productId, padded(productIds))))
    .returning({ id: t.products.id })
  return gone.map(({ id }) => id)
}

/** Those of that SKU. In no order: asked for one, SQLite would read the shop's products in it. */
export async function listOfSku(
  { sql, t }: Handle,
  shopId: number,
  sku: string,
  limit: number,
): Promise<ProductRow[]> {
  return sql
    .select()
    .from(t.products)
    .where(and(eq(t.products.shopId, shopId), eq(t.products.sku, sku)))
    .limit(limit)
}

/** In the order in which they came, those behind row `after`. */
export async function listProducts(
  { sql, t }: Handle,
  shopId: number,
  {
    where,
    after,
    limit,
    order = 'oldest',
  }: {
    readonly where?: SQL | undefined
    /** The row behind which it goes on. */
    readonly after?: number | undefined
    readonly limit: number
    readonly order?: TimeOrder | undefined
  },
): Promise<ProductRow[]> {
  const { products } = t
  const isNewest = order === 'newest'
  const behind = isNewest ? lt : gt
  return sql
    .select()
    .from(products)
    .where(
      and(
        eq(products.shopId, shopId),
        after === undefined ? undefined : behind(products.id, after),
        where,
      ),
    )
    .orderBy(isNewest ? desc(products.id) : asc(products.id))
    .limit(limit)
}

export async function insertWords(
  { sql, t }: Handle,
  shopId: number,
  words: readonly string[],
  between: () => Promise<void> | undefined,
): Promise<void> {
  for (const group of inGroups(words, 128)) {
    await sql
      .insert(t.productWords)
      .values(group.map((word) => ({ shopId, word })))
      .onConflictDoNothing()
    await between()
  }
}

/** All but what a product keeps for life: its row, its id, and when it came. */
const TOLD_ANEW = {
  sku: text`excluded.sku`,
  name: text`excluded.name`,
  description: text`excluded.description`,
  url: text`excluded.url`,
  imageUrls: text`excluded.image_urls`,
  price: text`excluded.price`,
  compareAtPrice: text`excluded.compare_at_price`,
  currency: text`excluded.currency`,
  categories: text`excluded.categories`,
  brand: text`excluded.brand`,
  tags: text`excluded.tags`,
  attributes: text`excluded.attributes`,
  stock: text`excluded.stock`,
  state: text`excluded.state`,
  translations: text`excluded.translations`,
  variants: text`excluded.variants`,
  source: text`excluded.source`,
  contentHash: text`excluded.content_hash`,
  importId: text`excluded.import_id`,
  updatedAt: text`excluded.updated_at`,
}
