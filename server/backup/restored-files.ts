import { existsSync } from 'node:fs'
import { lchown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { StartError } from '../core/errors.ts'
import { UnusableDatabase } from '../db/errors.ts'
import { FILES_FOLDER } from './data-files.ts'
import { copyDurably, factsOfFile, removeOlder, syncToDisk } from './durable-files.ts'
import type { BackedUpFile } from './manifest.ts'
import type { RestoreJob } from './restore-job.ts'

/** In DATA_DIR from before the first file changes place until after the last. */
const UNFINISHED = 'restore-unfinished'
const STAGING = /^\.granplaza-restore-/
const DAY_MS = 86_400_000

/** Copies a file of the backup; a `StartError` says that it is not as it was backed up. */
export async function copyChecked(
  { folder }: RestoreJob,
  { path, bytes, sha256 }: BackedUpFile,
  to: string,
): Promise<void> {
  const copied = await copyDurably(join(folder, path), to).catch((cause: unknown) => {
    throw new StartError(`The backup is damaged: ${path} can't be read`, { cause })
  })
  if (copied.bytes === bytes && copied.sha256 === sha256) return
  throw new StartError(`The backup is damaged: ${path} is not as it was backed up`)
}

/** A folder beside what will be replaced, so that things change place by their names alone; `work` fills and empties it. */
export async function withStaging<T>(
  dataDir: string,
  { startedAt, stamp }: RestoreJob,
  work: (staging: string) => Promise<T>,
): Promise<T> {
  await removeOlder(dataDir, (name) => STAGING.test(name), startedAt - DAY_MS)
  const staging = join(dataDir, `.granplaza-restore-${stamp}`)
  await mkdir(staging, { mode: 0o700 })
  try {
    return await work(staging)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

export async function stageFiles(job: RestoreJob, staging: string): Promise<void> {
  for (const file of job.manifest.files) await copyChecked(job, file, join(staging, file.path))
}

/**
 * Puts staged files into their places, others of their names into `aside`, and runs `swap`, which does the same with the
 * database. If this is killed half-way, servers refuse to start until a restore has been finished.
 */
export async function placeFiles(
  { manifest: { files } }: RestoreJob,
  places: { readonly dataDir: string; readonly staging: string; readonly aside: string },
  swap: () => Promise<void>,
): Promise<void> {
  const { dataDir, staging, aside } = places
  const marker = join(dataDir, UNFINISHED)
  if (files.length > 0) {
    await writeFile(marker, '')
    await syncToDisk(marker)
    await syncToDisk(dataDir)
  }
  for (const file of files) {
    const name = file.path.slice(FILES_FOLDER.length + 1)
    await placeFile(join(staging, file.path), join(dataDir, name), join(aside, name), file)
  }
  await swap()
  await syncToDisk(dataDir)
  await rm(marker, { force: true })
}

async function placeFile(from: string, to: string, aside: string, file: BackedUpFile) {
  if (existsSync(to)) {
    if ((await factsOfFile(to)).sha256 === file.sha256) return
    await mkdir(dirname(aside), { recursive: true, mode: 0o700 })
    await rename(to, aside)
    await syncToDisk(dirname(aside))
  }
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await rename(from, to)
  await syncToDisk(dirname(to))
}

/** A restore by root, for a server that runs as the user whose folder it is: all in it becomes that user's. */
export async function giveToOwner(dataDir: string): Promise<void> {
  const { uid, gid } = await stat(dataDir)
  if (process.getuid?.() !== 0 || uid === 0) return
  const names = await readdir(dataDir, { recursive: true })
  for (const name of names) await lchown(join(dataDir, name), uid, gid)
}

/** Throws where a restore was killed while files changed place: some are the backup's, some are not. */
export function refuseHalfRestored(dataDir: string): void {
  if (!existsSync(join(dataDir, UNFINISHED))) return
  throw new UnusableDatabase(
    'in_use',
    `A restore into ${dataDir} was interrupted. Run it again, with --replace: what was there before lies in its folder before-….`,
  )
}
