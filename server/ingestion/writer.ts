import type { Database } from '../db/database.ts'
import { inTransaction, retried, withClient } from '../db/postgres.ts'
import type { InTransaction, Statements } from './statements.ts'
import { postgresStatements } from './writer-postgres.ts'
import { sqliteStatements } from './writer-sqlite.ts'

/** Transactions with ingestion's own statements, on either database. `lane`: where this process counts. */
export function createWriter({ raw }: Database, lane: number): InTransaction {
  if (raw.dialect === 'postgres') {
    const { pool } = raw
    return (work) =>
      retried(() =>
        withClient(pool, (client) =>
          inTransaction(client, { isOpen: true }, () => work(postgresStatements(client, lane))),
        ),
      )
  }
  let statements: Statements | undefined
  return (work) =>
    raw.exclusive(async (connection) => {
      statements ??= sqliteStatements(connection, lane)
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
