import {
  ProductIdSchema,
  ProductSchema,
  type HookBody,
  type ProductAnswer,
  type ProductDraft,
  type ProductOutcome,
  type ProductPage,
  type ProductResult,
  type ProductSource,
} from '#protocol/catalog.ts'
import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import { createBreather } from '../db/breather.ts'
import type { Database } from '../db/database.ts'
import { findProducts, type ProductQuery } from './find-products.ts'
import {
  answerOf,
  contentOf,
  draftOf,
  type ProductContent,
  type ProductRow,
} from './product-content.ts'
import type { ActiveProducts } from './product-filter.ts'
import { findProduct } from './product-store.ts'
import type { SearchIndex } from './search-index.ts'
import { removeProducts, WRITE_AT_ONCE, writeProducts, type ToldProduct } from './write-products.ts'

export interface Products {
  readonly findProduct: (shopId: number, productId: string) => Promise<ProductAnswer>
  readonly listProducts: (shopId: number, query: ProductQuery) => Promise<ProductPage>
  /** The whole product: what `draft` does not tell is not there any more. */
  readonly putProduct: (
    shopId: number,
    productId: string,
    draft: ProductDraft,
  ) => Promise<ProductAnswer & { readonly result: ProductOutcome }>
  /** Each of them by itself: a bad one does not hold up the rest. Results are in the order of `lines`. */
  readonly putProducts: (
    shopId: number,
    lines: readonly unknown[],
    source: ProductSource,
  ) => Promise<ProductResult[]>
  /** Those of them that are there. */
  readonly removeAll: (shopId: number, productIds: readonly string[]) => Promise<void>
  /** Of products and variants that are there; the rest is passed over. */
  readonly changeStock: (shopId: number, changes: HookBody['stock']) => Promise<void>
  /** Refuses one that is not there. */
  readonly removeProduct: (shopId: number, productId: string, by: Actor) => Promise<void>
}

interface ProductsDeps {
  readonly db: Database
  readonly now: Clock
  readonly index: SearchIndex
  readonly activeProducts: ActiveProducts
}

export function createProducts({ db, now, index, activeProducts }: ProductsDeps): Products {
  const holds = db.raw.dialect === 'postgres'

  async function require(shopId: number, productId: string): Promise<ProductAnswer> {
    const row = await findProduct(db, shopId, productId)
    if (row === undefined) throw new Refusal('not_found', 'There is no such product')
    return answerOf(row)
  }

  async function write(shopId: number, told: readonly ToldProduct[], source: ProductSource) {
    const breather = createBreather(() => performance.now())
    breather.begin()
    const between = () => breather.breathe()
    const outcomes = new Map<string, ProductOutcome>()
    for (let from = 0; from < told.length; from += WRITE_AT_ONCE) {
      const some = told.slice(from, from + WRITE_AT_ONCE)
      const written = await db.transaction((sql) =>
        writeProducts(index, { sql, t: db.t, holds }, shopId, {
          told: some,
          telling: { source, importId: null, at: now(), between },
        }),
      )
      for (const { productId, outcome } of written) outcomes.set(productId, outcome)
      await between()
    }
    return outcomes
  }

  return {
    findProduct: require,

    listProducts: (shopId, query) =>
      findProducts({ index, handle: db, activeProducts }, shopId, query),

    async putProduct(shopId, productId, draft) {
      const content = contentOf(draft)
      const outcomes = await write(shopId, [{ productId, content: () => content }], 'api')
      const result = outcomes.get(productId) ?? 'unchanged'
      return { ...(await require(shopId, productId)), result }
    },

    async putProducts(shopId, lines, source) {
      const breather = createBreather(() => performance.now())
      breather.begin()
      const read: Read[] = []
      for (const line of lines) {
        read.push(readLine(line))
        await breather.breathe()
      }
      // Of two that name the same product the later stands.
      const told = new Map(
        read.flatMap((it) => ('told' in it ? [[it.told.productId, it.told]] : [])),
      )
      const outcomes = await write(shopId, [...told.values()], source)
      return read.map((it): ProductResult => {
        if (!('told' in it)) return { ...it, result: 'refused' }
        const id = it.told.productId
        return { id, result: outcomes.get(id) ?? 'unchanged' }
      })
    },

    async removeAll(shopId, productIds) {
      for (let from = 0; from < productIds.length; from += WRITE_AT_ONCE) {
        const some = productIds.slice(from, from + WRITE_AT_ONCE)
        await db.transaction((sql) => removeProducts(index, { sql, t: db.t, holds }, shopId, some))
      }
    },

    async changeStock(shopId, changes) {
      const ids = [...new Set(changes.map(({ id }) => id))]
      const told = ids.map((productId): ToldProduct => ({
        productId,
        content: (known) =>
          known &&
          withStock(
            known,
            changes.filter(({ id }) => id === productId),
          ),
      }))
      await write(shopId, told, 'hook')
    },

    async removeProduct(shopId, productId, by) {
      await db.transaction(async (sql) => {
        const transaction = { sql, t: db.t, holds }
        const removed = await removeProducts(index, transaction, shopId, [productId])
        if (removed === 0) throw new Refusal('not_found', 'There is no such product')
        await recordChange(transaction, shopId, {
          by,
          at: now(),
          action: 'product.removed',
          object: { kind: 'product', id: productId },
          before: {},
          after: null,
        })
      })
    },
  }
}

function withStock(known: ProductRow, changes: HookBody['stock']): ProductContent {
  const draft = draftOf(known)
  for (const { variantId, stock } of changes) {
    if (variantId === undefined) draft.stock = stock
    const variant = draft.variants.find(({ id }) => id === variantId)
    if (variant !== undefined) variant.stock = stock
  }
  return contentOf(draft)
}

type Read = { readonly told: ToldProduct } | { readonly id: string | null; readonly fault: string }

/** A product with its id, as `POST /api/v1/products` takes it. */
function readLine(line: unknown): Read {
  const { id: said, ...rest } = Object(line) as { id?: unknown }
  const id = ProductIdSchema.safeParse(said)
  if (!id.success)
    return { id: null, fault: 'id: each product needs one, of at most 200 characters' }
  const draft = ProductSchema.safeParse(rest)
  if (!draft.success) {
    const { path = [], message = '' } = draft.error.issues[0] ?? {}
    return { id: id.data, fault: [path.map(String).join('.'), message].filter(Boolean).join(': ') }
  }
  try {
    const content = contentOf(draft.data)
    return { told: { productId: id.data, content: () => content } }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { id: id.data, fault: error.message }
  }
}
