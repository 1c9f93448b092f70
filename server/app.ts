import {
  CONSOLE_PAGES_PATH,
  CONSOLE_PATH,
  CONSOLE_SESSION_PATH,
  CONSOLE_SUBPAGES_PATH,
  EVENTS_PATH,
  HEALTH_PATH,
  METRICS_PATH,
  PREVIEW_FRAME_PATH,
  READY_PATH,
} from '#protocol/names.ts'
import {
  addMemberRoutes,
  addOwnAccountRoutes,
  addShopRoutes,
  describedLink,
  spendLink,
} from './account/routes.ts'
import type { Account, Members } from './account/service.ts'
import { addCatalogRoutes } from './catalog/routes.ts'
import type { Catalog, Feeds, FileImports } from './catalog/service.ts'
import { addChannelRoutes, addChatbotRoutes } from './chat/routes.ts'
import type { ChannelManagement } from './chat/service.ts'
import { addAuditRoutes } from './audit/routes.ts'
import type { Audit, AuditChecks } from './audit/service.ts'
import { addChatPage, addTeamRoutes, addVisitorRoutes } from './chat/routes.ts'
import type { Chat } from './chat/service.ts'
import { addApiDocs } from './core/api/routes.ts'
import type { IsTrusted } from './core/client-address.ts'
import type { Clock } from './core/clock.ts'
import type { Place } from './core/country.ts'
import { Refusal } from './core/errors.ts'
import { previewFrameHeaders } from './core/headers.ts'
import type { ServedFile } from './core/files.ts'
import type { Guards } from './core/guards.ts'
import type { Jobs } from './core/jobs/jobs.ts'
import { addJobRoutes } from './core/jobs/routes.ts'
import type { Log } from './core/log.ts'
import type { Mail } from './core/mail/mail.ts'
import { addMailRoutes } from './core/mail/routes.ts'
import type { RateLimit } from './core/rate-limit.ts'
import type { MemberGuards } from './core/member-guards.ts'
import { createRouter, type Router } from './core/router.ts'
import type { WriteKeyGuard } from './core/write-key-guard.ts'
import { addCustomerRoutes } from './customers/routes.ts'
import type { Customers } from './customers/service.ts'
import { addEventRoutes } from './events/routes.ts'
import type { Events, Retention } from './events/service.ts'
import { addManagementRoutes } from './experiences/routes.ts'
import type { Experiences } from './experiences/service.ts'
import { addDashboardRoutes } from './dashboard/routes.ts'
import type { Dashboard } from './dashboard/service.ts'
import { addDeletionRoutes } from './deletion/routes.ts'
import type { Deletion } from './deletion/service.ts'
import { addExportRoutes } from './export/routes.ts'
import type { Exports } from './export/service.ts'
import {
  addCompatibleRoutes,
  addPageRoutes,
  describedIngestion,
  EVENTS_KEY_RULES,
  postEvents,
} from './ingestion/routes.ts'
import type { Ingestion } from './ingestion/service.ts'
import { getMetrics, getReadiness, type Operations } from './operations.ts'
import { addPeopleRoutes } from './people/routes.ts'
import type { People } from './people/service.ts'
import { addTargetingRoutes } from './targeting/routes.ts'
import type { Targeting } from './targeting/service.ts'
import { addWebhookRoutes } from './webhooks/routes.ts'
import type { Webhooks } from './webhooks/service.ts'

interface AppDeps {
  readonly guards: Guards & MemberGuards
  readonly writeKey: WriteKeyGuard
  readonly rateLimit: RateLimit
  readonly account: Account
  readonly members: Members
  readonly catalog: Catalog
  readonly imports: FileImports
  readonly feeds: Feeds
  readonly audit: Audit
  readonly auditChecks: AuditChecks
  readonly customers: Customers
  readonly events: Events
  readonly retention: Retention
  readonly targeting: Targeting
  readonly experiences: Experiences
  readonly people: People
  readonly exports: Exports
  readonly deletion: Deletion
  readonly ingestion: Ingestion
  readonly dashboard: Dashboard
  readonly chat: Chat
  readonly lookUpPlace: (address: string) => Place
  readonly jobs: Jobs
  readonly mail: Mail
  readonly webhooks: Webhooks
  readonly chatChannels: ChannelManagement
  /** The build's public files and the examples', by address. */
  readonly files: ReadonlyMap<string, ServedFile>
  readonly headers: Readonly<Record<string, string>>
  readonly publicUrl: URL
  /** The product's. */
  readonly version: string
  /** A public key for the examples of the API's page. */
  readonly publicKey: string
  readonly now: Clock
  readonly isTrusted: IsTrusted
  readonly log: Log
  readonly operations: Operations
}

/** Every route of the server, with the guard that stands before it. */
export function createApp({ guards, writeKey, account, ...rest }: AppDeps): Router {
  const { ingestion, files, publicUrl, now, members, customers, targeting, experiences } = rest
  const { operations } = rest
  const router = createRouter({ ...rest, observe: operations.watched?.observe })
  const { audit, auditChecks, events, version, publicKey } = rest
  // For servers with a secret key and members at the console alike.
  const { anyone, management: secretKey } = guards

  router.get(HEALTH_PATH, anyone, () => ({ json: { status: 'alive' } }))
  router.get(READY_PATH, anyone, getReadiness(operations))
  if (operations.watched !== undefined) {
    router.get(METRICS_PATH, operations.watched.guard, getMetrics(operations.watched))
  }
  for (const [path, file] of files) router.get(path, anyone, ({ call }) => file.answer(call))
  addConsolePages(router, { anyone, files })
  const sender = guards.key(EVENTS_KEY_RULES)
  router.post(EVENTS_PATH, sender, postEvents(ingestion), describedIngestion.events)
  addPageRoutes(router, { key: guards.key, ingestion })
  addCompatibleRoutes(router, { writeKey, anyone, ingestion, files, publicUrl, now })
  addCatalogRoutes(router, { ...rest, secretKey })
  addCustomerRoutes(router, { secretKey, customers, imports: rest.imports })
  addEventRoutes(router, { secretKey, events, retention: rest.retention })
  addTargetingRoutes(router, { secretKey, targeting })
  addManagementRoutes(router, { secretKey, management: experiences.management })
  addPeopleRoutes(router, { secretKey, guards, people: rest.people, now })
  addOwnAccountRoutes(router, { guards, members, publicUrl })
  addChannelRoutes(router, {
    secretKey,
    ownChannels: guards.managementOfOwn,
    management: rest.chatChannels,
  })
  addChatbotRoutes(router, { secretKey, management: rest.chatChannels })
  addMemberRoutes(router, { guards, members, publicUrl })
  addJobRoutes(router, { secretKey, jobs: rest.jobs })
  addMailRoutes(router, { secretKey, mail: rest.mail })
  addWebhookRoutes(router, { secretKey, webhooks: rest.webhooks, now })
  addShopRoutes(router, {
    secretKey,
    ownKeys: guards.managementOfOwn,
    management: account.management,
    now,
  })
  addVisitorRoutes(router, { ...rest, guards })
  addTeamRoutes(router, { guards, chat: rest.chat })
  addChatPage(router, {
    guards,
    publicUrl,
    shopOfChannel: async (channelId) => {
      const shopId = await rest.chat.shopOfChannel(channelId)
      return shopId === undefined ? undefined : account.shopOf(shopId)
    },
  })
  addAuditRoutes(router, { secretKey, audit, checks: auditChecks })
  addExportRoutes(router, { guards, exports: rest.exports, now })
  addDashboardRoutes(router, {
    secretKey,
    ownFigures: guards.managementOfOwn,
    dashboard: rest.dashboard,
  })
  addDeletionRoutes(router, { ...rest, guards })
  router.post(CONSOLE_SESSION_PATH, guards.signIn, spendLink({ account, publicUrl }), describedLink)
  addApiDocs(router, { anyone, publicUrl, version, publicKey })
  return router
}

/** One page under all addresses of the console, which knows by itself what is there and what is not. */
function addConsolePages(
  router: Router,
  { anyone, files }: { readonly anyone: Guards['anyone']; readonly files: AppDeps['files'] },
): void {
  const page = files.get(CONSOLE_PATH)
  if (page === undefined) return
  // As people type it.
  router.get(`${CONSOLE_PATH}/`, anyone, () => ({
    status: 308,
    headers: { location: CONSOLE_PATH },
  }))
  router.get(PREVIEW_FRAME_PATH, anyone, async ({ call }) => {
    const answer = await page.answer(call)
    return { ...answer, headers: { ...answer.headers, ...previewFrameHeaders() } }
  })
  router.get(CONSOLE_PAGES_PATH, anyone, ({ call }) => page.answer(call))
  router.get(CONSOLE_SUBPAGES_PATH, anyone, ({ call }) => {
    // A file of a build that is gone must not be taken for one: the console then loads itself anew.
    if (call.param('part') === 'assets') throw new Refusal('not_found', 'There is no such file')
    return page.answer(call)
  })
}
