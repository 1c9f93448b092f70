import { INTERACTIONS, type Interaction, type ItemProperty } from '#protocol/leaf.ts'
import type { ProductTally } from '../events/service.ts'
import { ownEntry } from './own-entry.ts'

/** How much one interaction says of what a visitor likes; taking a product out of the cart says nothing. */
const WEIGHTS: Readonly<Record<Interaction, number>> = {
  viewed: 1,
  favourited: 3,
  added: 4,
  bought: 8,
  removed: 0,
}

export interface Affinities {
  /** The place of a value among all, from 1; undefined for one that never occurred. Of equals the first by name leads. */
  place(value: string): number | undefined
  /** Its part of all weights, percent. */
  share(value: string): number | undefined
}

/** Values of `property` by the weight of what was done with products that have them. Values that are no texts have none. */
export function rankAffinities(
  products: readonly (readonly [string, ProductTally])[],
  property: ItemProperty,
): Affinities {
  const weights = new Map<string, number>()
  let total = 0
  for (const [, product] of products) {
    const weight = weightOf(product)
    if (weight === 0) continue
    for (const value of new Set(valuesOf(product, property))) {
      weights.set(value, (weights.get(value) ?? 0) + weight)
      total += weight
    }
  }
  const ranking = [...weights].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  const places = new Map(ranking.map(([value], index) => [value, index + 1]))
  return {
    place: (value) => places.get(value),
    share(value) {
      const weight = weights.get(value)
      return weight === undefined ? undefined : (weight / total) * 100
    },
  }
}

function weightOf({ did }: ProductTally): number {
  let weight = 0
  for (const interaction of INTERACTIONS) {
    weight += WEIGHTS[interaction] * (did[interaction]?.count ?? 0)
  }
  return weight
}

function valuesOf(product: ProductTally, property: ItemProperty): readonly string[] {
  if (property.field === 'attribute') return textsIn(ownEntry(product.attributes, property.name))
  return property.field === 'category' ? product.categories : textsIn(product.brand)
}

function textsIn(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : []
}
