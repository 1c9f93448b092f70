import { findChromium } from '../../scripts/services/chromium.mjs'
import { findPostgres, startCluster } from '../../scripts/services/postgres.mjs'

/**
 * For `npx vitest run some/file`: finds what `npm test` would have found, without installing anything.
 * The first project to get here sets both addresses, empty where there is none; the others find them set.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  process.env.TEST_CHROMIUM ??= (await findChromium()) ?? ''
  if (process.env.TEST_POSTGRES_URL !== undefined) return undefined
  const bin = findPostgres()
  const given = process.env.TEST_DATABASE_URL
  if (given !== undefined || bin === undefined) {
    process.env.TEST_POSTGRES_URL = given ?? ''
    return undefined
  }
  const cluster = await startCluster(bin)
  process.env.TEST_POSTGRES_URL = cluster.url
  return cluster.stop
}
