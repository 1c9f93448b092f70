import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../root.mjs'
import { ensureBuilt } from './built.mjs'
import { installPackages } from './install.mjs'
import { plainly } from './stop.mjs'
import { requireWritable } from './writable.mjs'

/** Installs and builds what is not, then is the server: signals and exit code are its own. */
export function runServer() {
  return plainly(async () => {
    await prepare()
    requireWritable(
      resolve(root, process.env.DATA_DIR ?? 'data'),
      'The data folder',
      'give yourself write permission, or set DATA_DIR to a folder of yours',
    )
    await become('main.js')
  })
}

/** Likewise for a command of the server, whose arguments are in process.argv. */
export function runCommand() {
  return plainly(async () => {
    await prepare()
    await become('command.js')
  })
}

async function prepare() {
  await installPackages()
  await ensureBuilt()
}

/** @param {string} file */
async function become(file) {
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(join(root, 'dist', 'server', file)).href)
}
