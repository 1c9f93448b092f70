import type { Clock } from '../core/clock.ts'
import type { SecretBox } from '../core/secret-box.ts'
import type { Database } from '../db/database.ts'
import { createConnections, type Connections } from './connection.ts'
import type { ImportKind } from './imports/import-kind.ts'
import type { Log } from '../core/log.ts'
import { createObservedProducts, type ObservedProducts } from './observed.ts'
import type { ActiveProducts } from './product-filter.ts'
import { createProductImport } from './product-import.ts'
import { createProducts, type Products } from './products.ts'
import { createSearchIndex } from './search-index.ts'

export { createSearchIndex } from './search-index.ts'
export { marksOf, ProductFilters } from './product-query.ts'
export { CellFault, cellsOf } from './imports/cells.ts'
export type { ImportBatch, ImportKind, RecordOutcome, SourceRecord } from './imports/import-kind.ts'
export { describeImports } from './imports/descriptions.ts'
export { addImportRoutes } from './imports/routes.ts'
export { createFeeds, type Feeds } from './feeds/feeds.ts'
export { FEED_LIMITS } from './feeds/fetch-feed.ts'
export { createFileImports, type FileImports } from './imports/file-imports.ts'

/** What a shop sells. */
export interface Catalog extends Products, Connections {
  /** What visitors' pages show. */
  readonly observed: ObservedProducts
  /** How files of products are read. */
  readonly productImport: ImportKind
}

interface CatalogDeps {
  readonly db: Database
  readonly now: Clock
  readonly log: Pick<Log, 'error'>
  readonly box: SecretBox
  readonly activeProducts: ActiveProducts
}

export function createCatalog({ db, now, log, box, activeProducts }: CatalogDeps): Catalog {
  const index = createSearchIndex(db.raw.dialect)
  const products = createProducts({ db, now, index, activeProducts })
  return {
    ...products,
    ...createConnections({ db, now, products, box }),
    observed: createObservedProducts({ db, now, log, index }),
    productImport: createProductImport(index),
  }
}
