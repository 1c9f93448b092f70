import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findPostgres } from '../../scripts/services/postgres.mjs'
import { readManifest } from '#server/backup/manifest.ts'
import { refuseHalfRestored } from '#server/backup/restored-files.ts'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { startCommand } from '../support/command-process.ts'
import { rowsOf } from '../support/databases.ts'
import { countRows, tablesOf } from '../support/filled-rows.ts'
import { forkServer } from '../support/forked-server.ts'
import { EXACT, ledgerOf } from '../support/ledger.ts'
import { differencesOf, naiveProfiles, storedProfiles } from '../support/naive-profiles.ts'
import { freshPostgres, postgresUrl } from '../support/postgres.ts'
import { shopEvents } from '../support/shop-events.ts'
import { startWriters } from '../support/writers.ts'

const IS_LONG = process.env.TEST_LONG === '1'
const BACKUPS = IS_LONG ? 100 : 1
const KILLS = IS_LONG ? 100 : 2
const WRITERS = 8
const MORTAL_FILES = new URL('../support/mortal-files.mjs', import.meta.url).href
/** One pass over all events: not after every backup of a hundred. */
const PROFILES_EVERY = IS_LONG ? 20 : 1

/** Where an installation is. */
interface Place {
  readonly environment: Record<string, string>
  readonly open: () => Promise<Database>
  readonly remove: () => Promise<void>
}

async function sqlitePlace(): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
  return {
    environment: { DATA_DIR: dataDir },
    open: () => openMigrated({ file: join(dataDir, 'granplaza.db') }),
    remove: () => rm(dataDir, { recursive: true }),
  }
}

async function postgresPlace(): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
  const { url, drop } = await freshPostgres()
  return {
    environment: { DATA_DIR: dataDir, DATABASE_URL: url },
    open: () => openMigrated({ url }),
    async remove() {
      await drop()
      await rm(dataDir, { recursive: true })
    },
  }
}

async function openMigrated(address: { url: string } | { file: string }): Promise<Database> {
  const db = await openDatabase(address)
  await db.migrate()
  return db
}

describe('backups on SQLite', () => backupTests(sqlitePlace))
describe.skipIf(postgresUrl() === undefined || findPostgres() === undefined)(
  'backups on PostgreSQL',
  () => backupTests(postgresPlace),
)

function backupTests(newPlace: () => Promise<Place>): void {
  let place: Place
  let backups: string

  beforeEach(async () => {
    place = await newPlace()
    backups = await mkdtemp(join(tmpdir(), 'granplaza-backups-'))
  })
  afterEach(async () => {
    await place.remove()
    await rm(backups, { recursive: true })
  })

  const backUp = async () => {
    const { ended } = await startCommand(['backup', '--to', backups], place.environment)
    return (await ended).split('\n')[0] ?? ''
  }

  it(`made ${BACKUPS} times under load hold all that was acknowledged before, and nothing by halves`, async () => {
    const server = await forkServer(place.environment)
    const writers = startWriters(WRITERS, () => Promise.resolve(server), shopEvents)
    try {
      for (let backup = 1; backup <= BACKUPS; backup++) {
        const count = writers.acknowledged.size
        await until(() => writers.acknowledged.size > count + 100)
        const acknowledged = new Set(writers.acknowledged)
        const folder = await backUp()
        const target = await newPlace()
        await (
          await startCommand(['restore', '--from', folder], target.environment)
        ).ended

        const db = await target.open()
        const then = { ...writers, acknowledged, sent: acknowledged }
        expect(await ledgerOf(db, then)).toEqual(EXACT)
        if (backup % PROFILES_EVERY === 0) await expectNaiveProfiles(db)
        await db.close()
        await target.remove()
        await rm(folder, { recursive: true })
      }
    } finally {
      await writers.finish()
      await server.end('SIGTERM')
    }
    expect(writers.odd).toEqual([])
    expect(writers.refusals).toEqual([])
    process.stdout.write(
      `${BACKUPS} backups, ${writers.acknowledged.size} acknowledged, all exact\n`,
    )
  })

  it(`killed at ${KILLS} moments of being made, leave the data alone and no half a backup`, async () => {
    const before = await filled('present')
    const lasts = await durationOf(backUp)
    const whole = (await readdir(backups)).length

    for (let kill = 1; kill <= KILLS; kill++) {
      await killedWithin(lasts, ['backup', '--to', backups])
    }

    expect(await stateOf()).toEqual(before)
    const names = (await readdir(backups)).filter((name) => !name.startsWith('.'))
    expect(names.length).toBeGreaterThanOrEqual(whole)
    for (const name of names) await readManifest(join(backups, name))
    await backUp()
  })

  it(`killed at ${KILLS} moments of being restored, leave before or after`, async () => {
    const after = await filled('backed up')
    const folder = await backUp()
    const dataDir = place.environment.DATA_DIR ?? ''
    const before = await renamed('present')
    const restore = ['restore', '--from', folder, '--replace']
    const lasts = await durationOf(
      async () => (await startCommand(restore, place.environment)).ended,
    )
    const seen = { before: 0, after: 0, refused: 0 }

    for (let kill = 1; kill <= KILLS; kill++) {
      await renamed('present')
      await killedWithin(lasts, restore)
      const isRefused = isHalfRestored(dataDir)
      // As the server that refuses says.
      if (isRefused) await (await startCommand(restore, place.environment)).ended
      const state = await stateOf()
      expect(isRefused ? [after] : [before, after]).toContainEqual(state)
      const outcome = state.names.includes('present') ? 'before' : 'after'
      seen[isRefused ? 'refused' : outcome] += 1
    }

    const server = await forkServer(place.environment)
    await server.end('SIGTERM')
    await renamed('present')
    await (
      await startCommand(restore, place.environment)
    ).ended
    expect(await stateOf()).toEqual(after)
    process.stdout.write(`${KILLS} kills of a restore: ${JSON.stringify(seen)}\n`)
  })

  it('killed before any change of files of a restore, leaves before, after, or a server that refuses', async () => {
    const dataDir = place.environment.DATA_DIR ?? ''
    const secret = join(dataDir, 'secret.key')
    // 32 bytes each, as the server wants them.
    const keyOfBackup = `${'b'.repeat(42)}A=`
    const keyOfPresent = `${'p'.repeat(42)}A=`
    await writeFile(secret, keyOfBackup)
    const after = { ...(await filled('backed up')), secret: keyOfBackup }
    const folder = await backUp()
    const seen = { before: 0, after: 0, refused: 0 }

    for (let change = 1, isKilled = true; isKilled; change++) {
      await rm(join(dataDir, 'restore-unfinished'), { force: true })
      await writeFile(secret, keyOfPresent)
      const before = { ...(await renamed('present')), secret: keyOfPresent }
      const { child, ended } = await startCommand(
        ['restore', '--from', folder, '--replace'],
        { ...place.environment, KILL_BEFORE: String(change) },
        ['--import', MORTAL_FILES],
      )
      await ended
      isKilled = child.signalCode === 'SIGKILL'
      await untilNobodyIsLeft(place)

      // What a server asks before it opens anything.
      if (isHalfRestored(dataDir)) {
        seen.refused += 1
        continue
      }
      const state = { ...(await stateOf()), secret: await readFile(secret, 'utf8') }
      expect([before, after]).toContainEqual(state)
      seen[state.secret === keyOfPresent ? 'before' : 'after'] += 1
    }

    expect(Object.values(seen).every((count) => count > 0)).toBe(true)
    process.stdout.write(`a restore killed before each change of files: ${JSON.stringify(seen)}\n`)
  })

  /** A shop of this name, with enough rows that copying takes its time. */
  async function filled(name: string) {
    const server = await forkServer(place.environment)
    const writers = startWriters(WRITERS, () => Promise.resolve(server), shopEvents)
    await until(() => writers.acknowledged.size > 500)
    await writers.finish()
    await server.end('SIGTERM')
    return renamed(name)
  }

  async function renamed(name: string) {
    const db = await place.open()
    await rowsOf(db, 'UPDATE shops SET name = $1', [name])
    await db.close()
    return stateOf()
  }

  async function stateOf() {
    const db = await place.open()
    const names = await rowsOf<{ name: string }>(db, 'SELECT name FROM shops ORDER BY name')
    const counts = await countRows(db, await tablesOf(db))
    await db.close()
    return { names: names.map(({ name }) => name), counts }
  }

  async function killedWithin(milliseconds: number, args: readonly string[]): Promise<void> {
    const { child, ended } = await startCommand(args, place.environment)
    await wait(Math.random() * milliseconds)
    child.kill('SIGKILL')
    await ended
    await untilNobodyIsLeft(place)
  }
}

/** PostgreSQL's programs outlive their parent for a moment. */
async function untilNobodyIsLeft({ environment }: Place): Promise<void> {
  const url = environment.DATABASE_URL
  if (url === undefined) return
  const db = await openDatabase({ url })
  const working = `SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'granplaza-%'`
  while ((await rowsOf(db, working)).length > 0) await wait(5)
  await db.close()
}

function isHalfRestored(dataDir: string): boolean {
  try {
    refuseHalfRestored(dataDir)
    return false
  } catch {
    return true
  }
}

async function expectNaiveProfiles(db: Database): Promise<void> {
  const profiles = await storedProfiles(db)
  const naive = await naiveProfiles(db, Math.random)
  expect(profiles.size).toBeGreaterThan(0)
  expect(differencesOf(profiles, naive)).toEqual([])
}

async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await wait(5)
}
