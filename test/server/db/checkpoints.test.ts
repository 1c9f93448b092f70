import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { freshSqlite, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { insertShop } from '../../support/ingestion.ts'

// A checkpoint begins a second after a write, in a thread that has to start first.
const PATIENT = { timeout: 15_000 }

let database: FreshDatabase
let db: Database

beforeEach(async () => {
  database = await freshSqlite('blank')
  db = await database.open()
})
afterEach(async () => {
  await db.close()
  await database.remove()
})

const fileOf = () => database.address.file ?? ''
const bytesInFile = () => statSync(fileOf()).size

/** How often the log was begun anew, which its header counts. */
function timesBegun(): number {
  const log = openSync(`${fileOf()}-wal`, 'r')
  try {
    const header = Buffer.alloc(32)
    readSync(log, header, 0, header.length, 0)
    return header.readUInt32BE(12)
  } finally {
    closeSync(log)
  }
}

/** A hundred pages. */
async function writeHeap(): Promise<void> {
  if (db.raw.dialect !== 'sqlite') throw new Error('Only SQLite has a log of its own')
  await db.raw.exclusive(async (connection) => {
    connection.exec('CREATE TABLE IF NOT EXISTS heaps (heap BLOB)')
    connection.exec('INSERT INTO heaps VALUES (zeroblob(400000))')
  })
}

it('brings what was written into the file, without being asked', async () => {
  const before = bytesInFile()

  await insertShop(db)

  await expect.poll(bytesInFile, PATIENT).toBeGreaterThan(before)
})

it('begins the log anew though writers never pause, so that it does not grow for ever', async () => {
  const before = timesBegun()
  let isOver = false
  const writing = (async () => {
    while (!isOver) {
      await writeHeap()
      await new Promise((resolve) => setImmediate(resolve))
    }
  })()

  try {
    await expect.poll(timesBegun, PATIENT).toBeGreaterThan(before + 1)
  } finally {
    isOver = true
    await writing
  }
}, 20_000)

it('closes after a checkpoint, with everything in the file', async () => {
  const before = bytesInFile()
  await insertShop(db)
  await expect.poll(bytesInFile, PATIENT).toBeGreaterThan(before)
  await insertShop(db)

  await db.close()
  db = await database.open()

  expect(await rowsOf(db, 'SELECT id FROM shops')).toHaveLength(2)
})
