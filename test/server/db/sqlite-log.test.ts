import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSqliteConnection, type SqliteConnection } from '#server/db/sqlite-connection.ts'
import { createSqliteLog } from '#server/db/sqlite-log.ts'

let folder: string
let writer: SqliteConnection

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'granplaza-log-'))
  writer = openSqliteConnection(join(folder, 'some.db'))
  writer.exec('PRAGMA journal_mode = WAL')
  writer.exec('PRAGMA synchronous = FULL')
  writer.exec('CREATE TABLE kept (value)')
})

afterEach(() => {
  writer.close()
  rmSync(folder, { recursive: true })
})

it('leaves all other transactions to wait for the disk themselves', async () => {
  const { log } = logOn(async () => undefined)
  await expect(log.unsettled(() => Promise.reject(new Error('Broken')))).rejects.toThrow('Broken')
  expect(writer.prepare('PRAGMA synchronous').pluck().get()).toBe(2)
})

it('is settled when the disk has it, not before', async () => {
  let settleDisk = () => {}
  const { log } = logOn(() => new Promise<void>((resolve) => void (settleDisk = resolve)))
  let isSettled = false
  await log.unsettled(insert)
  const settling = log.settle().then(() => void (isSettled = true))
  await new Promise((resolve) => setImmediate(resolve))

  expect(isSettled).toBe(false)
  settleDisk()
  await settling
  expect(isSettled).toBe(true)
})

it('does not build upon what may not have been written', async () => {
  const disk = { isBroken: true }
  const { log, file } = logOn(async () => {
    if (disk.isBroken) throw new Error('EIO')
  })
  await log.unsettled(insert)
  await expect(log.settle()).rejects.toThrow('EIO')
  disk.isBroken = false
  let sizeBefore: number | undefined
  await log.unsettled(async () => {
    sizeBefore = statSync(file).size
    await insert()
  })
  await log.settle()

  expect(sizeBefore).toBe(0)
  expect(writer.prepare('SELECT count(*) FROM kept').pluck().get()).toBe(2)
})

async function insert(): Promise<void> {
  writer.exec('INSERT INTO kept VALUES (1)')
}

function logOn(datasync: () => Promise<void>) {
  const close = async () => undefined
  return {
    log: createSqliteLog(writer, async () => ({ datasync, close })),
    file: join(folder, 'some.db-wal'),
  }
}
