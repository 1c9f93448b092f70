import { createAdapter } from '@socket.io/postgres-adapter'
import type { ServerOptions } from 'socket.io'
import type { Database } from '../db/database.ts'
import { listeningPool } from '../db/listening-pool.ts'
import type { Log } from './log.ts'
import { openRedisAdapter } from './redis-adapter.ts'
import { randomToken } from './tokens.ts'

export interface SocketAdapter {
  readonly adapter: NonNullable<ServerOptions['adapter']>
  readonly close: () => void
}

interface SocketAdapterDeps {
  readonly db: Database
  readonly redisUrl: string | undefined
  readonly log: Pick<Log, 'warn' | 'info'>
}

/** Of a notification, in bytes: PostgreSQL takes fewer than 8,000. */
const LARGEST = 7_900
/** What does not fit goes through here, for half a minute. */
const ATTACHMENTS = `CREATE TABLE IF NOT EXISTS socket_io_attachments (
  id bigserial UNIQUE, created_at timestamptz DEFAULT now(), payload bytea
)`
/** One node after the other: two that start at once would both find none, and the second one's would be refused. */
const MAKE_TABLE = `DO $$ BEGIN PERFORM pg_advisory_xact_lock(4780006); ${ATTACHMENTS}; END $$`

/**
 * Carries rooms to all nodes that share a database: by Redis where there is one, else by PostgreSQL; undefined: there is
 * one node, on SQLite. What it loses clients ask for by number.
 */
export async function openSocketAdapter({
  db,
  redisUrl,
  log,
}: SocketAdapterDeps): Promise<SocketAdapter | undefined> {
  const { raw } = db
  if (redisUrl !== undefined) {
    return openRedisAdapter({ url: redisUrl, name: await installationName(db), log })
  }
  if (raw.dialect === 'sqlite') return undefined
  await raw.pool.query(MAKE_TABLE)
  const adapter = createAdapter(listeningPool(raw.pool), {
    payloadThreshold: LARGEST,
    errorHandler: (error: Error) => log.warn({ err: error }, 'Another node could not be told'),
  })
  return { adapter, close: () => undefined }
}

/** The same for all nodes of one database, and for no other: two may share a Redis, even a shop and its copy. */
async function installationName({ raw }: Database): Promise<string> {
  if (raw.dialect === 'sqlite') return `granplaza-${randomToken(16)}`
  const { rows } = await raw.pool.query<{ name: string }>(
    `SELECT system_identifier || '-' || oid AS name
     FROM pg_control_system(), pg_database WHERE datname = current_database()`,
  )
  return `granplaza-${rows[0]?.name}`
}
