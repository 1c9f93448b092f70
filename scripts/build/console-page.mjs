// dist/console/index.html: the page of console/index.html with the built, hashed files.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.mjs'

/** Public folder of the console's files. */
export const CONSOLE_ASSETS = '/console/assets/'

/**
 * Writes the page that names the built files.
 * @param {string} out
 * @param {{ script: string, sheet: string }} names file names
 */
export function writeConsolePage(out, { script, sheet }) {
  let page = readFileSync(join(root, 'console/index.html'), 'utf8')
  /** @type {readonly [string, string][]} */
  const links = [
    ['src="main.tsx"', `src="${CONSOLE_ASSETS}${script}"`],
    ['href="console.css"', `href="${CONSOLE_ASSETS}${sheet}"`],
  ]
  for (const [link, built] of links) {
    if (!page.includes(link)) throw new Error(`console/index.html has no ${link}`)
    page = page.replace(link, built)
  }
  writeFileSync(join(out, 'console/index.html'), page)
}
