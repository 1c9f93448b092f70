import SqliteDatabase from 'better-sqlite3'

/**
 * What may be asked of SQLite. Neither `pragma` nor `transaction` nor `iterate`: those make objects of the driver's that
 * nobody keeps; `exec` makes none.
 */
export interface SqliteConnection {
  readonly prepare: SqliteDatabase.Database['prepare']
  readonly exec: (statements: string) => void
  readonly inTransaction: boolean
  readonly close: () => void
}

/**
 * The driver's objects, kept for as long as the process lives. On Node 24 its destructors abort the process when the
 * collector runs them while no context is entered. They are few: the texts of our statements are.
 */
const kept: object[] = []
// A list that is only ever written to is left out by a bundler, unless it can be reached from outside.
Object.defineProperty(globalThis, Symbol.for('granplaza.kept'), { value: kept, configurable: true })

/** The one way to a connection, so that none of its statements is ever collected. */
export function openSqliteConnection(
  file: string,
  options: Pick<SqliteDatabase.Options, 'readonly' | 'timeout'> = {},
): SqliteConnection {
  const driver = new SqliteDatabase(file, options)
  kept.push(driver)
  // Cast: what a statement takes and gives is said by whoever prepares it.
  const prepare = ((text: string) => {
    const statement = driver.prepare(text)
    kept.push(statement)
    return statement
  }) as typeof driver.prepare
  return {
    prepare,
    exec: (statements) => void driver.exec(statements),
    get inTransaction() {
      return driver.inTransaction
    },
    close: () => void driver.close(),
  }
}
