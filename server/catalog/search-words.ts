import { createHash } from 'node:crypto'
import { folded } from '../core/folded.ts'
import type { ProductContent } from './product-content.ts'

/** What the search index keeps of a product: the words of its names and SKUs, and all words with its marks. */
export interface ProductWords {
  readonly main: readonly string[]
  readonly whole: readonly string[]
}

/** What a list may be narrowed by; each is a mark in the index, beside the words. */
export const MARK_KINDS = ['brand', 'category', 'tag', 'state', 'source', 'stock'] as const
export type MarkKind = (typeof MARK_KINDS)[number]

const MAX_WORD_CHARS = 40
const MAX_WORDS = 400
const RUNS = /[\p{L}\p{N}]+/gu
/** Scripts that put no space between words: each character is one. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu
const LETTERS_ONLY = /[^\p{L}\p{N}]/gu

/** Words of a text, folded: without accents, in lower case, at most 40 characters each. */
export function wordsOf(text: string): string[] {
  const runs = folded(text).replaceAll(UNSPACED, ' $& ').match(RUNS) ?? []
  return runs.slice(0, MAX_WORDS).map((run) => run.slice(0, MAX_WORD_CHARS))
}

/** An SKU in one word, however it is written: `AB-12/x` and `ab12X` are the same. */
function skuWord(sku: string): string | undefined {
  return folded(sku).replaceAll(LETTERS_ONLY, '').slice(0, MAX_WORD_CHARS) || undefined
}

/** What a product is found by. Its description is not: a shop's boilerplate would find everything. */
export function productWords(productId: string, content: ProductContent): ProductWords {
  const { name, sku, brand, categories, tags, attributes, translations, variants } = content
  const skus = [productId, sku, ...variants.map((variant) => variant.sku)].filter(isText)
  const names = [name, ...Object.values(translations).map((it) => it.name)].filter(isText)
  const main = new Set([...names, ...skus].flatMap(wordsOf))
  for (const one of skus) addTo(main, skuWord(one))
  const others = [
    brand ?? '',
    ...categories,
    ...tags,
    ...textsIn(attributes),
    ...variants.flatMap((variant) => [variant.name ?? '', ...textsIn(variant.attributes)]),
  ]
  return {
    main: [...main].slice(0, MAX_WORDS),
    whole: [...new Set([...main, ...others.flatMap(wordsOf)])].slice(0, MAX_WORDS),
  }
}

/** The word as the index holds it: with its shop, so that one shop's search never reads another's. */
export function indexWord(shopId: number, word: string): string {
  return `${shopId}z${word}`
}

/** What stands for a value that lists are narrowed by; no word of a text looks like it. */
export function indexMark(shopId: number, kind: MarkKind, value: string): string {
  const hash = createHash('sha256').update(value).digest('hex').slice(0, 16)
  return `${shopId}${MARK_LETTERS[kind]}${hash}`
}

const MARK_LETTERS: Record<MarkKind, string> = {
  brand: 'a',
  category: 'b',
  tag: 'c',
  state: 'd',
  source: 'e',
  stock: 'f',
}

function textsIn(attributes: ProductContent['attributes']): string[] {
  return Object.values(attributes).flatMap((value) => {
    if (typeof value !== 'object') return typeof value === 'boolean' ? [] : [String(value)]
    return 'date' in value ? [value.date] : value.map(String)
  })
}

function isText(value: string | null | undefined): value is string {
  return value !== null && value !== undefined && value !== ''
}

function addTo(words: Set<string>, word: string | undefined): void {
  if (word !== undefined) words.add(word)
}
