import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { readMigrations } from '#server/db/migrations.ts'
import { eachDatabase, freshSqlite, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { countRows, fillTables, tablesOf } from '../../support/filled-rows.ts'

const FOLDER = join(import.meta.dirname, '../../../server/db/migrations')

eachDatabase('migrating', (fresh, dialect) => {
  let database: FreshDatabase
  let folder: string

  beforeEach(async () => {
    database = await fresh('blank')
    folder = await mkdtemp(join(tmpdir(), 'granplaza-migrations-'))
    await cp(FOLDER, folder, { recursive: true })
  })
  afterEach(async () => {
    await database.remove()
    await rm(folder, { recursive: true, force: true })
  })

  /** Opens and migrates with the migrations of `from`; closes at the end of `work`. */
  async function migrated<T>(from: string, work: (db: Database) => Promise<T>): Promise<T> {
    const db = await openDatabase({ ...database.address, migrationsFolder: from })
    try {
      await db.migrate()
      return await work(db)
    } finally {
      await db.close()
    }
  }

  /** Fills a database that knows the first `count` migrations. */
  async function filledAfter(count: number) {
    const older = await mkdtemp(join(tmpdir(), 'granplaza-older-'))
    try {
      await cp(folder, older, { recursive: true })
      await changeJournal(older, (entries) => entries.slice(0, count))
      return await migrated(older, async (db) => {
        const tables = await tablesOf(db)
        await fillTables(db, tables)
        return countRows(db, tables)
      })
    } finally {
      await rm(older, { recursive: true, force: true })
    }
  }

  async function changeJournal(at: string, change: (entries: Entry[]) => Entry[]): Promise<void> {
    const path = join(at, dialect, 'meta', '_journal.json')
    const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: Entry[] }
    await writeFile(path, JSON.stringify({ ...journal, entries: change(journal.entries) }))
  }

  /** Adds a made-up migration after the real ones. */
  async function addMigration(statements: readonly string[]): Promise<void> {
    await writeFile(
      join(folder, dialect, '9999_test.sql'),
      statements.join('\n--> statement-breakpoint\n'),
    )
    await changeJournal(folder, (entries) => [...entries, { tag: '9999_test' }])
  }

  const versions = readMigrations(dialect, FOLDER).map(({ name }, i) => ({ name, count: i + 1 }))

  it.each(versions)('keeps every row of a database filled after $name', async ({ count }) => {
    const before = await filledAfter(count)

    const after = await migrated(folder, async (db) => countRows(db, await tablesOf(db)))

    expect(Object.values(before).every((rows) => rows > 0)).toBe(true)
    expect(after).toMatchObject(before)
  })

  it('keeps child rows when a parent table is built anew', async () => {
    const before = await filledAfter(versions.length)
    await addMigration(REBUILD[dialect])

    const after = await migrated(folder, async (db) => countRows(db, await tablesOf(db)))

    expect(after).toMatchObject(before)
  })

  it('leaves everything as it was when a statement fails', async () => {
    const before = await filledAfter(versions.length)
    await addMigration(['ALTER TABLE shops ADD COLUMN colour text', 'DROP TABLE nowhere'])

    await expect(migrated(folder, async () => undefined)).rejects.toThrow(/nowhere/)

    const after = await migrated(FOLDER, async (db) => {
      const columns = (await tablesOf(db)).find(({ name }) => name === 'shops')?.columns ?? []
      expect(columns.map(({ name }) => name)).not.toContain('colour')
      return countRows(db, await tablesOf(db))
    })
    expect(after).toEqual(before)
  })

  it('refuses what breaks references, and leaves everything as it was', async () => {
    const before = await filledAfter(versions.length)
    await addMigration(['DELETE FROM origins', BREAK[dialect]])

    await expect(migrated(folder, async () => undefined)).rejects.toThrow(/foreign key/)

    const after = await migrated(FOLDER, async (db) => countRows(db, await tablesOf(db)))
    expect(after).toEqual(before)
  })
})

interface Entry {
  tag: string
}

/** As drizzle-kit writes it for SQLite, with the switch that has no effect where it stands. */
const REBUILD = {
  sqlite: [
    'PRAGMA foreign_keys=OFF;',
    `CREATE TABLE __new_shops (id integer PRIMARY KEY NOT NULL, name text NOT NULL,
       consent_mode text NOT NULL, is_first integer, created_at integer NOT NULL) STRICT;`,
    'INSERT INTO __new_shops SELECT id, name, consent_mode, is_first, created_at FROM shops;',
    'DROP TABLE shops;',
    'ALTER TABLE __new_shops RENAME TO shops;',
    'PRAGMA foreign_keys=ON;',
  ],
  postgres: ['ALTER TABLE shops ALTER COLUMN created_at TYPE numeric'],
}

const BREAK = {
  sqlite: 'DELETE FROM shops WHERE id = 1',
  postgres: `ALTER TABLE keys DROP CONSTRAINT keys_shop_id_shops_id_fk, ADD CONSTRAINT other_fk
               FOREIGN KEY (shop_id) REFERENCES origins (id)`,
}

describe('the harness', () => {
  it('sees the loss when a rebuild deletes child rows, as it does with foreign keys on', async () => {
    const database = await freshSqlite('blank')
    const db = await database.open()
    try {
      const tables = await tablesOf(db)
      await fillTables(db, tables)
      const before = await countRows(db, tables)
      const rebuild = REBUILD.sqlite.filter((statement) => !statement.startsWith('PRAGMA'))
      for (const statement of rebuild) await rowsOf(db, statement)

      expect(await countRows(db, tables)).not.toMatchObject(before)
    } finally {
      await db.close()
      await database.remove()
    }
  })
})
