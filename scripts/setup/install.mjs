// Packages as package-lock.json lists them, installed only when they are not.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.mjs'
import { requireAddon } from './addon.mjs'
import { npm } from './npm.mjs'
import { failure } from './watched.mjs'
import { requireWritable } from './writable.mjs'

/** @typedef {{ version?: string, optional?: boolean, dependencies?: object, devDependencies?: object, optionalDependencies?: object }} Entry */
/** @typedef {{ packages: Record<string, Entry> }} Lock */

const STAMP = join(root, 'node_modules', '.granplaza-installed')
/** Install scripts run by themselves afterwards, where we can say what they are doing. */
const FLAGS = ['--ignore-scripts', '--include=dev', '--no-audit', '--no-fund']

/** Leaves node_modules as the lock wants it, with an SQLite driver that this Node can load. */
export async function installPackages() {
  if (!isInstalled()) await install()
  await requireAddon()
}

function isInstalled() {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()) return true
  return wasInstalledByHand()
}

/** npm's own record of what it installed, for whoever ran `npm ci` or `npm install` themselves. */
function wasInstalledByHand() {
  const record = join(root, 'node_modules', '.package-lock.json')
  const file = join(root, 'package-lock.json')
  if (!existsSync(record) || !existsSync(file)) return false
  /** @type {Lock} */
  const { packages } = JSON.parse(readFileSync(file, 'utf8'))
  /** @type {Lock} */
  const installed = JSON.parse(readFileSync(record, 'utf8'))
  const { '': top, ...others } = packages
  return (
    top !== undefined &&
    wants(top) === wants(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))) &&
    Object.entries(others).every(([path, { version, optional }]) => {
      const found = installed.packages[path]
      return found === undefined ? optional === true : found.version === version
    })
  )
}

/** @param {Entry} manifest */
function wants({ dependencies, devDependencies, optionalDependencies }) {
  const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  return versions
    .map((it) => it.join('@'))
    .toSorted((a, b) => a.localeCompare(b))
    .join()
}

async function install() {
  requireWritable(
    root,
    'The project folder',
    'give yourself write permission, or clone Granplaza to a folder of yours',
  )
  const strict = await npm('Installing packages', ['ci', ...FLAGS])
  if (!strict.ok) {
    console.log('npm ci refused package-lock.json: trying npm install instead.')
    const lenient = await npm('Installing packages', ['install', '--no-save', ...FLAGS])
    if (!lenient.ok) {
      throw failure(
        'The packages could not be installed: is the package registry in reach?',
        lenient,
      )
    }
  }
  writeFileSync(STAMP, fingerprint())
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const name of ['package.json', 'package-lock.json']) {
    const file = join(root, name)
    if (existsSync(file)) hash.update(readFileSync(file))
  }
  return hash.digest('hex')
}
