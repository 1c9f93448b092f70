import type { z } from 'zod'
import {
  ClaimSchema,
  DecisionsRequestSchema,
  SubmissionSchema,
  type Claim,
  type DecisionsRequest,
  type SubmissionRequest,
} from '#protocol/experiences.ts'
import { CLAIMS_PATH, DECISIONS_PATH, MAX_BODY_BYTES, SUBMISSIONS_PATH } from '#protocol/names.ts'
import { Refusal } from '../core/errors.ts'
import type { Guards, KeyCall, KeyRules } from '../core/guards.ts'
import type { Answer } from '../core/http.ts'
import type { Router } from '../core/router.ts'
import { check } from './check.ts'
import { describedIngestion as told } from './descriptions.ts'
import type { Pages } from './pages.ts'
import { parseBounded } from './shape.ts'
import { tidy } from './tidy.ts'

interface PageRoutesDeps {
  readonly key: Guards['key']
  readonly ingestion: Pages
}

/** What pages ask beside sending events: `text/plain`, key and token in the body, so that no preflight ever happens. */
export function addPageRoutes(router: Router, { key, ingestion }: PageRoutesDeps): void {
  router.post(
    DECISIONS_PATH,
    key(rulesOf<DecisionsRequest>(DecisionsRequestSchema)),
    answering((request, sender) => ingestion.decide(request, sender)),
    told.decisions,
  )
  router.post(
    CLAIMS_PATH,
    key(rulesOf<Claim>(ClaimSchema)),
    answering((request, sender) => ingestion.claim(request, sender)),
    told.claims,
  )
  router.post(
    SUBMISSIONS_PATH,
    key(rulesOf<SubmissionRequest>(SubmissionSchema)),
    answering((request, sender) => ingestion.submit(request, sender)),
    told.submissions,
  )
}

type Asking = Pick<DecisionsRequest, 'key' | 'visitor'>

function rulesOf<Request extends Asking>(schema: z.ZodType<Request>): KeyRules<Request> {
  return {
    limitBytes: MAX_BODY_BYTES,
    scope: 'events:write',
    parse(bytes) {
      const tidied = tidy(parseBounded(bytes).value)
      if ('problem' in tidied) throw new Refusal('bad_request', `The body holds ${tidied.problem}`)
      const checked = check(schema, tidied.value)
      if ('fault' in checked) {
        throw new Refusal('bad_request', `The request is not valid: ${checked.fault}`)
      }
      const body = checked.value
      const { key, visitor } = body
      return visitor !== null && 'id' in visitor
        ? { key, visitorId: visitor.id, body }
        : { key, body }
    },
  }
}

function answering<Request extends Asking>(
  ask: (request: Request, sender: Parameters<Pages['claim']>[1]) => Promise<object>,
): (request: KeyCall<Request>) => Promise<Answer> {
  return async ({ shop, isVerified, call, body, isFromKnownPage }) => {
    const { visitor } = body
    // From a page that is none of the shop's the browser's cookie counts for nothing.
    const isForged = !isFromKnownPage && visitor !== null && 'cookie' in visitor
    const json = await ask(isForged ? { ...body, visitor: null } : body, {
      shop,
      isVerified,
      userAgent: call.header('user-agent') ?? '',
      cookie: call.header('cookie'),
      address: isVerified ? undefined : call.address,
    })
    return { json }
  }
}
