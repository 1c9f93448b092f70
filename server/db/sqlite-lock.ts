import { errorKind } from './error-kind.ts'
import { UnusableDatabase } from './errors.ts'
import { openSqliteConnection } from './sqlite-connection.ts'

/**
 * Keeps a second server off the same file. The lock is the operating system's, held by a SQLite connection of its own
 * on `<file>.lock`, so that it ends with this process, however that dies. Returns what releases it.
 */
export function holdServerLock(file: string): () => void {
  const connection = openSqliteConnection(`${file}.lock`, { timeout: 0 })
  try {
    connection.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    connection.close()
    if (errorKind(error) !== 'busy') throw error
    throw new UnusableDatabase(
      'in_use',
      `Another server is running on ${file}. Stop it, or give this one a DATA_DIR of its own.`,
      error,
    )
  }
  return () => connection.close()
}
