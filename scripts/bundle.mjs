// Node 20 runs no TypeScript: what a script wants to run is bundled first, packages left out.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from './root.mjs'

/** Inside node_modules, so that the bundle finds the packages it left out. */
export const cache = join(root, 'node_modules', '.cache', 'granplaza')

/**
 * Bundles `entry` (from the project's root) into the cache as `name`.
 * @param {string} entry
 * @param {string} name
 * @returns {Promise<string>} the file made
 */
export async function bundle(entry, name) {
  const outfile = join(cache, name)
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
    plugins: [
      { name: 'areas', setup: resolveAreas },
      { name: 'addresses', setup: keepAddresses },
    ],
  })
  return outfile
}

/**
 * `#area/x.ts` is a package import to esbuild, which it would leave out with the packages.
 * @param {import('esbuild').PluginBuild} builder
 */
function resolveAreas(builder) {
  builder.onResolve({ filter: /^#/ }, ({ path }) => ({ path: join(root, path.slice(1)) }))
}

/**
 * `import.meta.url` stays the source's own, for those who look for files beside them.
 * @param {import('esbuild').PluginBuild} builder
 */
function keepAddresses(builder) {
  builder.onLoad({ filter: /\.(ts|tsx|mjs)$/ }, ({ path }) => ({
    contents: readFileSync(path, 'utf8').replaceAll(
      'import.meta.url',
      JSON.stringify(pathToFileURL(path).href),
    ),
    loader: path.endsWith('.tsx') ? 'tsx' : 'ts',
  }))
}
