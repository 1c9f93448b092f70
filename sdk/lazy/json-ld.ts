import { PRODUCT_OBSERVED } from '#protocol/names.ts'
import type { LazyHost } from '../lazy.ts'
import type { Properties } from '../types.ts'

const MAX_PRODUCTS = 20
const MAX_CHARS = 200_000

/** What has been read of a page's present route. */
interface Route {
  readonly href: string
  readonly texts: Set<string>
}

const routes = new WeakMap<Window, Route>()
/** The text that an element had when it was read. */
const read = new WeakMap<Element, string>()

/**
 * Sends the facts of the products that the page's JSON-LD describes: of each once for a route, and on the next one only
 * what is new there. What a route leaves behind for the one after it describes nothing that is seen.
 */
export function start({ window, track }: LazyHost): void {
  const { document, location } = window
  const { href } = location
  const before = routes.get(window)
  const { texts } = before?.href === href ? before : { texts: new Set<string>() }
  routes.set(window, { href, texts })
  const scripts = document.querySelectorAll('script[type="application/ld+json"]')
  const fresh = [...scripts].flatMap((script) => {
    const text = script.textContent ?? ''
    // Drawing a page anew replaces its elements by their like.
    const isKnown = read.get(script) === text || texts.has(text)
    read.set(script, text)
    texts.add(text)
    return isKnown ? [] : parse(text)
  })
  for (const facts of fresh.flatMap(productsIn).slice(0, MAX_PRODUCTS))
    track(PRODUCT_OBSERVED, facts)
}

function parse(text: string): unknown[] {
  try {
    return text.length > MAX_CHARS ? [] : [JSON.parse(text)]
  } catch {
    return [] // shops' templates often write broken JSON-LD; then there is nothing to read
  }
}

function productsIn(node: unknown): Properties[] {
  if (Array.isArray(node)) return node.flatMap(productsIn)
  if (!isObject(node)) return []
  const graph = productsIn(node['@graph'])
  const isProduct = [node['@type']].flat().some((type) => /Product(Group)?$/.test(String(type)))
  return isProduct ? [factsOf(node), ...graph] : graph
}

function factsOf(product: Properties): Properties {
  const offer = first(product['offers'])
  const rating = first(product['aggregateRating'])
  return present({
    product_id: text(product['productID']) ?? text(product['sku']) ?? text(product['@id']),
    sku: text(product['sku']),
    gtin: text(product['gtin13'] ?? product['gtin'] ?? product['gtin14'] ?? product['gtin8']),
    name: text(product['name']),
    brand: text(first(product['brand'])?.['name'] ?? product['brand']),
    category: text(product['category']),
    price: number(offer?.['price'] ?? offer?.['lowPrice']),
    currency: text(offer?.['priceCurrency']),
    availability: text(offer?.['availability'])?.replace(/^https?:\/\/schema\.org\//, ''),
    url: text(product['url'] ?? offer?.['url']),
    image_url: text(first(product['image'])?.['url'] ?? [product['image']].flat()[0]),
    rating: number(rating?.['ratingValue']),
    review_count: number(rating?.['reviewCount'] ?? rating?.['ratingCount']),
  })
}

function first(node: unknown): Properties | undefined {
  const one: unknown = Array.isArray(node) ? node[0] : node
  return isObject(one) ? one : undefined
}

function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | undefined {
  const isText = typeof value === 'string' || typeof value === 'number'
  return isText && value !== '' ? String(value).slice(0, 500) : undefined
}

function number(value: unknown): number | undefined {
  const read = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined
}

function present(facts: Properties): Properties {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined))
}
