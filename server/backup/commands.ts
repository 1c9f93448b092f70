import { readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { systemClock } from '../core/clock.ts'
import { parseOptions } from '../core/command-options.ts'
import { StartError } from '../core/errors.ts'
import { versionOf } from '../core/version.ts'
import { makeBackup, type DataPlace } from './make-backup.ts'
import type { Manifest } from './manifest.ts'
import { restoreBackup } from './restore-backup.ts'
import { outdatedBackups } from './rotate.ts'

export const BACKUP_USAGE = `Makes a backup of the whole installation, beside a running server.

  npm run backup -- --to /var/backups/granplaza

  --to <folder>     gets the backup as a folder of its own, named by the time (UTC)
  --rotate          deletes older ones there: keeps one a day for 7 days and one a week for 4
`

export const RESTORE_USAGE = `Puts a backup in the place of the data. Stop the server first.

  npm run restore -- --from /var/backups/granplaza/granplaza-2026-11-22T03-00-00-000Z

  --from <folder>   the backup's own folder
  --replace         even if there is a database; it is kept aside, and the command says where
`

interface CommandPlace {
  readonly place: DataPlace
  /** The project's folder. */
  readonly root: string
}

/** Runs `backup` with its arguments, and returns what to print. */
export async function backUp({ place, root }: CommandPlace, args: readonly string[]) {
  const options = { to: { type: 'string' }, rotate: { type: 'boolean' } } as const
  const { to, rotate } = parseOptions(args, options, BACKUP_USAGE)
  if (to === undefined) throw new StartError(`Say where the backup goes.\n\n${BACKUP_USAGE}`)
  const started = performance.now()
  const version = await versionOf(root)
  const { folder, manifest } = await makeBackup({ place, to, version, now: systemClock })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const made = `${folder}\n\nBacked up in ${seconds} s and read again: ${summaryOf(manifest)}.\n`
  return rotate === true ? made + (await deleteOutdated(resolve(to))) : made
}

/** Runs `restore` with its arguments, and returns what to print. */
export async function restore({ place }: Pick<CommandPlace, 'place'>, args: readonly string[]) {
  const options = { from: { type: 'string' }, replace: { type: 'boolean' } } as const
  const { from, replace: replaces = false } = parseOptions(args, options, RESTORE_USAGE)
  if (from === undefined) throw new StartError(`Say which backup.\n\n${RESTORE_USAGE}`)
  const { manifest, aside } = await restoreBackup({ place, from, replaces, now: systemClock })
  const kept = aside === undefined ? '' : `What was there before is kept in ${aside}.\n`
  return `Restored what was backed up at ${manifest.madeAt}: ${summaryOf(manifest)}.\n${kept}`
}

function summaryOf({ rows, database, files }: Manifest): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
  const bytes = [database, ...files].reduce((sum, file) => sum + file.bytes, 0)
  const tables = Object.keys(rows).length
  const beside = files.length === 0 ? '' : `, ${files.length} other files`
  return `${total} rows in ${tables} tables${beside}, ${(bytes / 1e6).toFixed(1)} MB`
}

async function deleteOutdated(folder: string): Promise<string> {
  const outdated = outdatedBackups(await readdir(folder))
  for (const name of outdated) await rm(join(folder, name), { recursive: true })
  return outdated.length === 0 ? '' : `Deleted ${outdated.length} older ones.\n`
}
