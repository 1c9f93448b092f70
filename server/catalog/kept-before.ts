import { inGroups } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'
import { draftOf, type ProductRow } from './product-content.ts'
import type { ProductBefore } from './tables.ts'
import type { WrittenOutcome } from './write-products.ts'

/** What products were before an import wrote them, for its undoing. */
export async function keepBefore(
  { sql, t }: Transaction,
  shopId: number,
  importId: number,
  written: readonly WrittenOutcome[],
): Promise<void> {
  const rows = written
    .filter(({ outcome }) => outcome !== 'unchanged')
    .map(({ productId, before }) => ({
      shopId,
      importId,
      productId,
      before: before === undefined ? null : beforeOf(before),
    }))
  for (const group of inGroups(rows, 128)) {
    // Where the file names a product twice, what was there before the first time counts.
    await sql.insert(t.productImportChanges).values(group).onConflictDoNothing()
  }
}

function beforeOf(row: ProductRow): ProductBefore {
  return { draft: draftOf(row), source: row.source, importId: row.importId }
}
