import { SHOP_EXPORT_PATH } from '#protocol/names.ts'
import type { RouteDescription } from '../core/api/description.ts'
import type { Clock } from '../core/clock.ts'
import { requireRecentSignIn, type MemberGuards } from '../core/member-guards.ts'
import { webStreamOf } from '../core/patient-stream.ts'
import type { Router } from '../core/router.ts'
import type { Exports } from './service.ts'

interface ExportRoutesDeps {
  readonly guards: Pick<MemberGuards, 'member'>
  readonly exports: Exports
  readonly now: Clock
}

const TYPE = 'application/x-ndjson'

const described: RouteDescription = {
  name: 'exportShop',
  topic: 'Shop',
  summary: 'All that is stored of the shop, as lines of JSON',
  text: 'The first line has “granplaza”: version, shop and time. Then of each table a line with its “columns”, and a line a “row”. Bytes are Base64, times milliseconds since 1970. The last line has “end” with the number of rows: a file without it is not whole. Secrets, and what opens something, are left out. A browser opens it by “?shop=” with the public key.',
  answer: { status: 200, type: TYPE },
  refusals: ['sign_in_again', 'too_many_requests'],
  example: {},
}

export function addExportRoutes(router: Router, deps: ExportRoutesDeps): void {
  const { guards, exports, now } = deps
  router.get(
    SHOP_EXPORT_PATH,
    guards.member('export', 'read'),
    async (request) => {
      const { call, shop, by, isStillAllowed } = request
      requireRecentSignIn(request, now())
      const day = new Date(now()).toISOString().slice(0, 10)
      const headers = {
        'content-type': TYPE,
        'content-disposition': `attachment; filename="granplaza-${day}.ndjson"`,
        vary: 'Accept-Encoding',
      }
      // Nobody would take it.
      if (call.method === 'HEAD') return { status: 200, headers }
      const isZipped = /\bgzip\b(?!;\s*q=0)/.test(call.header('accept-encoding') ?? '')
      const stream = await exports.begin(shop, by, {
        form: isZipped ? 'gzip' : 'plain',
        isStillAllowed,
      })
      return {
        status: 200,
        body: webStreamOf(stream),
        headers: { ...headers, ...(isZipped && { 'content-encoding': 'gzip' }) },
      }
    },
    described,
  )
}
