import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Files that people sent, by names that we made; what they are called and are of, the database knows. */
export interface FileStore {
  /** Resolves when it would survive a crash of ours. */
  readonly write: (name: string, content: Uint8Array) => Promise<void>
  /** Undefined: there is none. */
  readonly read: (name: string) => Promise<Buffer | undefined>
  readonly remove: (name: string) => Promise<void>
  /** The names of those written before then. */
  readonly olderThan: (before: number) => AsyncIterable<string>
}

/** Of our own making, so that no name leads anywhere else. */
const NAME = /^[\w-]{16,64}$/

/** In folders of `folder`, of at most 4,096 each. */
export function createFileStore(folder: string): FileStore {
  function pathOf(name: string): string {
    if (!NAME.test(name)) throw new Error('A file’s name must be one that we made')
    return join(folder, name.slice(0, 2), name)
  }

  return {
    async write(name, content) {
      const path = pathOf(name)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFile(path, content, { mode: 0o600, flag: 'wx', flush: true })
    },
    async read(name) {
      try {
        return await readFile(pathOf(name))
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      }
    },
    remove: (name) => rm(pathOf(name), { force: true }),
    async *olderThan(before) {
      for (const part of await namesIn(folder)) {
        for (const name of await namesIn(join(folder, part))) {
          const facts = await stat(join(folder, part, name)).catch(() => undefined)
          if (NAME.test(name) && facts !== undefined && facts.mtimeMs < before) yield name
        }
      }
    },
  }
}

/** None where there is no such folder: nobody has sent anything yet. */
async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
}
