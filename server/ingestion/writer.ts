import type { Database } from '../db/database.ts'
import { inTransaction, retried, sqlOn, withClient } from '../db/postgres.ts'
import type { InTransaction, Statements } from './statements.ts'
import { postgresStatements } from './writer-postgres.ts'
import { sqliteStatements } from './writer-sqlite.ts'

/** Transactions with ingestion's own statements, on either database. `lane`: where this process counts. */
export function createWriter({ raw, t }: Database, lane: number): InTransaction {
  if (raw.dialect === 'postgres') {
    const { pool } = raw
    return (work) =>
      retried(() =>
        withClient(pool, (client) => {
          const lease = { isOpen: true }
          const transaction = { sql: sqlOn(client, lease), t, holds: true }
          return inTransaction(client, lease, () =>
            work(postgresStatements(client, transaction, lane)),
          )
        }),
      )
  }
  let statements: Statements | undefined
  return (work) =>
    raw.exclusive(async (connection, sql) => {
      statements ??= sqliteStatements(connection, { sql, t, holds: false }, lane)
      connection.exec('BEGIN IMMEDIATE')
      try {
        const result = await work(statements)
        connection.exec('COMMIT')
        return result
      } catch (error) {
        // SQLite has rolled back by itself after some errors of the disk.
        if (connection.inTransaction) connection.exec('ROLLBACK')
        throw error
      }
    })
}
