import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { UnusableDatabase } from './errors.ts'

export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
}

interface Journal {
  readonly entries: readonly { readonly tag: string }[]
}

/** Beside this module in the source, and beside the bundle in `dist/server`. */
const MIGRATIONS_FOLDER = fileURLToPath(new URL('./migrations', import.meta.url))

/** The migrations of one database as drizzle-kit wrote them, oldest first. */
export function readMigrations(
  dialect: 'sqlite' | 'postgres',
  folder: string = MIGRATIONS_FOLDER,
): Migration[] {
  const path = join(folder, dialect)
  const journal = JSON.parse(readFileSync(join(path, 'meta', '_journal.json'), 'utf8')) as Journal
  return journal.entries.map(({ tag }) => ({
    name: tag,
    statements: readFileSync(join(path, `${tag}.sql`), 'utf8')
      .split('--> statement-breakpoint')
      .map((statement) => statement.trim())
      .filter((statement) => statement !== '' && !SWITCHES_FOREIGN_KEYS.test(statement)),
  }))
}

/** drizzle-kit writes it around rebuilds, where it has no effect: `foreign_keys` can't change inside a transaction. */
const SWITCHES_FOREIGN_KEYS = /^PRAGMA foreign_keys\s*=/i

/** Those still to run on a database in which `applied` have run; refuses a database that knows others than we do. */
export function pendingMigrations(
  migrations: readonly Migration[],
  applied: readonly string[],
): readonly Migration[] {
  const foreign = applied.find((name, position) => migrations[position]?.name !== name)
  if (foreign !== undefined) {
    throw new UnusableDatabase(
      'newer',
      `A newer Granplaza has written this database (it knows “${foreign}”). Start that version, or restore a backup.`,
    )
  }
  return migrations.slice(applied.length)
}

/** Where a database remembers what has run. */
export const APPLIED_TABLE = 'applied_migrations'
