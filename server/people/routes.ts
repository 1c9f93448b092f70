import type { Readable } from 'node:stream'
import type { SubjectKind } from '#protocol/audiences.ts'
import { marksOf, ProductFilters } from '../catalog/service.ts'
import {
  CUSTOMER_EXPORT_PATH,
  CUSTOMER_PROFILE_PATH,
  CUSTOMER_PROFILES_PATH,
  CUSTOMER_TRAIL_PATH,
  CUSTOMERS_FILE_PATH,
  MAX_BODY_BYTES,
  ORDERS_FILE_PATH,
  PRODUCTS_FILE_PATH,
  VIEW_PATH,
  VIEWS_PATH,
  VISITOR_EXPORT_PATH,
  VISITOR_PROFILE_PATH,
  VISITOR_PROFILES_PATH,
  VISITOR_TRAIL_PATH,
  VISITORS_FILE_PATH,
} from '#protocol/names.ts'
import { ViewSchema } from '#protocol/views.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Answer, Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import { requireLead } from '../core/leads.ts'
import { requireRecentSignIn, type MemberCall, type MemberGuards } from '../core/member-guards.ts'
import { webStreamOf } from '../core/patient-stream.ts'
import { readQuery } from '../core/query.ts'
import type { Router } from '../core/router.ts'
import type { SecretKeyCall, SecretKeyGuard } from '../core/secret-key-guard.ts'
import { OrderFilters } from '../customers/service.ts'
import {
  CustomerFilters,
  CustomersQuery,
  describedPeople as told,
  TrailQuery,
  ViewsQuery,
  VisitorFilters,
  VisitorsQuery,
} from './descriptions.ts'
import { conditionOf } from './judge.ts'
import type { FileAsked, Named, People } from './service.ts'

interface PeopleRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly guards: Pick<MemberGuards, 'member'>
  readonly people: People
  readonly now: Clock
}

type Route = (request: SecretKeyCall) => Promise<Answer>
type MemberRoute = (request: MemberCall) => Promise<Answer>

/** Who visits and buys: lists, one person's whole story, and what a shop owes them by law. */
export function addPeopleRoutes(router: Router, deps: PeopleRoutesDeps): void {
  const { secretKey, people } = deps
  const read = secretKey('customers:read')
  router.get(VISITOR_PROFILES_PATH, read, list(people, 'visitor'), told.visitors)
  router.get(CUSTOMER_PROFILES_PATH, read, list(people, 'customer'), told.customers)
  router.get(VISITOR_PROFILE_PATH, read, readOne(people, 'visitor'), told.visitor)
  router.get(CUSTOMER_PROFILE_PATH, read, readOne(people, 'customer'), told.customer)
  router.get(VISITOR_TRAIL_PATH, read, readTrail(people, 'visitor'), told.visitorTrail)
  router.get(CUSTOMER_TRAIL_PATH, read, readTrail(people, 'customer'), told.customerTrail)
  router.get(VIEWS_PATH, read, listViews(people), told.views)
  router.post(VIEWS_PATH, secretKey('customers:write'), saveView(people), told.saveView)
  router.delete(VIEW_PATH, secretKey('customers:write'), removeView(people), told.removeView)
  addLeavingRoutes(router, deps)
}

/** What leaves the shop, or is erased: for people alone, who say who they are. */
function addLeavingRoutes(router: Router, deps: PeopleRoutesDeps): void {
  const { guards } = deps
  const mayExport = guards.member('export', 'read')
  const mayErase = guards.member('erasure', 'edit')
  router.get(VISITOR_EXPORT_PATH, mayExport, exportOne(deps, 'visitor'), told.visitorExport)
  router.get(CUSTOMER_EXPORT_PATH, mayExport, exportOne(deps, 'customer'), told.customerExport)
  router.delete(VISITOR_PROFILE_PATH, mayErase, erase(deps, 'visitor'), told.eraseVisitor)
  router.delete(CUSTOMER_PROFILE_PATH, mayErase, erase(deps, 'customer'), told.eraseCustomer)
  const files = { ...told.ordersFile, query: OrderFilters }
  router.get(VISITORS_FILE_PATH, mayExport, peopleFile(deps, 'visitor'), told.visitorsFile)
  router.get(CUSTOMERS_FILE_PATH, mayExport, peopleFile(deps, 'customer'), told.customersFile)
  router.get(ORDERS_FILE_PATH, mayExport, ordersFile(deps), files)
  router.get(PRODUCTS_FILE_PATH, mayExport, productsFile(deps), told.productsFile)
}

function list(people: People, kind: SubjectKind): Route {
  return async (request) => {
    const { call, shop } = request
    const query = readQuery(call, kind === 'visitor' ? VisitorsQuery : CustomersQuery)
    requireLead(request, 'customers', query.search)
    const condition = query.condition === undefined ? undefined : conditionOf(query.condition)
    return { json: await people.list(shop, { ...query, kind, condition }) }
  }
}

function readOne(people: People, kind: SubjectKind): Route {
  return async ({ call, shop }) => ({ json: await people.read(shop.id, namedIn(call, kind)) })
}

function readTrail(people: People, kind: SubjectKind): Route {
  return async ({ call, shop }) => ({
    json: await people.trail(shop.id, namedIn(call, kind), readQuery(call, TrailQuery)),
  })
}

function exportOne({ people, now }: PeopleRoutesDeps, kind: SubjectKind): MemberRoute {
  return async (request) => {
    const { call, shop, by } = request
    requireRecentSignIn(request, now())
    const whom = namedIn(call, kind)
    const file = { name: `${kind}-${whom.id}.json`, type: 'application/json' }
    if (call.method === 'HEAD') return attachment(file)
    return attachment(file, await people.exportOne(shop.id, whom, by))
  }
}

function erase({ people, now }: PeopleRoutesDeps, kind: SubjectKind): MemberRoute {
  return async (request) => {
    const { call, shop, by } = request
    requireRecentSignIn(request, now())
    await people.erase(shop.id, namedIn(call, kind), by)
    return { status: 204 }
  }
}

function peopleFile(deps: PeopleRoutesDeps, kind: SubjectKind): MemberRoute {
  return (request) => {
    const query = readQuery(request.call, kind === 'visitor' ? VisitorFilters : CustomerFilters)
    const condition = query.condition === undefined ? undefined : conditionOf(query.condition)
    return file(deps, request, { list: 'people', query: { ...query, kind, condition } })
  }
}

function ordersFile(deps: PeopleRoutesDeps): MemberRoute {
  return (request) => {
    const query = { ...readQuery(request.call, OrderFilters), tellsNames: true }
    return file(deps, request, { list: 'orders', query })
  }
}

function productsFile(deps: PeopleRoutesDeps): MemberRoute {
  return (request) => {
    const query = readQuery(request.call, ProductFilters)
    return file(deps, request, { list: 'products', query: { ...query, marks: marksOf(query) } })
  }
}

async function file(
  { people, now }: PeopleRoutesDeps,
  { call, shop, by }: MemberCall,
  asked: FileAsked,
): Promise<Answer> {
  const list = asked.list === 'people' ? `${asked.query.kind}s` : asked.list
  const name = `${list}-${new Date(now()).toISOString().slice(0, 10)}.csv`
  const told = { name, type: 'text/csv; charset=utf-8' }
  // Nobody would take it.
  if (call.method === 'HEAD') return attachment(told)
  return attachment(told, await people.file(shop, asked, by))
}

function attachment(
  { name, type }: { readonly name: string; readonly type: string },
  stream?: Readable,
): Answer {
  return {
    status: 200,
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
    ...(stream !== undefined && { body: webStreamOf(stream) }),
  }
}

function listViews({ views }: People): Route {
  return async ({ call, shop }) => {
    const { list: of } = readQuery(call, ViewsQuery)
    return { json: { items: await views.list(shop.id, of), nextCursor: null } }
  }
}

function saveView({ views }: People): Route {
  return async ({ call, shop, by }) => {
    const view = await readJsonBody(call, ViewSchema, MAX_BODY_BYTES)
    return { status: 201, json: await views.save(shop.id, view, by) }
  }
}

function removeView({ views }: People): Route {
  return async ({ call, shop, by }) => {
    const id = call.param('viewId') ?? ''
    if (!ID.test(id)) throw new Refusal('not_found', 'There is no such view')
    await views.remove(shop.id, id, by)
    return { status: 204 }
  }
}

/** 22 characters; 23 of visitors where the server made it. */
const ID = /^[\w-]{22,23}$/

function namedIn(call: Call, kind: SubjectKind): Named {
  const id = call.param(kind === 'visitor' ? 'visitorId' : 'customerId') ?? ''
  if (!ID.test(id)) throw new Refusal('not_found', `There is no such ${kind}`)
  return { kind, id }
}
