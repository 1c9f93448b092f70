import process from 'node:process'
import { readMigrations } from '#server/db/migrations.ts'
import { openPostgres, withClient } from '#server/db/postgres.ts'
import { migratePostgres } from '#server/db/postgres-migrate.ts'
import { openSqliteConnection } from '#server/db/sqlite-connection.ts'
import { migrateSqlite } from '#server/db/sqlite-migrate.ts'

// Migrates like a server that starts, and is killed before statement KILL_BEFORE. Else it tells how many there were.
const { DATABASE_URL, DATABASE_FILE = '', KILL_BEFORE } = process.env
const killBefore = Number(KILL_BEFORE)
let count = 0

/** `part` with a method that kills the process when its time has come. */
function mortal<T extends object>(part: T, method: keyof T): T {
  return new Proxy(part, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target)
      if (key !== method || typeof value !== 'function') {
        return typeof value === 'function' ? value.bind(target) : value
      }
      return (...args: unknown[]) => {
        count += 1
        if (count === killBefore) process.kill(process.pid, 'SIGKILL')
        return value.apply(target, args)
      }
    },
  })
}

if (DATABASE_URL === undefined) {
  const connection = openSqliteConnection(DATABASE_FILE)
  migrateSqlite(mortal(connection, 'exec'), readMigrations('sqlite'), Date.now)
  connection.close()
} else {
  const db = await openPostgres({ url: DATABASE_URL, now: Date.now })
  if (db.raw.dialect === 'postgres') {
    await withClient(db.raw.pool, (client) =>
      migratePostgres(mortal(client, 'query'), readMigrations('postgres'), Date.now),
    )
  }
  await db.close()
}
process.stdout.write(String(count))
