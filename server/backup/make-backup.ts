import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Clock } from '../core/clock.ts'
import { StartError } from '../core/errors.ts'
import { errorKind } from '../db/error-kind.ts'
import { copyDataFiles } from './data-files.ts'
import { factsOfFile, removeOlder, renameDurably, syncToDisk } from './durable-files.ts'
import { MANIFEST, type Manifest } from './manifest.ts'
import { dumpPostgres } from './postgres-dump.ts'
import { checkSqlite, copySqlite } from './sqlite-copy.ts'

/** Where the shop's data lies. */
export interface DataPlace {
  /** Absolute. */
  readonly dataDir: string
  /** Undefined: SQLite in `dataDir`. */
  readonly databaseUrl: string | undefined
}

interface MakeBackupDeps {
  readonly place: DataPlace
  /** The folder to which the backup is added, as a folder of its own. */
  readonly to: string
  /** Ours. */
  readonly version: string
  readonly now: Clock
}

export interface MadeBackup {
  /** The backup's own folder. */
  readonly folder: string
  readonly manifest: Manifest
}

export const DATABASE_FILES = { sqlite: 'granplaza.db', postgres: 'granplaza.dump' } as const
const DAY_MS = 86_400_000
const UNFINISHED = /^\.granplaza-.+\.partial$/

/**
 * Makes a backup beside a running server. It has its name only once all of it has been read again and is on the disk:
 * whatever ends this earlier leaves no backup, and touches nothing of the data. Throws a `StartError` that says why not.
 */
export async function makeBackup({ place, to, version, now }: MakeBackupDeps): Promise<MadeBackup> {
  const parent = resolve(to)
  const madeAt = new Date(now()).toISOString()
  const name = `granplaza-${madeAt.replaceAll(/[:.]/g, '-')}`
  const partial = join(parent, `.${name}.partial`)
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 })
    await removeOlder(parent, (it) => UNFINISHED.test(it), now() - DAY_MS)
    await mkdir(partial, { mode: 0o700 })
    try {
      const manifest = await fill(partial, { place, version, madeAt, except: parent })
      const folder = join(parent, name)
      await renameDurably(partial, folder)
      return { folder, manifest }
    } catch (error) {
      await rm(partial, { recursive: true, force: true })
      throw error
    }
  } catch (error) {
    throw explained(error, parent)
  }
}

interface Filling {
  readonly place: DataPlace
  readonly version: string
  readonly madeAt: string
  readonly except: string
}

/** The database first: what it names among the files had been there before. */
async function fill(folder: string, { place, version, madeAt, except }: Filling) {
  const { dataDir, databaseUrl } = place
  const dialect = databaseUrl === undefined ? 'sqlite' : 'postgres'
  const path = DATABASE_FILES[dialect]
  const file = join(folder, path)
  const contents =
    databaseUrl === undefined
      ? await copyChecked(join(dataDir, path), file)
      : await dumpPostgres(databaseUrl, file)
  const files = await copyDataFiles(dataDir, folder, except)
  const manifest: Manifest = {
    format: 1,
    version,
    madeAt,
    dialect,
    ...contents,
    database: { path, ...(await factsOfFile(file)) },
    files,
    note: noteOf(files.length),
  }
  const manifestFile = join(folder, MANIFEST)
  await writeFile(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  await syncToDisk(manifestFile)
  await syncToDisk(folder)
  return manifest
}

async function copyChecked(from: string, to: string) {
  await copySqlite(from, to)
  return checkSqlite(to)
}

function noteOf(files: number): string {
  const database = 'Holds the whole database, personal data and the hashes of keys included.'
  const rest =
    files === 0
      ? 'DATA_DIR held nothing else.'
      : `Holds the ${files} other files of DATA_DIR, uploads and generated secrets in clear.`
  return `${database} ${rest} Nothing in it is encrypted: keep it as you keep the server. Restore it with: npm run restore -- --from <this folder>`
}

function explained(error: unknown, folder: string): unknown {
  if (errorKind(error) === 'full') {
    return new StartError(`${folder} has not enough space for the backup`, { cause: error })
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'ENOTDIR') {
    return new StartError(`${folder} can't be written to (${code})`, { cause: error })
  }
  if (typeof code === 'string' && code.startsWith('SQLITE_')) {
    const said = error instanceof Error ? error.message : code
    return new StartError(`The database can't be copied (${said})`, { cause: error })
  }
  return error
}
