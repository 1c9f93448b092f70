import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import pg from 'pg'
import type { Limits } from '#server/core/rate-limit.ts'
import { createServer } from '#server/server.ts'
import type { Role } from './roles.ts'

/** Where the server stores: a PostgreSQL address, or SQLite in a folder of its own with this durability. */
export type Storage = 'FULL' | 'NORMAL' | `postgres${string}`

/** What is measured is the work, not the refusal of it. */
const WIDE = { burst: 1e9, perSecond: 1e9 }
const WIDE_LIMITS: Limits = { address: WIDE, key: WIDE, visitor: WIDE, signIn: WIDE }

/** The real server, whole, on a free port of this machine. */
export function openBenchServer(
  dataDir: string,
  databaseUrl?: string,
): ReturnType<typeof createServer> {
  return createServer(
    {
      port: 0,
      host: '127.0.0.1',
      publicUrl: undefined,
      dataDir,
      databaseUrl,
      trustedProxies: [],
      geoipFile: undefined,
      logLevel: 'error',
      mail: undefined,
      outboundAllow: [],
    },
    { limits: WIDE_LIMITS, isUnbuilt: true, isDemoSilent: true },
  )
}

/**
 * Such a server as a process of its own. Says `port key file`; asked for anything, it tells how many events it holds.
 */
export async function serveOwn(storage: string): Promise<Role> {
  const isPostgres = storage.startsWith('postgres')
  const dataDir = mkdtempSync(join(tmpdir(), 'granplaza-bench-'))
  if (storage === 'NORMAL') await lowerDurability(dataDir)
  const server = await openBenchServer(dataDir, isPostgres ? storage : undefined)
  const file = join(dataDir, 'granplaza.db')
  return {
    ready: [new URL(server.url).port, server.shop.publicKey, file].join(' '),
    ask: async () => String(await (isPostgres ? countPostgres(storage) : countSqlite(file))),
    stop: () => server.stop(),
  }
}

/** Removes what such a server left. */
export function removeStored(file: string): void {
  rmSync(join(file, '..'), { recursive: true, force: true })
}

/** The product always waits for the disk and has no setting for less, so it is changed from below. */
async function lowerDurability(folder: string): Promise<void> {
  const handle = await open(join(folder, 'any'), 'w')
  Reflect.set(Object.getPrototypeOf(handle), 'datasync', () => Promise.resolve())
  await handle.close()
  const { prototype } = SqliteDatabase
  const exec = Reflect.get(prototype, 'exec')
  Reflect.set(prototype, 'exec', lowered)
  function lowered(this: SqliteDatabase.Database, source: string) {
    return exec.call(this, source.replace('synchronous = FULL', 'synchronous = NORMAL'))
  }
}

function countSqlite(file: string): number {
  const connection = new SqliteDatabase(file, { readonly: true })
  const count = connection.prepare('SELECT count(*) FROM events').pluck().get()
  connection.close()
  return Number(count)
}

async function countPostgres(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM events')
  await client.end()
  return Number(rows[0]?.count)
}
