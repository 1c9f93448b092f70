/**
 * The column kinds, once per database, with the same JavaScript values. Every table is declared once against `Kit`
 * (typed as PostgreSQL's builders); at run time the same function is called with either kit.
 */
import * as pg from 'drizzle-orm/pg-core'
import * as lite from 'drizzle-orm/sqlite-core'

const pgBytes = pg.customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

const postgresKit = {
  dialect: 'postgres' as 'postgres' | 'sqlite',
  table: pg.pgTable,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
  foreignKey: pg.foreignKey,
  text: () => pg.text(),
  oneOf: <const T extends readonly [string, ...string[]]>(values: T) =>
    pg.text({ enum: values as unknown as [T[number], ...T[number][]] }),
  /** Row number, given by the database. SQLite: the rowid. */
  serial: () => pg.bigserial({ mode: 'number' }),
  /** The same, where a number that was given is never given again, whatever is deleted; as PostgreSQL does anyway. */
  serialForGood: () => pg.bigserial({ mode: 'number' }).primaryKey(),
  /** The same for a table that PostgreSQL partitions, where it can't be the primary key. */
  partitionedSerial: () => pg.bigserial({ mode: 'number' }).notNull(),
  int: () => pg.integer(),
  /** Up to 2^53: row numbers of other tables, counts. */
  long: () => pg.bigint({ mode: 'number' }),
  /** An instant: integer milliseconds since the epoch. */
  ms: () => pg.bigint({ mode: 'number' }),
  bool: () => pg.boolean(),
  bytes: () => pgBytes(),
  json: <T>() => pg.jsonb().$type<T>(),
}

/** What a table declaration may use. */
export type Kit = typeof postgresKit

const sqliteKit = {
  dialect: 'sqlite' as const,
  table: lite.sqliteTable,
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  primaryKey: lite.primaryKey,
  foreignKey: lite.foreignKey,
  text: () => lite.text(),
  oneOf: (values: readonly [string, ...string[]]) => lite.text({ enum: [...values] }),
  serial: () => lite.integer(),
  serialForGood: () => lite.integer().primaryKey({ autoIncrement: true }),
  partitionedSerial: () => lite.integer().primaryKey(),
  int: () => lite.integer(),
  long: () => lite.integer({ mode: 'number' }),
  ms: () => lite.integer({ mode: 'number' }),
  bool: () => lite.integer({ mode: 'boolean' }),
  bytes: () => lite.blob({ mode: 'buffer' }),
  json: <T>() => lite.text({ mode: 'json' }).$type<T>(),
}

/** The cast is the one place where SQLite's builders pass for PostgreSQL's: both have the methods that tables use. */
export const kits = { postgres: postgresKit, sqlite: sqliteKit as unknown as Kit }
