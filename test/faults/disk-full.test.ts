import { chownSync, statSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPostgres, startCluster } from '../../scripts/services/postgres.mjs'
import { openDatabase } from '#server/db/open-database.ts'
import { EXACT, ledgerOf } from '../support/ledger.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { startWriters, type Target, type Writers } from '../support/writers.ts'

const MEGABYTE = 1_048_576
const WRITERS = 8
const REFUSALS = 50

const disk = mountSmallDisk(64)
const bin = findPostgres()
afterAll(() => disk?.remove())

describe.skipIf(disk === undefined)('a full disk under SQLite', () => {
  it('refuses with the wait, loses nothing acknowledged, and recovers by itself', async () => {
    const { folder } = diskOf(disk)
    const server = await startServer({ dataDir: folder })
    const writers = await fillAndFree(diskOf(disk), server)
    await server.stop()

    const db = await openDatabase({ file: `${folder}/granplaza.db` })
    expect(await ledgerOf(db, writers)).toEqual(EXACT)
    await db.close()
  })
})

describe.skipIf(disk === undefined || bin === undefined)('a full disk under PostgreSQL', () => {
  let cluster: Awaited<ReturnType<typeof startCluster>>
  let url: string

  // The database alone lies on the small disk: a full disk under its log would end PostgreSQL itself.
  beforeAll(async () => {
    cluster = await startCluster(bin ?? '')
    const client = new pg.Client({ connectionString: cluster.url })
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory')
    const { uid, gid } = statSync(rows[0]?.data_directory ?? '')
    const { folder } = diskOf(disk)
    chownSync(folder, uid, gid)
    await client.query(`CREATE TABLESPACE small LOCATION '${folder}'`)
    await client.query('CREATE DATABASE small TABLESPACE small')
    await client.end()
    const address = new URL(cluster.url)
    address.pathname = '/small'
    url = address.href
  })
  afterAll(() => cluster.stop())

  it('refuses with the wait, loses nothing acknowledged, and recovers by itself', async () => {
    const server = await startServer({ databaseUrl: url })
    const writers = await fillAndFree(diskOf(disk), server)
    await server.stop()

    const db = await openDatabase({ url })
    expect(await ledgerOf(db, writers)).toEqual(EXACT)
    await db.close()
  })
})

async function fillAndFree(small: SmallDisk, server: TestServer): Promise<Writers> {
  const target: Target = { port: Number(new URL(server.url).port), key: server.key }
  const writers = startWriters(WRITERS, () => Promise.resolve(target))
  await until(() => writers.acknowledged.size > 100)
  small.leave(MEGABYTE)
  await until(() => writers.refusals.length > REFUSALS)

  const atFull = writers.acknowledged.size
  const health = await fetch(`http://127.0.0.1:${target.port}/healthz`)
  expect(health.status).toBe(200)
  expect(writers.odd).toEqual([])
  for (const { retryAfter, body } of writers.refusals) {
    expect(Number(retryAfter)).toBeGreaterThan(0)
    expect(body).toMatchObject({ error: { code: 'unavailable', act: 'wait' } })
  }

  small.free()
  await until(() => writers.acknowledged.size > atFull + 100)
  await writers.finish()
  return writers
}

function diskOf(mounted: SmallDisk | undefined): SmallDisk {
  if (mounted === undefined) throw new Error('No disk was mounted')
  return mounted
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await wait(5)
}
