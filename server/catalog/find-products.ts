import type { ProductPage } from '#protocol/catalog.ts'
import type { TimeOrder } from '#protocol/lists.ts'
import { Refusal } from '../core/errors.ts'
import { scan } from '../core/scan.ts'
import { filterOf, type ActiveProducts, type ProductFilter } from './product-filter.ts'
import { answerOf, type ProductRow } from './product-content.ts'
import { findProduct, listOfSku, listProducts } from './product-store.ts'
import type { Handle, ProductQuestion, SearchIndex, SearchTerm } from './search-index.ts'
import { wordsOf, type MarkKind } from './search-words.ts'
import { wordsNear } from './spelling.ts'

/** What a list of products is narrowed by. */
export interface ProductQuery extends ProductFilter {
  /** Words of names, SKUs, brands, categories, tags and attributes; one letter of each may be wrong. */
  readonly search?: string | undefined
  readonly marks: readonly (readonly [MarkKind, string])[]
  /** By when they came; what is searched for, by how well it fits. */
  readonly order?: TimeOrder | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** An answer takes at most 300 ms at the server: half of it may go to looking. */
const PATIENCE_MS = 150
/** So many that fit are looked at where not all of them are wanted. */
const MOST_SEARCHED = 200
const MAX_SEARCH_WORDS = 8
/** A single letter begins too many words to be looked for by its beginning. */
const LEAST_PREFIX = 2

interface FindDeps {
  readonly index: SearchIndex
  readonly handle: Handle
  readonly activeProducts: ActiveProducts
}

/**
 * A page of products in the order in which they came; where something is searched for, those that fit best, and no
 * further page: whoever finds too much names more words. What no index answers is asked of one after the other, for a
 * moment (ADR 0028).
 */
export async function findProducts(
  { index, handle, activeProducts }: FindDeps,
  shopId: number,
  query: ProductQuery,
): Promise<ProductPage> {
  const { search = '', marks, order, limit } = query
  const isWanted = await filterOf(activeProducts, shopId, query)
  if (search.trim() !== '') {
    const most = isWanted === undefined ? limit : MOST_SEARCHED
    const found = await searchProducts(index, handle, shopId, { search, marks, limit: most })
    const shown = found.filter((row) => isWanted?.(row) ?? true).slice(0, limit)
    return { items: shown.map(answerOf), nextCursor: null, lookedAt: found.length }
  }
  const where =
    marks.length === 0
      ? undefined
      : index.matches(handle.t, shopId, { terms: [], within: 'whole', marks })
  const first = rowOfCursor(query.cursor)
  const { found, goesOnBehind, lookedAt } = await scan<ProductRow>({
    limit,
    patienceMs: PATIENCE_MS,
    isWanted,
    next: (last, count) =>
      listProducts(handle, shopId, { where, after: last?.id ?? first, order, limit: count }),
  })
  const nextCursor = goesOnBehind === undefined ? null : String(goesOnBehind.id)
  return { items: found.map(answerOf), nextCursor, lookedAt }
}

interface Search {
  readonly search: string
  readonly marks: ProductQuery['marks']
  readonly limit: number
}

/** The surest first: its SKU or id, then its name, then all that is known of it, then what was meant. */
async function searchProducts(
  index: SearchIndex,
  handle: Handle,
  shopId: number,
  { search, marks, limit }: Search,
): Promise<ProductRow[]> {
  const found = new Map<number, ProductRow>()
  const add = async (question: ProductQuestion) => {
    if (found.size >= limit) return
    const where = index.matches(handle.t, shopId, question)
    // Some of them may have been found before.
    const rows = await listProducts(handle, shopId, { where, limit: limit + found.size })
    for (const row of rows) if (found.size < limit) found.set(row.id, row)
  }
  if (marks.length === 0) {
    const named = search.trim()
    const itself = await findProduct(handle, shopId, named)
    const ofSku = await listOfSku(handle, shopId, named, limit)
    for (const row of itself === undefined ? ofSku : [itself, ...ofSku]) found.set(row.id, row)
  }
  const terms = termsOf(search)
  if (terms.length === 0) return [...found.values()].slice(0, limit)
  await add({ terms, within: 'main', marks })
  await add({ terms, within: 'whole', marks })
  if (found.size < limit) {
    const forgiving = await forgivingTerms(handle, shopId, terms)
    if (forgiving !== undefined) await add({ terms: forgiving, within: 'whole', marks })
  }
  return [...found.values()].slice(0, limit)
}

/** Whoever is still typing has not finished the last word. */
function termsOf(search: string): SearchTerm[] {
  const words = [...new Set(wordsOf(search))].slice(0, MAX_SEARCH_WORDS)
  return words.map((word, i) => ({
    words: [word],
    isPrefix: i === words.length - 1 && word.length >= LEAST_PREFIX,
  }))
}

/** Each with the words that it may stand for; undefined where there are none. */
async function forgivingTerms(
  handle: Handle,
  shopId: number,
  terms: readonly SearchTerm[],
): Promise<SearchTerm[] | undefined> {
  const near = await Promise.all(
    terms.map(({ words }) => wordsNear(handle, shopId, words[0] ?? '')),
  )
  if (near.every((words) => words.length === 0)) return undefined
  return terms.map(({ words, isPrefix }, i) => ({
    words: [...words, ...(near[i] ?? [])],
    isPrefix,
  }))
}

function rowOfCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  if (!/^\d{1,15}$/.test(cursor)) throw new Refusal('bad_request', 'The cursor is none of ours')
  return Number(cursor)
}
