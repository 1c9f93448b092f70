import {
  MAX_BODY_BYTES,
  ORDER_IMPORTS_PATH,
  ORDER_PATH,
  ORDER_STATUS_PATH,
  ORDERS_PATH,
} from '#protocol/names.ts'
import { OrderIdSchema, OrderSchema, OrderStatusSchema } from '#protocol/orders.ts'
import { addImportRoutes, type FileImports } from '../catalog/service.ts'
import { Refusal } from '../core/errors.ts'
import type { Answer, Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import { requireLead } from '../core/leads.ts'
import { readQuery } from '../core/query.ts'
import type { Router } from '../core/router.ts'
import type { SecretKeyCall, SecretKeyGuard } from '../core/secret-key-guard.ts'
import { wellFormed } from '../core/well-formed.ts'
import {
  describedOrderImports,
  describedOrders as told,
  OrderQuerySchema,
} from './order-descriptions.ts'
import type { Customers } from './service.ts'

interface OrderRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly customers: Customers
  readonly imports: FileImports
}

type Route = (request: SecretKeyCall) => Promise<Answer>

/** The management API of orders, for shops' servers: what they say of one is verified. */
export function addOrderRoutes(router: Router, deps: OrderRoutesDeps): void {
  const { secretKey, customers } = deps
  const read = secretKey('orders:read')
  const write = secretKey('orders:write')
  router.get(ORDERS_PATH, read, listOrders(customers), told.list)
  router.get(ORDER_PATH, read, readOrder(customers), told.read)
  router.put(ORDER_PATH, write, putOrder(customers), told.put)
  router.post(ORDER_STATUS_PATH, write, changeStatus(customers), told.changeStatus)
  addImportRoutes(router, deps, {
    kind: 'orders',
    path: ORDER_IMPORTS_PATH,
    scopes: { read: 'orders:read', write: 'orders:write' },
    told: describedOrderImports,
  })
}

/** `GET /api/v1/orders` with `OrderFilters` → `{ items, nextCursor, lookedAt }`. */
function listOrders(customers: Customers): Route {
  return async ({ call, shop, scopes, by }) => {
    const query = readQuery(call, OrderQuerySchema)
    requireLead({ by, scopes }, 'orders', query.search ?? query.customerId)
    const tellsNames = scopes.includes('customers:read')
    // Who ordered what can be found by who they are: that is for those who may read customers.
    for (const name of ['search', 'condition'] as const) {
      if (tellsNames || query[name] === undefined) continue
      throw new Refusal('forbidden', `${name}: this key lacks the scope customers:read`)
    }
    return { json: await customers.listOrders(shop.id, { ...query, tellsNames }) }
  }
}

/** `PUT /api/v1/orders/:orderId` with the order → it as it is kept; 201 where it was not told before. */
function putOrder(customers: Customers): Route {
  return async ({ call, shop }) => {
    const draft = await readJsonBody(call, OrderSchema, MAX_BODY_BYTES)
    const { result, ...order } = await customers.putOrder(shop.id, orderIdOf(call), draft, 'api')
    return { status: result === 'created' ? 201 : 200, json: order }
  }
}

function readOrder(customers: Customers): Route {
  return async ({ call, shop }) => ({
    json: await customers.findOrder(shop.id, orderIdOf(call)),
  })
}

/** `POST /api/v1/orders/:orderId/status` with `{ status, at? }` → the order as it is then. */
function changeStatus(customers: Customers): Route {
  return async ({ call, shop, by }) => {
    const change = await readJsonBody(call, OrderStatusSchema, MAX_BODY_BYTES)
    return { json: await customers.changeStatus(shop.id, orderIdOf(call), { ...change, by }) }
  }
}

function orderIdOf(call: Call): string {
  const id = OrderIdSchema.safeParse(wellFormed(call.param('orderId') ?? ''))
  if (!id.success) throw new Refusal('not_found', 'There is no such order')
  return id.data
}
