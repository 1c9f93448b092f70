import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { Stop } from './stop.mjs'

/**
 * Stops unless `folder` (made if missing) can be written to. It tries: permission bits tell nothing of a read-only disk.
 * @param {string} folder
 * @param {string} what the sentence's subject, such as "The project folder"
 * @param {string} remedy
 */
export function requireWritable(folder, what, remedy) {
  try {
    mkdirSync(folder, { recursive: true })
    rmdirSync(mkdtempSync(join(folder, '.granplaza-')))
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    throw new Stop(`${what} ${folder} can't be written to (${code}): ${remedy}.`)
  }
}
