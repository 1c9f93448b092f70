import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../scripts/root.mjs'
import { breaches } from './support/architecture.ts'
import type { Architecture, Rule, Tree } from './support/architecture.ts'

/** In order: each may call the `service.ts` of those before it. */
const SLICES = [
  'audit',
  'account',
  'catalog',
  'customers',
  'events',
  'targeting',
  'experiences',
  'people',
  'webhooks',
  'ingestion',
  'chat',
  'agenda',
  'live',
  'automations',
  'dashboard',
  'export',
  'deletion',
]

const WIDGETS = [
  'popup',
  'content',
  'notification',
  'feedback',
  'wheel',
  'chat',
  'agenda',
  'live',
  'offers',
]

/** Parts of the console that are more, or less, than a slice of the server. */
const CONSOLE_SLICES = [
  'audiences',
  'feeds',
  'first-run',
  'jobs',
  'keys',
  'lists',
  'mail',
  'members',
  'origins',
  'own-account',
  'settings',
]

const PREACT = ['preact', '@preact/signals']
/** What widgets are given, and give, by the tag. */
const WIDGET_HOSTS = ['widgets/kit/host.ts', 'widgets/kit/chat-host.ts']
/** Pure and without imports: rules that the page and the server share. */
const SHARED = ['protocol/names.ts', 'protocol/redact.ts']
/** The same of what a window asks before it sends. */
const SHARED_BY_WIDGETS = ['protocol/names.ts', 'protocol/pre-chat.ts']
const SERVER_CORE = ['protocol', 'server/core', 'server/db']

/** What the composition root may reach in a slice. Stores and tables stay the slice's own. */
const DOORS = ['routes', 'service', 'sockets', 'jobs'].map((name) => `server/*/${name}.ts`)

const SLICE_PACKAGES = ['node:', 'drizzle-orm', 'hono', 'isbot', 'socket.io', 'zod']
/** The hot path of ingestion has a writer for each database, with prepared statements. */
const DRIVERS = ['better-sqlite3', 'pg']

/** What one slice alone may use. */
const SLICE_OWN: Readonly<Record<string, readonly string[]>> = {
  catalog: ['saxes'],
  customers: ['jose'],
  experiences: ['@csstools/css-tokenizer', 'parse5'],
  ingestion: DRIVERS,
  targeting: ['re2js'],
}

const sliceRules: Rule[] = SLICES.map((slice, at) => ({
  from: `server/${slice}`,
  may: [
    ...SERVER_CORE,
    `server/${slice}`,
    ...SLICES.slice(0, at).map((earlier) => `server/${earlier}/service.ts`),
  ],
  packages: [...SLICE_PACKAGES, ...(SLICE_OWN[slice] ?? [])],
}))

const widgetRules: Rule[] = ['kit', ...WIDGETS].map((widget) => ({
  from: `widgets/${widget}`,
  may: [...SHARED_BY_WIDGETS, 'widgets/kit', `widgets/${widget}`],
  types: ['protocol'],
  packages: PREACT,
}))

/** A foreign key names a table of an earlier slice, which the declaration is handed. */
const tableRules: Rule[] = SLICES.map((slice, at) => ({
  from: `server/${slice}/tables.ts`,
  may: ['protocol', 'server/db', `server/${slice}`],
  types: SLICES.slice(0, at).map((earlier) => `server/${earlier}/tables.ts`),
  packages: ['drizzle-orm'],
}))

/** Declared apart from account's other tables; a slice's own in a file of their own likewise. */
const memberTableRules: Rule[] = [
  'tables',
  'channel-tables',
  'rule-tables',
  'bot-tables',
  'address-tables',
].map((name) => ({
  from: `server/chat/${name}.ts`,
  may: ['protocol', 'server/db', 'server/chat'],
  types: [
    'server/account/tables.ts',
    'server/account/member-tables.ts',
    'server/customers/tables.ts',
    'server/events/tables.ts',
  ],
  packages: ['drizzle-orm'],
}))

const architecture: Architecture = {
  areas: ['protocol', 'sdk', 'widgets', 'server', 'console'],
  folders: {
    protocol: [],
    sdk: ['adapters', 'chat', 'experiences', 'lazy'],
    widgets: ['kit', ...WIDGETS],
    server: ['backup', 'core', 'db', ...SLICES],
    console: ['messages', 'shell', 'ui', ...CONSOLE_SLICES, ...SLICES],
    examples: undefined,
    test: undefined,
    scripts: undefined,
  },
  rules: [
    ...[...SHARED, 'protocol/pre-chat.ts'].map((from) => ({ from, may: [], packages: [] })),
    { from: 'protocol', may: ['protocol'], packages: ['zod'] },
    {
      from: 'sdk/lazy/chat-socket.ts',
      may: [...SHARED, 'sdk'],
      types: WIDGET_HOSTS,
      packages: ['socket.io-client'],
    },
    {
      from: 'sdk',
      may: [...SHARED, 'sdk'],
      types: ['protocol', ...WIDGET_HOSTS],
      packages: [],
    },
    ...widgetRules,
    {
      from: 'server/db/schema.ts',
      may: [...SERVER_CORE, 'server/*/tables.ts', 'server/account/member-tables.ts'],
      packages: ['drizzle-orm'],
    },
    {
      from: 'server/db',
      may: SERVER_CORE,
      packages: ['node:', ...DRIVERS, 'drizzle-orm'],
    },
    {
      from: 'server/core',
      may: SERVER_CORE,
      packages: [
        'node:',
        '@hono/node-server',
        '@redis/client',
        '@socket.io/postgres-adapter',
        '@socket.io/redis-adapter',
        'aws4fetch',
        'croner',
        'csv-parse',
        'drizzle-orm',
        'hono',
        'ipaddr.js',
        'mmdb-lib',
        'nodemailer',
        'pino',
        'socket.io',
        'zod',
        'saxes',
      ],
    },
    ...memberTableRules,
    ...tableRules,
    ...sliceRules,
    {
      from: 'server/backup',
      may: [...SERVER_CORE, 'server/backup'],
      packages: ['node:', 'pg', 'zod'],
    },
    {
      from: 'server/config.ts',
      may: ['protocol', 'server/core'],
      packages: ['node:', 'zod'],
    },
    {
      from: 'server/*.ts',
      may: [...SERVER_CORE, ...DOORS, 'server/backup', 'server/*.ts'],
      packages: ['node:', '@hono/node-server', 'hono', 'socket.io'],
    },
    {
      from: 'console',
      may: ['protocol', 'widgets', 'console'],
      packages: [
        ...PREACT,
        '@atlaskit/pragmatic-drag-and-drop',
        '@tanstack/preact-query',
        '@zag-js/dialog',
        '@zag-js/menu',
        '@zag-js/preact',
        'socket.io-client',
        'uplot',
        'uqr',
      ],
    },
    { from: 'examples', may: ['examples'], packages: [] },
    {
      from: 'scripts',
      may: ['scripts', 'rollup.config.ts'],
      packages: [
        'node:',
        'better-sqlite3',
        'esbuild',
        'marked',
        'playwright-core',
        'rollup',
        'terser',
      ],
    },
    {
      from: 'rollup.config.ts',
      may: ['scripts'],
      packages: ['node:', '@rollup/plugin-node-resolve', 'rollup'],
    },
    { from: 'vitest.config.ts', may: [], packages: ['node:', 'vitest'] },
    { from: 'test', may: ['*'], packages: testPackages() },
  ],
}

/** Tests drive the real parts, so they may import what any part does. */
function testPackages(): string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const of = (field: string) => Object.keys(Object(Object(manifest)[field]))
  return ['node:', ...of('dependencies'), ...of('devDependencies')]
}

/** Holds no source: made, installed or written at run time. */
const NOT_SOURCES = ['node_modules', 'dist', 'data', 'coverage']

function projectTree(): Tree {
  const top = readdirSync(root, { withFileTypes: true })
  const folders = top
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .filter((name) => !NOT_SOURCES.includes(name))
  const configs = top.map((entry) => entry.name).filter((name) => name.endsWith('.config.ts'))
  const paths = [...folders.flatMap((folder) => sourcesIn(folder)), ...configs]
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(tsx?|mjs|cjs|js)$/.test(path))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
}

function breachesOf(tree: Record<string, string>): readonly string[] {
  return breaches(new Map(Object.entries(tree)), architecture)
}

describe('the architecture', () => {
  it('is kept by every source', () => {
    const tree = projectTree()

    expect(tree.size).toBeGreaterThan(50)
    expect(breaches(tree, architecture)).toEqual([])
  })
})

describe('the check of the architecture', () => {
  it.each([
    { what: 'zod in the tag', path: 'sdk/gp.ts', source: `import { z } from 'zod'` },
    { what: 'zod by import()', path: 'sdk/gp.ts', source: `const zod = await import('zod')` },
    { what: 'zod re-exported', path: 'sdk/gp.ts', source: `export { z } from 'zod'` },
    { what: 'zod among types', path: 'sdk/gp.ts', source: `import { type ZodType } from 'zod'` },
    { what: 'a package by its effect', path: 'sdk/gp.ts', source: `import 'preact/debug'` },
    { what: 'Node in the tag', path: 'sdk/gp.ts', source: `import { join } from 'node:path'` },
    {
      what: 'a schema in the tag',
      path: 'sdk/gp.ts',
      source: `import { e } from '#protocol/e.ts'`,
    },
    { what: 'Preact in the server', path: 'server/main.ts', source: `import { h } from 'preact'` },
    {
      what: 'the server in the console',
      path: 'console/main.tsx',
      source: `import type { A } from '#server/app.ts'`,
    },
    {
      what: 'a widget in another',
      path: 'widgets/chat/index.tsx',
      source: `import { a } from '../agenda/model.ts'`,
    },
    {
      what: 'a store of another slice',
      path: 'server/ingestion/service.ts',
      source: `import {\n  insertEvent,\n} from '../events/store.ts'`,
    },
    {
      what: 'tables of another slice',
      path: 'server/ingestion/store.ts',
      source: `import type { EventsTables } from '../events/tables.ts'`,
    },
    {
      what: 'a later slice',
      path: 'server/account/service.ts',
      source: `import { listEvents } from '../events/service.ts'`,
    },
    {
      what: 'a slice in the core',
      path: 'server/core/guards.ts',
      source: `import { findShop } from '../account/service.ts'`,
    },
    {
      what: 'another area by a relative path',
      path: 'server/main.ts',
      source: `import { EVENTS_PATH } from '../protocol/names.ts'`,
    },
    { what: 'its own area by #', path: 'sdk/gp.ts', source: `import { a } from '#sdk/queue.ts'` },
    { what: 'anything in the names', path: 'protocol/names.ts', source: `import './events.ts'` },
    { what: 'an unlisted folder', path: 'helpers/date.ts', source: '' },
    { what: 'an unlisted slice', path: 'server/billing/service.ts', source: '' },
    { what: 'an unlisted folder of the tag', path: 'sdk/extras/a.ts', source: '' },
    { what: 'an unlisted configuration', path: 'webpack.config.ts', source: '' },
  ])('catches $what', ({ path, source }) => {
    expect(breachesOf({ [path]: source })).not.toEqual([])
  })

  it('catches a cycle, that of types included', () => {
    const found = breachesOf({
      'sdk/queue.ts': `import { send } from './transport.ts'`,
      'sdk/transport.ts': `import { log } from './log.ts'`,
      'sdk/log.ts': `import type { Queue } from './queue.ts'`,
    })

    expect(found).toEqual(['cycle: sdk/queue.ts → sdk/transport.ts → sdk/log.ts → sdk/queue.ts'])
  })

  it('lets pass what the table lists', () => {
    const found = breachesOf({
      'protocol/events.ts': `import { z } from 'zod'\nimport { MAX } from './names.ts'`,
      'sdk/gp.ts': `import type { Event } from '#protocol/events.ts'\nimport { queue } from './queue.ts'`,
      'sdk/lazy/overlay.ts': `import { log } from '../log.ts'`,
      'server/main.ts': `import { createRoutes } from './events/routes.ts'`,
      'server/ingestion/service.ts': `import { findShop } from '../account/service.ts'`,
      'server/db/schema.ts': `import { shops } from '../account/tables.ts'`,
      'widgets/chat/index.tsx': `import { render } from 'preact'\nimport { t } from '../kit/t.ts'`,
    })

    expect(found).toEqual([])
  })

  it('is not misled by a comment', () => {
    expect(breachesOf({ 'sdk/gp.ts': `// import { z } from 'zod'` })).toEqual([])
  })
})
