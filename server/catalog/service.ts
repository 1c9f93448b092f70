import type { Clock } from '../core/clock.ts'
import type { Database } from '../db/database.ts'
import { createProducts, type Products } from './products.ts'
import { createSearchIndex } from './search-index.ts'

/** What a shop sells. */
export interface Catalog extends Products {}

interface CatalogDeps {
  readonly db: Database
  readonly now: Clock
}

export function createCatalog({ db, now }: CatalogDeps): Catalog {
  const index = createSearchIndex(db.raw.dialect)
  return { ...createProducts({ db, now, index }) }
}
