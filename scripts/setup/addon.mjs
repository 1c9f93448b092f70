// The compiled half of better-sqlite3. Compiling takes about a minute, so each user's machine does it once a version.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { root } from '../root.mjs'
import { npm } from './npm.mjs'
import { Stop } from './stop.mjs'
import { failure } from './watched.mjs'

const folder = join(root, 'node_modules', 'better-sqlite3')
const addon = join(folder, 'build', 'Release', 'better_sqlite3.node')

/** Makes sure that this Node can open a database: as it is, from the user's cache, downloaded, or compiled. */
export async function requireAddon() {
  if (loads()) return
  const cached = cacheFile()
  if (existsSync(cached) && restore(cached)) return
  await obtain()
  keep(cached)
}

/**
 * In a process of its own: one that has once failed to load the driver (compiled for another Node) can't load it later
 * either, and this process is to become the server.
 */
function loads() {
  const script = "new (require('better-sqlite3'))(':memory:').close()"
  return spawnSync(process.execPath, ['-e', script], { cwd: root }).status === 0
}

function cacheFile() {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const { modules } = process.versions
  const name = `better-sqlite3-${version}-${modules}-${process.platform}-${process.arch}.node`
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'granplaza', name)
}

/** @param {string} cached */
function restore(cached) {
  mkdirSync(dirname(addon), { recursive: true })
  copyFileSync(cached, addon)
  if (loads()) return true
  rmSync(cached, { force: true })
  return false
}

async function obtain() {
  const says = "Getting SQLite's driver (compiling it takes about a minute)"
  const step = await npm(says, ['rebuild', 'better-sqlite3'], headers())
  if (step.ok && loads()) return
  const missing = missingTools()
  if (missing.length === 0) throw failure("SQLite's driver could not be compiled.", step)
  throw new Stop(
    `SQLite's driver has no prebuilt file here and needs ${missing.join(', ')} to compile: ${remedy()}`,
  )
}

/** Node's headers as installed beside it: without them node-gyp downloads them, which closed networks refuse. */
function headers() {
  const prefix = dirname(dirname(process.execPath))
  const file = join(prefix, 'include', 'node', 'node_version.h')
  if (!existsSync(file)) return {}
  const text = readFileSync(file, 'utf8')
  const part = (/** @type {string} */ name) => new RegExp(`${name}_VERSION (\\d+)`).exec(text)?.[1]
  const version = ['NODE_MAJOR', 'NODE_MINOR', 'NODE_PATCH'].map(part).join('.')
  return version === process.versions.node ? { npm_config_nodedir: prefix } : {}
}

function missingTools() {
  if (process.platform === 'win32') return ['the Visual Studio Build Tools']
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = (/** @type {string} */ name) => folders.some((it) => existsSync(join(it, name)))
  const compiler = found('g++') || found('c++') || found('clang++')
  return [
    ...(found('python3') ? [] : ['Python 3']),
    ...(found('make') ? [] : ['make']),
    ...(compiler ? [] : ['a C++ compiler']),
  ]
}

function remedy() {
  if (process.platform === 'win32') return 'install them with Python 3 and run the command again.'
  if (process.platform === 'darwin') return 'run xcode-select --install and then the command again.'
  return 'run apt-get install python3 make g++ (or the like of your system) and then the command again.'
}

/** @param {string} cached */
function keep(cached) {
  const partial = `${cached}.${process.pid}`
  try {
    mkdirSync(dirname(cached), { recursive: true })
    copyFileSync(addon, partial)
    renameSync(partial, cached)
  } catch (error) {
    console.log(`SQLite's driver was not kept for the next clone: ${String(error)}`)
  }
}
