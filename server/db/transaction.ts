import type { Sql } from './database.ts'
import type { Schema } from './schema.ts'

/** A transaction that has begun, for what is rare enough to be written with drizzle. */
export interface Transaction {
  readonly sql: Sql
  readonly t: Schema
  /** PostgreSQL, where rows that are read must be held (`FOR UPDATE`); SQLite has one writer and no word for it. */
  readonly holds: boolean
}
