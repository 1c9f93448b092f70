import { createBreather } from '../db/breather.ts'
import type { Database, Sql, SqliteConnection } from '../db/database.ts'
import { inTransaction, retried, sqlOn, withClient } from '../db/postgres.ts'
import type { InTransaction, Statements } from './statements.ts'
import { postgresStatements } from './writer-postgres.ts'
import { sqliteStatements } from './writer-sqlite.ts'

/**
 * When so many requests are stored at once, SQLite waits for the disk on the event loop: all are waiting for that anyway,
 * and on a busy processor the way there and back costs a tenth of the speed. With fewer, others go on meanwhile.
 */
const MANY = 16

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
  const breather = createBreather(() => performance.now())
  return (work, requests = 1) => {
    const write = async (connection: SqliteConnection, sql: Sql) => {
      const transaction = { sql, t, holds: false }
      statements ??= sqliteStatements(connection, { transaction, lane, breather })
      breather.begin()
      connection.exec('BEGIN IMMEDIATE')
      try {
        const result = await work(statements)
        await breather.breathe()
        connection.exec('COMMIT')
        return result
      } catch (error) {
        // SQLite has rolled back by itself after some errors of the disk.
        if (connection.inTransaction) connection.exec('ROLLBACK')
        throw error
      }
    }
    return requests < MANY ? raw.committing(write) : raw.exclusive(write)
  }
}
