import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { runCommand } from '#server/run-command.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { countRows, fillTables, tablesOf } from '../../support/filled-rows.ts'
import { startServer } from '../../support/server.ts'

eachDatabase('a backup', (fresh, dialect) => {
  let database: FreshDatabase
  let dataDir: string
  let backups: string

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
    backups = join(dataDir, 'backups')
    database = await fresh('blank')
  })
  afterEach(async () => {
    await database.remove()
    await rm(dataDir, { recursive: true, force: true })
  })

  const databaseUrl = () => database.address.url
  const environment = () => ({
    DATA_DIR: dataDir,
    ...(databaseUrl() !== undefined && { DATABASE_URL: databaseUrl() }),
  })
  const run = (...args: string[]) => runCommand(args, environment())
  const backUp = async () => (await run('backup', '--to', backups)).split('\n')[0] ?? ''
  const file = () => join(dataDir, 'granplaza.db')

  /** With the database that commands and servers find under `environment`. */
  async function opened<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const db = await openOwn()
    try {
      return await work(db)
    } finally {
      await db.close()
    }
  }
  async function openOwn(): Promise<Database> {
    const url = databaseUrl()
    return database.open(url === undefined ? { file: file() } : { url })
  }

  const fill = () => opened(async (db) => fillTables(db, await tablesOf(db)))
  const count = () => opened(async (db) => countRows(db, await tablesOf(db)))
  const change = (statement: string) => opened((db) => rowsOf(db, statement))

  it('brings everything back that has been changed or lost since', async () => {
    await fill()
    await mkdir(join(dataDir, 'uploads', 'shop 1'), { recursive: true })
    await writeFile(join(dataDir, 'uploads', 'shop 1', 'ä.png'), 'image')
    await writeFile(join(dataDir, 'secret.key'), 'first', { mode: 0o600 })
    const before = await count()
    const folder = await backUp()
    await change(`UPDATE shops SET name = 'changed'`)
    await change('DELETE FROM origins')
    await writeFile(join(dataDir, 'secret.key'), 'second')
    await rm(join(dataDir, 'uploads'), { recursive: true })

    const said = await run('restore', '--from', folder, '--replace')

    expect(await count()).toEqual(before)
    const names = await change('SELECT DISTINCT name FROM shops ORDER BY name')
    expect(names).not.toContainEqual({ name: 'changed' })
    expect(await readFile(join(dataDir, 'uploads', 'shop 1', 'ä.png'), 'utf8')).toBe('image')
    expect(await readFile(join(dataDir, 'secret.key'), 'utf8')).toBe('first')
    expect(said).toMatch(/What was there before is kept in .*before[-_]\d{17}/)
  })

  it('goes into an empty place, and a server runs on it', async () => {
    const server = await startServer({ dataDir, databaseUrl: databaseUrl() })
    const folder = await backUp()
    await server.stop()
    const elsewhere = await fresh('blank')
    const otherDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
    const { url } = elsewhere.address

    const said = await runCommand(['restore', '--from', join(folder, 'manifest.json')], {
      DATA_DIR: otherDir,
      ...(url !== undefined && { DATABASE_URL: url }),
    })

    const restored = await startServer({ dataDir: otherDir, databaseUrl: url })
    expect(restored.key).toBe(server.key)
    expect(said).not.toContain('before')
    await restored.stop()
    await elsewhere.remove()
    await rm(otherDir, { recursive: true })
  })

  it('keeps what it replaced', async () => {
    await fill()
    const folder = await backUp()
    await change(`UPDATE shops SET name = 'changed'`)

    await run('restore', '--from', folder, '--replace')

    const kept = await keptShops()
    expect(new Set(kept.map(({ name }) => name))).toEqual(new Set(['changed']))
  })

  async function keptShops(): Promise<{ name: string }[]> {
    if (dialect === 'postgres') {
      const [schema] = await opened((db) =>
        rowsOf<{ name: string }>(
          db,
          `SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'before%'`,
        ),
      )
      return opened((db) => rowsOf(db, `SELECT name FROM ${schema?.name}.shops`))
    }
    const aside = (await readdir(dataDir)).find((name) => name.startsWith('before-')) ?? ''
    const db = await database.open({ file: join(dataDir, aside, 'granplaza.db') })
    const shops = await rowsOf<{ name: string }>(db, 'SELECT name FROM shops')
    await db.close()
    return shops
  }

  it('says what it holds, and is for its owner alone', async () => {
    await fill()
    await writeFile(join(dataDir, 'secret.key'), 'first')
    const counts = await count()

    const folder = await backUp()

    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
    expect(manifest).toMatchObject({ dialect, files: [{ path: 'files/secret.key', bytes: 5 }] })
    expect(manifest.rows).toMatchObject(dialect === 'sqlite' ? counts : { shops: counts.shops })
    expect(manifest.migrations[0]).toBe('0000_first')
    expect(basename(folder)).toMatch(/^granplaza-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/)
    for (const name of await readdir(folder)) {
      expect((await stat(join(folder, name))).mode & 0o077).toBe(0)
    }
    expect((await stat(folder)).mode & 0o077).toBe(0)
  })

  it.each([
    {
      what: 'a running server',
      arrange: async () => {
        const server = await openOwn()
        return () => server.close()
      },
      args: ['--replace'],
      says: /server is running/,
    },
    {
      what: 'a database that is there',
      arrange: () => Promise.resolve(undefined),
      args: [],
      says: /already.*--replace/,
    },
    {
      what: 'a newer version’s',
      arrange: (folder: string) =>
        changeManifest(folder, (it) => ({ ...it, migrations: [...it.migrations, '9999_x'] })),
      args: ['--replace'],
      says: /newer Granplaza/,
    },
    {
      what: 'a changed file',
      arrange: async (folder: string) => {
        const [name = ''] = (await readdir(folder)).filter((it) => it.startsWith('granplaza.'))
        const bytes = await readFile(join(folder, name))
        const at = bytes.length >> 1
        bytes[at] = (bytes[at] ?? 0) ^ 1
        await writeFile(join(folder, name), bytes)
      },
      args: ['--replace'],
      says: /damaged/,
    },
    {
      what: 'rows that are not there',
      arrange: (folder: string) =>
        changeManifest(folder, (it) => ({ ...it, rows: { ...it.rows, shops: 8 } })),
      args: ['--replace'],
      says: /damaged: shops has 7 rows instead of 8/,
    },
    {
      what: 'a folder that is none',
      arrange: (folder: string) => rm(join(folder, 'manifest.json')),
      args: ['--replace'],
      says: /is no backup/,
    },
  ])('is not restored over or from $what, and nothing changes', async (refused) => {
    await fill()
    const folder = await backUp()
    await change(`UPDATE shops SET name = 'present'`)
    const undo = await refused.arrange(folder)

    await expect(run('restore', '--from', folder, ...refused.args)).rejects.toThrow(refused.says)

    if (undo !== undefined) await undo()
    const shops = await change(`SELECT name FROM shops WHERE name = 'present'`)
    expect(shops.length).toBe(7)
    expect(await readdir(dataDir)).not.toContainEqual(expect.stringMatching(/before|\.granplaza/))
  })

  async function changeManifest(folder: string, edit: (manifest: Written) => object) {
    const path = join(folder, 'manifest.json')
    await writeFile(path, JSON.stringify(edit(JSON.parse(await readFile(path, 'utf8')))))
    return undefined
  }

  it('restored by root belongs to the user whose folder it is', async () => {
    if (process.getuid?.() !== 0) return
    await fill()
    await mkdir(join(dataDir, 'uploads'))
    await writeFile(join(dataDir, 'uploads', 'a.png'), 'image')
    const folder = await backUp()
    await rm(join(dataDir, 'uploads'), { recursive: true })
    await chown(dataDir, 65_534, 65_534)

    await run('restore', '--from', folder, '--replace')

    const names = (await readdir(dataDir)).filter((name) => name !== 'backups')
    for (const name of [...names, 'uploads/a.png']) {
      expect((await stat(join(dataDir, name))).uid).toBe(65_534)
    }
  })

  it('is not made of a database that is none', async () => {
    if (dialect === 'postgres') await opened((db) => rowsOf(db, 'DROP TABLE applied_migrations'))
    else await writeFile(file(), Buffer.alloc(8_192, 'x'))

    await expect(run('backup', '--to', backups)).rejects.toThrow(/can't be copied|nothing to back/)
    expect(await readdir(backups)).toEqual([])
  })

  it('is not made of nothing', async () => {
    await expect(run('backup', '--to', backups)).rejects.toThrow(/no database|nothing to back up/i)
    expect(await readdir(backups)).toEqual([])
  })

  it('keeps a server from starting on half of a restore', async () => {
    await fill()
    await writeFile(join(dataDir, 'restore-unfinished'), '')

    await expect(startServer({ dataDir, databaseUrl: databaseUrl() })).rejects.toThrow(
      /interrupted.*again/,
    )
  })

  if (dialect === 'postgres') return

  it('takes the place of a database that is beyond reading', async () => {
    await fill()
    const before = await count()
    const folder = await backUp()
    await writeFile(file(), Buffer.alloc(40_000, 'x'))
    await writeFile(`${file()}-wal`, 'of the damaged one')

    await run('restore', '--from', folder, '--replace')

    expect(await count()).toEqual(before)
  })
})

interface Written {
  readonly migrations: string[]
  readonly rows: Record<string, number>
}
