import { setTimeout as wait } from 'node:timers/promises'
import { drizzle, NodePgDatabase, NodePgSession } from 'drizzle-orm/node-postgres'
import { PgDialect } from 'drizzle-orm/pg-core'
import pg, { type Pool, type PoolClient } from 'pg'
import { kits } from './columns.ts'
import type { Database, Sql } from './database.ts'
import { errorKind } from './error-kind.ts'
import { UnusableDatabase } from './errors.ts'
import { onLasting } from './lasting.ts'
import { readMigrations } from './migrations.ts'
import { migratePostgres } from './postgres-migrate.ts'
import { buildSchema } from './schema.ts'
import { assertOpen, createTransactionGuard, type Lease } from './transaction-guard.ts'

export interface PostgresOptions {
  readonly url: string
  readonly migrationsFolder?: string
  readonly now: () => number
  /** Told of connections that were lost while idle; the pool replaces them. */
  readonly onLost?: (error: Error) => void
}

const POOL_SIZE = 10
const ATTEMPTS = 5
const RETRY_AFTER_MS = 10

export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const pool = createPool(options)
  await assertReachable(pool)
  const guard = createTransactionGuard()

  return {
    t: buildSchema(kits.postgres),
    sql: guard.outside(drizzle(pool, { casing: 'snake_case' })),
    transaction(fn) {
      guard.refuseInside()
      return retried(() =>
        withClient(pool, (client) => {
          const lease: Lease = { isOpen: true }
          const inner = sqlOn(client, lease)
          return inTransaction(client, lease, () => guard.run(lease, () => fn(inner)))
        }),
      )
    },
    raw: { dialect: 'postgres', pool },
    migrate: () =>
      withClient(pool, (client) =>
        migratePostgres(client, readMigrations('postgres', options.migrationsFolder), options.now),
      ),
    close: () => pool.end(),
  }
}

function createPool({ url, onLost }: PostgresOptions): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'granplaza',
    // What is asked together travels together (`together`).
    pipeline: true,
    types: { getTypeParser: parserOf },
  })
  // Without a listener an idle connection's end would end the process.
  pool.on('error', (error) => onLost?.(error))
  return pool
}

/** bigint as a number: ours are row numbers, counts and milliseconds, all below 2^53. */
const parserOf: typeof pg.types.getTypeParser = (oid, format) =>
  oid === pg.types.builtins.INT8 && format !== 'binary'
    ? Number
    : pg.types.getTypeParser(oid, format)

async function assertReachable(pool: Pool): Promise<void> {
  try {
    await pool.query('SELECT 1')
  } catch (error) {
    await pool.end()
    const detail = error instanceof Error ? error.message : String(error)
    throw new UnusableDatabase(
      'unreachable',
      `PostgreSQL does not answer at DATABASE_URL (${detail}). Is it running, and are name and password right?`,
      error,
    )
  }
}

/** One connection of the pool for `work`; a broken one does not go back. */
export async function withClient<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let lost: Error | undefined
  const remember = (error: Error) => {
    lost = error
  }
  // A connection that is lost while no statement runs reports it here, and would end the process otherwise.
  client.on('error', remember)
  try {
    return await work(client)
  } catch (error) {
    if (errorKind(error) === 'down' && error instanceof Error) lost = error
    throw error
  } finally {
    client.off('error', remember)
    client.release(lost)
  }
}

/** Runs again what lost against another transaction. `attempt` begins its own transaction. */
export async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await attempt()
    } catch (error) {
      if (turn === ATTEMPTS || !lostAgainstOther(error)) throw error
      await wait(turn * RETRY_AFTER_MS)
    }
  }
}

/** What was read has changed before it could be held: to be run again from the start. */
export class LostRace extends Error {
  override readonly name = 'LostRace'
  readonly code = '40001'
}

function lostAgainstOther(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return code === '40001' || code === '40P01'
}

export async function inTransaction<T>(
  client: PoolClient,
  lease: Lease,
  work: () => Promise<T>,
): Promise<T> {
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED')
  try {
    const result = await work()
    lease.isOpen = false
    await client.query('COMMIT')
    return result
  } catch (error) {
    lease.isOpen = false
    // A lost connection has rolled back by itself.
    if (errorKind(error) !== 'down') await client.query('ROLLBACK')
    throw error
  }
}

/** One for all transactions: it remembers the columns' names, and a new one would work them out for each again. */
const dialect = new PgDialect({ casing: 'snake_case' })

/** drizzle on a connection, as long as its lease lasts. Cast: it asks of a client only `query`, which here refuses once the transaction is over. */
export function sqlOn(client: PoolClient, lease: Lease): Sql {
  const leased = new Proxy(client, {
    get(target, key) {
      if (key === 'query') assertOpen(lease)
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const sql = lastings.get(client) ?? drizzleOn(client)
  lastings.set(client, sql)
  return onLasting(drizzleOn(leased), { sql, lease })
}

/** Of each connection, without a lease. */
const lastings = new WeakMap<PoolClient, Sql>()

function drizzleOn(client: PoolClient): Sql {
  const session = new NodePgSession(client, dialect, undefined)
  return new NodePgDatabase(dialect, session, undefined) as unknown as Sql
}
