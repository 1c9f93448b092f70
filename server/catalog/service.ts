import type { Clock } from '../core/clock.ts'
import type { Database } from '../db/database.ts'
import type { ImportKind } from './imports/import-kind.ts'
import { createProductImport } from './product-import.ts'
import { createProducts, type Products } from './products.ts'
import { createSearchIndex } from './search-index.ts'

export { createFileImports, type FileImports } from './imports/file-imports.ts'

/** What a shop sells. */
export interface Catalog extends Products {
  /** How files of products are read. */
  readonly productImport: ImportKind
}

interface CatalogDeps {
  readonly db: Database
  readonly now: Clock
}

export function createCatalog({ db, now }: CatalogDeps): Catalog {
  const index = createSearchIndex(db.raw.dialect)
  return {
    ...createProducts({ db, now, index }),
    productImport: createProductImport(index),
  }
}
