import type { FileHandle } from 'node:fs/promises'
import type { SqliteConnection } from './sqlite-connection.ts'

type LogFile = Pick<FileHandle, 'datasync' | 'close'>

/** SQLite's write-ahead log, brought to the disk without keeping the event loop waiting. */
export interface SqliteLog {
  /** Runs `commit` without SQLite's own wait for the disk; to be followed by `settle`. */
  unsettled<T>(commit: () => Promise<T>): Promise<T>
  /** Resolves when all that was committed before would survive a loss of power. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** `openLog` is asked once the log is there. */
export function createSqliteLog(
  writer: SqliteConnection,
  openLog: () => Promise<LogFile>,
): SqliteLog {
  const checkpoint = writer.prepare<[], { busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')
  let file: LogFile | undefined
  let failure: unknown

  /**
   * The kernel tells of a failed write once, and may then take the page for written. What stood there must not be built
   * upon: the log is begun anew, after SQLite itself has brought all of it into the database.
   */
  function beginAnew(): void {
    if (failure === undefined) return
    if (checkpoint.get()?.busy !== 0) throw failure
    failure = undefined
  }

  return {
    async unsettled(commit) {
      beginAnew()
      writer.exec('PRAGMA synchronous = NORMAL')
      try {
        return await commit()
      } finally {
        writer.exec('PRAGMA synchronous = FULL')
      }
    },
    async settle() {
      try {
        file ??= await openLog()
        await file.datasync()
      } catch (error) {
        failure = error
        throw error
      }
    },
    async close() {
      await file?.close()
    },
  }
}
