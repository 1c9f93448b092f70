import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { openDatabase, type OpenOptions } from '#server/db/open-database.ts'
import { copyOfPostgres, freshPostgres, postgresUrl } from './postgres.ts'
import { copySqlite, templates } from './templates.ts'

/** A database of its own, with nothing in it. */
export interface FreshDatabase {
  /** What `openDatabase` takes for it. */
  readonly address: Pick<OpenOptions, 'url' | 'file'>
  /** What a server of its own is started with to work on it. */
  readonly environment: Record<string, string>
  /** Opens it, and brings it up to date. */
  readonly open: (options?: OpenOptions) => Promise<Database>
  readonly remove: () => Promise<void>
}

/** `migrated` unless said: it has the schema. `blank`: it has no table yet. */
type Start = 'migrated' | 'blank'
type Fresh = (start?: Start) => Promise<FreshDatabase>

/** The same tests on SQLite and on PostgreSQL; where that is missing, they count as skipped. */
export function eachDatabase(
  what: string,
  tests: (fresh: Fresh, dialect: 'sqlite' | 'postgres') => void,
): void {
  describe(`${what} on SQLite`, () => tests(freshSqlite, 'sqlite'))
  describe.skipIf(postgresUrl() === undefined)(`${what} on PostgreSQL`, () =>
    tests(freshPostgresDatabase, 'postgres'),
  )
}

export async function freshSqlite(start: Start = 'migrated'): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
  const address = { file: join(folder, 'granplaza.db') }
  if (start === 'migrated') await copySqlite(address.file)
  return {
    address,
    environment: { DATA_DIR: folder },
    open: openerOf(address),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function freshPostgresDatabase(start: Start = 'migrated'): Promise<FreshDatabase> {
  const { postgres } = templates()
  const { url, drop } = await (start === 'blank' || postgres === undefined
    ? freshPostgres()
    : copyOfPostgres(postgres))
  const folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
  return {
    address: { url },
    environment: { DATABASE_URL: url, DATA_DIR: folder },
    open: openerOf({ url }),
    async remove() {
      await drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function openerOf(address: FreshDatabase['address']): FreshDatabase['open'] {
  return async (options) => {
    const db = await openDatabase({ ...address, ...options })
    await db.migrate()
    return db
  }
}

/** Rows of a statement written by hand, with `$1`, `$2` … in their order. */
export async function rowsOf<Row>(
  { raw }: Database,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  if (raw.dialect === 'sqlite') {
    const numbered = statement.replaceAll(/\$\d/g, '?')
    return raw.exclusive((connection) => {
      const prepared = connection.prepare<unknown[], Row>(numbered)
      if (prepared.reader) return prepared.all(...values)
      prepared.run(...values)
      return []
    })
  }
  const { rows } = await raw.pool.query(statement, values)
  return rows as Row[]
}
