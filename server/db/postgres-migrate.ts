import type { PoolClient } from 'pg'
import { APPLIED_TABLE, pendingMigrations, type Migration } from './migrations.ts'

/** Any number, the same on every node. */
export const MIGRATION_LOCK = 727_274

/** Runs what is pending in one transaction, one node at a time. */
export async function migratePostgres(
  client: PoolClient,
  migrations: readonly Migration[],
  now: () => number,
): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query('SET LOCAL statement_timeout = 0')
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await runPending(client, migrations, now)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

async function runPending(
  client: PoolClient,
  migrations: readonly Migration[],
  now: () => number,
): Promise<void> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${APPLIED_TABLE} (
       position bigserial PRIMARY KEY, name text NOT NULL, applied_at bigint NOT NULL
     )`,
  )
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM ${APPLIED_TABLE} ORDER BY position`,
  )
  const applied = rows.map(({ name }) => name)
  for (const migration of pendingMigrations(migrations, applied)) {
    for (const statement of migration.statements) await client.query(statement)
    await client.query(`INSERT INTO ${APPLIED_TABLE} (name, applied_at) VALUES ($1, $2)`, [
      migration.name,
      now(),
    ])
  }
}
