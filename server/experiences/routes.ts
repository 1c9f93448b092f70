import {
  DrawingRequestSchema,
  ExperiencePrioritiesSchema,
  PreviewRequestSchema,
} from '#protocol/experience-management.ts'
import {
  EXPERIENCE_LIMITS,
  ExperienceSchema,
  ExperienceSettingsSchema,
} from '#protocol/experiences.ts'
import {
  EXPERIENCE_DRAWINGS_PATH,
  FIGURES_BY_EXPERIENCE_PATH,
  EXPERIENCE_PATH,
  EXPERIENCE_PREVIEWS_PATH,
  EXPERIENCE_PRIORITIES_PATH,
  EXPERIENCE_RESULTS_PATH,
  EXPERIENCE_SETTINGS_PATH,
  EXPERIENCE_SUBMISSIONS_PATH,
  EXPERIENCE_TEMPLATES_PATH,
  EXPERIENCE_VERSION_PATH,
  EXPERIENCE_VERSIONS_PATH,
  EXPERIENCES_PATH,
  MAX_BODY_BYTES,
} from '#protocol/names.ts'
import { Refusal } from '../core/errors.ts'
import type { Answer } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import type { Router } from '../core/router.ts'
import type { SecretKeyCall, SecretKeyGuard } from '../core/secret-key-guard.ts'
import { readQuery } from '../core/query.ts'
import { wellFormed } from '../core/well-formed.ts'
import { describedExperiences as told } from './descriptions.ts'
import type { Management } from './management.ts'
import { TEMPLATES } from './templates/templates.ts'

interface ManagementRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly management: Management
}

/** The management API of experiences, for shops' servers. */
export function addManagementRoutes(router: Router, deps: ManagementRoutesDeps): void {
  const { secretKey, management } = deps
  const read = secretKey('experiences:read')
  const write = secretKey('experiences:write')
  router.get(EXPERIENCES_PATH, read, listExperiences(management), told.list)
  router.post(EXPERIENCES_PATH, write, createExperience(management), told.create)
  router.get(EXPERIENCE_PATH, read, readExperience(management), told.read)
  router.put(EXPERIENCE_PATH, write, replaceExperience(management), told.replace)
  router.delete(EXPERIENCE_PATH, write, removeExperience(management), told.remove)
  router.get(EXPERIENCE_RESULTS_PATH, read, readResults(management), told.results)
  // It tells what people filled in: their addresses, as a rule.
  const readPeople = secretKey('customers:read')
  const submissions = listSubmissions(management)
  router.get(EXPERIENCE_SUBMISSIONS_PATH, readPeople, submissions, told.submissions)
  router.get(FIGURES_BY_EXPERIENCE_PATH, read, listFigures(management), told.figures)
  router.get(EXPERIENCE_VERSIONS_PATH, read, listVersions(management), told.versions)
  router.get(EXPERIENCE_VERSION_PATH, read, readVersion(management), told.version)
  router.put(EXPERIENCE_PRIORITIES_PATH, write, prioritise(management), told.prioritise)
  router.post(EXPERIENCE_DRAWINGS_PATH, write, draw(management), told.draw)
  router.post(EXPERIENCE_PREVIEWS_PATH, write, createPreview(management), told.preview)
  router.delete(EXPERIENCE_PREVIEWS_PATH, write, endPreviews(management), told.endPreviews)
  const templates = { items: TEMPLATES, nextCursor: null }
  router.get(EXPERIENCE_TEMPLATES_PATH, read, () => ({ json: templates }), told.templates)
  router.get(EXPERIENCE_SETTINGS_PATH, read, readSettings(management), told.settings)
  const change = changeSettings(management)
  router.put(EXPERIENCE_SETTINGS_PATH, write, change, told.changeSettings)
}

type Route = (request: SecretKeyCall) => Promise<Answer>

/** Own HTML and CSS of the greatest length, in any script. */
const EXPERIENCE_BYTES = 256 * 1_024
const MAX_PAGE = 200

/** `GET /api/v1/experiences?limit=&cursor=` → `{ items, nextCursor }`. */
function listExperiences({ experiences }: Management): Route {
  return async ({ shop, call }) => ({
    json: await experiences.list(shop.id, pageOf(call, EXPERIENCE_LIMITS.experiences)),
  })
}

/** `POST /api/v1/experiences` with an experience → it, with what its own HTML had to be without. */
function createExperience({ experiences }: Management): Route {
  return async ({ shop, call, by }) => {
    const draft = await readJsonBody(call, ExperienceSchema, EXPERIENCE_BYTES)
    return { status: 201, json: await experiences.create(shop.id, draft, by) }
  }
}

/** `GET /api/v1/experiences/:id`. */
function readExperience({ experiences }: Management): Route {
  return async ({ shop, call }) => ({ json: await experiences.find(shop.id, idOf(call)) })
}

/** `PUT /api/v1/experiences/:id?version=` with the whole experience. */
function replaceExperience({ experiences }: Management): Route {
  return async ({ shop, call, by }) => {
    const { version } = readQuery(call, told.replace.query)
    const draft = await readJsonBody(call, ExperienceSchema, EXPERIENCE_BYTES)
    return { json: await experiences.update(shop.id, idOf(call), draft, by, version) }
  }
}

/** `DELETE /api/v1/experiences/:id` → 204; its figures and submissions go with it. */
function removeExperience({ experiences }: Management): Route {
  return async ({ shop, call, by }) => {
    await experiences.remove(shop.id, idOf(call), by)
    return { status: 204 }
  }
}

/** `GET /api/v1/experiences/:id/results?from=2026-11-01&to=2026-11-30`. */
function readResults({ results }: Management): Route {
  return async ({ shop, call }) => {
    const dates = { from: call.query('from'), to: call.query('to') }
    return { json: await results(shop, idOf(call), dates) }
  }
}

/** `GET /api/v1/experience-figures?from=2026-11-01&to=2026-11-30` → `{ items, nextCursor }`, all of them. */
function listFigures({ figures }: Management): Route {
  return async ({ shop, call }) => {
    const dates = { from: call.query('from'), to: call.query('to') }
    return { json: { items: await figures(shop, dates), nextCursor: null } }
  }
}

/** `GET /api/v1/experiences/:id/versions?limit=&cursor=` → `{ items, nextCursor }`, the newest first. */
function listVersions({ versions }: Management): Route {
  return async ({ shop, call }) => ({
    json: await versions.list(shop.id, idOf(call), pageOf(call)),
  })
}

/** `GET /api/v1/experiences/:id/versions/:number`, with the experience as it was. */
function readVersion({ versions }: Management): Route {
  return async ({ shop, call }) => ({
    json: await versions.find(shop.id, idOf(call), call.param('number') ?? ''),
  })
}

/** `PUT /api/v1/experience-priorities` with `{ items: [{ id, priority }] }` → 204. */
function prioritise({ experiences }: Management): Route {
  return async ({ shop, call, by }) => {
    const priorities = await readJsonBody(call, ExperiencePrioritiesSchema, MAX_BODY_BYTES)
    await experiences.prioritise(shop.id, priorities, by)
    return { status: 204 }
  }
}

/** `POST /api/v1/experience-drawings` with `{ content }` → it as pages would get it. */
function draw({ previews }: Management): Route {
  return async ({ call }) => {
    const { content } = await readJsonBody(call, DrawingRequestSchema, EXPERIENCE_BYTES)
    return { json: previews.draw(content) }
  }
}

/** `POST /api/v1/experiences/:id/previews` with `{ url, content }` → 201 `{ url, endsAt }`. */
function createPreview({ previews }: Management): Route {
  return async ({ shop, call, by }) => {
    const request = await readJsonBody(call, PreviewRequestSchema, EXPERIENCE_BYTES)
    return { status: 201, json: await previews.create(shop, idOf(call), request, by) }
  }
}

/** `DELETE /api/v1/experiences/:id/previews` → 204; links to it show nothing any more. */
function endPreviews({ previews }: Management): Route {
  return async ({ shop, call, by }) => {
    await previews.end(shop.id, idOf(call), by)
    return { status: 204 }
  }
}

/** `GET /api/v1/experiences/:id/submissions?limit=&cursor=` → `{ items, nextCursor }`, the newest first. */
function listSubmissions({ submissions }: Management): Route {
  return async ({ shop, call }) => ({
    json: await submissions(shop.id, idOf(call), pageOf(call)),
  })
}

/** `GET /api/v1/experience-settings`. */
function readSettings({ settings }: Management): Route {
  return async ({ shop }) => ({ json: await settings.read(shop.id) })
}

/** `PUT /api/v1/experience-settings`; `isOn: false` shows nothing any more, whatever is active. */
function changeSettings({ settings }: Management): Route {
  return async ({ shop, call, by }) => {
    const changed = await readJsonBody(call, ExperienceSettingsSchema, MAX_BODY_BYTES)
    return { json: await settings.change(shop.id, changed, by) }
  }
}

function pageOf(call: SecretKeyCall['call'], most = MAX_PAGE) {
  const limit = Number(call.query('limit') ?? 50)
  if (!Number.isInteger(limit) || limit < 1 || limit > most) {
    throw new Refusal('bad_request', `limit: a number from 1 to ${most}`)
  }
  return { limit, cursor: wellFormed(call.query('cursor') ?? '') || undefined }
}

function idOf(call: SecretKeyCall['call']): string {
  return call.param('id') ?? ''
}
