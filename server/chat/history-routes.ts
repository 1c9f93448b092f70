import { ContinuationSchema } from '#protocol/chat.ts'
import { CodeProofSchema, CodeRequestSchema, HistoryRequestSchema } from '#protocol/chat-history.ts'
import {
  CHAT_CONTINUATIONS_PATH,
  CHAT_CODES_PATH,
  CHAT_HISTORY_PATH,
  CHAT_PROVEN_ADDRESSES_PATH,
} from '#protocol/names.ts'
import type { Guards } from '../core/guards.ts'
import type { RateLimit } from '../core/rate-limit.ts'
import type { Router } from '../core/router.ts'
import { describedHistory as told } from './history-descriptions.ts'
import type { Chat } from './service.ts'
import { costlyBy, rulesOf } from './visitor-rules.ts'

interface HistoryRoutesDeps {
  readonly guards: Pick<Guards, 'key'>
  readonly chat: Pick<Chat, 'history' | 'codes' | 'visitors'>
  readonly rateLimit: RateLimit
}

/** What pages ask of earlier conversations. */
export function addHistoryRoutes(router: Router, deps: HistoryRoutesDeps): void {
  const { guards, chat } = deps
  const costly = costlyBy(deps.rateLimit)

  router.post(
    CHAT_HISTORY_PATH,
    guards.key(rulesOf(HistoryRequestSchema)),
    async ({ shop, body }) => ({ json: await chat.history(shop, body) }),
    told.history,
  )
  router.post(
    CHAT_CONTINUATIONS_PATH,
    guards.key(rulesOf(ContinuationSchema)),
    async ({ shop, body }) => ({ json: await chat.visitors.goOn({ ...body, shop }) }),
    told.continuation,
  )
  router.post(
    CHAT_CODES_PATH,
    guards.key(rulesOf(CodeRequestSchema)),
    async (request) => {
      costly(request)
      const { shop, body, call } = request
      await chat.codes.request({ shop, token: body.token, address: call.address }, body)
      return { status: 204 }
    },
    told.code,
  )
  router.post(
    CHAT_PROVEN_ADDRESSES_PATH,
    guards.key(rulesOf(CodeProofSchema)),
    async (request) => {
      costly(request)
      const { shop, body } = request
      await chat.codes.prove({ shop, token: body.token }, body)
      return { status: 204 }
    },
    told.proof,
  )
}
