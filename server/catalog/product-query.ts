import { z } from 'zod'
import { PRODUCT_SOURCES } from '#protocol/catalog.ts'
import { PRODUCT_ACTIVITIES, PRODUCT_STATES, STOCK_FILTERS } from '#protocol/lists.ts'
import type { MarkKind } from './search-words.ts'

const text = (what: string) => z.string().max(200).optional().describe(what)
const minorUnits = z.coerce.number().int().min(0).max(1e15).optional()

/** What a list of products can be narrowed by, page by page or as a file. */
export const ProductFilters = z.object({
  search: text('Words of its name, SKU, brand, categories and tags'),
  brand: text('Only of this brand'),
  category: text('Only in this category'),
  tag: text('Only with this tag'),
  state: z.enum(PRODUCT_STATES).optional().describe('Only in this state'),
  source: z.enum(PRODUCT_SOURCES).optional().describe('Only those that came so'),
  stock: z.enum(STOCK_FILTERS).optional().describe('In stock, sold out, or not known'),
  least: minorUnits.describe('That cost at least so much, minor units of currency'),
  most: minorUnits.describe('That cost at most so much'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .describe('Only with prices in this currency, ISO 4217'),
  activity: z.enum(PRODUCT_ACTIVITIES).optional().describe('What became of it in the last days'),
  days: z.coerce.number().int().min(1).max(365).default(28).describe('How many days those are'),
})

const MARKS = ['brand', 'category', 'tag', 'state', 'source', 'stock'] as const satisfies MarkKind[]

/** Those of the filters that the index of products answers. */
export function marksOf(
  filters: Pick<z.output<typeof ProductFilters>, (typeof MARKS)[number]>,
): (readonly [MarkKind, string])[] {
  return MARKS.flatMap((kind) => {
    const value = filters[kind]
    return value === undefined ? [] : [[kind, value] as const]
  })
}
