import { z } from 'zod'
import { PRODUCT_STATES } from './lists.ts'
import { MAX_ID_CHARS } from './names.ts'

export { PRODUCT_STATES, type ProductState } from './lists.ts'

/** Who told of a product last. `observed`: visitors' pages did, which nothing vouches for. */
export const PRODUCT_SOURCES = ['api', 'import', 'feed', 'hook', 'observed'] as const
export type ProductSource = (typeof PRODUCT_SOURCES)[number]

const MAX_PRODUCTS_AT_ONCE = 1_000
export const PRODUCT_LIMITS = {
  name: 300,
  description: 10_000,
  url: 2_048,
  text: 200,
  attributeText: 1_000,
  images: 30,
  categories: 10,
  tags: 50,
  attributes: 100,
  listEntries: 50,
  translations: 40,
  variants: 250,
} as const

const Text = z.string().trim().min(1).max(PRODUCT_LIMITS.text)
const WebAddress = z
  .string()
  .max(PRODUCT_LIMITS.url)
  .regex(/^(https?:\/)?\//i, 'An address of the web: https://…, or /… of the shop itself')

export const ProductIdSchema = z.string().trim().min(1).max(MAX_ID_CHARS)

/** Minor units and ISO 4217 code: `{ amount: 1999, currency: 'EUR' }` is 19.99 €. */
const MoneySchema = z.strictObject({
  amount: z.number().int().min(0).max(1e15),
  currency: z.string().regex(/^[A-Z]{3}$/, 'Three capital letters, like EUR'),
})

const ScalarSchema = z.union([
  z.string().max(PRODUCT_LIMITS.attributeText),
  z.number().refine((it) => Number.isFinite(it)),
  z.boolean(),
])

/** Text, number, boolean, a list of them, or a calendar date: `{ date: '2026-04-01' }`. */
const AttributeSchema = z.union([
  ScalarSchema,
  z.strictObject({ date: z.iso.date() }),
  z.array(ScalarSchema).max(PRODUCT_LIMITS.listEntries),
])
export type AttributeValue = z.infer<typeof AttributeSchema>

const AttributesSchema = z
  .record(z.string().trim().min(1).max(PRODUCT_LIMITS.text), AttributeSchema)
  .refine((it) => Object.keys(it).length <= PRODUCT_LIMITS.attributes, 'Too many attributes')

/** How many there are; null: not known. */
const StockSchema = z.number().int().min(0).max(1e9).nullable()

const VariantSchema = z.strictObject({
  id: ProductIdSchema,
  sku: Text.optional(),
  name: Text.optional(),
  price: MoneySchema.optional(),
  stock: StockSchema.default(null),
  attributes: AttributesSchema.default({}),
})
export type Variant = z.infer<typeof VariantSchema>

const TranslationSchema = z.strictObject({
  name: z.string().trim().min(1).max(PRODUCT_LIMITS.name).optional(),
  description: z.string().max(PRODUCT_LIMITS.description).optional(),
  url: WebAddress.optional(),
})
export type Translation = z.infer<typeof TranslationSchema>

/** A whole product, as `PUT` takes it: what is not told is not there. */
export const ProductSchema = z
  .strictObject({
    sku: Text.optional(),
    name: z.string().trim().min(1).max(PRODUCT_LIMITS.name),
    description: z.string().max(PRODUCT_LIMITS.description).optional(),
    url: WebAddress.optional(),
    imageUrls: z.array(WebAddress).max(PRODUCT_LIMITS.images).default([]),
    price: MoneySchema.optional(),
    /** What it cost before, or elsewhere. */
    compareAtPrice: MoneySchema.optional(),
    /** The path to it, the widest category first. */
    categories: z.array(Text).max(PRODUCT_LIMITS.categories).default([]),
    brand: Text.optional(),
    tags: z.array(Text).max(PRODUCT_LIMITS.tags).default([]),
    attributes: AttributesSchema.default({}),
    stock: StockSchema.default(null),
    state: z.enum(PRODUCT_STATES).default('active'),
    /** By language, as BCP 47 writes it: `es`, `pt-BR`. */
    translations: z
      .record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), TranslationSchema)
      .refine((it) => Object.keys(it).length <= PRODUCT_LIMITS.translations, 'Too many languages')
      .default({}),
    variants: z.array(VariantSchema).max(PRODUCT_LIMITS.variants).default([]),
  })
  .refine(hasOneCurrency, 'All prices of a product are in one currency')
  .refine(hasOwnVariantIds, 'Each variant has an id of its own')
export type ProductDraft = z.infer<typeof ProductSchema>

type Priced = Pick<z.infer<typeof VariantSchema>, 'price'>

function hasOneCurrency(product: {
  readonly price?: Priced['price']
  readonly compareAtPrice?: Priced['price']
  readonly variants: readonly Priced[]
}): boolean {
  const { price, compareAtPrice, variants } = product
  const prices = [price, compareAtPrice, ...variants.map((variant) => variant.price)]
  const named = prices.flatMap((it) => (it === undefined ? [] : [it.currency]))
  return new Set(named).size <= 1
}

function hasOwnVariantIds({ variants }: { readonly variants: readonly { id: string }[] }): boolean {
  return new Set(variants.map(({ id }) => id)).size === variants.length
}

/** `POST /api/v1/products`: each product with its id; each is taken or refused by itself. */
export const ProductsSchema = z.strictObject({
  products: z.array(z.unknown()).min(1).max(MAX_PRODUCTS_AT_ONCE),
})

/** A product as it is shown. */
export interface ProductAnswer extends ProductDraft {
  readonly id: string
  readonly source: ProductSource
  readonly createdAt: number
  readonly updatedAt: number
}

/** `unchanged`: it is as it was, and nothing was written. */
export type ProductOutcome = 'created' | 'changed' | 'unchanged'

/** What became of one line of several. */
export type ProductResult =
  | { readonly id: string; readonly result: ProductOutcome }
  | { readonly id: string | null; readonly result: 'refused'; readonly fault: string }

export interface ProductPage {
  readonly items: readonly ProductAnswer[]
  /** Null: that was the last. */
  readonly nextCursor: string | null
  /** How many were looked at for this page, which may be more than are on it. */
  readonly lookedAt: number
}

/** What says that a shop's catalogue and stock are live: its server calls us, or sends signed webhooks. */
export const CONNECTION_KINDS = ['api', 'webhook'] as const
export type ConnectionKind = (typeof CONNECTION_KINDS)[number]

export const ConnectionSchema = z.strictObject({
  kind: z.enum(CONNECTION_KINDS),
  /** For people: which system it is. */
  name: Text,
})

export const StockUseSchema = z.strictObject({ usesStock: z.boolean() })

export interface ConnectionAnswer {
  readonly kind: ConnectionKind
  readonly name: string
  /** It was heard of in the last day. */
  readonly isLive: boolean
  /** Null: never yet. */
  readonly lastHeardAt: number | null
  /** What is sold out is neither offered nor recommended. */
  readonly usesStock: boolean
  /** Where the shop sends its webhooks; only of that kind. */
  readonly hookPath?: string
  readonly createdAt: number
}

/** What a shop's signed webhook tells: whole products, products that are gone, and stock alone. */
export const HookSchema = z.strictObject({
  products: z.array(z.unknown()).max(MAX_PRODUCTS_AT_ONCE).default([]),
  removed: z.array(ProductIdSchema).max(MAX_PRODUCTS_AT_ONCE).default([]),
  stock: z
    .array(
      z.strictObject({
        id: ProductIdSchema,
        variantId: ProductIdSchema.optional(),
        stock: StockSchema,
      }),
    )
    .max(MAX_PRODUCTS_AT_ONCE)
    .default([]),
})
export type HookBody = z.infer<typeof HookSchema>
