import {
  CONSOLE_PATH,
  CONSOLE_SESSION_PATH,
  DEMO_PATH,
  EVENTS_PATH,
  HEALTH_PATH,
  LIVE_PAGE_PATH,
} from '#protocol/names.ts'
import { spendLink } from './account/routes.ts'
import type { Account } from './account/service.ts'
import type { IsTrusted } from './core/client-address.ts'
import type { ServedFile } from './core/files.ts'
import type { Guards } from './core/guards.ts'
import type { Log } from './core/log.ts'
import { createRouter, type Router } from './core/router.ts'
import { EVENTS_KEY_RULES, postEvents } from './ingestion/routes.ts'
import type { Ingestion } from './ingestion/service.ts'

interface AppDeps {
  readonly guards: Guards
  readonly account: Account
  readonly ingestion: Ingestion
  /** The build's public files and the examples', by address. */
  readonly files: ReadonlyMap<string, ServedFile>
  readonly headers: Readonly<Record<string, string>>
  readonly publicUrl: URL
  readonly isTrusted: IsTrusted
  readonly log: Log
}

/** Every route of the server, with the guard that stands before it. */
export function createApp({ guards, account, ingestion, files, ...rest }: AppDeps): Router {
  const { publicUrl } = rest
  const router = createRouter(rest)
  const { anyone } = guards

  router.get(HEALTH_PATH, anyone, () => ({ json: { status: 'alive' } }))
  for (const [path, file] of files) router.get(path, anyone, ({ call }) => file.answer(call))
  router.post(EVENTS_PATH, guards.key(EVENTS_KEY_RULES), postEvents(ingestion))
  router.post(CONSOLE_SESSION_PATH, guards.signIn, spendLink({ account, publicUrl }))
  return router
}

/** One page under two addresses. */
export function withAliases(files: ReadonlyMap<string, ServedFile>): Map<string, ServedFile> {
  const all = new Map(files)
  for (const [path, file] of files) {
    if (path === CONSOLE_PATH) all.set(LIVE_PAGE_PATH, file)
    if (path.startsWith('/examples/plain-html/')) {
      all.set(path.replace('/examples/plain-html/', DEMO_PATH), file)
    }
  }
  return all
}
