import type { ItemFilter } from '#protocol/leaf.ts'
import type { ProductFacts } from '../../events/service.ts'
import { numberTest } from '../compare/numbers.ts'
import { textTest } from '../compare/texts.ts'
import { valueTest } from '../compare/values.ts'
import { ownEntry } from '../own-entry.ts'

type ProductTest = (id: string, product: ProductFacts, now: number) => boolean

/** Whether all filters hold of a product, by what it was when it was last seen. */
export function compileItemFilters(filters: readonly ItemFilter[]): ProductTest {
  const tests = filters.map(compileFilter)
  const [only, ...more] = tests
  if (only === undefined) return () => true
  return more.length === 0
    ? only
    : (id, product, now) => tests.every((test) => test(id, product, now))
}

function compileFilter(filter: ItemFilter): ProductTest {
  switch (filter.field) {
    case 'id': {
      const { holds } = textTest(filter.test)
      return (id, _product, now) => holds(id, now)
    }
    case 'category': {
      const { holds } = textTest(filter.test)
      return (_id, { categories }, now) =>
        categories.length === 0
          ? holds(undefined, now)
          : categories.some((category) => holds(category, now))
    }
    case 'name':
    case 'brand': {
      const { field } = filter
      const { holds } = textTest(filter.test)
      return (_id, product, now) => holds(product[field], now)
    }
    case 'price': {
      const { currency } = filter
      const { holds } = numberTest(filter.test)
      return (_id, { price }, now) =>
        holds(price?.currency === currency ? price.amount : undefined, now)
    }
    case 'attribute': {
      const { name } = filter
      const { holds } = valueTest(filter.test)
      return (_id, { attributes }, now) => holds(ownEntry(attributes, name), now)
    }
  }
}
