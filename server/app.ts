import {
  CONSOLE_PATH,
  CONSOLE_SESSION_PATH,
  EVENTS_PATH,
  HEALTH_PATH,
  LIVE_PAGE_PATH,
} from '#protocol/names.ts'
import { spendLink } from './account/routes.ts'
import type { Account } from './account/service.ts'
import { addCatalogRoutes } from './catalog/routes.ts'
import type { Catalog, FileImports } from './catalog/service.ts'
import type { IsTrusted } from './core/client-address.ts'
import type { Clock } from './core/clock.ts'
import type { ServedFile } from './core/files.ts'
import type { Guards } from './core/guards.ts'
import type { Log } from './core/log.ts'
import type { RateLimit } from './core/rate-limit.ts'
import { createRouter, type Router } from './core/router.ts'
import type { SecretKeyGuard } from './core/secret-key-guard.ts'
import type { WriteKeyGuard } from './core/write-key-guard.ts'
import { addCustomerRoutes } from './customers/routes.ts'
import type { Customers } from './customers/service.ts'
import { addManagementRoutes } from './experiences/routes.ts'
import type { Experiences } from './experiences/service.ts'
import {
  addCompatibleRoutes,
  addPageRoutes,
  EVENTS_KEY_RULES,
  postEvents,
} from './ingestion/routes.ts'
import type { Ingestion } from './ingestion/service.ts'
import { addTargetingRoutes } from './targeting/routes.ts'
import type { Targeting } from './targeting/service.ts'

interface AppDeps {
  readonly guards: Guards
  readonly writeKey: WriteKeyGuard
  readonly secretKey: SecretKeyGuard
  readonly rateLimit: RateLimit
  readonly account: Account
  readonly catalog: Catalog
  readonly imports: FileImports
  readonly customers: Customers
  readonly targeting: Targeting
  readonly experiences: Experiences
  readonly ingestion: Ingestion
  /** The build's public files and the examples', by address. */
  readonly files: ReadonlyMap<string, ServedFile>
  readonly headers: Readonly<Record<string, string>>
  readonly publicUrl: URL
  readonly now: Clock
  readonly isTrusted: IsTrusted
  readonly log: Log
}

/** Every route of the server, with the guard that stands before it. */
export function createApp({ guards, writeKey, account, ...rest }: AppDeps): Router {
  const { ingestion, files, publicUrl, now, secretKey, customers, targeting, experiences } = rest
  const router = createRouter(rest)
  const { anyone } = guards

  router.get(HEALTH_PATH, anyone, () => ({ json: { status: 'alive' } }))
  for (const [path, file] of files) router.get(path, anyone, ({ call }) => file.answer(call))
  router.post(EVENTS_PATH, guards.key(EVENTS_KEY_RULES), postEvents(ingestion))
  addPageRoutes(router, { key: guards.key, ingestion })
  addCompatibleRoutes(router, { writeKey, anyone, ingestion, files, publicUrl, now })
  addCatalogRoutes(router, rest)
  addCustomerRoutes(router, { secretKey, customers, imports: rest.imports })
  addTargetingRoutes(router, { secretKey, targeting })
  addManagementRoutes(router, { secretKey, management: experiences.management })
  router.post(CONSOLE_SESSION_PATH, guards.signIn, spendLink({ account, publicUrl }))
  return router
}

/** One page under two addresses. */
export function withAliases(files: ReadonlyMap<string, ServedFile>): Map<string, ServedFile> {
  const all = new Map(files)
  const page = files.get(CONSOLE_PATH)
  if (page !== undefined) all.set(LIVE_PAGE_PATH, page)
  return all
}
