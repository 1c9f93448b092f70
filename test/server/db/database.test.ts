import { chmod, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database, Sql } from '#server/db/database.ts'
import { errorKind } from '#server/db/error-kind.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { eachDatabase, freshSqlite, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { insertShop, NOW } from '../../support/ingestion.ts'

eachDatabase('a database', (fresh, dialect) => {
  let database: FreshDatabase
  let db: Database

  beforeEach(async () => {
    database = await fresh()
    db = await database.open()
  })
  afterEach(async () => {
    await db.close()
    await database.remove()
  })

  const draft = (name: string) => ({ name, consentMode: 'off' as const, createdAt: NOW })
  const names = async () => {
    const rows = await db.sql.select({ name: db.t.shops.name }).from(db.t.shops)
    return rows.map(({ name }) => name)
  }

  it('gives back every kind of value as it was put in', async () => {
    const shopId = await insertShop(db)
    const { t } = db
    const visitor = {
      shopId,
      publicId: Buffer.from([0, 1, 254, 255]),
      consent: { statistics: true, personalisation: false, marketing: false },
      joinedTo: 2 ** 53 - 1,
      firstSeenAt: NOW,
      lastSeenAt: 8_640_000_000_000_000,
    }

    await db.sql.insert(t.visitors).values(visitor)

    const [row] = await db.sql.select().from(t.visitors).where(eq(t.visitors.shopId, shopId))
    expect(row).toMatchObject({ ...visitor, firstTouch: null, id: expect.any(Number) })
  })

  it('keeps all of a transaction or nothing', async () => {
    await db.transaction((sql) => sql.insert(db.t.shops).values(draft('kept')))
    const failing = db.transaction(async (sql) => {
      await sql.insert(db.t.shops).values(draft('lost'))
      throw new Error('changed my mind')
    })

    await expect(failing).rejects.toThrow('changed my mind')
    expect(await names()).toEqual(['kept'])
  })

  it('shows no one what is not committed', async () => {
    let finish = () => {}
    const written = new Promise<void>((resolve) => {
      finish = resolve
    })
    let seen: string[] | undefined
    const open = db.transaction(async (sql) => {
      await sql.insert(db.t.shops).values(draft('new'))
      finish()
      while (seen === undefined) await new Promise((resolve) => setImmediate(resolve))
    })
    await written
    seen = await names()
    await open

    expect(seen).toEqual([])
    expect(await names()).toEqual(['new'])
  })

  it('runs transactions at the same time as if one after the other', async () => {
    const shopId = await insertShop(db)
    const { shops } = db.t
    await db.sql.update(shops).set({ createdAt: 0 }).where(eq(shops.id, shopId))

    await Promise.all(
      Array.from({ length: 25 }, () =>
        db.transaction(async (sql) => {
          const rows = sql.select({ at: shops.createdAt }).from(shops).where(eq(shops.id, shopId))
          const [row] = await ('for' in rows ? rows.for('update') : rows)
          await sql
            .update(shops)
            .set({ createdAt: (row?.at ?? 0) + 1 })
            .where(eq(shops.id, shopId))
        }),
      ),
    )

    expect(await db.sql.select({ at: shops.createdAt }).from(shops)).toEqual([{ at: 25 }])
  })

  it('refuses the outer handle inside a transaction', async () => {
    const misuse = db.transaction(async () => {
      await db.sql.insert(db.t.shops).values(draft('outside'))
    })
    const nested = db.transaction(() => db.transaction(async () => undefined))

    await expect(misuse).rejects.toThrow('inside a transaction')
    await expect(nested).rejects.toThrow('inside a transaction')
  })

  it('refuses a transaction’s handle after its end', async () => {
    let kept: Sql | undefined
    await db.transaction(async (sql) => {
      kept = sql
    })

    const late = (async () => kept?.insert(db.t.shops).values(draft('late')))()
    await expect(late).rejects.toSatisfy((error: unknown) =>
      String(error instanceof Error && error.cause ? error.cause : error).includes('is over'),
    )
    expect(await names()).toEqual([])
  })

  it('names what went wrong alike', async () => {
    const { origins, visitors } = db.t
    const shopId = await insertShop(db)
    const origin = { shopId, origin: 'https://shop.example', createdAt: NOW }
    await db.sql.insert(origins).values(origin)
    const kindOf = (promise: PromiseLike<unknown>) =>
      Promise.resolve(promise).then(
        () => 'none',
        (error: unknown) => errorKind(error),
      )

    expect(await kindOf(db.sql.insert(origins).values(origin))).toBe('unique')
    const orphan = { ...origin, shopId: 999_999, origin: 'https://x.example' }
    expect(await kindOf(db.sql.insert(origins).values(orphan))).toBe('foreign_key')
    const nameless = db.sql
      .insert(visitors)
      .values({ shopId, publicId: Buffer.alloc(1), firstSeenAt: NOW, lastSeenAt: null as never })
    expect(await kindOf(nameless)).toBe('not_null')
    expect(errorKind(new Error('a bug'))).toBeUndefined()
  })

  it('deletes what belongs to a shop with it', async () => {
    const shopId = await insertShop(db)
    await db.sql
      .insert(db.t.origins)
      .values({ shopId, origin: 'https://shop.example', createdAt: NOW })

    await db.sql.delete(db.t.shops).where(eq(db.t.shops.id, shopId))

    expect(await db.sql.select().from(db.t.origins)).toEqual([])
  })

  it('does not run a migration twice, not even from two servers at once', async () => {
    const other = await openDatabase({ ...database.address, role: 'command' })
    try {
      await Promise.all([db.migrate(), other.migrate(), db.migrate()])
    } finally {
      await other.close()
    }

    const applied = await rowsOf<{ name: string }>(db, 'SELECT name FROM applied_migrations')
    expect(new Set(applied.map(({ name }) => name)).size).toBe(applied.length)
  })

  it('politely refuses a database that a newer version has written', async () => {
    await rowsOf(db, 'INSERT INTO applied_migrations (name, applied_at) VALUES ($1, 0)', ['9999_x'])

    await expect(db.migrate()).rejects.toMatchObject({
      name: 'UnusableDatabase',
      reason: 'newer',
      message: expect.stringContaining('newer Granplaza'),
    })
  })

  if (dialect === 'postgres') return

  it('checks the types of columns', async () => {
    await expect(
      rowsOf(db, `INSERT INTO shops (name, consent_mode, created_at) VALUES ('x', 'off', 'today')`),
    ).rejects.toThrow(/cannot store TEXT/)
  })
})

describe('a SQLite file', () => {
  let database: FreshDatabase

  beforeEach(async () => {
    database = await freshSqlite()
  })
  afterEach(() => database.remove())

  it('is for one server, beside which commands may work', async () => {
    const server = await database.open()
    try {
      await expect(database.open()).rejects.toMatchObject({
        reason: 'in_use',
        message: expect.stringContaining('Another server is running'),
      })
      const command = await database.open({ role: 'command' })
      await insertShop(command)
      await command.close()
      expect(await server.sql.$count(server.t.shops)).toBe(1)
    } finally {
      await server.close()
    }
    await (await database.open()).close()
  })

  it('can be read by nobody else, wherever it lies', async () => {
    if (database.address.file === undefined) return
    await chmod(dirname(database.address.file), 0o755)
    const db = await database.open()
    await insertShop(db)

    for (const ending of ['', '-wal', '-shm']) {
      const { mode } = await stat(`${database.address.file}${ending}`)
      expect(mode & 0o077).toBe(0)
    }
    await db.close()
  })

  it('loses nothing that was committed, and gives erased pages back', async () => {
    const db = await database.open()
    const pragmas = await rowsOf<{ value: number }>(
      db,
      `SELECT synchronous AS value FROM pragma_synchronous UNION ALL
       SELECT auto_vacuum FROM pragma_auto_vacuum UNION ALL
       SELECT secure_delete FROM pragma_secure_delete UNION ALL
       SELECT foreign_keys FROM pragma_foreign_keys`,
    )
    await db.close()

    // FULL, incremental, on, on.
    expect(pragmas.map(({ value }) => value)).toEqual([2, 2, 1, 1])
  })
})

describe('a database that can’t be used', () => {
  it('says so in one sentence', async () => {
    await expect(
      openDatabase({ url: 'postgres://nobody:x@127.0.0.1:1/none' }),
    ).rejects.toMatchObject({ reason: 'unreachable' })
    const broken = await freshSqlite()
    await writeFile(`${broken.address.file}.lock`, 'not a database')
    await expect(broken.open()).rejects.toMatchObject({ reason: 'not_writable' })
    await broken.remove()
    await expect(openDatabase({ file: '/dev/null/granplaza.db' })).rejects.toMatchObject({
      reason: 'not_writable',
    })
  })
})
