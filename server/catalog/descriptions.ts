import { z } from 'zod'
import {
  ConnectionAnswerSchema,
  ProductAnswerSchema,
  ProductResultsSchema,
} from '#protocol/catalog-answers.ts'
import {
  ConnectionSchema,
  ProductSchema,
  ProductsSchema,
  StockUseSchema,
} from '#protocol/catalog.ts'
import { TIME_ORDERS } from '#protocol/lists.ts'
import type { ForeignDescription, RouteDescription } from '../core/api/description.ts'
import { idOf, pageOf, pageQuery } from '../core/api/fields.ts'
import { ProductFilters } from './product-query.ts'
import { describeImports, describeUndoing } from './imports/descriptions.ts'

const topic = 'Catalogue'
const ofProduct = { productId: idOf('a product, as the shop calls it') }

const MOST_LISTED = 100
export const ProductQuerySchema = pageQuery(MOST_LISTED).extend({
  ...ProductFilters.shape,
  order: z
    .enum(TIME_ORDERS)
    .default('oldest')
    .describe('By when they came; with search, what fits best'),
})

export const describedProducts = {
  list: {
    name: 'listProducts',
    topic,
    summary: 'The shop’s products, searched and narrowed down',
    query: ProductQuerySchema,
    text: 'Prices and what became of products are looked for one by one, for a moment: a page may have fewer than asked for, or none, and yet a next one. lookedAt says how many it has seen.',
    answer: { status: 200, schema: pageOf(ProductAnswerSchema).extend({ lookedAt: z.int() }) },
    example: { query: { search: 'mug', stock: 'in', activity: 'not_bought', days: '90' } },
  },
  putAll: {
    name: 'putProducts',
    topic,
    summary: 'Replaces up to a thousand products; each is taken or refused by itself',
    text: 'Each is a whole product with its id. Results are in the order of what was sent.',
    body: { schema: ProductsSchema },
    answer: { status: 200, schema: ProductResultsSchema },
    example: {
      body: {
        products: [
          { id: 'plate-2', name: 'Blue plate', price: { amount: 39_900_00, currency: 'COP' } },
          { id: 'bowl-3', name: 'Deep bowl', stock: 4 },
        ],
      },
    },
  },
  read: {
    name: 'readProduct',
    topic,
    summary: 'A product in full',
    params: ofProduct,
    answer: { status: 200, schema: ProductAnswerSchema },
    example: { params: { productId: '$PRODUCT_ID' } },
  },
  put: {
    name: 'putProduct',
    topic,
    summary: 'Makes a product, or replaces the whole of it',
    text: 'What is not told is not there any more. Answered with 200 where it was known before.',
    params: ofProduct,
    body: { schema: ProductSchema },
    answer: { status: 201, schema: ProductAnswerSchema },
    example: {
      params: { productId: 'mug-1' },
      body: {
        name: 'Blue mug',
        price: { amount: 29_900_00, currency: 'COP' },
        categories: ['Kitchen', 'Mugs'],
        tags: ['gift'],
        stock: 12,
      },
      gives: { PRODUCT_ID: 'id' },
    },
  },
  remove: {
    name: 'deleteProduct',
    topic,
    summary: 'Takes a product out of the catalogue',
    params: ofProduct,
    answer: { status: 204 },
    example: { params: { productId: '$PRODUCT_ID' } },
  },
} as const satisfies Record<string, RouteDescription>

export const describedConnection = {
  read: {
    name: 'readCatalogConnection',
    topic,
    summary: 'What keeps the catalogue live; null where nothing does',
    answer: {
      status: 200,
      schema: z.object({ connection: ConnectionAnswerSchema.nullable() }),
    },
    example: {},
  },
  connect: {
    name: 'connectCatalog',
    topic,
    summary: 'Says that the shop’s server keeps the catalogue live, by this API or by webhooks',
    body: { schema: ConnectionSchema },
    answer: { status: 200, schema: ConnectionAnswerSchema },
    example: { body: { kind: 'webhook', name: 'Our stock system' } },
  },
  disconnect: {
    name: 'disconnectCatalog',
    topic,
    summary: 'Nothing keeps the catalogue live any more, and stock is not used',
    answer: { status: 204 },
    example: {},
  },
  renewSecret: {
    name: 'renewCatalogSecret',
    topic,
    summary: 'Makes a new secret for the connection’s webhooks and tells it, this once',
    text: 'The one before counts no more. Webhooks are signed as Standard Webhooks says.',
    answer: { status: 200, schema: z.object({ secret: z.string() }) },
    refusals: ['not_found'],
    example: {},
  },
  useStock: {
    name: 'setStockUse',
    topic,
    summary: 'Whether what is sold out is left out of offers and recommendations',
    body: { schema: StockUseSchema },
    answer: { status: 200, schema: ConnectionAnswerSchema },
    refusals: ['conflict'],
    example: { body: { usesStock: true } },
  },
} as const satisfies Record<string, RouteDescription>

/** No line of a shell signs it: no example could run. */
export const describedHook: ForeignDescription = { compatibleWith: 'Standard Webhooks' }

const IMPORTS = {
  topic,
  one: 'Product',
  many: 'products',
  file: 'id;name;price;stock\ntray-4;Oak tray;89900;3\ncup-5;Small cup;19900;10\n',
  fields: { id: 'id', name: 'name', price: 'price', stock: 'stock' },
  givenId: 'PRODUCT_IMPORT_ID',
} as const

export const describedProductImports = {
  ...describeImports(IMPORTS),
  undo: describeUndoing(IMPORTS),
}
