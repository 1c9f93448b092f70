import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { Pool } from 'pg'
import type { Schema } from './schema.ts'
import type { SqliteConnection } from './sqlite-connection.ts'

type DrizzlePostgres = PgDatabase<PgQueryResultHKT, Record<string, never>>

/** The portable part of drizzle: these methods exist on both databases with the same meaning. */
export type Sql = Pick<
  DrizzlePostgres,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | '$count' | '$with' | 'with'
>

export type { SqliteConnection } from './sqlite-connection.ts'

/** The driver beneath, for hot paths written in SQL by hand. */
export type Raw =
  | {
      readonly dialect: 'sqlite'
      /** Runs `fn` on the single writer, in its turn, with drizzle on the same. All others wait for it, so it awaits nothing from outside. */
      exclusive<T>(fn: (connection: SqliteConnection, sql: Sql) => T | Promise<T>): Promise<T>
      /**
       * The same for one transaction that `fn` begins and commits, whose way to the disk does not keep the event loop
       * waiting: others may see it before this resolves, from when on it survives a loss of power.
       */
      committing<T>(fn: (connection: SqliteConnection, sql: Sql) => Promise<T>): Promise<T>
    }
  | { readonly dialect: 'postgres'; readonly pool: Pool }

/** One handle with the same meaning on SQLite and PostgreSQL. Stores take it first. */
export interface Database {
  readonly t: Schema
  /** Statements outside a transaction. SQLite: SELECT on the read connection, the rest on the writer, one at a time. */
  readonly sql: Sql
  /**
   * SQLite: BEGIN IMMEDIATE on the single writer, callers queue. PostgreSQL: a connection of its own, READ COMMITTED,
   * retried on 40001 and 40P01, so `fn` may run more than once. Using the outer handle inside is an error.
   */
  transaction<T>(fn: (sql: Sql) => Promise<T>): Promise<T>
  readonly raw: Raw
  /** Brings the schema up to date, under a lock; refuses a database that a newer version has written. */
  migrate(): Promise<void>
  close(): Promise<void>
}
