import { desc, eq } from 'drizzle-orm'
import { MAX_SUGGESTIONS, type TargetingSuggestions } from '#protocol/audiences.ts'
import type { Handle } from './definitions.ts'

/** So many of the newest of each are looked at: enough to meet whatever is usual, few enough to be quick. */
const NEWEST = { events: 1_500, sessions: 1_500, products: 1_500, customers: 500 } as const
/** Longer ones nobody would choose from a list. */
const MAX_CHARS = 200

const FRESH_MS = 60_000
const MOST_SHOPS = 100

interface SuggestionsDeps {
  readonly handle: Handle
  readonly now: () => number
}

/** What a shop has seen of late, by its newest events, sessions, products and customers; read once a minute at most. */
export function createSuggestions({
  handle,
  now,
}: SuggestionsDeps): (shopId: number) => Promise<TargetingSuggestions> {
  const known = new Map<number, { readonly at: number; readonly read: TargetingSuggestions }>()
  return async (shopId) => {
    const before = known.get(shopId)
    if (before !== undefined && now() - before.at < FRESH_MS) return before.read
    const read = await readSuggestions(handle, shopId)
    known.delete(shopId)
    known.set(shopId, { at: now(), read })
    const [oldest] = known.keys()
    if (known.size > MOST_SHOPS && oldest !== undefined) known.delete(oldest)
    return read
  }
}

async function readSuggestions(handle: Handle, shopId: number): Promise<TargetingSuggestions> {
  const events = await ofEvents(handle, shopId)
  const sessions = await ofSessions(handle, shopId)
  const products = await ofProducts(handle, shopId)
  return { ...events, ...sessions, ...products, ...(await ofCustomers(handle, shopId)) }
}

async function ofEvents({ sql, t }: Handle, shopId: number) {
  const { events } = t
  const rows = await sql
    .select({ name: events.name, url: events.url, properties: events.properties })
    .from(events)
    .where(eq(events.shopId, shopId))
    .orderBy(desc(events.seq))
    .limit(NEWEST.events)
  const names = newTally()
  const paths = newTally()
  const propertiesOf = new Map<string, Tally>()
  for (const { name, url, properties } of rows) {
    paths.add(pathOf(url))
    if (name === null) continue
    names.add(name)
    const tally = propertiesOf.get(name) ?? newTally()
    propertiesOf.set(name, tally)
    for (const property of Object.keys(properties ?? {})) tally.add(property)
  }
  return {
    events: names.commonest().map((name) => ({
      name,
      properties: propertiesOf.get(name)?.commonest() ?? [],
    })),
    paths: paths.commonest(),
  }
}

async function ofSessions({ sql, t }: Handle, shopId: number) {
  const { sessions } = t
  const rows = await sql
    .select({ touch: sessions.touch, context: sessions.context, place: sessions.place })
    .from(sessions)
    .where(eq(sessions.shopId, shopId))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(NEWEST.sessions)
  const [sources, mediums, campaigns] = [newTally(), newTally(), newTally()]
  const [regions, cities, browsers] = [newTally(), newTally(), newTally()]
  const [systems, languages, locales] = [newTally(), newTally(), newTally()]
  for (const { touch, context, place } of rows) {
    sources.add(touch?.source)
    mediums.add(touch?.medium)
    campaigns.add(touch?.campaign)
    regions.add(place?.region)
    cities.add(place?.city)
    browsers.add(context?.browser)
    systems.add(context?.os)
    locales.add(context?.locale)
    languages.add(context?.locale?.split(/[-_]/)[0]?.toLowerCase())
  }
  return {
    sources: sources.commonest(),
    mediums: mediums.commonest(),
    campaigns: campaigns.commonest(),
    regions: regions.commonest(),
    cities: cities.commonest(),
    browsers: browsers.commonest(),
    systems: systems.commonest(),
    languages: languages.commonest(),
    locales: locales.commonest(),
  }
}

async function ofProducts({ sql, t }: Handle, shopId: number) {
  const { products } = t
  const rows = await sql
    .select({
      productId: products.productId,
      name: products.name,
      categories: products.categories,
      brand: products.brand,
      attributes: products.attributes,
    })
    .from(products)
    .where(eq(products.shopId, shopId))
    .orderBy(desc(products.id))
    .limit(NEWEST.products)
  const [ids, names, categories] = [newTally(), newTally(), newTally()]
  const [brands, attributes] = [newTally(), newTally()]
  for (const row of rows) {
    ids.add(row.productId)
    names.add(row.name)
    brands.add(row.brand)
    for (const category of row.categories) categories.add(category)
    for (const attribute of Object.keys(row.attributes)) attributes.add(attribute)
  }
  return {
    productIds: ids.commonest(),
    productNames: names.commonest(),
    categories: categories.commonest(),
    brands: brands.commonest(),
    productAttributes: attributes.commonest(),
  }
}

async function ofCustomers({ sql, t }: Handle, shopId: number) {
  const { customers } = t
  const rows = await sql
    .select({ tags: customers.tags, attributes: customers.attributes })
    .from(customers)
    .where(eq(customers.shopId, shopId))
    .orderBy(desc(customers.id))
    .limit(NEWEST.customers)
  const [tags, attributes] = [newTally(), newTally()]
  for (const row of rows) {
    for (const tag of row.tags) tags.add(tag)
    for (const name of Object.keys(row.attributes)) attributes.add(name)
  }
  return { tags: tags.commonest(), customerAttributes: attributes.commonest() }
}

interface Tally {
  readonly add: (value: string | null | undefined) => void
  readonly commonest: () => string[]
}

function newTally(): Tally {
  const counts = new Map<string, number>()
  return {
    add(value) {
      if (value === null || value === undefined || value === '') return
      if (value.length <= MAX_CHARS) counts.set(value, (counts.get(value) ?? 0) + 1)
    },
    commonest: () =>
      [...counts]
        .toSorted(([, one], [, other]) => other - one)
        .slice(0, MAX_SUGGESTIONS)
        .map(([value]) => value),
  }
}

/** Without the query: it may hold what is somebody's. */
function pathOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).pathname : undefined
}
