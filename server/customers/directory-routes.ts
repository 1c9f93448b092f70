import { CustomerChangeSchema, CustomerSchema } from '#protocol/customers.ts'
import {
  CUSTOMER_CONSENTS_PATH,
  CUSTOMER_IMPORTS_PATH,
  CUSTOMER_PATH,
  CUSTOMERS_PATH,
  MAX_BODY_BYTES,
} from '#protocol/names.ts'
import { addImportRoutes, type FileImports } from '../catalog/service.ts'
import { Refusal } from '../core/errors.ts'
import type { Answer, Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import { requireLead } from '../core/leads.ts'
import { pageQuery, queryText } from '../core/page-query.ts'
import type { Router } from '../core/router.ts'
import type { SecretKeyCall, SecretKeyGuard } from '../core/secret-key-guard.ts'
import { describedCustomerImports, describedDirectory as told } from './directory-descriptions.ts'
import type { Customers } from './service.ts'

interface DirectoryRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly customers: Customers
  readonly imports: FileImports
}

type Route = (request: SecretKeyCall) => Promise<Answer>

/** Who the shop's customers are, what they agreed to, and files of them. */
export function addDirectoryRoutes(router: Router, deps: DirectoryRoutesDeps): void {
  const { secretKey, customers } = deps
  const read = secretKey('customers:read')
  const write = secretKey('customers:write')
  router.get(CUSTOMERS_PATH, read, listCustomers(customers), told.list)
  router.post(CUSTOMERS_PATH, write, putCustomer(customers), told.put)
  router.patch(CUSTOMER_PATH, write, changeCustomer(customers), told.change)
  router.get(CUSTOMER_CONSENTS_PATH, read, listConsents(customers), told.consents)
  addImportRoutes(router, deps, {
    kind: 'customers',
    path: CUSTOMER_IMPORTS_PATH,
    scopes: { read: 'customers:read', write: 'customers:write' },
    told: describedCustomerImports,
  })
}

/** `GET /api/v1/customers?search=&limit=&cursor=` → `{ items, nextCursor }`; with `?userId=` that customer alone. */
function listCustomers(customers: Customers): Route {
  return async ({ call, shop, by, scopes }) => {
    const userId = queryText(call, 'userId')
    if (userId !== undefined) return { json: await customers.readCustomer(shop.id, { userId }) }
    const query = { ...pageQuery(call), search: queryText(call, 'search') }
    requireLead({ by, scopes }, 'customers', query.search)
    return { json: await customers.listCustomers(shop.id, query) }
  }
}

/** `POST /api/v1/customers` with `{ userId, traits }` → the customer, made where there was none. */
function putCustomer(customers: Customers): Route {
  return async ({ call, shop }) => {
    const customer = await readJsonBody(call, CustomerSchema, MAX_BODY_BYTES)
    const customerId = await customers.putCustomer(shop.id, customer)
    return { json: await customers.readCustomer(shop.id, { customerId }) }
  }
}

/** `PATCH /api/v1/customers/:customerId` with `{ traits?, consents? }` → the customer as it is then. */
function changeCustomer(customers: Customers): Route {
  return async ({ call, shop, by }) => {
    const customerId = customerIdOf(call)
    const change = await readJsonBody(call, CustomerChangeSchema, MAX_BODY_BYTES)
    await customers.changeCustomer(shop.id, customerId, { ...change, by })
    return { json: await customers.readCustomer(shop.id, { customerId }) }
  }
}

function listConsents(customers: Customers): Route {
  return async ({ call, shop }) => ({
    json: { items: await customers.listConsents(shop.id, customerIdOf(call)) },
  })
}

function customerIdOf(call: Call): string {
  const id = call.param('customerId') ?? ''
  if (!/^[\w-]{22}$/.test(id)) throw new Refusal('not_found', 'There is no such customer')
  return id
}
