import type { CanonicalProduct } from '../commerce/commerce.ts'
import { PROFILE_LIMITS, type Interaction, type Scalar } from '../profile-shape.ts'
import type { StoredProduct } from './document.ts'
import { own, put, trim, type Draft } from './draft.ts'
import { addToEntries, type Life } from './life.ts'
import { addTime, mergeTally, newTally } from './tally.ts'

export type ProductDraft = Draft<StoredProduct>
type Products = Record<string, ProductDraft>

interface Seen {
  readonly at: number
  readonly newestDay: number
  /** Undefined: nothing was done with it, something is told of it. */
  readonly interaction: Interaction | undefined
}

/** Takes what an event tells of a product, and, where it did something with it, that it did. */
export function addProduct(
  life: Life,
  product: CanonicalProduct,
  { at, newestDay, interaction }: Seen,
): void {
  addToEntries(life, ['products', product.productId], newProduct, (entry) => {
    entry.lastAt = Math.max(entry.lastAt, at)
    tell(entry, product, at)
    if (interaction === undefined) return
    const tally = entry.did[interaction] ?? newTally()
    entry.did[interaction] = tally
    addTime(tally, at, newestDay)
  })
}

function newProduct(): ProductDraft {
  return { lastAt: 0, did: {}, categories: [], attributes: {}, toldAt: {} }
}

/** Each fact by the newest event that told it. */
function tell(entry: ProductDraft, product: CanonicalProduct, at: number): void {
  const { name, brand, price, categories, attributes } = product
  if (name !== undefined && isNews(entry, 'name', at, entry.name, name)) entry.name = name
  if (brand !== undefined && isNews(entry, 'brand', at, entry.brand, brand)) entry.brand = brand
  if (price !== undefined && isNews(entry, 'price', at, entry.price, price)) {
    entry.price = { ...price }
  }
  if (categories.length > 0 && isNews(entry, 'categories', at, entry.categories, categories)) {
    entry.categories = [...categories]
  }
  for (const [key, value] of Object.entries(attributes)) {
    const known = own(entry.attributes, key)
    if (known === undefined && Object.keys(entry.attributes).length >= PROFILE_LIMITS.properties) {
      continue
    }
    if (isNews(entry, `.${key}`, at, known, value)) put(entry.attributes, key, cut(value))
  }
}

/** Of two events of one time the greater value stands, so that their order does not matter. */
function isNews(
  { toldAt }: ProductDraft,
  field: string,
  at: number,
  known: unknown,
  next: unknown,
): boolean {
  const before = own(toldAt, field)
  if (before !== undefined && before > at) return false
  if (before === at && (known === next || JSON.stringify(known) >= JSON.stringify(next))) {
    return false
  }
  put(toldAt, field, at)
  return true
}

function cut(value: Scalar): Scalar {
  return typeof value === 'string' ? value.slice(0, PROFILE_LIMITS.propertyChars) : value
}

export function mergeProducts(
  into: Products,
  other: Readonly<Record<string, StoredProduct>>,
  newestDay: number,
): void {
  for (const [productId, theirs] of Object.entries(other)) {
    const ours = own(into, productId)
    if (ours === undefined) put(into, productId, structuredClone(theirs) as ProductDraft)
    else mergeProduct(ours, theirs, newestDay)
  }
  trim(into, PROFILE_LIMITS.products)
}

function mergeProduct(ours: ProductDraft, theirs: StoredProduct, newestDay: number): void {
  ours.lastAt = Math.max(ours.lastAt, theirs.lastAt)
  for (const [field, at] of Object.entries(theirs.toldAt)) mergeFact(ours, theirs, field, at)
  for (const [interaction, tally] of Object.entries(theirs.did)) {
    const mine = ours.did[interaction as Interaction] ?? newTally()
    ours.did[interaction as Interaction] = mine
    mergeTally(mine, tally, newestDay)
  }
}

function mergeFact(ours: ProductDraft, theirs: StoredProduct, field: string, at: number): void {
  const attribute = field.startsWith('.') ? field.slice(1) : undefined
  const value = attribute === undefined ? undefined : own(theirs.attributes, attribute)
  const { name, brand, price, categories } = theirs
  tell(
    ours,
    {
      productId: '',
      quantity: 1,
      categories: field === 'categories' ? categories : [],
      attributes: attribute === undefined || value === undefined ? {} : { [attribute]: value },
      ...(field === 'name' && name !== undefined && { name }),
      ...(field === 'brand' && brand !== undefined && { brand }),
      ...(field === 'price' && price !== undefined && { price }),
    },
    at,
  )
}
