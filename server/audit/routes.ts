import { z } from 'zod'
import {
  ACTOR_KINDS,
  AuditCheckSchema,
  AuditEntrySchema,
  AuditVerificationSchema,
  NewAuditCheckSchema,
} from '#protocol/audit.ts'
import { AUDIT_LOG_PATH, AUDIT_VERIFICATION_PATH } from '#protocol/names.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { pageOf, pageQuery } from '../core/api/fields.ts'
import { readJsonBody } from '../core/json-body.ts'
import { readQuery } from '../core/query.ts'
import type { Router } from '../core/router.ts'
import type { SecretKeyGuard } from '../core/secret-key-guard.ts'
import type { AuditChecks } from './checks.ts'
import type { Audit } from './service.ts'

interface AuditRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly audit: Audit
  readonly checks: AuditChecks
}

const BODY_BYTES = 1_024

const word = (text: string) => z.string().min(1).max(200).optional().describe(text)
const time = (text: string) => z.coerce.number().int().min(0).optional().describe(text)

const query = pageQuery(200).extend({
  action: word('Only this, for example audience.created'),
  objectKind: word('Only of objects of this kind: shop, key, audience …'),
  objectId: word('Only of the object of this id'),
  actorKind: z.enum(ACTOR_KINDS).optional().describe('Only by such'),
  actorName: word('Only by this one: a key’s last four characters, a member’s id'),
  from: time('Not before this time'),
  to: time('Before this time'),
})

const described: RouteDescription = {
  name: 'listAuditLog',
  topic: 'Audit log',
  summary: 'Who changed what, the newest first',
  text: 'Each entry’s hash is over what it says and the hash before it: what was changed or left out later shows (“npm run audit-log”).',
  query,
  answer: { status: 200, schema: pageOf(AuditEntrySchema) },
  example: { query: { limit: '20' } },
}

const describedCheck: RouteDescription = {
  name: 'readAuditCheck',
  topic: 'Audit log',
  summary:
    'What the newest check of the log has found: one is made every night, and whenever somebody asks',
  answer: { status: 200, schema: AuditCheckSchema },
  example: {},
}

const describedVerification: RouteDescription = {
  name: 'verifyAuditLog',
  topic: 'Audit log',
  summary: 'Works out every hash anew: whether the log still is what was written',
  text: 'With an “end” that an earlier answer told, and you kept elsewhere, it must be in the log still: whoever rewrites the whole log can’t make it come out there.',
  body: { schema: NewAuditCheckSchema },
  answer: { status: 200, schema: AuditVerificationSchema },
  example: { body: {} },
}

export function addAuditRoutes(router: Router, deps: AuditRoutesDeps): void {
  const { secretKey, audit, checks } = deps
  const read = secretKey('audit:read')
  router.get(
    AUDIT_LOG_PATH,
    read,
    async ({ call, shop }) => {
      const { limit, cursor, ...filter } = readQuery(call, query)
      return { json: await audit.list(shop.id, filter, { limit, cursor }) }
    },
    described,
  )
  router.get(
    AUDIT_VERIFICATION_PATH,
    read,
    async ({ shop }) => ({ json: { last: (await checks.last(shop.id)) ?? null } }),
    describedCheck,
  )
  router.post(
    AUDIT_VERIFICATION_PATH,
    read,
    async ({ call, shop }) => {
      const { end } = await readJsonBody(call, NewAuditCheckSchema, BODY_BYTES)
      return { json: await checks.check(shop.id, end) }
    },
    describedVerification,
  )
}
