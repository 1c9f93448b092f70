import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import type { OutputOptions, RollupOptions } from 'rollup'
import { sheetsOfModules } from './scripts/build/console-styles.mjs'
import { eventListeners } from './scripts/build/event-listeners.mjs'
import {
  privateNames,
  privateNamesOfChat,
  privateNamesOfWidgets,
} from './scripts/build/private-names.mjs'
import {
  forProduction,
  minified,
  minifiedQuickly,
  sheetsOnOneLine,
  typescript,
  websocketAlone,
} from './scripts/build/typescript.mjs'
import { root } from './scripts/root.mjs'

/** The oldest browsers that shops' visitors are given support for: those of the last four years. */
const PAGE = 'es2022'
const CONSOLE = 'es2022'
const SERVER = 'node20'

/** What the tag knows of its own build. */
export interface TagFacts {
  readonly version: string
  /** SRI hash of `integrity.js`, which holds those of the lazy chunks. Empty: they are not held to any. */
  readonly integrity: string
}

const small: OutputOptions = {
  generatedCode: 'es2015',
  externalLiveBindings: false,
  freeze: false,
  esModule: false,
}

/** Named, because otherwise NODE_ENV decides whether packages give us their development build. */
const packages = nodeResolve({ browser: true, exportConditions: ['production'] })

const onPage = (define: Record<string, string>, minifying = {}) => [
  typescript({ target: PAGE, define }),
  packages,
  minified({ ecma: 2020, ...minifying }),
]

/**
 * Nearly all of the tag runs at its start. Compiled as a whole while it loads, off the main thread, it costs the page half
 * of what it costs function by function (https://v8.dev/blog/explicit-compile-hints).
 */
const COMPILED_AT_ONCE = '//# allFunctionsCalledOnLoad\n'

/** Each lazy part of the tag by itself: a chunk shared with the tag could not be a classic script. */
export function lazyChunks(out: string, version: string): RollupOptions[] {
  return lazyNames().map((name) => ({
    input: join(root, 'sdk/lazy', `${name}.ts`),
    output: { ...small, file: join(out, 'public/gp', version, `${name}.js`), format: 'es' },
    plugins: [
      websocketAlone(),
      sheetsOnOneLine(),
      ...onPage({ __GP_VERSION__: JSON.stringify(version), __GP_INTEGRITY__: '""' }),
    ],
  }))
}

/** Names of the tag's lazy parts. */
export function lazyNames(): string[] {
  return readdirSync(join(root, 'sdk/lazy'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted()
}

/** Names of the widgets: the folders with an `index.tsx`. */
function widgetNames(): string[] {
  const folders = readdirSync(join(root, 'widgets')).toSorted()
  return folders.filter((name) => existsSync(join(root, 'widgets', name, 'index.tsx')))
}

/** What a widget needs now and then: by itself, with what it has in common with the widget. */
const WIDGET_PARTS = {
  'own-html': 'widgets/popup/own-html.ts',
  'popup-offers': 'widgets/popup/offers.ts',
  'chat-bot': 'widgets/chat/bot.tsx',
  'chat-forms': 'widgets/chat/forms.tsx',
  'chat-cards': 'widgets/chat/cards.tsx',
  'chat-history': 'widgets/chat/history/index.tsx',
  'chat-emoji': 'widgets/chat/emoji.tsx',
  'chat-en': 'widgets/chat/words/en.ts',
  'chat-es': 'widgets/chat/words/es.ts',
  'chat-pt': 'widgets/chat/words/pt.ts',
  'chat-vi': 'widgets/chat/words/vi.ts',
  'chat-forms-en': 'widgets/chat/words/forms/en.ts',
  'chat-forms-es': 'widgets/chat/words/forms/es.ts',
  'chat-forms-pt': 'widgets/chat/words/forms/pt.ts',
  'chat-forms-vi': 'widgets/chat/words/forms/vi.ts',
}

/** What the tag holds to its hash. */
export function widgetChunks(): string[] {
  return [...widgetNames(), ...Object.keys(WIDGET_PARTS)]
}

/** Beside the tag's lazy parts. Each has in itself what it uses of the kit: whoever waits for one waits for one file. */
export function widgets(out: string, version: string): RollupOptions[] {
  const parts = Object.entries(WIDGET_PARTS)
  return [
    ...widgetNames().map((name) => widget(out, version, name, `widgets/${name}/index.tsx`)),
    ...parts.map(([name, input]) => widget(out, version, name, input)),
  ]
}

function widget(out: string, version: string, name: string, input: string): RollupOptions {
  const properties = privateNamesIn(input)
  return {
    input: join(root, input),
    output: { ...small, file: join(out, 'public/gp', version, `${name}.js`), format: 'es' },
    plugins: [sheetsOnOneLine(), ...onPage({}, { properties, banner: COMPILED_AT_ONCE })],
  }
}

function privateNamesIn(input: string): string[] {
  if (input.startsWith('widgets/popup/')) return privateNamesOfWidgets()
  return input === 'widgets/chat/index.tsx' ? privateNamesOfChat() : []
}

/** The tag, a classic script: a module has no `document.currentScript`. This one floats: its chunks change with it. */
export function tag(out: string, { version }: TagFacts): RollupOptions {
  return classic(
    'sdk/gp.ts',
    join(out, 'public/gp.js'),
    { version, integrity: '' },
    COMPILED_AT_ONCE,
  )
}

/** The tag for pages that pin it by its hash: it holds its chunks to theirs. */
export function pinnedTag(out: string, facts: TagFacts): RollupOptions {
  return classic(
    'sdk/gp.ts',
    join(out, 'public/gp', facts.version, 'gp.js'),
    facts,
    COMPILED_AT_ONCE,
  )
}

/** The stub that shops paste into their page. */
export function snippet(out: string, facts: TagFacts): RollupOptions {
  return classic('sdk/snippet.ts', join(out, 'public/snippet.js'), facts)
}

/** For pages that had another chat: what they called then, led to ours. */
export function adapters(out: string): RollupOptions[] {
  return ['chatwoot', 'crisp', 'intercom'].map((name) => ({
    input: join(root, 'sdk/adapters', `${name}.ts`),
    output: { ...small, file: join(out, 'public/adapters', `${name}.js`), format: 'iife' },
    plugins: onPage({}),
  }))
}

function classic(input: string, file: string, facts: TagFacts, banner = ''): RollupOptions {
  return {
    input: join(root, input),
    output: { ...small, file, format: 'iife' },
    plugins: onPage(defines(facts), { properties: privateNames(), banner }),
  }
}

/** The tag as a package: left readable, since the shop's own bundler minifies it. */
export function npmPackage(out: string, facts: TagFacts): RollupOptions {
  return {
    input: join(root, 'sdk/npm.ts'),
    output: { ...small, file: join(out, 'npm/index.js'), format: 'es' },
    plugins: [typescript({ target: PAGE, define: defines(facts) }), packages],
  }
}

/** Without a hash the code that uses it falls away. */
function defines({ version, integrity }: TagFacts): Record<string, string> {
  return {
    __GP_VERSION__: JSON.stringify(version),
    __GP_INTEGRITY__: JSON.stringify(integrity),
  }
}

export function consoleApp(out: string): RollupOptions {
  return {
    input: join(root, 'console/main.tsx'),
    output: {
      ...small,
      dir: join(out, 'console/assets'),
      format: 'es',
      entryFileNames: '[name]-[hash].js',
      chunkFileNames: '[name]-[hash].js',
      assetFileNames: '[name]-[hash][extname]',
    },
    plugins: [
      sheetsOfModules(),
      typescript({ target: CONSOLE }),
      eventListeners(),
      packages,
      forProduction(),
      minifiedQuickly(CONSOLE),
    ],
  }
}

/** The server and its commands; packages stay outside, where npm put them. */
export function server(out: string): RollupOptions {
  return {
    input: { main: join(root, 'server/main.ts'), command: join(root, 'server/command.ts') },
    output: {
      dir: join(out, 'server'),
      format: 'es',
      sourcemap: true,
      // as seen from dist/server, wherever it is being built: the same bytes every time
      sourcemapPathTransform: (path, map) =>
        relative('dist/server', relative(root, resolve(dirname(map), path))),
      chunkFileNames: '[name]-[hash].js',
    },
    external: (id) => !/^[.#/]|^[A-Za-z]:\\/.test(id),
    plugins: [typescript({ target: SERVER })],
  }
}
