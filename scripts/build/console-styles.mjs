// The style sheets that the console's modules import, as one file: a page that comes later finds its own already there.
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../root.mjs'

/**
 * Beside the chunks, in the order in which modules import them.
 * @returns {import('rollup').Plugin}
 */
export function sheetsOfModules() {
  return {
    name: 'style sheets of modules',
    transform: (_code, id) =>
      id.endsWith('.css') ? { code: '', moduleSideEffects: 'no-treeshake' } : null,
    async generateBundle() {
      const sheets = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry)
      const found = sheetsFrom(sheets, (id) => this.getModuleInfo(id))
      this.emitFile({ type: 'asset', name: 'console.css', source: await joined(found) })
    },
  }
}

/**
 * @param {readonly string[]} entries
 * @param {(id: string) => import('rollup').ModuleInfo | null} infoOf
 * @returns {readonly string[]}
 */
function sheetsFrom(entries, infoOf) {
  const seen = new Set()
  /** @type {string[]} */
  const sheets = []
  /** @param {string} id */
  const walk = (id) => {
    if (seen.has(id)) return
    seen.add(id)
    const info = infoOf(id)
    for (const next of info?.importedIds ?? []) walk(next)
    for (const next of info?.dynamicallyImportedIds ?? []) walk(next)
    if (id.endsWith('.css')) sheets.push(id)
  }
  for (const id of entries) walk(id)
  return sheets
}

/**
 * @param {readonly string[]} sheets
 * @returns {Promise<Uint8Array>}
 */
async function joined(sheets) {
  const { outputFiles } = await build({
    stdin: {
      contents: sheets.map((sheet) => `@import ${JSON.stringify(sheet)};`).join('\n'),
      loader: 'css',
      resolveDir: join(root, 'console'),
    },
    bundle: true,
    minify: true,
    write: false,
  })
  return outputFiles[0]?.contents ?? new Uint8Array()
}
