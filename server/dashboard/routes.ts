import {
  EXPERIENCE_FIGURES_PATH,
  SESSION_FIGURES_PATH,
  FIGURES_PATH,
  PRODUCT_FIGURES_PATH,
} from '#protocol/names.ts'
import type { MemberGuards } from '../core/member-guards.ts'
import { readQuery } from '../core/query.ts'
import type { Router } from '../core/router.ts'
import type { SecretKeyGuard } from '../core/secret-key-guard.ts'
import {
  described,
  FiguresQuerySchema,
  GroupsQuerySchema,
  SessionGroupsQuerySchema,
} from './descriptions.ts'
import { addReportRoutes } from './report-routes.ts'
import type { Dashboard } from './service.ts'

interface DashboardRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly ownFigures: MemberGuards['managementOfOwn']
  readonly dashboard: Dashboard
}

/** How the shop is doing, for its console and its servers. */
export function addDashboardRoutes(
  router: Router,
  { secretKey, ownFigures, dashboard }: DashboardRoutesDeps,
): void {
  addReportRoutes(router, { ownFigures, reports: dashboard.conversations })
  const guard = secretKey('figures:read')
  router.get(
    FIGURES_PATH,
    guard,
    async ({ call, shop }) => ({
      json: await dashboard.figures(shop, readQuery(call, FiguresQuerySchema)),
    }),
    described.figures,
  )
  router.get(
    SESSION_FIGURES_PATH,
    guard,
    async ({ call, shop }) => {
      const { by, ...asked } = readQuery(call, SessionGroupsQuerySchema)
      return { json: listOf(await dashboard.sessionGroups(shop, by, asked)) }
    },
    described.groups,
  )
  router.get(
    PRODUCT_FIGURES_PATH,
    guard,
    async ({ call, shop }) => ({
      json: listOf(await dashboard.products(shop, readQuery(call, GroupsQuerySchema))),
    }),
    described.products,
  )
  router.get(
    EXPERIENCE_FIGURES_PATH,
    guard,
    async ({ call, shop }) => ({
      json: listOf(await dashboard.experiences(shop, readQuery(call, GroupsQuerySchema))),
    }),
    described.experiences,
  )
}

/** The best of them: there is no page after it. */
function listOf<Item>(items: readonly Item[]) {
  return { items, nextCursor: null }
}
