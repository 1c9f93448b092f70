import {
  CONVERSATION_FIGURES_PATH,
  CONVERSATIONS_FILE_PATH,
  RATINGS_PATH,
} from '#protocol/names.ts'
import type { ManagementCall, MemberGuards } from '../core/member-guards.ts'
import { webStreamOf } from '../core/patient-stream.ts'
import { readQuery } from '../core/query.ts'
import type { Router } from '../core/router.ts'
import type { ConversationReports } from './conversation-reports.ts'
import {
  describedReports as told,
  RatingsQuery,
  ReportFileQuery,
  ReportQuery,
} from './report-descriptions.ts'

interface ReportRoutesDeps {
  readonly ownFigures: MemberGuards['managementOfOwn']
  readonly reports: ConversationReports
}

/** What came of conversations, for the console and shops' servers. */
export function addReportRoutes(router: Router, { ownFigures, reports }: ReportRoutesDeps): void {
  const guard = ownFigures('figures:read')
  router.get(
    CONVERSATION_FIGURES_PATH,
    guard,
    async (request) => ({
      json: await reports.report(request.shop, {
        ...readQuery(request.call, ReportQuery),
        ...ownOf(request),
      }),
    }),
    told.report,
  )
  router.get(
    RATINGS_PATH,
    guard,
    async (request) => ({
      json: await reports.ratings(request.shop, {
        ...readQuery(request.call, RatingsQuery),
        ...ownOf(request),
      }),
    }),
    told.ratings,
  )
  router.get(
    CONVERSATIONS_FILE_PATH,
    guard,
    async (request) => {
      const { call, shop } = request
      const asked = readQuery(call, ReportFileQuery)
      const headers = {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="conversations.csv"',
      }
      // Nobody would take it.
      if (call.method === 'HEAD') return { status: 200, headers }
      const stream = await reports.file(shop, { ...asked, ...ownOf(request) }, request.by)
      return { status: 200, headers, body: webStreamOf(stream) }
    },
    told.file,
  )
}

/** Who has nothing of their own is told of nothing. */
function ownOf({ isOwnOnly, memberId }: ManagementCall): { readonly ownOf?: number } {
  return isOwnOnly ? { ownOf: memberId ?? 0 } : {}
}
