import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type OpenOptions } from '#server/db/open-database.ts'
import { freshPostgres, postgresUrl, type FreshPostgres } from './postgres.ts'

/** Databases with the schema and nothing in it. Copying one takes a tenth of the time that migrating takes. */
interface Templates {
  /** A file. */
  readonly sqlite: string
  /** An address; none where there is no PostgreSQL. */
  readonly postgres?: string
}

/** Makes them once for the whole run, and tells the workers by the environment. Returns what removes them. */
export async function makeTemplates(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'granplaza-templates-'))
  const sqlite = join(folder, 'granplaza.db')
  await migrate({ file: sqlite })
  const postgres = postgresUrl() === undefined ? undefined : await migratedPostgres()
  const made: Templates = { sqlite, ...(postgres !== undefined && { postgres: postgres.url }) }
  process.env.TEST_TEMPLATES = JSON.stringify(made)
  return async () => {
    await postgres?.drop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Outside of vitest, as in benches, there are none: whoever needs the schema then migrates. */
export function templates(): Partial<Templates> {
  return JSON.parse(process.env.TEST_TEMPLATES ?? '{}') as Partial<Templates>
}

/** Puts the schema into a file that is not there yet, if this run has it. */
export async function copySqlite(file: string): Promise<void> {
  const { sqlite } = templates()
  if (sqlite !== undefined) await copyFile(sqlite, file)
}

async function migratedPostgres(): Promise<FreshPostgres> {
  const fresh = await freshPostgres()
  await migrate({ url: fresh.url })
  return fresh
}

async function migrate(address: Pick<OpenOptions, 'url' | 'file'>): Promise<void> {
  const db = await openDatabase(address)
  await db.migrate()
  await db.close()
}
