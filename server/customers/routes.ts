import {
  ADDRESS_KINDS,
  ListChangeSchema,
  ListSchema,
  MAX_IMPORT_BYTES,
  MergeSchema,
  StartImportSchema,
  type Address,
  type ListMember,
} from '#protocol/customers.ts'
import {
  CUSTOMER_MERGES_PATH,
  CUSTOMER_PATH,
  IMPORT_PATH,
  IMPORT_START_PATH,
  LIST_IMPORTS_PATH,
  LIST_MEMBERS_PATH,
  LISTS_PATH,
  MAX_BODY_BYTES,
} from '#protocol/names.ts'
import type { FileImports } from '../catalog/service.ts'
import { Refusal } from '../core/errors.ts'
import type { Answer, Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import { mayListAll } from '../core/leads.ts'
import type { Handler, Router } from '../core/router.ts'
import { wellFormed } from '../core/well-formed.ts'
import type { SecretKeyCall, SecretKeyGuard } from '../core/secret-key-guard.ts'
import { describedCustomers as told } from './descriptions.ts'
import { addDirectoryRoutes } from './directory-routes.ts'
import { MEMBERS_PAGE } from './lists.ts'
import { addOrderRoutes } from './order-routes.ts'
import type { Customers } from './service.ts'

interface CustomerRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly customers: Customers
  readonly imports: FileImports
}

/** A change of the largest size has a thousand addresses. */
const CHANGE_BYTES = 512 * 1024

/** The management API of customers and contact lists, for shops' servers. */
export function addCustomerRoutes(router: Router, deps: CustomerRoutesDeps): void {
  addDirectoryRoutes(router, deps)
  addOrderRoutes(router, deps)
  const { secretKey, customers } = deps
  const read = secretKey('customers:read')
  const write = secretKey('customers:write')

  router.get(CUSTOMER_PATH, read, readCustomer(customers), told.read)
  router.post(CUSTOMER_MERGES_PATH, write, merge(customers), told.merge)
  router.get(LISTS_PATH, read, listLists(customers), told.listLists)
  router.post(LISTS_PATH, write, createList(customers), told.createList)
  router.get(LIST_MEMBERS_PATH, read, listMembers(customers), told.members)
  router.post(LIST_MEMBERS_PATH, write, changeMembers(customers), told.changeMembers)
  router.post(LIST_IMPORTS_PATH, write, uploadImport(customers), told.upload)
  router.get(IMPORT_PATH, read, readImport(customers), told.readImport)
  router.post(IMPORT_START_PATH, write, startImport(customers), told.startImport)
}

function readCustomer(customers: Customers): Handler<SecretKeyCall> {
  return async ({ call, shop }) => ({
    json: await customers.readCustomer(shop.id, { customerId: idOf(call, 'customerId') }),
  })
}

function merge(customers: Customers): Handler<SecretKeyCall> {
  return async ({ call, shop, by }) => {
    const names = await readJsonBody(call, MergeSchema, MAX_BODY_BYTES)
    return { json: await customers.merge(shop.id, names, by) }
  }
}

function listLists(customers: Customers): Handler<SecretKeyCall> {
  return async ({ shop }) => ({
    json: { items: await customers.listLists(shop.id), nextCursor: null },
  })
}

function createList(customers: Customers): Handler<SecretKeyCall> {
  return async ({ call, shop, by }) => {
    const { name } = await readJsonBody(call, ListSchema, MAX_BODY_BYTES)
    return { json: await customers.createList(shop.id, name, by) }
  }
}

function readImport(customers: Customers): Handler<SecretKeyCall> {
  return async ({ call, shop }) => ({
    json: await customers.findImport(shop.id, idOf(call, 'importId')),
  })
}

function startImport(customers: Customers): Handler<SecretKeyCall> {
  return async ({ call, shop, by }) => {
    const { mapping } = await readJsonBody(call, StartImportSchema, MAX_BODY_BYTES)
    return { json: await customers.startImport(shop.id, idOf(call, 'importId'), mapping, by) }
  }
}

function listMembers(customers: Customers): Handler<SecretKeyCall> {
  return async ({ call, shop, by, scopes }): Promise<Answer> => {
    // Addresses of customers, all of them: nothing leads to one.
    if (!mayListAll({ by, scopes }, 'customers')) {
      throw new Refusal('forbidden', 'Your role may look customers up, and not list them all')
    }
    const after = readCursor(wellFormed(call.query('cursor') ?? '') || undefined)
    const items = await customers.listMembers(shop.id, idOf(call, 'listId'), after)
    const last = items.at(-1)
    const isWhole = last === undefined || items.length < MEMBERS_PAGE
    return { json: { items, nextCursor: isWhole ? null : cursorOf(last) } }
  }
}

function changeMembers(customers: Customers): Handler<SecretKeyCall> {
  return async ({ call, shop, by }): Promise<Answer> => {
    const change = await readJsonBody(call, ListChangeSchema, CHANGE_BYTES)
    await customers.changeMembers(shop.id, idOf(call, 'listId'), change, by)
    return {}
  }
}

function uploadImport(customers: Customers): Handler<SecretKeyCall> {
  return async ({ call, shop }): Promise<Answer> => {
    if (Number(call.header('content-length') ?? 0) > MAX_IMPORT_BYTES) {
      throw new Refusal('too_large', `A file has at most ${MAX_IMPORT_BYTES} bytes: split it`)
    }
    const pieces = call.streamBody(MAX_IMPORT_BYTES)
    const json = await customers.uploadImport(shop.id, idOf(call, 'listId'), pieces)
    return { status: 201, json }
  }
}

function idOf(call: Call, name: string): string {
  const id = call.param(name) ?? ''
  if (!/^[\w-]{22}$/.test(id)) throw new Refusal('not_found', 'There is nothing of this id')
  return id
}

function cursorOf({ kind, value }: ListMember): string {
  return Buffer.from(`${kind} ${value}`).toString('base64url')
}

function readCursor(cursor: string | undefined): Address | undefined {
  if (cursor === undefined) return undefined
  const [name, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ')
  const kind = ADDRESS_KINDS.find((known) => known === name)
  if (kind === undefined) throw new Refusal('bad_request', 'The cursor is none of ours')
  return { kind, value: rest.join(' ') }
}
