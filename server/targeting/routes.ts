import {
  AudienceArchivedSchema,
  AudienceSchema,
  EstimateSchema,
  ExplainSchema,
} from '#protocol/audiences.ts'
import {
  AUDIENCE_ARCHIVED_PATH,
  AUDIENCE_ESTIMATES_PATH,
  AUDIENCE_GROWTH_PATH,
  AUDIENCE_MEMBERS_PATH,
  AUDIENCE_PATH,
  AUDIENCES_PATH,
  EXPLAIN_PATH,
  TARGETING_SUGGESTIONS_PATH,
} from '#protocol/names.ts'
import { Refusal } from '../core/errors.ts'
import type { Answer } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import { mayListAll } from '../core/leads.ts'
import type { Router } from '../core/router.ts'
import { readQuery } from '../core/query.ts'
import type { SecretKeyCall, SecretKeyGuard } from '../core/secret-key-guard.ts'
import {
  AudiencesQuerySchema,
  describedAudiences as told,
  GrowthQuerySchema,
} from './descriptions.ts'
import type { Targeting } from './service.ts'

interface TargetingRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly targeting: Targeting
}

/** The management API of audiences, for shops' servers. */
export function addTargetingRoutes(router: Router, deps: TargetingRoutesDeps): void {
  const { secretKey, targeting } = deps
  const read = secretKey('audiences:read')
  const write = secretKey('audiences:write')
  router.get(AUDIENCES_PATH, read, listAudiences(targeting), told.list)
  router.post(AUDIENCES_PATH, write, createAudience(targeting), told.create)
  router.get(AUDIENCE_PATH, read, readAudience(targeting), told.read)
  router.put(AUDIENCE_PATH, write, replaceAudience(targeting), told.replace)
  router.put(AUDIENCE_ARCHIVED_PATH, write, archiveAudience(targeting), told.archive)
  router.delete(AUDIENCE_PATH, write, removeAudience(targeting), told.remove)
  router.get(AUDIENCE_MEMBERS_PATH, read, listMembers(targeting), told.members)
  router.get(AUDIENCE_GROWTH_PATH, read, readGrowth(targeting), told.growth)
  router.post(AUDIENCE_ESTIMATES_PATH, read, estimateCondition(targeting), told.estimate)
  router.get(TARGETING_SUGGESTIONS_PATH, read, readSuggestions(targeting), told.suggestions)
  // It shows the values that it saw, which are the customer's own.
  const readPeople = secretKey('customers:read')
  router.post(EXPLAIN_PATH, readPeople, explainCondition(targeting), told.explain)
}

type Route = (request: SecretKeyCall) => Promise<Answer>

const MAX_BODY_BYTES = 65_536
const MAX_PAGE = 200

/** `GET /api/v1/audiences?archived=` → `{ items, nextCursor }`. */
function listAudiences({ audiences }: Targeting): Route {
  return async ({ shop, call }) => {
    const { archived } = readQuery(call, AudiencesQuerySchema)
    const items = await audiences.list(shop.id, { isArchived: archived === 'true' })
    return { json: { items, nextCursor: null } }
  }
}

/** `PUT /api/v1/audiences/:id/archived` with `{ isArchived }` → the audience. */
function archiveAudience({ audiences }: Targeting): Route {
  return async ({ shop, call, by }) => {
    const { isArchived } = await readJsonBody(call, AudienceArchivedSchema, MAX_BODY_BYTES)
    return { json: await audiences.setArchived(shop.id, idOf(call), isArchived, by) }
  }
}

/** `POST /api/v1/audiences` with a name and a condition → the audience, which is then being filled. */
function createAudience({ audiences }: Targeting): Route {
  return async (request) => {
    const audience = await readJsonBody(request.call, AudienceSchema, MAX_BODY_BYTES)
    return { status: 201, json: await audiences.create(request.shop.id, audience, request.by) }
  }
}

/** `GET /api/v1/audiences/:id` → the audience, with how far it is filled. */
function readAudience({ audiences }: Targeting): Route {
  return async ({ shop, call }) => ({ json: await audiences.find(shop.id, idOf(call)) })
}

/** `PUT /api/v1/audiences/:id` with a name and a condition. */
function replaceAudience({ audiences }: Targeting): Route {
  return async (request) => {
    const audience = await readJsonBody(request.call, AudienceSchema, MAX_BODY_BYTES)
    return {
      json: await audiences.update(request.shop.id, idOf(request.call), audience, request.by),
    }
  }
}

/** `DELETE /api/v1/audiences/:id` → 204. */
function removeAudience({ audiences }: Targeting): Route {
  return async ({ shop, call, by }) => {
    await audiences.remove(shop.id, idOf(call), by)
    return { status: 204 }
  }
}

/** `GET /api/v1/audiences/:id/members?limit=&cursor=` → `{ items, nextCursor }`. */
function listMembers({ audiences }: Targeting): Route {
  return async ({ shop, call, scopes, by }) => {
    const limit = Number(call.query('limit') ?? 50)
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
      throw new Refusal('bad_request', `limit: a number from 1 to ${MAX_PAGE}`)
    }
    // Whoever may only look customers up has no list of their names here either.
    const hasNames = mayListAll({ by, scopes }, 'customers')
    const page = { limit, cursor: call.query('cursor'), hasNames }
    return { json: await audiences.members(shop.id, idOf(call), page) }
  }
}

/** `GET /api/v1/audience-growth?days=` → `{ items }`, one of each audience. */
function readGrowth({ growth }: Targeting): Route {
  return async ({ call, shop }) => {
    const { days } = readQuery(call, GrowthQuerySchema)
    return { json: { items: await growth(shop.id, days) } }
  }
}

/** `POST /api/v1/audience-estimates` with a condition → how many it is true of. */
function estimateCondition({ estimate }: Targeting): Route {
  return async ({ call, shop }) => {
    const { condition } = await readJsonBody(call, EstimateSchema, MAX_BODY_BYTES)
    return { json: await estimate(shop.id, condition, call.isGone) }
  }
}

/** `GET /api/v1/targeting-suggestions` → values that a condition may mean. */
function readSuggestions({ suggestions }: Targeting): Route {
  return async ({ shop }) => ({ json: await suggestions(shop.id) })
}

/** `POST /api/v1/explain` with a condition and a visitor's or customer's id → leaf by leaf what is true. */
function explainCondition({ explain }: Targeting): Route {
  return async (request) => {
    const { condition, visitorId, customerId } = await readJsonBody(
      request.call,
      ExplainSchema,
      MAX_BODY_BYTES,
    )
    const publicId = Buffer.from(visitorId ?? customerId ?? '', 'base64url')
    const kind = visitorId === undefined ? 'customer' : 'visitor'
    return { json: await explain(request.shop.id, condition, { kind, publicId }) }
  }
}

function idOf(call: SecretKeyCall['call']): string {
  return call.param('id') ?? ''
}
