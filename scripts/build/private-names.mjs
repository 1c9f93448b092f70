// The property names that only our own parts use among each other, which the build shortens.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from '../root.mjs'

/** Of the tag: never a name that is stored, sent, called by the page or given to a lazy chunk. */
const TAG =
  'acknowledge afterMs beacon browser bornAt complain current delivery emit envelope forget guard giveUp hasQueryRoutes isAlone ' +
  'isFlying isOnce isWaiting lifecycle mayIdentify maySend monotonic notice onAnswer onConsent ' +
  'onEvent onSettled patch queued randomBytes reread restored sendNow settle stamp storageChanged tagHost touch wire'
/** Of a widget: never a name of its host's or of the design, nor a word that its styles or messages go by. */
const WIDGETS =
  'attempts correct follow mistakes model money offerGiven say scene sendState soft taken tokens waysOut words'

/** Of the chat's window: never a name of its host's, nor one that its parts fetched later go by. */
const CHAT =
  'attempts disconnected goBack goToEnd isBehind isFirst isLast isMine isReadingEarlier readEarlier receive scrolled startOver'

const COMMENT = /\/\*[^]*?\*\/|\/\/.*/g
const WIRE = /#(protocol\/[\w-]+\.ts)/g
const QUOTED = /'[^'\n]*'|"[^"\n]*"/g
/** Of an import, whose words are no names. */
const FILE = /\.tsx?'$/

/**
 * The list, once nothing in it can be another's name: neither ours beyond the tag nor the browser's.
 * @returns {string[]}
 */
export function privateNames() {
  // Where the names are that others know: the page's commands, the stub, the chunks; and the wire as the tag knows it.
  const lazy = ['sdk/lazy', 'sdk/chat', 'sdk/experiences']
  const known = [...lazy, 'sdk/types.ts', 'sdk/snippet.ts'].flatMap(sourcesIn)
  const sources = ['sdk', ...lazy].flatMap(sourcesIn)
  return unlessTaken(TAG, wordsOf([...known, ...wireFilesOf(sources)]))
}

/**
 * The same for the widgets, which the tag knows by `kit/host.ts`.
 * @returns {string[]}
 */
export function privateNamesOfWidgets() {
  const sources = ['widgets/kit', 'widgets/popup', 'widgets/popup/parts'].flatMap(sourcesIn)
  const known = wordsOf([join(root, 'widgets/kit/host.ts'), ...wireFilesOf(sources)])
  return unlessTaken(WIDGETS, [...known, ...wordsQuotedIn(sources)])
}

/**
 * The same for the chat's window, which the tag knows by `kit/chat-host.ts`; and its parts that are fetched later are
 * shortened apart.
 * @returns {string[]}
 */
export function privateNamesOfChat() {
  const sources = ['widgets/kit', 'widgets/chat', 'widgets/chat/parts'].flatMap(sourcesIn)
  const later = ['bot.tsx', 'cards.tsx', 'emoji.tsx', 'forms.tsx', 'history/index.tsx'].flatMap(
    (file) => chunkOf(join(root, 'widgets/chat', file)),
  )
  const known = [join(root, 'widgets/kit/chat-host.ts'), ...later, ...wireFilesOf(sources)]
  return unlessTaken(CHAT, [...wordsOf(known), ...wordsQuotedIn(sources)])
}

/**
 * @param {string} names
 * @param {readonly string[]} known
 */
function unlessTaken(names, known) {
  const taken = new Set([...known, ...namesOfBrowsers()])
  const clash = names.split(' ').filter((name) => taken.has(name))
  if (clash.length > 0) throw new Error(`Known to others, too: ${clash.join(', ')}`)
  return names.split(' ')
}

/**
 * The files of the protocol that `sources` import, be it for types alone.
 * @param {readonly string[]} sources
 */
function wireFilesOf(sources) {
  const texts = sources.map((file) => readFileSync(file, 'utf8'))
  const paths = [...texts.join('\n').matchAll(WIRE)].map(([, path = '']) => path)
  return [...new Set(paths)].map((path) => join(root, path))
}

/**
 * In messages, styles and keys: whoever writes a name so means it as it is.
 * @param {readonly string[]} files
 */
function wordsQuotedIn(files) {
  const texts = files.flatMap((file) => textOf(file).match(QUOTED) ?? [])
  return texts.filter((text) => !FILE.test(text)).flatMap((text) => text.match(/[\w$]+/g) ?? [])
}

/** @param {readonly string[]} files */
function wordsOf(files) {
  return files.flatMap((file) => textOf(file).match(/[\w$]+/g) ?? [])
}

/** @param {string} file */
function textOf(file) {
  return readFileSync(file, 'utf8').replace(COMMENT, '')
}

/**
 * A file, and what it imports of ours by a relative path; not what it has types alone of.
 * @param {string} file
 * @returns {string[]}
 */
function chunkOf(file) {
  const imports = textOf(file).matchAll(/(?:import|export) (?!type )[^']*'(\.[^']+\.tsx?)'/g)
  return [file, ...[...imports].flatMap(([, path = '']) => chunkOf(join(dirname(file), path)))]
}

/** @param {string} path */
function sourcesIn(path) {
  const from = join(root, path)
  if (path.endsWith('.ts')) return [from]
  const files = readdirSync(from).filter((file) => /\.tsx?$/.test(file))
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
