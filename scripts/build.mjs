// Makes dist/ of the sources, the same bytes from the same sources. --out <folder> makes it elsewhere.
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { rollup } from 'rollup'
import { writeConsolePage } from './build/console-page.mjs'
import { writeDocs } from './build/docs.mjs'
import { integrityOf, writeManifest } from './build/manifest.mjs'
import { completeNpmPackage } from './build/npm-package.mjs'
import { copySegmentScript } from './build/segment-script.mjs'
import { bundle, cache } from './bundle.mjs'
import { root } from './root.mjs'
import { hashOfSources } from './setup/sources.mjs'

const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist') } } })
/** Built apart: whoever reads dist/ meanwhile finds the last build, and a failed build leaves it as it was. */
const out = join(cache, `dist-${process.pid}`)
const target = resolve(values.out)
const sources = hashOfSources()
/** @type {typeof import('../rollup.config.ts')} */
const parts = await import(await bundle('rollup.config.ts', 'rollup.config.mjs'))
/** @type {{ version: string }} */
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

try {
  await buildTag()
  await buildConsole()
  await buildServer()
  await writeDocs(out)
  copySegmentScript(out)
  writeManifest(out, version)
  rmSync(target, { recursive: true, force: true })
  cpSync(out, target, { recursive: true })
  // last, so that an interrupted build counts as none
  writeFileSync(join(target, '.built-from'), sources)
} finally {
  rmSync(out, { recursive: true, force: true })
}

/** Lazy parts and widgets first: the pinned tag carries the hash of the file of their hashes. */
async function buildTag() {
  const versioned = join(out, 'public/gp', version)
  mkdirSync(versioned, { recursive: true })
  for (const options of parts.lazyChunks(out, version)) await write(options)
  for (const options of parts.widgets(out, version)) await write(options)
  const hashes = [...parts.lazyNames(), ...parts.widgetChunks()].map((name) => [
    name,
    integrityOf(join(versioned, `${name}.js`)),
  ])
  const hashFile = join(versioned, 'integrity.js')
  writeFileSync(hashFile, `export const integrity=${JSON.stringify(Object.fromEntries(hashes))}\n`)
  const facts = { version, integrity: integrityOf(hashFile) }
  for (const options of [
    parts.tag(out, facts),
    parts.pinnedTag(out, facts),
    parts.snippet(out, facts),
    ...parts.adapters(out),
    parts.npmPackage(out, facts),
  ]) {
    await write(options)
  }
  copyFileSync(join(out, 'public/snippet.js'), join(versioned, 'snippet.js'))
  completeNpmPackage(join(out, 'npm'))
}

async function buildConsole() {
  const chunks = await write(parts.consoleApp(out))
  const entry = chunks.find((chunk) => chunk.type === 'chunk' && chunk.isEntry)
  const sheet = chunks.find(({ fileName }) => fileName.endsWith('.css'))
  writeConsolePage(out, { script: entry?.fileName ?? '', sheet: sheet?.fileName ?? '' })
}

async function buildServer() {
  await write(parts.server(out))
  cpSync(join(root, 'server/db/migrations'), join(out, 'server/migrations'), { recursive: true })
}

/**
 * A warning of rollup is a mistake of ours: an import that leads nowhere, a cycle, a name that is not exported.
 * @param {import('rollup').RollupOptions} options
 */
async function write({ output, ...options }) {
  const bundled = await rollup({
    ...options,
    onwarn: (warning) => {
      throw new Error(warning.message)
    },
  })
  const { output: chunks } = await bundled.write(
    /** @type {import('rollup').OutputOptions} */ (output),
  )
  await bundled.close()
  return chunks
}
