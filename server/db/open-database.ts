import type { Database } from './database.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

export interface OpenOptions {
  /** `postgres://…`; without it, SQLite in `file`. */
  readonly url?: string | undefined
  readonly file?: string
  /** One server a SQLite file; a command may work beside it. */
  readonly role?: 'server' | 'command'
  readonly migrationsFolder?: string
  readonly now?: () => number
  /** Told of connections that were lost while idle. */
  readonly onLost?: (error: Error) => void
}

/**
 * Opens the shop's database, not yet migrated. Throws `UnusableDatabase`, whose message is for whoever runs the server,
 * when it can't be reached, can't be written, or another server has the file.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { url, file, role = 'server', now = Date.now } = options
  const folder =
    options.migrationsFolder === undefined ? {} : { migrationsFolder: options.migrationsFolder }
  if (url !== undefined) {
    const onLost = options.onLost === undefined ? {} : { onLost: options.onLost }
    return openPostgres({ url, now, ...folder, ...onLost })
  }
  if (file === undefined) throw new Error('openDatabase needs a url or a file')
  return openSqlite({ file, role, now, ...folder })
}
