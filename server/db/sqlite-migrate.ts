import { APPLIED_TABLE, pendingMigrations, type Migration } from './migrations.ts'
import type { SqliteConnection } from './sqlite-connection.ts'

/**
 * Runs what is pending in one transaction, so that a kill leaves before or after. Foreign keys are off meanwhile, and
 * checked before the commit: with them on, dropping the old table of a rebuild would delete its child rows by cascade.
 */
export function migrateSqlite(
  connection: SqliteConnection,
  migrations: readonly Migration[],
  now: () => number,
): void {
  connection.exec('PRAGMA foreign_keys = OFF')
  try {
    connection.exec('BEGIN EXCLUSIVE')
    runPending(connection, migrations, now)
    refuseBrokenReferences(connection)
    connection.exec('COMMIT')
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  } finally {
    connection.exec('PRAGMA foreign_keys = ON')
  }
}

function runPending(
  connection: SqliteConnection,
  migrations: readonly Migration[],
  now: () => number,
) {
  connection.exec(
    `CREATE TABLE IF NOT EXISTS ${APPLIED_TABLE} (
       position integer PRIMARY KEY, name text NOT NULL, applied_at integer NOT NULL
     ) STRICT`,
  )
  const applied = connection
    .prepare<[], { name: string }>(`SELECT name FROM ${APPLIED_TABLE} ORDER BY position`)
    .all()
    .map(({ name }) => name)
  const remember = connection.prepare(
    `INSERT INTO ${APPLIED_TABLE} (name, applied_at) VALUES (?, ?)`,
  )
  for (const migration of pendingMigrations(migrations, applied)) {
    for (const statement of migration.statements) connection.exec(statement)
    remember.run(migration.name, now())
  }
}

function refuseBrokenReferences(connection: SqliteConnection) {
  const broken = connection.prepare('PRAGMA foreign_key_check').all()
  if (broken.length > 0) throw new Error(`The migration broke ${broken.length} foreign keys`)
}
