import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, whether this runs from its source or from the build. */
export const ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)))

/** Of this build, as package.json says. */
export const VERSION = versionIn(readFileSync(join(ROOT, 'package.json'), 'utf8'))

function versionIn(manifest: string): string {
  return String(Object(JSON.parse(manifest)).version)
}

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('No package.json lies above the server')
  return rootAbove(parent)
}
