import type { ProductDraft } from '#protocol/catalog.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { createBreather } from '../db/breather.ts'
import type { Database } from '../db/database.ts'
import { CellFault } from './imports/cells.ts'
import type { ProductRow } from './product-content.ts'
import { patchedContent, type ProductPatch } from './read-product.ts'
import type { SearchIndex } from './search-index.ts'
import { WRITE_AT_ONCE, writeProducts, type ToldProduct } from './write-products.ts'

/** What a visitor's page showed of a product. Nothing vouches for it. */
export interface SeenProduct extends Partial<
  Pick<ProductDraft, 'sku' | 'name' | 'url' | 'imageUrls' | 'price' | 'brand' | 'attributes'>
> {
  readonly productId: string
  readonly categories?: string[]
}

export interface ObservedProducts {
  /**
   * Remembers products for the next writing. Once there are enough it asks for no more until then: `products` is read
   * only as far as it is wanted, so that a busy shop's events cost next to nothing.
   */
  readonly see: (shopId: number, products: Iterable<SeenProduct>) => void
  /** Writes what was seen, where nobody else has told of the product. */
  readonly writeSeen: () => Promise<void>
  /** Writes now and then; returns `stop`, which writes what is left. */
  readonly watch: () => () => Promise<void>
}

interface ObservedDeps {
  readonly db: Database
  readonly now: Clock
  readonly log: Pick<Log, 'error'>
  readonly index: SearchIndex
}

const WRITE_EVERY_MS = 10_000
/** Between two writings, of all shops together: what is beyond is seen again. */
const MAX_SEEN = 500
/** Whoever invents products must not fill the disk. */
const MAX_OBSERVED = 20_000

/** The catalogue of a shop that has imported none: what its pages show. */
export function createObservedProducts({ db, now, log, index }: ObservedDeps): ObservedProducts {
  let waiting = new Map<number, Map<string, SeenProduct>>()
  let count = 0

  async function writeShop(shopId: number, seen: readonly SeenProduct[]): Promise<void> {
    const room = MAX_OBSERVED - (await countObserved(shopId))
    for (let from = 0; from < seen.length; from += WRITE_AT_ONCE) {
      const breather = createBreather(() => performance.now())
      breather.begin()
      const told = seen
        .slice(from, from + WRITE_AT_ONCE)
        .map((product): ToldProduct => toldOf(product, room > from))
      await db.transaction((sql) =>
        writeProducts(index, { sql, t: db.t, holds: db.raw.dialect === 'postgres' }, shopId, {
          told,
          telling: {
            source: 'observed',
            importId: null,
            at: now(),
            between: () => breather.breathe(),
          },
        }),
      )
    }
  }

  async function countObserved(shopId: number): Promise<number> {
    const marks = [['source', 'observed'] as const]
    const isObserved = index.matches(db.t, shopId, { terms: [], within: 'whole', marks })
    return db.sql.$count(db.t.products, isObserved)
  }

  async function writeSeen(): Promise<void> {
    const seen = waiting
    waiting = new Map()
    count = 0
    for (const [shopId, products] of seen) {
      try {
        await writeShop(shopId, [...products.values()])
      } catch (error) {
        // It is seen again with the next visitor.
        log.error({ err: error }, 'Products that pages showed were not written')
      }
    }
  }

  return {
    see(shopId, products) {
      if (count >= MAX_SEEN) return
      const ofShop = waiting.get(shopId) ?? new Map<string, SeenProduct>()
      for (const product of products) {
        const known = ofShop.get(product.productId)
        waiting.set(shopId, ofShop.set(product.productId, { ...known, ...product }))
        count += 1
        if (count >= MAX_SEEN) return
      }
    },
    writeSeen,
    watch() {
      let writing = Promise.resolve()
      const timer = setInterval(() => {
        writing = writing.then(writeSeen)
      }, WRITE_EVERY_MS)
      return () => {
        clearInterval(timer)
        return writing.then(writeSeen)
      }
    },
  }
}

/** Of a product that somebody else has told of, nothing is written: what was imported holds. */
function toldOf({ productId, ...seen }: SeenProduct, mayMake: boolean): ToldProduct {
  return {
    productId,
    content(known: ProductRow | undefined) {
      if (known === undefined ? !mayMake : known.source !== 'observed') return undefined
      const patch: ProductPatch = { ...seen, name: seen.name ?? known?.name ?? productId }
      try {
        return patchedContent(known, patch)
      } catch (error) {
        if (error instanceof CellFault) return undefined
        throw error
      }
    },
  }
}
