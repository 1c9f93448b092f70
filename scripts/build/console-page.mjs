// dist/console/index.html: the page of console/index.html with the built, hashed files.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../root.mjs'

/** Public folder of the console's files. */
export const CONSOLE_ASSETS = '/console/assets/'

/**
 * Puts the style sheets that the page links beside the script, and writes the page that names them all.
 * @param {string} out
 * @param {string} script file name of the built entry
 */
export async function writeConsolePage(out, script) {
  const page = readFileSync(join(root, 'console/index.html'), 'utf8')
  if (!page.includes('src="main.tsx"')) throw new Error('console/index.html loads no main.tsx')
  let built = page.replace('src="main.tsx"', `src="${CONSOLE_ASSETS}${script}"`)
  for (const [link, sheet = ''] of page.matchAll(/href="([\w/-]+\.css)"/g)) {
    const name = await writeSheet(join(out, 'console/assets'), sheet)
    built = built.replace(link, `href="${CONSOLE_ASSETS}${name}"`)
  }
  writeFileSync(join(out, 'console/index.html'), built)
}

/**
 * @param {string} folder
 * @param {string} sheet
 */
async function writeSheet(folder, sheet) {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'console', sheet)],
    bundle: true,
    minify: true,
    write: false,
  })
  const css = outputFiles[0]?.contents ?? new Uint8Array()
  const hash = createHash('sha256').update(css).digest('base64url').slice(0, 8)
  const name = `${basename(sheet, '.css')}-${hash}.css`
  writeFileSync(join(folder, name), css)
  return name
}
