import { createHash } from 'node:crypto'
import type {
  AttributeValue,
  ProductAnswer,
  ProductDraft,
  Translation,
  Variant,
} from '#protocol/catalog.ts'
import { Refusal } from '../core/errors.ts'
import { exponentOf } from '../core/currencies.ts'
import type { Database } from '../db/database.ts'

type ProductColumns = Database['t']['products']['$inferSelect']

/** A row of `products`, as it is read. */
export type ProductRow = Omit<ProductColumns, 'shopId'>

/** What is told of a product, as columns keep it. */
export type ProductContent = Pick<
  ProductRow,
  | 'sku'
  | 'name'
  | 'description'
  | 'url'
  | 'imageUrls'
  | 'price'
  | 'compareAtPrice'
  | 'currency'
  | 'categories'
  | 'brand'
  | 'tags'
  | 'attributes'
  | 'stock'
  | 'state'
  | 'translations'
  | 'variants'
>

/** Always in one order of keys, so that the same product has the same hash. Refuses a currency that is none. */
export function contentOf(draft: ProductDraft): ProductContent {
  const { price, compareAtPrice, variants } = draft
  const priced = [price, compareAtPrice, ...variants.map((variant) => variant.price)]
  const currency = priced.find((it) => it !== undefined)?.currency ?? null
  if (currency !== null && exponentOf(currency) === undefined) {
    throw new Refusal('bad_request', `"${currency}" is no currency: write it like EUR`)
  }
  return {
    sku: draft.sku ?? null,
    name: draft.name,
    description: draft.description || null,
    url: draft.url ?? null,
    imageUrls: draft.imageUrls,
    price: price?.amount ?? null,
    compareAtPrice: compareAtPrice?.amount ?? null,
    currency,
    categories: draft.categories,
    brand: draft.brand ?? null,
    tags: [...new Set(draft.tags)],
    attributes: inOrder(draft.attributes),
    stock: draft.stock,
    state: draft.state,
    translations: translationsInOrder(draft.translations),
    variants: variants.map(variantInOrder),
  }
}

/** 16 bytes that differ where anything does. */
export function hashOf(content: ProductContent): Buffer {
  return createHash('sha256').update(JSON.stringify(content)).digest().subarray(0, 16)
}

/** What a row says, as somebody would tell it. */
export function draftOf(row: ProductContent): ProductDraft {
  const { sku, description, url, price, compareAtPrice, currency, brand } = row
  return {
    ...(sku !== null && { sku }),
    name: row.name,
    ...(description !== null && { description }),
    ...(url !== null && { url }),
    imageUrls: [...row.imageUrls],
    ...(price !== null && currency !== null && { price: { amount: price, currency } }),
    ...(compareAtPrice !== null &&
      currency !== null && { compareAtPrice: { amount: compareAtPrice, currency } }),
    categories: [...row.categories],
    ...(brand !== null && { brand }),
    tags: [...row.tags],
    attributes: row.attributes,
    stock: row.stock,
    state: row.state,
    translations: row.translations,
    variants: row.variants.map((variant) => ({ ...variant })),
  }
}

export function answerOf(row: ProductRow): ProductAnswer {
  const { productId, source, createdAt, updatedAt } = row
  return { id: productId, ...draftOf(row), source, createdAt, updatedAt }
}

function inOrder(
  record: Readonly<Record<string, AttributeValue>>,
): Readonly<Record<string, AttributeValue>> {
  return sorted(record)
}

function translationsInOrder(
  translations: Readonly<Record<string, Translation>>,
): Readonly<Record<string, Translation>> {
  const entries = Object.entries(translations).map(
    ([language, { name, description, url }]) =>
      [
        language,
        {
          ...(name !== undefined && { name }),
          ...(description !== undefined && { description }),
          ...(url !== undefined && { url }),
        },
      ] as const,
  )
  return sorted(Object.fromEntries(entries))
}

function variantInOrder({ id, sku, name, price, stock, attributes }: Variant): Variant {
  return {
    id,
    ...(sku !== undefined && { sku }),
    ...(name !== undefined && { name }),
    ...(price !== undefined && { price: { amount: price.amount, currency: price.currency } }),
    stock,
    attributes: sorted(attributes),
  }
}

/** PostgreSQL gives keys back in an order of its own. */
function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  const entries = Object.entries(record)
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
