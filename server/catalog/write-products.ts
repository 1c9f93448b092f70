import type { ProductOutcome, ProductSource } from '#protocol/catalog.ts'
import type { Transaction } from '../db/transaction.ts'
import { hashOf, type ProductContent, type ProductRow } from './product-content.ts'
import {
  deleteProducts,
  insertWords,
  lockProducts,
  saveProducts,
  type WrittenProduct,
} from './product-store.ts'
import type { IndexedProduct, SearchIndex } from './search-index.ts'
import { productWords } from './search-words.ts'

/** Products at most in one transaction: SQLite's other writers wait for it. */
export const WRITE_AT_ONCE = 100

/** What somebody tells of a product; `content` gives undefined where nothing is to be written. */
export interface ToldProduct {
  readonly productId: string
  /** Where it is not that of all of them. */
  readonly origin?: Pick<Telling, 'source' | 'importId'>
  readonly content: (known: ProductRow | undefined) => ProductContent | undefined
}

export interface Telling {
  readonly source: ProductSource
  readonly importId: number | null
  readonly at: number
  /** Awaited between pieces, so that others have their turn. */
  readonly between: () => Promise<void> | undefined
}

/** What became of one product; `before` as it was. */
export interface WrittenOutcome {
  readonly productId: string
  readonly outcome: ProductOutcome
  readonly before: ProductRow | undefined
}

/** Writes what is told of several products, each of which is named once, and what they are found by. */
export async function writeProducts(
  index: SearchIndex,
  transaction: Transaction,
  shopId: number,
  { told, telling }: { readonly told: readonly ToldProduct[]; readonly telling: Telling },
): Promise<WrittenOutcome[]> {
  const ids = told.map(({ productId }) => productId)
  const known = new Map(
    (await lockProducts(transaction, shopId, ids)).map((row) => [row.productId, row]),
  )
  const outcomes: WrittenOutcome[] = []
  const written: WrittenProduct[] = []
  for (const { productId, content, origin } of told) {
    const before = known.get(productId)
    const product = productAfter(productId, before, content(before), { ...telling, ...origin })
    if (product !== undefined) written.push(product)
    const changed = before === undefined ? 'created' : 'changed'
    outcomes.push({ productId, before, outcome: product === undefined ? 'unchanged' : changed })
  }
  const { between } = telling
  const writing = {
    known: written.filter(({ productId }) => known.has(productId)),
    fresh: written.filter(({ productId }) => !known.has(productId)),
  }
  const rows = await saveProducts(transaction, shopId, writing, between)
  await indexProducts(index, transaction, shopId, { written, rows, known, between })
  return outcomes
}

/** Takes products away, and from the search. Answers those that were there. */
export async function removeProducts(
  index: SearchIndex,
  transaction: Transaction,
  shopId: number,
  productIds: readonly string[],
): Promise<number> {
  const rows = await deleteProducts(transaction, shopId, productIds)
  await index.remove(transaction, rows)
  return rows.length
}

/** Undefined where it says nothing new; what only pages told of becomes the shop's own all the same. */
function productAfter(
  productId: string,
  before: ProductRow | undefined,
  content: ProductContent | undefined,
  { source, importId, at }: Telling,
): WrittenProduct | undefined {
  if (content === undefined) return undefined
  const contentHash = hashOf(content)
  const isSame = before !== undefined && before.contentHash.equals(contentHash)
  if (isSame && (before.source !== 'observed' || source === 'observed')) return undefined
  const createdAt = before?.createdAt ?? at
  return { productId, ...content, source, contentHash, importId, createdAt, updatedAt: at }
}

interface Indexing {
  readonly written: readonly WrittenProduct[]
  readonly rows: ReadonlyMap<string, number>
  readonly known: ReadonlyMap<string, ProductRow>
  readonly between: Telling['between']
}

async function indexProducts(
  index: SearchIndex,
  transaction: Transaction,
  shopId: number,
  { written, rows, known, between }: Indexing,
): Promise<void> {
  const indexed = written.map((product): IndexedProduct => {
    const row = rows.get(product.productId)
    if (row === undefined) throw new Error('A product was neither found nor made')
    return { row, ...productWords(product.productId, product), marks: marksOf(product) }
  })
  const words = new Set(indexed.flatMap(({ whole }) => whole))
  // In one order on every node, so that two of them do not wait for one another in a circle.
  await insertWords(transaction, shopId, [...words].toSorted(), between)
  await index.remove(
    transaction,
    written.flatMap(({ productId }) => known.get(productId)?.id ?? []),
  )
  await index.put(transaction, shopId, indexed, between)
}

function marksOf({
  brand,
  categories,
  tags,
  state,
  source,
  stock,
}: WrittenProduct): IndexedProduct['marks'] {
  return [
    ...(brand === null ? [] : [['brand', brand] as const]),
    ...categories.map((category) => ['category', category] as const),
    ...tags.map((tag) => ['tag', tag] as const),
    ['state', state],
    ['source', source],
    ['stock', stockMark(stock)],
  ]
}

function stockMark(stock: number | null): string {
  if (stock === null) return 'unknown'
  return stock > 0 ? 'in' : 'out'
}
