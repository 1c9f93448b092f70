// dist/manifest.json: what the server may serve. It serves nothing else, so that no path leads out of the build.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { CONSOLE_ASSETS } from './console-page.mjs'
import { DOCS_ASSETS, GUIDES } from './docs.mjs'
import { SEGMENT_FOLDER, SEGMENT_RENEWED } from './segment-script.mjs'

/**
 * @typedef {object} Served
 * @property {string} file relative to dist
 * @property {string} type
 * @property {string} integrity
 * @property {boolean} immutable
 */

/** @type {Record<string, string>} */
const TYPES = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

/**
 * @param {string} out
 * @param {string} version
 */
export function writeManifest(out, version) {
  /** @type {Record<string, Served>} */
  const files = {
    '/gp.js': served(out, 'public/gp.js', false),
    ...renewed(folder(out, 'public/adapters', '/adapters/')),
    '/console': served(out, 'console/index.html', false),
    ...Object.fromEntries(
      DOCS_ASSETS.map((name) => [`/docs/${name}`, served(out, `docs/${name}`, false)]),
    ),
    ...Object.fromEntries(
      GUIDES.map((name) => [`/docs/${name}`, served(out, `docs/${name}.html`, false)]),
    ),
    ...folder(out, `public/gp/${version}`, `/gp/${version}/`),
    ...folder(out, 'console/assets', CONSOLE_ASSETS),
    ...folder(out, `public${SEGMENT_FOLDER}`, `${SEGMENT_FOLDER}/`),
    // Their names stay when their bytes change.
    ...Object.fromEntries(
      SEGMENT_RENEWED.map((address) => [address, served(out, `public${address}`, false)]),
    ),
  }
  writeFileSync(join(out, 'manifest.json'), `${JSON.stringify({ version, files }, null, 2)}\n`)
}

/**
 * Their names stay when their bytes change.
 * @param {Record<string, Served>} files
 */
function renewed(files) {
  return Object.fromEntries(
    Object.entries(files).map(([address, file]) => [address, { ...file, immutable: false }]),
  )
}

/**
 * @param {string} out
 * @param {string} path
 * @param {string} address
 * @returns {Record<string, Served>}
 */
function folder(out, path, address) {
  const names = readdirSync(join(out, path)).toSorted()
  return Object.fromEntries(
    names.map((name) => [`${address}${name}`, served(out, `${path}/${name}`, true)]),
  )
}

/**
 * @param {string} out
 * @param {string} file
 * @param {boolean} immutable
 * @returns {Served}
 */
function served(out, file, immutable) {
  const type = TYPES[extname(file)]
  if (type === undefined) throw new Error(`No content type is known for ${file}`)
  return { file, type, integrity: integrityOf(join(out, file)), immutable }
}

/**
 * The SRI hash of a file.
 * @param {string} file
 */
export function integrityOf(file) {
  return `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`
}
