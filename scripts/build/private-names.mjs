// The property names that only the tag's own parts use among each other, which the build shortens.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from '../root.mjs'

/** Never a name that is stored, sent, called by the page or given to a lazy chunk. */
const PRIVATE =
  'acknowledge afterMs beacon browser bornAt complain current delivery emit envelope forget guard giveUp hasQueryRoutes isAlone ' +
  'isFlying isOnce isWaiting lifecycle mayIdentify maySend monotonic notice onAnswer onConsent ' +
  'onEvent onSettled patch queued randomBytes reread restored sendNow settle stamp storageChanged tagHost touch wire'

const COMMENT = /\/\*[^]*?\*\/|\/\/.*/g

/** Where the names are that others know: the page's commands, the stub, the chunks; and the wire as the tag knows it. */
const PUBLIC = ['sdk/lazy', 'sdk/experiences', 'sdk/types.ts', 'sdk/snippet.ts']
const WIRE = /#(protocol\/[\w-]+\.ts)/g

/**
 * The list, once nothing in it can be another's name: neither ours beyond the tag nor the browser's.
 * @returns {string[]}
 */
export function privateNames() {
  const names = PRIVATE.split(' ')
  const taken = namesOfBrowsers()
  for (const path of [...PUBLIC.flatMap(sourcesIn), ...wireFiles()]) {
    const code = readFileSync(path, 'utf8').replace(COMMENT, '')
    for (const [name] of code.matchAll(/[\w$]+/g)) taken.add(name)
  }
  const clash = names.filter((name) => taken.has(name))
  if (clash.length > 0) throw new Error(`Not private to the tag: ${clash.join(', ')}`)
  return names
}

/** The files of the protocol that the tag imports, be it for types alone. */
function wireFiles() {
  const texts = [
    ...sourcesIn('sdk'),
    ...sourcesIn('sdk/lazy'),
    ...sourcesIn('sdk/experiences'),
  ].map((file) => readFileSync(file))
  const paths = [...texts.join('\n').matchAll(WIRE)].map(([, path = '']) => path)
  return [...new Set(paths)].map((path) => join(root, path))
}

/** @param {string} path */
function sourcesIn(path) {
  const from = join(root, path)
  if (path.endsWith('.ts')) return [from]
  const files = readdirSync(from).filter((file) => file.endsWith('.ts'))
  return files.map((file) => join(from, file))
}

/** What TypeScript knows of the language and the DOM. */
function namesOfBrowsers() {
  const compiler = createRequire(createRequire(import.meta.url).resolve('typescript/package.json'))
  const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`
  const folder = join(dirname(compiler.resolve(platform)), 'lib')
  const names = new Set()
  for (const file of readdirSync(folder).filter((name) => /^lib\.(es|dom)/.test(name))) {
    const declared = readFileSync(join(folder, file), 'utf8').matchAll(
      /^\s*(?:readonly |get |set )*"?([\w$]+)"?\??[:(<]/gm,
    )
    for (const [, name] of declared) names.add(name)
  }
  return names
}
