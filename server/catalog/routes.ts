import { ProductIdSchema, ProductSchema, ProductsSchema } from '#protocol/catalog.ts'
import { PRODUCT_IMPORTS_PATH, PRODUCT_PATH, PRODUCTS_PATH } from '#protocol/names.ts'
import { Refusal } from '../core/errors.ts'
import type { Answer, Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import { readQuery } from '../core/query.ts'
import type { RateLimit } from '../core/rate-limit.ts'
import type { Router } from '../core/router.ts'
import type { SecretKeyCall, SecretKeyGuard } from '../core/secret-key-guard.ts'
import { wellFormed } from '../core/well-formed.ts'
import { addConnectionRoutes } from './connection-routes.ts'
import {
  describedProductImports,
  describedProducts as told,
  ProductQuerySchema,
} from './descriptions.ts'
import type { Feeds } from './feeds/feeds.ts'
import { addFeedRoutes } from './feeds/routes.ts'
import type { FileImports } from './imports/file-imports.ts'
import { addImportRoutes } from './imports/routes.ts'
import { marksOf } from './product-query.ts'
import type { Catalog } from './service.ts'

interface CatalogRoutesDeps {
  readonly feeds: Feeds
  readonly secretKey: SecretKeyGuard
  readonly rateLimit: RateLimit
  readonly catalog: Catalog
  readonly imports: FileImports
}

type Route = (request: SecretKeyCall) => Promise<Answer>

/** A product of the greatest size is about 200 kB; a thousand usual ones are below this. */
const PRODUCT_BYTES = 512 * 1024
const PRODUCTS_BYTES = 4 * 1024 * 1024

/** The management API of products, for shops' servers. */
export function addCatalogRoutes(router: Router, deps: CatalogRoutesDeps): void {
  const { secretKey, catalog } = deps
  const read = secretKey('catalog:read')
  const write = secretKey('catalog:write')
  router.get(PRODUCTS_PATH, read, listProducts(catalog), told.list)
  router.post(PRODUCTS_PATH, write, putProducts(catalog), told.putAll)
  router.get(PRODUCT_PATH, read, readProduct(catalog), told.read)
  router.put(PRODUCT_PATH, write, putProduct(catalog), told.put)
  router.delete(PRODUCT_PATH, write, removeProduct(catalog), told.remove)
  addConnectionRoutes(router, deps)
  addFeedRoutes(router, deps)
  addImportRoutes(router, deps, {
    kind: 'products',
    path: PRODUCT_IMPORTS_PATH,
    scopes: { read: 'catalog:read', write: 'catalog:write' },
    told: describedProductImports,
  })
}

function readProduct(catalog: Catalog): Route {
  return async ({ call, shop }) => ({
    json: await catalog.findProduct(shop.id, productIdOf(call)),
  })
}

function removeProduct(catalog: Catalog): Route {
  return async ({ call, shop, by }) => {
    await catalog.removeProduct(shop.id, productIdOf(call), by)
    return { status: 204 }
  }
}

/** `GET /api/v1/products` with `ProductFilters` → `{ items, nextCursor, lookedAt }`. */
function listProducts(catalog: Catalog): Route {
  return async ({ call, shop }) => {
    const query = readQuery(call, ProductQuerySchema)
    return { json: await catalog.listProducts(shop.id, { ...query, marks: marksOf(query) }) }
  }
}

/** `PUT /api/v1/products/:productId` with the whole product → it, and whether that was news. */
function putProduct(catalog: Catalog): Route {
  return async ({ call, shop }) => {
    const draft = await readJsonBody(call, ProductSchema, PRODUCT_BYTES)
    await catalog.heardByApi(shop.id)
    const { result, ...product } = await catalog.putProduct(shop.id, productIdOf(call), draft)
    return { status: result === 'created' ? 201 : 200, json: product }
  }
}

/** `POST /api/v1/products` with up to 1,000 whole products → `{ results }`, one a line. */
function putProducts(catalog: Catalog): Route {
  return async ({ call, shop }) => {
    const { products } = await readJsonBody(call, ProductsSchema, PRODUCTS_BYTES)
    await catalog.heardByApi(shop.id)
    return { json: { results: await catalog.putProducts(shop.id, products, 'api') } }
  }
}

function productIdOf(call: Call): string {
  const id = ProductIdSchema.safeParse(wellFormed(call.param('productId') ?? ''))
  if (!id.success) throw new Refusal('not_found', 'There is no such product')
  return id.data
}
