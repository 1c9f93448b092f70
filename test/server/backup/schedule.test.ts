import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeBackup } from '#server/backup/make-backup.ts'
import { createBackupSchedule, type BackupSchedule } from '#server/backup/schedule.ts'
import { createLog } from '#server/core/log.ts'
import { freshSqlite } from '../../support/databases.ts'

const HOUR_MS = 3_600_000

describe('a daily backup', () => {
  let folder: string
  let clock: number
  let attempts: number
  let failure: Error | undefined
  let schedule: BackupSchedule
  let remove: () => Promise<void>

  beforeEach(async () => {
    clock = Date.UTC(2026, 10, 22, 3)
    attempts = 0
    failure = undefined
    const data = await mkdtemp(join(tmpdir(), 'granplaza-'))
    folder = join(data, 'backups')
    const database = await freshSqlite()
    const db = await database.open({ file: join(data, 'granplaza.db') })
    await db.close()
    remove = async () => {
      await database.remove()
      await rm(data, { recursive: true })
    }
    schedule = createBackupSchedule({
      folder,
      now: () => clock,
      log: createLog('silent'),
      async backUp() {
        attempts += 1
        if (failure !== undefined) throw failure
        const place = { dataDir: data, databaseUrl: undefined }
        await makeBackup({ place, to: folder, version: '0.0.0', now: () => clock })
      },
    })
  })
  afterEach(() => remove())

  it('is made where there is none, and again after a day, not before', async () => {
    await schedule.look()
    expect(await schedule.newestAt()).toBe(clock)

    clock += 23 * HOUR_MS
    await schedule.look()
    expect(attempts).toBe(1)

    clock += HOUR_MS
    await schedule.look()
    expect(attempts).toBe(2)
    expect(await schedule.newestAt()).toBe(clock)
  })

  it('that failed is tried again after an hour', async () => {
    failure = new Error('no space')
    await schedule.look()
    await schedule.look()
    expect(attempts).toBe(1)

    failure = undefined
    clock += HOUR_MS
    await schedule.look()
    expect(await schedule.newestAt()).toBe(clock)
  })

  it('is not taken for one by another folder’s name', async () => {
    await mkdir(join(folder, '.granplaza-2026-11-22T03-00-00-000Z.partial'), { recursive: true })

    expect(await schedule.newestAt()).toBeUndefined()
  })
})
