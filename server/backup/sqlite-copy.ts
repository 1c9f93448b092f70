import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { StartError } from '../core/errors.ts'
import { APPLIED_TABLE } from '../db/migrations.ts'
import { openSqliteConnection, type SqliteConnection } from '../db/sqlite-connection.ts'
import { syncToDisk } from './durable-files.ts'
import type { Contents } from './manifest.ts'

/**
 * Writes the database as it is at one instant to `to`, while others go on writing: VACUUM INTO reads in one transaction.
 * SQLite's backup API would begin anew with each commit of another process, and copies erased pages too.
 */
export async function copySqlite(from: string, to: string): Promise<void> {
  if (!existsSync(from)) throw new StartError(`There is no database at ${from} to back up`)
  // SQLite takes an empty file for none, and keeps its mode.
  await writeFile(to, '', { mode: 0o600, flag: 'wx' })
  const connection = openSqliteConnection(from)
  try {
    connection.exec('PRAGMA busy_timeout = 5000')
    connection.prepare('VACUUM INTO ?').run(to)
  } finally {
    connection.close()
  }
  await syncToDisk(to)
}

/** Reads all of a database that nobody else has open; throws a `StartError` that names it where anything is wrong with it. */
export function checkSqlite(file: string): Contents {
  const connection = openSqliteConnection(file, { readonly: true })
  try {
    const damage = damageOf(connection)
    if (damage !== undefined) throw new StartError(`${file} is damaged: ${damage}`)
    return { migrations: migrationsOf(connection), rows: rowsOf(connection) }
  } finally {
    connection.close()
  }
}

function damageOf(connection: SqliteConnection): string | undefined {
  try {
    const found = connection
      .prepare<[], { integrity_check: string }>('PRAGMA integrity_check(1)')
      .get()
    if (found?.integrity_check !== 'ok') return found?.integrity_check ?? 'it is not checked'
    const broken = connection.prepare('SELECT 1 FROM pragma_foreign_key_check').all()
    return broken.length === 0 ? undefined : `${broken.length} rows name others that are not there`
  } catch (error) {
    // Of a file that is too damaged to be asked, or none of SQLite's.
    return error instanceof Error ? error.message : String(error)
  }
}

function migrationsOf(connection: SqliteConnection): string[] {
  return connection
    .prepare<[], { name: string }>(`SELECT name FROM ${APPLIED_TABLE} ORDER BY position`)
    .all()
    .map(({ name }) => name)
}

function rowsOf(connection: SqliteConnection): Record<string, number> {
  const tables = connection
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'`,
    )
    .all()
  const counts = tables.map(({ name }): [string, number] => {
    // The name is the database's own: a table can't be a parameter.
    const counted = connection.prepare<[], { count: number }>(
      `SELECT count(*) AS count FROM "${name.replaceAll('"', '""')}"`,
    )
    return [name, counted.get()?.count ?? 0]
  })
  return Object.fromEntries(counts)
}
