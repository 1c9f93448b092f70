import { mkdir, readdir } from 'node:fs/promises'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { backedUpAt } from './rotate.ts'

export interface BackupSchedule {
  /** Makes a backup if the newest is a day old. Call every few minutes; while one is being made, nothing happens. */
  readonly look: () => Promise<void>
  /** When the newest backup was made, epoch ms; undefined: there is none. */
  readonly newestAt: () => Promise<number | undefined>
}

interface BackupScheduleDeps {
  /** Where the backups lie. */
  readonly folder: string
  /** Makes one there, outside of this process; rejects with the reason. */
  readonly backUp: () => Promise<void>
  readonly now: Clock
  readonly log: Pick<Log, 'error' | 'info'>
}

const DAY_MS = 86_400_000
/** After a failure: a full disk is not emptied by asking it every minute. */
const RETRY_MS = 3_600_000

/** A backup a day, whatever restarts there were: the folder itself says when the last was made. */
export function createBackupSchedule(deps: BackupScheduleDeps): BackupSchedule {
  const { folder, backUp, now, log } = deps
  let isRunning = false
  let failedAt: number | undefined

  async function newestAt(): Promise<number | undefined> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const times = (await readdir(folder)).flatMap((name) => backedUpAt(name) ?? [])
    return times.length === 0 ? undefined : Math.max(...times)
  }

  async function isDue(): Promise<boolean> {
    if (failedAt !== undefined && now() - failedAt < RETRY_MS) return false
    const newest = await newestAt()
    return newest === undefined || now() - newest >= DAY_MS
  }

  return {
    newestAt,
    async look() {
      if (isRunning) return
      isRunning = true
      try {
        if (!(await isDue())) return
        await backUp()
        failedAt = undefined
        log.info({ folder }, 'Backed up')
      } catch (error) {
        // The server stops, and the next one finds no backup of today.
        if (error instanceof Error && error.name === 'AbortError') return
        failedAt = now()
        log.error({ err: error }, 'The daily backup failed: it is tried again in an hour')
      } finally {
        isRunning = false
      }
    },
  }
}
