import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.mjs'

/** Everything that dist/ is made of. */
const SOURCES = [
  'protocol',
  'sdk',
  'widgets',
  'server',
  'console',
  'scripts/build',
  'scripts/bundle.mjs',
  'scripts/build.mjs',
  'rollup.config.ts',
  'package.json',
  'package-lock.json',
  'docs/audiences.md',
  'docs/compatible.md',
  'docs/experiences.md',
  'docs/identity.md',
  'docs/tag.md',
  'docs/guide.css',
  'README.md',
  'LICENSE',
  'tsconfig.json',
]

/** A hash that changes with any source of the build. */
export function hashOfSources() {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((source) => filesOf(source)).toSorted()) {
    hash.update(`\n${file}\n`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

/**
 * @param {string} source
 * @returns {string[]}
 */
function filesOf(source) {
  const path = join(root, source)
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [source]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
}
