import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.mjs'
import { hashOfSources } from './sources.mjs'
import { failure, watched } from './watched.mjs'
import { requireWritable } from './writable.mjs'

/** Written by the build as its last act, so that an interrupted one counts as none. */
const BUILT_FROM = join(root, 'dist', '.built-from')

/** Builds when a source has changed since the last build. */
export async function ensureBuilt() {
  if (existsSync(BUILT_FROM) && readFileSync(BUILT_FROM, 'utf8') === hashOfSources()) return
  requireWritable(
    join(root, 'dist'),
    'The build folder',
    'give yourself write permission, or clone Granplaza to a folder of yours',
  )
  // apart, so that the bundler's memory is not the server's
  const script = join(root, 'scripts', 'build.mjs')
  const step = await watched({ says: 'Building', command: process.execPath, args: [script] })
  if (!step.ok) throw failure('The build failed.', step)
}
