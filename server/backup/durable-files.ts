import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'

/** What a file is known by. */
interface FileFacts {
  readonly bytes: number
  readonly sha256: string
}

/** Copies a file so that only its owner reads the copy, which survives a loss of power. Returns what was copied. */
export async function copyDurably(from: string, to: string): Promise<FileFacts> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  await pipeline(createReadStream(from), count, createWriteStream(to, { mode: 0o600 }))
  await syncToDisk(to)
  return { bytes, sha256: hash.digest('hex') }
}

/** Reads the whole file. */
export async function factsOfFile(path: string): Promise<FileFacts> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') }
}

/** Resolves when a file's content, or a folder's names, would survive a loss of power. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Gives `from` the name `to`, which it keeps over a loss of power. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncToDisk(dirname(to))
}

/** Folders of unfinished work whose maker was killed: nobody works so long on one. */
export async function removeOlder(
  folder: string,
  isOurs: (name: string) => boolean,
  before: number,
): Promise<void> {
  for (const name of (await readdir(folder)).filter(isOurs)) {
    const path = join(folder, name)
    if ((await stat(path)).mtimeMs < before) await rm(path, { recursive: true, force: true })
  }
}
