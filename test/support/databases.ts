import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { openDatabase, type OpenOptions } from '#server/db/open-database.ts'
import { freshPostgres, postgresUrl } from './postgres.ts'

/** An empty database of its own. */
export interface FreshDatabase {
  /** What `openDatabase` takes for it. */
  readonly address: Pick<OpenOptions, 'url' | 'file'>
  /** What a server of its own is started with to work on it. */
  readonly environment: Record<string, string>
  /** Opens it, and brings it up to date. */
  readonly open: (options?: OpenOptions) => Promise<Database>
  readonly remove: () => Promise<void>
}

type Fresh = () => Promise<FreshDatabase>

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

export async function freshSqlite(): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
  const address = { file: join(folder, 'granplaza.db') }
  return {
    address,
    environment: { DATA_DIR: folder },
    open: openerOf(address),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function freshPostgresDatabase(): Promise<FreshDatabase> {
  const { url, drop } = await freshPostgres()
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
