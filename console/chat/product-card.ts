import type { ProductAnswer } from '#protocol/catalog.ts'
import type { ProductCard } from '#protocol/chat.ts'

const MAX_NAME_CHARS = 200

/** As the visitor is shown it; undefined where the product has no page to lead to. */
export function productCardOf(product: ProductAnswer): ProductCard | undefined {
  const { id, name, url, imageUrls, price } = product
  if (url === undefined) return undefined
  const [imageUrl] = imageUrls
  return {
    productId: id,
    // Half of a character would be refused.
    name: name.slice(0, MAX_NAME_CHARS).replace(/[\uD800-\uDBFF]$/, ''),
    url,
    ...(imageUrl !== undefined && { imageUrl }),
    ...(price !== undefined && { price }),
  }
}
