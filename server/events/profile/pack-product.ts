import type { Interaction, Money, Scalar } from '../profile-shape.ts'
import type { StoredProduct } from './document.ts'
import { own, put } from './draft.ts'
import { packTally, unpackTally, type PackedTally, type Since } from './pack-tally.ts'
import type { ProductDraft } from './products.ts'

/** Zero stands for what is not known. */
export type PackedProduct = readonly [
  id: string,
  lastAt: number,
  did: Readonly<Partial<Record<Interaction, PackedTally>>>,
  name: string | 0,
  brand: string | 0,
  price: readonly [amount: number, currency: string] | 0,
  categories: readonly string[],
  /** How long before `lastAt` each fact was told: name, brand, price, categories, attributes. Zero: all with it. */
  told: readonly number[] | 0,
  /** Keys with their values. */
  ...attributes: Scalar[],
]

type DraftOf<T> = { -readonly [Key in keyof T]: T[Key] }

export function packProduct(id: string, product: StoredProduct, since: Since): PackedProduct {
  const { lastAt, name, brand, price, categories, attributes } = product
  const did: DraftOf<PackedProduct[2]> = {}
  for (const [interaction, tally] of Object.entries(product.did)) {
    did[interaction as Interaction] = packTally(tally, since)
  }
  return [
    id,
    since.lastAt - lastAt,
    did,
    name ?? 0,
    brand ?? 0,
    price === undefined ? 0 : [price.amount, price.currency],
    categories,
    toldOf(product),
    ...Object.entries(attributes).flat(),
  ]
}

function toldOf({ lastAt, toldAt, attributes }: StoredProduct): readonly number[] | 0 {
  let isSame = true
  const told: number[] = []
  for (const fact of factsIn(Object.keys(attributes))) {
    const at = own(toldAt, fact)
    // One that nobody told has no place of its own: whether it is there tells.
    if (at === undefined) continue
    told.push(lastAt - at)
    isSame &&= lastAt === at
  }
  return isSame ? 0 : told
}

const FACTS = ['name', 'brand', 'price', 'categories']

function factsIn(attributes: readonly string[]): readonly string[] {
  return attributes.length === 0 ? FACTS : [...FACTS, ...attributes.map((key) => `.${key}`)]
}

export function unpackProduct(packed: PackedProduct, since: Since): ProductDraft {
  const [, last, did, name, brand, price, categories, told, ...flat] = packed
  const lastAt = since.lastAt - last
  const product: ProductDraft = {
    lastAt,
    did: {},
    categories: [...categories],
    attributes: {},
    toldAt: {},
  }
  for (const [interaction, tally] of Object.entries(did)) {
    product.did[interaction as Interaction] = unpackTally(tally, since)
  }
  if (name !== 0) product.name = name
  if (brand !== 0) product.brand = brand
  if (price !== 0) product.price = priceOf(price)
  const keys: string[] = []
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const key = String(flat[i])
    keys.push(key)
    put(product.attributes, key, flat[i + 1] ?? '')
  }
  const isTold = [name !== 0, brand !== 0, price !== 0, categories.length > 0]
  let place = 0
  for (const [i, fact] of factsIn(keys).entries()) {
    if (isTold[i] === false) continue
    put(product.toldAt, fact, lastAt - (told === 0 ? 0 : (told[place] ?? 0)))
    place += 1
  }
  return product
}

function priceOf([amount, currency]: readonly [number, string]): Money {
  return { amount, currency }
}
