import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { findPostgres, startCluster } from '../../scripts/services/postgres.mjs'
import { openDatabase } from '#server/db/open-database.ts'
import { eachDatabase } from '../support/databases.ts'
import { forkServer, type ForkedServer } from '../support/forked-server.ts'
import { EXACT, ledgerOf } from '../support/ledger.ts'
import { differencesOf, naiveProfiles, storedProfiles } from '../support/naive-profiles.ts'
import { PEOPLE, shopEvents } from '../support/shop-events.ts'
import { startWriters } from '../support/writers.ts'

const IS_LONG = process.env.TEST_LONG === '1'
const KILLS = IS_LONG ? 300 : 10
const DATABASE_KILLS = IS_LONG ? 50 : 5
const WRITERS = 32
/** Between the first acknowledgement after a start and the kill. */
const MAX_LIFE_MS = 400

eachDatabase('a server killed under load', (fresh) => {
  it(`loses and doubles no acknowledged event in ${KILLS} kills, and knows of everybody what they did`, async () => {
    const database = await fresh()
    const { url, file = '' } = database.address
    const environment: Record<string, string> =
      url === undefined ? { DATA_DIR: dirname(file) } : { DATABASE_URL: url }
    const current = createSlot<ForkedServer>()
    const writers = startWriters(WRITERS, current.get, shopEvents)
    try {
      for (let kill = 1; kill <= KILLS; kill++) {
        current.set(await forkServer(environment))
        const before = writers.acknowledged.size
        await until(() => writers.acknowledged.size > before)
        await wait(Math.random() * MAX_LIFE_MS)
        await current.take().end('SIGKILL')
      }
      current.set(await forkServer(environment))
      await writers.finish()
      await current.take().end('SIGTERM')

      const db = await openDatabase(database.address)
      expect(await ledgerOf(db, writers)).toEqual(EXACT)
      const profiles = await storedProfiles(db)
      const naive = await naiveProfiles(db, Math.random)
      await db.close()
      expect(differencesOf(profiles, naive)).toEqual([])
      expect(profiles.size).toBe(WRITERS + PEOPLE)
      expect(writers.odd).toEqual([])
      process.stdout.write(
        `${KILLS} kills, ${writers.acknowledged.size} acknowledged, ` +
          `${writers.duplicates()} resent though stored, 0 lost, 0 doubled\n`,
      )
    } finally {
      await database.remove()
    }
  })
})

const bin = findPostgres()

describe.skipIf(bin === undefined)('a PostgreSQL that crashes under load', () => {
  it(`loses and doubles no acknowledged event in ${DATABASE_KILLS} crashes, and no server ends`, async () => {
    const cluster = await startCluster(bin ?? '')
    const server = await forkServer({ DATABASE_URL: cluster.url })
    try {
      const writers = startWriters(WRITERS, () => Promise.resolve(server))
      for (let crash = 1; crash <= DATABASE_KILLS; crash++) {
        const before = writers.acknowledged.size
        await until(() => writers.acknowledged.size > before + 500)
        await crashPostgres(cluster.url)
      }
      await writers.finish()

      const db = await openDatabase({ url: cluster.url })
      expect(await ledgerOf(db, writers)).toEqual(EXACT)
      await db.close()
      expect(writers.odd).toEqual([])
      expect(writers.refusals.length).toBeGreaterThan(0)
      expect(writers.refusals.filter(({ retryAfter }) => retryAfter === undefined)).toEqual([])
    } finally {
      await server.end('SIGTERM')
      await cluster.stop()
    }
  })
})

/** One of its processes dies, upon which PostgreSQL ends all connections at once and recovers from its log. */
async function crashPostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'`,
  )
  const [walWriter] = rows
  if (walWriter === undefined) throw new Error('PostgreSQL has no walwriter')
  process.kill(walWriter.pid, 'SIGKILL')
  await client.end().catch(() => undefined)
}

/** Holds a server while there is one; `get` waits for it. */
function createSlot<T>() {
  let held: T | undefined
  let waiting: ((value: T) => void)[] = []
  return {
    get: (): Promise<T> =>
      held === undefined
        ? new Promise((resolve) => void waiting.push(resolve))
        : Promise.resolve(held),
    set(value: T) {
      held = value
      for (const resolve of waiting) resolve(value)
      waiting = []
    },
    take(): T {
      const taken = held
      held = undefined
      if (taken === undefined) throw new Error('No server is running')
      return taken
    },
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await wait(5)
}
