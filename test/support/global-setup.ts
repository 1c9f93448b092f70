import { findChromium } from '../../scripts/services/chromium.mjs'
import { findPostgres, startCluster } from '../../scripts/services/postgres.mjs'
import { findRedis } from '../../scripts/services/redis.mjs'
import { makeTemplates } from './templates.ts'

type End = () => Promise<void>

/**
 * For `npx vitest run some/file`: finds what `npm test` would have found, without installing anything. Then makes the
 * databases that the tests' own are copies of. The first project to get here sets all; the others find it set.
 */
export async function setup(): Promise<End | undefined> {
  if (process.env.TEST_TEMPLATES !== undefined) return undefined
  process.env.TEST_CHROMIUM ??= (await findChromium()) ?? ''
  process.env.TEST_REDIS ??= findRedis() ?? ''
  const stopPostgres = await providePostgres()
  const removeTemplates = await makeTemplates()
  return async () => {
    await removeTemplates()
    await stopPostgres()
  }
}

async function providePostgres(): Promise<End> {
  const none = async () => undefined
  if (process.env.TEST_POSTGRES_URL !== undefined) return none
  const bin = findPostgres()
  const given = process.env.TEST_DATABASE_URL
  if (given !== undefined || bin === undefined) {
    process.env.TEST_POSTGRES_URL = given ?? ''
    return none
  }
  const cluster = await startCluster(bin)
  process.env.TEST_POSTGRES_URL = cluster.url
  return cluster.stop
}
