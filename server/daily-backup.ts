import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { createBackupSchedule, type BackupSchedule } from './backup/schedule.ts'
import type { Config } from './config.ts'
import type { Clock } from './core/clock.ts'
import type { Log } from './core/log.ts'
import { ROOT } from './root.ts'

export interface DailyBackup extends Pick<BackupSchedule, 'newestAt'> {
  /** Returns `stop`, which ends a backup that is being made. */
  readonly start: () => () => void
}

const LOOK_EVERY_MS = 600_000
const LAST_CHARS = 2_000

/** Undefined without BACKUP_DIR. */
export function createDailyBackup(config: Config, now: Clock, log: Log): DailyBackup | undefined {
  const { backupDir: folder } = config
  if (folder === undefined) return undefined
  const ending = new AbortController()
  const args = ['backup', '--to', folder, '--rotate']
  const backUp = () => runOwnCommand(config, args, ending.signal)
  const { look, newestAt } = createBackupSchedule({ folder, backUp, now, log })
  return {
    newestAt,
    start() {
      void look()
      const looking = setInterval(() => void look(), LOOK_EVERY_MS)
      return () => {
        clearInterval(looking)
        ending.abort()
      }
    },
  }
}

/** Runs one of our commands as a process of its own, on our data; rejects with what it said. `signal` ends it. */
function runOwnCommand(
  { dataDir, databaseUrl = '' }: Config,
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'dist/server/command.js'), ...args], {
      env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-LAST_CHARS)
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(said.trim() || `${args.join(' ')} ended with ${code}`))
    })
  })
}
