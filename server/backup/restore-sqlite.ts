import { existsSync, statSync } from 'node:fs'
import { copyFile, link, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from '../core/errors.ts'
import { errorKind } from '../db/error-kind.ts'
import { UnusableDatabase } from '../db/errors.ts'
import { openSqliteConnection } from '../db/sqlite-connection.ts'
import { holdServerLock } from '../db/sqlite-lock.ts'
import { syncToDisk } from './durable-files.ts'
import { DATABASE_FILES } from './make-backup.ts'
import { refuseOtherRows } from './postgres-dump.ts'
import type { RestoreJob } from './restore-job.ts'
import { copyChecked, giveToOwner, placeFiles, stageFiles, withStaging } from './restored-files.ts'
import { checkSqlite } from './sqlite-copy.ts'

/** Returns where what was there is kept; undefined where nothing was. No server can start meanwhile. */
export async function restoreSqlite(job: RestoreJob, dataDir: string): Promise<string | undefined> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, DATABASE_FILES.sqlite)
  const releaseLock = holdServerLock(file)
  try {
    const isThere = existsSync(file) && statSync(file).size > 0
    if (isThere && !job.replaces) throw new StartError(alreadyThere(file))
    const aside = join(dataDir, `before-${job.stamp}`)
    await withStaging(dataDir, job, async (staging) => {
      const staged = join(staging, job.manifest.database.path)
      await copyChecked(job, job.manifest.database, staged)
      refuseOtherRows('The backup', job.manifest.rows, checkSqlite(staged).rows)
      await stageFiles(job, staging)
      if (isThere) await keepAside(file, aside)
      await placeFiles(job, { dataDir, staging, aside }, () => rename(staged, file))
    })
    await giveToOwner(dataDir)
    return existsSync(aside) ? aside : undefined
  } finally {
    releaseLock()
  }
}

function alreadyThere(file: string): string {
  return `There is a database already: ${file}. With --replace the backup takes its place, and it is kept beside.`
}

/**
 * Gives the database a second name, so that it keeps its own until the backup takes that. Before, its log is brought
 * into it: SQLite would take one that is left lying for the new database's.
 */
async function keepAside(file: string, aside: string): Promise<void> {
  const isWhole = closeLog(file)
  await mkdir(aside, { mode: 0o700 })
  await linkOrCopy(file, join(aside, DATABASE_FILES.sqlite))
  for (const ending of ['-wal', '-shm']) {
    if (!existsSync(`${file}${ending}`)) continue
    if (isWhole) throw inUse(file)
    await linkOrCopy(`${file}${ending}`, join(aside, `${DATABASE_FILES.sqlite}${ending}`))
    await syncToDisk(aside)
    await rm(`${file}${ending}`)
  }
  await syncToDisk(aside)
}

/** False: too damaged for SQLite, which may be why it gives way. */
function closeLog(file: string): boolean {
  const connection = openSqliteConnection(file, { timeout: 5_000 })
  try {
    const closed = connection
      .prepare<[], { journal_mode: string }>('PRAGMA journal_mode = DELETE')
      .get()
    if (closed?.journal_mode !== 'delete') throw inUse(file)
    return true
  } catch (error) {
    if (errorKind(error) === 'busy') throw inUse(file, error)
    if (error instanceof UnusableDatabase) throw error
    return false
  } finally {
    connection.close()
  }
}

function inUse(file: string, cause?: unknown): UnusableDatabase {
  return new UnusableDatabase(
    'in_use',
    `Another program has ${file} open. Stop it, and restore again.`,
    cause,
  )
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch {
    // Some disks know no second names.
    await copyFile(from, to)
    await syncToDisk(to)
  }
}
