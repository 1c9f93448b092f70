import process from 'node:process'
import { ACCOUNT_LINK_PAGE_PATH, LIVE_PAGE_PATH } from '#protocol/names.ts'
import { readConfig } from './config.ts'
import { StartError } from './core/errors.ts'
import { UnusableDatabase } from './db/errors.ts'
import { ROOT } from './root.ts'
import { createServer, type RunningServer } from './server.ts'
import { welcomeOf } from './welcome.ts'

const STOP_WITHIN_MS = 10_000

async function main(): Promise<void> {
  const server = await createServer(readConfig(process.env, ROOT))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void stop(server))
  }
  const link = await server.account.createOneTimeLink(server.shop.id)
  const liveUrl = `${server.url}${LIVE_PAGE_PATH}#${link}`
  const setup = await server.members.links.createSetupLink(server.shop.id)
  const setupUrl = setup && `${server.url}${ACCOUNT_LINK_PAGE_PATH}#${setup}`
  process.stdout.write(welcomeOf(server, { liveUrl, setupUrl }, process.stdout.isTTY))
}

/** A second signal ends the process at once: `once` has given it back its usual meaning. */
async function stop(server: RunningServer): Promise<void> {
  const overdue = setTimeout(() => process.exit(1), STOP_WITHIN_MS)
  await server.stop()
  clearTimeout(overdue)
  process.exit(0)
}

main().catch((error: unknown) => {
  const isExpected = error instanceof StartError || error instanceof UnusableDatabase
  process.stderr.write(`\n${isExpected ? error.message : format(error)}\n`)
  process.exit(1)
})

/** A bug: with its stack, for whoever reports it. */
function format(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
