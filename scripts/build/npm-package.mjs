// dist/npm: what `npm install granplaza` brings. The tag and its types, and neither zod nor the server.
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { root } from '../root.mjs'

const ENTRY = 'sdk/npm.d.ts'
const SPECIFIER = /(\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"]+)\2/g

/**
 * Puts package.json, types, README and LICENSE beside the bundle in `folder`.
 * @param {string} folder
 */
export function completeNpmPackage(folder) {
  writeTypes(join(folder, 'types'))
  const { version, description, license } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const manifest = {
    name: 'granplaza',
    version,
    description,
    license,
    type: 'module',
    exports: { '.': { types: `./types/${ENTRY}`, default: './index.js' } },
    types: `./types/${ENTRY}`,
    files: ['index.js', 'types'],
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  for (const name of ['README.md', 'LICENSE']) copyFileSync(join(root, name), join(folder, name))
}

/**
 * The declarations that `sdk/npm.ts` leads to, with addresses that a shop's compiler can follow.
 * @param {string} folder
 */
function writeTypes(folder) {
  const emitted = mkdtempSync(join(tmpdir(), 'granplaza-types-'))
  try {
    emit(emitted)
    const pending = [ENTRY]
    const seen = new Set(pending)
    for (const path of pending) {
      const { text, imports } = portable(path, readFileSync(join(emitted, path), 'utf8'))
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
      for (const next of imports.filter((it) => !seen.has(it))) {
        seen.add(next)
        pending.push(next)
      }
    }
  } finally {
    rmSync(emitted, { recursive: true, force: true })
  }
}

/**
 * Type errors are `npm run types`' to tell: they keep no declaration from being written.
 * @param {string} folder
 */
function emit(folder) {
  const flags = ['--declaration', '--emitDeclarationOnly', '--noEmit', 'false', '--rootDir', root]
  const made = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'sdk', ...flags, '--outDir', folder],
    { cwd: root, encoding: 'utf8' },
  )
  if (existsSync(join(folder, ENTRY))) return
  throw new Error(`The types of the npm package:\n${made.stdout}${made.stderr}`)
}

/**
 * `#protocol/names.ts` and `./client.ts` become relative addresses ending in `.js`.
 * @param {string} path
 * @param {string} text
 */
function portable(path, text) {
  /** @type {string[]} */
  const imports = []
  const rewritten = text.replaceAll(SPECIFIER, (_, before, quote, specifier) => {
    if (!/^[.#]/.test(specifier)) {
      throw new Error(`${path} would bring ${specifier} to whoever installs the npm package`)
    }
    const source = specifier.startsWith('#') ? specifier.slice(1) : join(dirname(path), specifier)
    const target = source.replaceAll('\\', '/').replace(/\.tsx?$/, '')
    imports.push(`${target}.d.ts`)
    const address = relative(dirname(path), `${target}.js`).replaceAll('\\', '/')
    return `${before}${quote}${address.startsWith('.') ? address : `./${address}`}${quote}`
  })
  return { text: rewritten, imports }
}
