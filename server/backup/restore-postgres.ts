import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { StartError } from '../core/errors.ts'
import { UnusableDatabase } from '../db/errors.ts'
import { APPLIED_TABLE } from '../db/migrations.ts'
import { openDatabase } from '../db/open-database.ts'
import { withClient } from '../db/postgres.ts'
import { MIGRATION_LOCK } from '../db/postgres-migrate.ts'
import { refuseOtherRows, rowsInDump } from './postgres-dump.ts'
import { runProgram } from './program.ts'
import type { RestoreJob } from './restore-job.ts'
import { copyChecked, giveToOwner, placeFiles, stageFiles, withStaging } from './restored-files.ts'

/**
 * Returns where what was there is kept; undefined where nothing was. One transaction moves the tables that are there into
 * a schema of their own, makes the backup's and counts their rows: whatever ends it changes nothing.
 */
export async function restorePostgres(
  job: RestoreJob,
  dataDir: string,
  url: string,
): Promise<string | undefined> {
  const isThere = await refuseUnready(url, job)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const aside = join(dataDir, `before-${job.stamp}`)
  const schema = `before_${job.stamp}`
  await withStaging(dataDir, job, async (staging) => {
    const staged = join(staging, job.manifest.database.path)
    await copyChecked(job, job.manifest.database, staged)
    refuseOtherRows('The backup', job.manifest.rows, await rowsInDump(staged))
    await stageFiles(job, staging)
    await placeFiles(job, { dataDir, staging, aside }, () =>
      runScript(url, staged, {
        first: [...WITHOUT_SERVERS, `ALTER SCHEMA public RENAME TO ${schema};`],
        last: [...countsOf(job), ...(isThere ? [] : [`DROP SCHEMA ${schema} CASCADE;`])],
      }),
    )
  })
  await giveToOwner(dataDir)
  return isThere ? `the schema ${schema} of the database` : undefined
}

/** Returns whether the database holds a Granplaza's tables. */
async function refuseUnready(url: string, { replaces }: RestoreJob): Promise<boolean> {
  const db = await openDatabase({ url, role: 'command' })
  try {
    if (db.raw.dialect !== 'postgres') throw new Error('Not PostgreSQL')
    const { isThere, isInUse } = await withClient(db.raw.pool, stateOf)
    if (isInUse) throw inUse()
    if (isThere && !replaces) {
      throw new StartError(
        'There is a Granplaza in this database already. With --replace the backup takes its place, and its tables are kept in a schema of their own.',
      )
    }
    return isThere
  } finally {
    await db.close()
  }
}

async function stateOf(client: PoolClient): Promise<{ isThere: boolean; isInUse: boolean }> {
  // PostgreSQL may still list this connection when it has been closed.
  await client.query("SET application_name = 'granplaza-restore'")
  const { rows } = await client.query<{ isThere: boolean; isInUse: boolean }>(
    `SELECT to_regclass('public.${APPLIED_TABLE}') IS NOT NULL AS "isThere", ${IS_IN_USE} AS "isInUse"`,
  )
  const [state] = rows
  if (state === undefined) throw new Error('PostgreSQL answered nothing')
  return state
}

/** Servers and commands of ours, this connection apart. */
const IS_IN_USE = `EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
  AND application_name = 'granplaza' AND pid <> pg_backend_pid())`

/** What the script says where somebody came between. */
const IN_USE = 'granplaza_in_use'

/** A server that starts meanwhile waits for the migrations' lock, and then finds the backup. */
const WITHOUT_SERVERS = [
  `SELECT pg_advisory_xact_lock(${MIGRATION_LOCK}) \\g /dev/null`,
  `DO $check$ BEGIN IF ${IS_IN_USE} THEN RAISE EXCEPTION '${IN_USE}'; END IF; END $check$;`,
]

function inUse(): UnusableDatabase {
  return new UnusableDatabase(
    'in_use',
    'A server is running on this database. Stop all of them, and restore again.',
  )
}

/** Statements that fail unless each table has its rows. */
function countsOf({ manifest: { rows } }: RestoreJob): string[] {
  return Object.entries(rows).map(
    ([table, count]) => `DO $check$ BEGIN IF (SELECT count(*) FROM public."${table}") <> ${count}
      THEN RAISE EXCEPTION '% has other rows than were backed up', '${table}'; END IF; END $check$;`,
  )
}

/**
 * Runs a dump between `first` and `last`, all in one transaction. The COMMIT comes from here, once the dump has been read
 * to its end: psql would commit by itself (`--single-transaction`) what had come until we were killed.
 */
async function runScript(
  url: string,
  dump: string,
  { first, last }: { readonly first: readonly string[]; readonly last: readonly string[] },
): Promise<void> {
  const psql = runProgram('psql', ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1'], url)
  const text = runProgram('pg_restore', ['--no-owner', '--no-privileges', '--file=-', dump])
  psql.stdin.write(`BEGIN;\n${first.join('\n')}\n`)
  try {
    await pipeline(text.stdout, psql.stdin, { end: false })
    await text.ended
    psql.stdin.end(`${last.join('\n')}\nCOMMIT;\n`)
    await psql.ended
  } catch (error) {
    psql.stdin.end()
    // Where psql has ended, it knows why; the pipe has only broken.
    await psql.ended.catch((why: unknown) => {
      throw why instanceof Error && why.message.includes(IN_USE) ? inUse() : why
    })
    throw error
  }
}
