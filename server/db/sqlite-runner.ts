import type { Statement } from 'better-sqlite3'
import type { SqliteConnection } from './sqlite-connection.ts'

/** Runs one statement of drizzle's `sqlite-proxy`; rows are arrays of values. */
export type SqliteRunner = (
  query: string,
  params: unknown[],
  method: 'run' | 'all' | 'values' | 'get',
) => { rows: unknown[] }

/** Prepares each text once, as drizzle's own driver does not, and forgets none: they could not be collected anyhow. */
export function createSqliteRunner(connection: SqliteConnection): SqliteRunner {
  const statements = new Map<string, Statement>()

  function prepared(query: string): Statement {
    const known = statements.get(query)
    if (known !== undefined) return known
    const statement = connection.prepare(query)
    if (statement.reader) statement.raw(true)
    statements.set(query, statement)
    return statement
  }

  return (query, params, method) => {
    const statement = prepared(query)
    if (!statement.reader) {
      statement.run(...params)
      return { rows: [] }
    }
    // For `get` drizzle expects the row itself in `rows`, or undefined.
    if (method === 'get') return { rows: statement.get(...params) as unknown[] }
    return { rows: statement.all(...params) }
  }
}
