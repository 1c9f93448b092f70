import { PRODUCT_OBSERVED } from '#protocol/names.ts'
import type { CanonicalProduct } from './commerce.ts'
import { commerceOf } from './commerce-of.ts'
import { meaningOf } from './meanings.ts'

/** A product as a page showed it: without what only the visitor did with it. */
export interface ProductSeen extends Pick<
  CanonicalProduct,
  'productId' | 'sku' | 'name' | 'price' | 'brand' | 'url'
> {
  readonly categories?: string[]
  readonly imageUrls?: string[]
  readonly attributes: Record<string, string | number | boolean>
}

interface Told {
  readonly name: string | null
  readonly properties: Record<string, unknown> | null
}

/**
 * The products that events show as they are, by a page's JSON-LD or a visitor who looks at one. Prices that name no
 * currency are left out: whose they are is not told here.
 */
export function* productsSeen(events: readonly Told[]): Iterable<ProductSeen> {
  for (const { name, properties } of events) {
    if (name === null || !isShowing(name)) continue
    const { products = [] } = commerceOf(name, properties, NO_CURRENCY) ?? {}
    for (const product of products) yield seenOf(product)
  }
}

/** No code of ISO 4217, so that no amount is read in it. */
const NO_CURRENCY = ''

function isShowing(name: string): boolean {
  return name === PRODUCT_OBSERVED || meaningOf(name)?.interaction === 'viewed'
}

function seenOf(product: CanonicalProduct): ProductSeen {
  const { productId, sku, name, price, brand, url, categories, imageUrl, attributes } = product
  return {
    productId,
    ...(sku !== undefined && { sku }),
    ...(name !== undefined && { name }),
    ...(price !== undefined && { price }),
    ...(brand !== undefined && { brand }),
    ...(url !== undefined && { url }),
    ...(categories.length > 0 && { categories: [...categories] }),
    ...(imageUrl !== undefined && { imageUrls: [imageUrl] }),
    attributes: { ...attributes },
  }
}
