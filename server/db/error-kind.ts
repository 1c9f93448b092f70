/** What went wrong, with the same word on both databases. */
export type ErrorKind = 'unique' | 'foreign_key' | 'not_null' | 'busy' | 'full' | 'down'

const KINDS: Record<string, ErrorKind> = {
  '23505': 'unique',
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  '23503': 'foreign_key',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign_key',
  '23502': 'not_null',
  SQLITE_CONSTRAINT_NOTNULL: 'not_null',
  '40001': 'busy',
  '40P01': 'busy',
  '55P03': 'busy',
  '57014': 'busy',
  SQLITE_BUSY: 'busy',
  SQLITE_BUSY_SNAPSHOT: 'busy',
  SQLITE_FULL: 'full',
  EIO: 'full',
  ENOSPC: 'full',
  EDQUOT: 'full',
  '58030': 'full',
  '53300': 'down',
  '25006': 'down',
  '57P01': 'down',
  '57P02': 'down',
  '57P03': 'down',
  ECONNREFUSED: 'down',
  ECONNRESET: 'down',
  ENOENT: 'down',
  ENOTFOUND: 'down',
  EPIPE: 'down',
  ETIMEDOUT: 'down',
}

/** Families: PostgreSQL's connection exceptions and exhausted resources, and SQLite's failed reads, writes and fsyncs. */
const FAMILIES: [string, ErrorKind][] = [
  ['08', 'down'],
  ['53', 'full'],
  ['SQLITE_IOERR', 'full'],
]

/** Errors of pg and its pool that carry no code. */
const LOST =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|Client was closed|Query read timeout/

/** drizzle wraps the driver's errors, hence the walk along `cause`. Undefined: a bug, not a state of the database. */
export function errorKind(error: unknown): ErrorKind | undefined {
  let current = error
  for (let depth = 0; current instanceof Error && depth < 4; depth++) {
    const code = 'code' in current && typeof current.code === 'string' ? current.code : ''
    const kind = KINDS[code] ?? FAMILIES.find(([start]) => code.startsWith(start))?.[1]
    if (kind !== undefined) return kind
    if (LOST.test(current.message)) return 'down'
    current = current.cause
  }
  return undefined
}
