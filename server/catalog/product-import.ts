import { and, asc, eq, inArray } from 'drizzle-orm'
import type { ProductSource } from '#protocol/catalog.ts'
import type { Transaction } from '../db/transaction.ts'
import { CellFault, cellsOf } from './imports/cells.ts'
import type { ImportBatch, ImportKind, RecordOutcome, SourceRecord } from './imports/import-kind.ts'
import { contentOf, type ProductContent, type ProductRow } from './product-content.ts'
import { noteSeen } from './feeds/feed-store.ts'
import { setStates } from './feeds/missing-products.ts'
import { keepBefore } from './kept-before.ts'
import { PRODUCT_FIELDS } from './product-fields.ts'
import { lockProducts } from './product-store.ts'
import { patchedContent, readProduct, type ProductPatch } from './read-product.ts'
import type { SearchIndex } from './search-index.ts'
import type { ProductBefore } from './tables.ts'
import {
  removeProducts,
  writeProducts,
  type ToldProduct,
  type WrittenOutcome,
} from './write-products.ts'

const UNDO_AT_ONCE = 100

/** Products from a file: what its columns tell is written over what is known, the rest stays. Can be undone. */
export function createProductImport(index: SearchIndex): ImportKind {
  return {
    kind: 'products',
    fields: PRODUCT_FIELDS,
    names: ['id', 'sku'],
    hasAttributes: true,

    async write(transaction, shopId, batch) {
      const read = batch.records.map((record) => readRecord(record, batch))
      const { outcomes, written } = await writeRead(index, transaction, shopId, {
        read,
        batch,
        source: 'import',
      })
      await keepBefore(transaction, shopId, batch.importId, written)
      if (batch.feedId !== null) await seeAgain(index, transaction, shopId, batch, batch.feedId)
      return outcomes
    },

    async undoSome(transaction, shopId, { importId, at, between }) {
      const changes = await someChanges(transaction, shopId, importId)
      const ids = changes.map(({ productId }) => productId)
      const now = new Map(
        (await lockProducts(transaction, shopId, ids)).map((row) => [row.productId, row]),
      )
      // What somebody has changed since stays as it is.
      const own = changes.filter(({ productId }) => now.get(productId)?.importId === importId)
      const gone = own.filter(({ before }) => before === null).map(({ productId }) => productId)
      await removeProducts(index, transaction, shopId, gone)
      await between()
      const told = own.flatMap(({ productId, before }) =>
        before === null ? [] : [restored(productId, before)],
      )
      const telling = { source: 'import', importId: null, at, between } as const
      await writeProducts(index, transaction, shopId, { told, telling })
      await deleteChanges(transaction, shopId, importId, ids)
      return { seen: changes.length, undone: own.length }
    },

    async forgetSome(transaction, shopId, importId) {
      const changes = await someChanges(transaction, shopId, importId)
      const ids = changes.map(({ productId }) => productId)
      await deleteChanges(transaction, shopId, importId, ids)
      return ids.length > 0
    },
  }
}

/** A product of one record, or what is wrong with it. */
export type Read = { readonly productId: string; readonly patch: ProductPatch } | CellFault

interface ReadBatch {
  readonly read: readonly Read[]
  readonly batch: Pick<ImportBatch, 'at' | 'between'> & { readonly importId: number | null }
  readonly source: ProductSource
}

/** Writes what was read; of several records of one product each adds to the one before it. */
async function writeRead(
  index: SearchIndex,
  transaction: Transaction,
  shopId: number,
  { read, batch, source }: ReadBatch,
): Promise<{ outcomes: RecordOutcome[]; written: WrittenOutcome[] }> {
  const faults = new Map<Read, CellFault>()
  const byId = new Map<string, Exclude<Read, CellFault>[]>()
  for (const one of read) {
    if (one instanceof CellFault) faults.set(one, one)
    else byId.set(one.productId, [...(byId.get(one.productId) ?? []), one])
  }
  const told = [...byId].map(([productId, records]): ToldProduct => ({
    productId,
    content: (known) => folded(known, records, faults),
  }))
  const { importId, at, between } = batch
  const written = await writeProducts(index, transaction, shopId, {
    told,
    telling: { source, importId, at, between },
  })
  const byProduct = new Map(written.map((it) => [it.productId, it.outcome]))
  const outcomes = read.map((one): RecordOutcome => {
    const fault = faults.get(one)
    if (fault !== undefined) return { fault: fault.fault, detail: fault.message }
    const productId = one instanceof CellFault ? '' : one.productId
    return { outcome: byProduct.get(productId) ?? 'unchanged' }
  })
  return { outcomes, written }
}

/** A transaction may be run again, so that faults are found anew. */
function folded(
  known: ProductRow | undefined,
  records: readonly Exclude<Read, CellFault>[],
  faults: Map<Read, CellFault>,
): ProductContent | undefined {
  let content: ProductContent | undefined
  for (const record of records) {
    try {
      content = patchedContent(content ?? known, record.patch)
    } catch (error) {
      if (!(error instanceof CellFault)) throw error
      faults.set(record, error)
    }
  }
  return content
}

/** What a feed tells of is not missing, with faults or without; what was hidden for being missing is shown again. */
async function seeAgain(
  index: SearchIndex,
  transaction: Transaction,
  shopId: number,
  { importId, records, mapping, at, between }: ImportBatch,
  feedId: number,
): Promise<void> {
  const productIds = [...new Set(records.flatMap((record) => productIdIn(record, mapping)))]
  const back = await noteSeen(transaction, shopId, { feedId, importId, productIds })
  // A file that says itself what is shown is right.
  if (back.length === 0 || mapping.fields['state'] !== undefined) return
  const change = { feedId, importId, productIds: back, state: 'active', at, between } as const
  await setStates(index, transaction, shopId, change)
}

function productIdIn({ values }: SourceRecord, mapping: ImportBatch['mapping']): string[] {
  if (values === undefined) return []
  try {
    const cells = cellsOf(values, mapping)
    const id = cells.text('id') ?? cells.text('sku')
    return typeof id === 'string' ? [id] : []
  } catch (error) {
    if (error instanceof CellFault) return []
    throw error
  }
}

function readRecord(
  { values }: SourceRecord,
  { mapping, currency }: Pick<ImportBatch, 'mapping' | 'currency'>,
): Read {
  if (values === undefined) return new CellFault('bad_line', 'The line could not be read')
  try {
    return readProduct(cellsOf(values, mapping), values, currency)
  } catch (error) {
    if (error instanceof CellFault) return error
    throw error
  }
}

function restored(productId: string, { draft, source, importId }: ProductBefore): ToldProduct {
  return { productId, content: () => contentOf(draft), origin: { source, importId } }
}

async function someChanges(
  { sql, t }: Transaction,
  shopId: number,
  importId: number,
): Promise<{ readonly productId: string; readonly before: ProductBefore | null }[]> {
  const { productImportChanges: changes } = t
  return sql
    .select({ productId: changes.productId, before: changes.before })
    .from(changes)
    .where(and(eq(changes.shopId, shopId), eq(changes.importId, importId)))
    .orderBy(asc(changes.productId))
    .limit(UNDO_AT_ONCE)
}

async function deleteChanges(
  { sql, t }: Transaction,
  shopId: number,
  importId: number,
  productIds: readonly string[],
): Promise<void> {
  const { productImportChanges: changes } = t
  if (productIds.length === 0) return
  await sql
    .delete(changes)
    .where(
      and(
        eq(changes.shopId, shopId),
        eq(changes.importId, importId),
        inArray(changes.productId, [...productIds]),
      ),
    )
}
