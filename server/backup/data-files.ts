import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { copyDurably } from './durable-files.ts'
import type { BackedUpFile } from './manifest.ts'

/** Where a backup, and a restore under way, keep what is not the database. */
export const FILES_FOLDER = 'files'

/** The database and its companions, backups, what restores put aside, and our own unfinished work. */
const NOT_FILES =
  /^(granplaza\.db|granplaza-\d{4}-|before-|\.granplaza-|restore-unfinished$|lost\+found$)/

/**
 * Copies what lies in DATA_DIR beside the database (uploads, generated secrets) into `to`, except for what is below
 * `except`. What is deleted meanwhile is left out.
 */
export async function copyDataFiles(
  dataDir: string,
  to: string,
  except: string,
): Promise<BackedUpFile[]> {
  const copied: BackedUpFile[] = []
  for (const path of await listDataFiles(dataDir, except)) {
    try {
      const facts = await copyDurably(join(dataDir, path), join(to, FILES_FOLDER, path))
      copied.push({ path: [FILES_FOLDER, ...path.split(sep)].join('/'), ...facts })
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
  return copied
}

/** Paths from `dataDir`. */
async function listDataFiles(dataDir: string, except: string): Promise<string[]> {
  const names = await namesIn(dataDir)
  const kept = names.filter((name) => !NOT_FILES.test(name))
  const paths: string[] = []
  for (const name of kept) paths.push(...(await filesBelow(dataDir, name, except)))
  return paths.toSorted()
}

async function filesBelow(dataDir: string, path: string, except: string): Promise<string[]> {
  if (relative(except, join(dataDir, path)) === '') return []
  const entries = await readdir(join(dataDir, path), { withFileTypes: true }).catch(
    (error: unknown) => {
      if (isMissing(error)) return []
      if (codeOf(error) === 'ENOTDIR') return undefined
      throw error
    },
  )
  if (entries === undefined) return [path]
  const below: string[] = []
  for (const entry of entries) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) below.push(...(await filesBelow(dataDir, inner, except)))
    else if (entry.isFile()) below.push(inner)
  }
  return below
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    // With PostgreSQL there may be none.
    if (isMissing(error)) return []
    throw error
  })
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT'
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
