import SqliteDatabase from 'better-sqlite3'
import { rowsOf, type FreshDatabase } from './databases.ts'

/** Statements by hand, beside a server that runs on the same database. */
export interface RowsBeside {
  readonly rows: <Row>(statement: string, values?: unknown[]) => Promise<Row[]>
  readonly close: () => Promise<void>
}

export async function openBeside(database: FreshDatabase): Promise<RowsBeside> {
  const { file } = database.address
  if (file === undefined) {
    const db = await database.open()
    return { rows: (statement, values) => rowsOf(db, statement, values), close: () => db.close() }
  }
  // The house's own way in holds the lock that keeps a second server away.
  const connection = new SqliteDatabase(file, { timeout: 10_000 })
  return {
    async rows<Row>(statement: string, values: unknown[] = []) {
      const prepared = connection.prepare<unknown[], Row>(statement.replaceAll(/\$\d/g, '?'))
      return prepared.all(...values)
    },
    async close() {
      connection.close()
    },
  }
}
