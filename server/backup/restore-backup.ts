import { resolve } from 'node:path'
import type { Clock } from '../core/clock.ts'
import { StartError } from '../core/errors.ts'
import { pendingMigrations, readMigrations } from '../db/migrations.ts'
import type { DataPlace } from './make-backup.ts'
import { readManifest, type Manifest } from './manifest.ts'
import type { RestoreJob } from './restore-job.ts'
import { restorePostgres } from './restore-postgres.ts'
import { restoreSqlite } from './restore-sqlite.ts'

interface RestoreBackupDeps {
  readonly place: DataPlace
  /** The backup's own folder. */
  readonly from: string
  /** Whether a database that is there gives way; it is kept aside. */
  readonly replaces: boolean
  readonly now: Clock
}

export interface Restored {
  readonly manifest: Manifest
  /** Where what was there before is kept, in words; undefined where nothing was. */
  readonly aside: string | undefined
}

/**
 * Puts a backup in the place of the data, or changes nothing: the backup is read whole and checked first, and then takes
 * its place at once. Throws a `StartError` or an `UnusableDatabase` that says why not: a server runs, something is there
 * already, a newer version made it, it is damaged.
 */
export async function restoreBackup(deps: RestoreBackupDeps): Promise<Restored> {
  const { place, replaces, now } = deps
  const folder = resolve(deps.from.replace(/[/\\]manifest\.json$/, ''))
  const manifest = await readManifest(folder)
  const dialect = place.databaseUrl === undefined ? 'sqlite' : 'postgres'
  if (manifest.dialect !== dialect) throw new StartError(otherDatabase(manifest))
  pendingMigrations(readMigrations(dialect), manifest.migrations)
  const startedAt = now()
  const stamp = new Date(startedAt).toISOString().replaceAll(/\D/g, '')
  const job: RestoreJob = { folder, manifest, replaces, startedAt, stamp }
  const { dataDir, databaseUrl } = place
  const aside =
    databaseUrl === undefined
      ? await restoreSqlite(job, dataDir)
      : await restorePostgres(job, dataDir, databaseUrl)
  return { manifest, aside }
}

function otherDatabase({ dialect }: Manifest): string {
  return dialect === 'sqlite'
    ? 'This is a backup of SQLite: restore it without DATABASE_URL'
    : 'This is a backup of PostgreSQL: set DATABASE_URL to the database to restore it to'
}
