import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import { kits } from './columns.ts'
import type { Database, Sql } from './database.ts'
import { UnusableDatabase } from './errors.ts'
import { onLasting } from './lasting.ts'
import { readMigrations } from './migrations.ts'
import { createMutex } from './mutex.ts'
import { buildSchema } from './schema.ts'
import { createCheckpoints } from './sqlite-checkpoints.ts'
import { openSqliteConnection, type SqliteConnection } from './sqlite-connection.ts'
import { createSqliteLog } from './sqlite-log.ts'
import { holdServerLock } from './sqlite-lock.ts'
import { migrateSqlite } from './sqlite-migrate.ts'
import { createSqliteRunner, type SqliteRunner } from './sqlite-runner.ts'
import { assertOpen, createTransactionGuard, type Lease } from './transaction-guard.ts'

export interface SqliteOptions {
  readonly file: string
  /** One server a file; commands may work beside it. */
  readonly role: 'server' | 'command'
  readonly migrationsFolder?: string
  readonly now: () => number
}

/** A transaction holds up every other writer: one that takes longer is a mistake. */
const TRANSACTION_TIMEOUT_MS = 5_000
/** Of the log, after which SQLite checkpoints unless somebody else does: its own default. */
const PAGES_BY_ITSELF = 1_000
const READS = /^\s*(select|with(?![\s\S]*\b(insert|update|delete)\b))/i

/** One reader, and one writer behind a mutex; both synchronous beneath, as better-sqlite3 is. */
export function openSqlite(options: SqliteOptions): Database {
  const { releaseLock, writer, reader } = connect(options)
  const onWriter = createSqliteRunner(writer)
  const onReader = createSqliteRunner(reader)
  // Nobody locks this file, so that opening and closing it ends no lock.
  const log = createSqliteLog(writer, () => open(`${options.file}-wal`, 'r+'))
  const mutex = createMutex()
  const checkpoints = createCheckpoints({
    file: options.file,
    alone: (work) => mutex.run(work),
    leaveToWriter: (isLeft) =>
      writer.exec(`PRAGMA wal_autocheckpoint = ${isLeft ? PAGES_BY_ITSELF : 0}`),
  })
  const guard = createTransactionGuard()

  /** In its turn. A command is over before a checkpoint is worth a thread. */
  function write<T>(work: () => T | Promise<T>): Promise<T> {
    if (options.role === 'server') checkpoints.wrote()
    return mutex.run(work)
  }

  const outer = handleOn(async (query, params, method) =>
    READS.test(query)
      ? onReader(query, params, method)
      : write(() => onWriter(query, params, method)),
  )

  /** For whoever has the writer to itself. */
  const alone = handleOn(async (query, params, method) => onWriter(query, params, method))

  return {
    t: buildSchema(kits.sqlite),
    sql: guard.outside(outer),
    transaction(fn) {
      guard.refuseInside()
      return write(() => {
        const lease: Lease = { isOpen: true }
        const inner = handleOn(async (query, params, method) => {
          assertOpen(lease)
          return onWriter(query, params, method)
        })
        onLasting(inner, { sql: alone, lease })
        return inTransaction(writer, lease, () => guard.run(lease, () => fn(inner)))
      })
    },
    raw: {
      dialect: 'sqlite',
      exclusive(fn) {
        guard.refuseInside()
        return write(() => fn(writer, alone))
      },
      async committing(fn) {
        guard.refuseInside()
        const result = await write(() => log.unsettled(() => fn(writer, alone)))
        await log.settle()
        return result
      },
    },
    migrate: () =>
      mutex.run(() =>
        migrateSqlite(writer, readMigrations('sqlite', options.migrationsFolder), options.now),
      ),
    async close() {
      await checkpoints.stop()
      await mutex.run(async () => {
        await log.close()
        reader.close()
        // Beside a server it might wait for the server's lock.
        if (options.role === 'server') writer.exec('PRAGMA optimize')
        writer.close()
        releaseLock()
      })
    },
  }
}

function connect({ file, role }: SqliteOptions) {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    makePrivate(file)
    const releaseLock = role === 'server' ? holdServerLock(file) : () => undefined
    try {
      return { releaseLock, writer: openWriter(file), reader: openReader(file) }
    } catch (error) {
      releaseLock()
      throw error
    }
  } catch (error) {
    if (error instanceof UnusableDatabase) throw error
    const detail = error instanceof Error ? error.message : String(error)
    throw new UnusableDatabase(
      'not_writable',
      `The database ${file} can't be opened for writing (${detail}). Check DATA_DIR and its permissions.`,
      error,
    )
  }
}

/**
 * The folder may be one that others read, and visitors' lives are not for them. SQLite's other files take after this
 * one. Never opens a file that is there: closing it would end the locks that this process holds on it.
 */
function makePrivate(file: string): void {
  if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600, flag: 'a' })
}

function openWriter(file: string): SqliteConnection {
  const connection = openSqliteConnection(file)
  // Only takes effect before the first page is written, hence before WAL: erased rows can give their pages back.
  connection.exec('PRAGMA auto_vacuum = INCREMENTAL')
  connection.exec('PRAGMA journal_mode = WAL')
  // What has been acknowledged survives a loss of power.
  connection.exec('PRAGMA synchronous = FULL')
  connection.exec('PRAGMA foreign_keys = ON')
  connection.exec('PRAGMA busy_timeout = 5000')
  // Erased means overwritten.
  connection.exec('PRAGMA secure_delete = ON')
  connection.exec('PRAGMA journal_size_limit = 67108864')
  // 16 MB: all inner pages of ten million rows. A commit may walk the whole cache, and would take longer with more.
  connection.exec('PRAGMA cache_size = -16384')
  return connection
}

function openReader(file: string): SqliteConnection {
  const connection = openSqliteConnection(file)
  connection.exec('PRAGMA busy_timeout = 5000')
  connection.exec('PRAGMA cache_size = -32768')
  connection.exec('PRAGMA query_only = ON')
  return connection
}

/** Cast: drizzle's SQLite builders have the methods of `Sql` with the same meaning, which `test/server/db` shows. */
function handleOn(run: (...args: Parameters<SqliteRunner>) => Promise<{ rows: unknown[] }>): Sql {
  // The undefined matters: given as second argument, drizzle 0.45 overlooks `casing`.
  return drizzle(run, undefined, { casing: 'snake_case' }) as unknown as Sql
}

async function inTransaction<T>(
  connection: SqliteConnection,
  lease: Lease,
  work: () => Promise<T>,
): Promise<T> {
  connection.exec('BEGIN IMMEDIATE')
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`A transaction was open for ${TRANSACTION_TIMEOUT_MS} ms`)),
      TRANSACTION_TIMEOUT_MS,
    )
  })
  try {
    const result = await Promise.race([work(), late])
    lease.isOpen = false
    connection.exec('COMMIT')
    return result
  } catch (error) {
    lease.isOpen = false
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  } finally {
    clearTimeout(timer)
  }
}
