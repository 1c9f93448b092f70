// dist/public/analytics-next: Segment's own browser client, for shops whose pages have Segment's snippet. Copied as it
// is, with its licence; the packages that it was made of are not needed then, neither here nor at run time.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.mjs'

/** Where the script looks for its parts, below the host it came from. */
export const SEGMENT_FOLDER = '/analytics-next/bundles'
/** What of it has no hash in its name. */
export const SEGMENT_RENEWED = ['standalone.js', 'LICENSE.txt'].map(
  (name) => `${SEGMENT_FOLDER}/${name}`,
)

const PACKAGE = join(root, 'node_modules/@segment/analytics-next')
/** The script, and the parts that it loads when it needs them; source maps and another build stay behind. */
const WANTED = /^standalone\.js$|\.bundle\.[\da-f]+\.js$/

/** @param {string} out */
export function copySegmentScript(out) {
  const folder = join(out, 'public', SEGMENT_FOLDER)
  const umd = join(PACKAGE, 'dist/umd')
  mkdirSync(folder, { recursive: true })
  const names = readdirSync(umd).filter((name) => WANTED.test(name))
  for (const name of names) copyFileSync(join(umd, name), join(folder, name))
  copyFileSync(join(PACKAGE, 'LICENSE.MD'), join(folder, 'LICENSE.txt'))
}
