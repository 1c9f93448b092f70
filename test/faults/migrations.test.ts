import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundle } from '../../scripts/bundle.mjs'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../support/databases.ts'
import { countRows, fillTables, tablesOf } from '../support/filled-rows.ts'
import { copyOfPostgres } from '../support/postgres.ts'

const MIGRATIONS = join(import.meta.dirname, '../../server/db/migrations')
const IS_LONG = process.env.TEST_LONG === '1'
/** Of all statements, spread evenly, the last among them. */
const MOMENTS = 6

type Address = FreshDatabase['address']

eachDatabase('a migration from the first schema', (fresh, dialect) => {
  let first: FreshDatabase
  let program: string

  beforeAll(async () => {
    program = await bundle('test/support/migration-process.ts', `test/migration-${dialect}.mjs`)
    first = await fresh('blank')
    const folder = await onlyFirst(dialect)
    const db = await openDatabase({ ...first.address, migrationsFolder: folder })
    await db.migrate()
    await fillTables(db, await tablesOf(db))
    await db.close()
    await rm(folder, { recursive: true })
  })
  afterAll(() => first.remove())

  /** On a copy of the first schema's database. */
  async function onCopy<T>(work: (address: Address) => Promise<T>): Promise<T> {
    const { url, file = '' } = first.address
    if (url !== undefined) {
      const copy = await copyOfPostgres(url)
      return work({ url: copy.url }).finally(copy.drop)
    }
    const folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
    await copyFile(file, join(folder, 'granplaza.db'))
    return work({ file: join(folder, 'granplaza.db') }).finally(() =>
      rm(folder, { recursive: true }),
    )
  }

  /** How many statements it took; undefined: it was killed before all were done. */
  async function migrate({ url, file = '' }: Address, killBefore: number) {
    const child = spawn(process.execPath, [program], {
      env: {
        ...process.env,
        KILL_BEFORE: String(killBefore),
        ...(url === undefined ? { DATABASE_FILE: file } : { DATABASE_URL: url }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    const [code, signal] = await once(child, 'close')
    expect(signal ?? code).toBe(printed === '' ? 'SIGKILL' : 0)
    return printed === '' ? undefined : Number(printed)
  }

  it('killed before and after any statement leaves before or after, and is completed by the next start', async () => {
    const before = await stateOf(first.address)
    const { statements, after } = await onCopy(async (address) => ({
      statements: (await migrate(address, Infinity)) ?? 0,
      after: await stateOf(address),
    }))
    expect(after.applied.length).toBeGreaterThan(before.applied.length)
    const seen = { before: 0, after: 0 }

    for (const moment of momentsOf(statements)) {
      await onCopy(async (address) => {
        await migrate(address, moment)
        const state = await stateOf(address)
        expect([before, after]).toContainEqual(state)
        seen[state.applied.length === 1 ? 'before' : 'after'] += 1

        expect(await migrate(address, Infinity)).toBeGreaterThan(0)
        expect(await stateOf(address)).toEqual(after)
      })
    }

    expect(seen.before).toBeGreaterThan(0)
    expect(seen.after).toBeGreaterThan(0)
    process.stdout.write(`${statements} statements on ${dialect}: ${JSON.stringify(seen)}\n`)
  })
})

/** Before each of them, and after the last. */
function momentsOf(statements: number): number[] {
  const all = Array.from({ length: statements + 1 }, (_, at) => at + 1)
  // TEST_FROM: what came before the newest migrations has been looked at.
  if (IS_LONG) return all.slice(Number(process.env.TEST_FROM ?? 1) - 1)
  return Array.from({ length: MOMENTS }, (_, i) => Math.ceil(((i + 1) * all.length) / MOMENTS))
}

/** A copy of the migrations that knows the first only. */
async function onlyFirst(dialect: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'granplaza-first-'))
  await cp(MIGRATIONS, folder, { recursive: true })
  const path = join(folder, dialect, 'meta', '_journal.json')
  const journal = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }))
  return folder
}

/** Everything that a migration could change: what has run, tables with their columns, and rows. */
async function stateOf(address: Address) {
  const db: Database = await openDatabase(address)
  try {
    const applied = await rowsOf<{ name: string }>(
      db,
      'SELECT name FROM applied_migrations ORDER BY position',
    )
    const tables = (await tablesOf(db)).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    return {
      applied: applied.map(({ name }) => name),
      tables,
      indexes: await indexesOf(db),
      counts: await countRows(db, tables),
    }
  } finally {
    await db.close()
  }
}

async function indexesOf(db: Database): Promise<string[]> {
  const found = await rowsOf<{ name: string }>(
    db,
    db.raw.dialect === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name`
      : `SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname`,
  )
  return found.map(({ name }) => name)
}
