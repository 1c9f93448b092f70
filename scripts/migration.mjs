// Writes the next migration of both databases: npm run migration -- --name shop_origins
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle } from './bundle.mjs'
import { root } from './root.mjs'

const DIALECTS = { sqlite: 'sqlite', postgres: 'postgresql' }

const { values } = parseArgs({ options: { name: { type: 'string' } } })
if (values.name === undefined || !/^[a-z][a-z0-9_]*$/.test(values.name)) {
  console.error('Name the migration: npm run migration -- --name shop_origins')
  process.exit(1)
}
for (const [database, dialect] of Object.entries(DIALECTS)) {
  await generate(database, dialect, values.name)
}
makeStrict(join(root, 'server', 'db', 'migrations', 'sqlite'))
for (const database of Object.keys(DIALECTS)) addByHand(database)

/**
 * @param {string} database
 * @param {string} dialect
 * @param {string} name
 */
async function generate(database, dialect, name) {
  const schema = await flatSchema(database)
  const out = `server/db/migrations/${database}`
  const made = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'drizzle-kit', 'bin.cjs'),
      'generate',
      `--dialect=${dialect}`,
      `--schema=${schema}`,
      `--out=${out}`,
      `--name=${name}`,
      '--casing=snake_case',
    ],
    { cwd: root, stdio: 'inherit' },
  )
  if (made.status !== 0) process.exit(made.status ?? 1)
}

/**
 * drizzle-kit reads neither `#area` imports nor tables inside an object: hence a bundle, and beside it a module with
 * every table of `server/db/drizzle.<database>.ts`, whether exported alone or as part of one object.
 * @param {string} database
 */
async function flatSchema(database) {
  const tables = await bundle(`server/db/drizzle.${database}.ts`, `migration/${database}.mjs`)
  const flat = tables.replace(/\.mjs$/, '-flat.cjs')
  writeFileSync(
    flat,
    `const exported = Object.values(require('./${database}.mjs'))
module.exports = { ...Array.from(new Set(exported.flatMap((it) => [it, ...Object.values(it)]))) }
`,
  )
  return relative(root, flat)
}

/**
 * SQLite checks column types only in STRICT tables, which drizzle-kit cannot declare.
 * @param {string} folder
 */
function makeStrict(folder) {
  for (const name of readdirSync(folder).filter((it) => it.endsWith('.sql'))) {
    const file = join(folder, name)
    const sql = readFileSync(file, 'utf8')
    writeFileSync(file, sql.replaceAll(/(CREATE TABLE [^;]*\n\));/g, '$1 STRICT;'))
  }
}

/**
 * What drizzle-kit cannot declare is written by hand in `server/db/by-hand/<database>/<name>.sql`, and goes to the end
 * of the first migration that is made after the file. A migration that has it says so in a comment.
 * @param {string} database
 */
function addByHand(database) {
  const byHand = join(root, 'server', 'db', 'by-hand', database)
  const folder = join(root, 'server', 'db', 'migrations', database)
  const migrations = readdirSync(folder).filter((it) => it.endsWith('.sql'))
  const newest = migrations.toSorted().at(-1)
  if (newest === undefined) return
  const text = migrations.map((it) => readFileSync(join(folder, it), 'utf8')).join('\n')
  for (const name of readdirSync(byHand).toSorted()) {
    const mark = `-- by hand: ${name}`
    if (text.includes(mark)) continue
    const written = readFileSync(join(byHand, name), 'utf8').trim()
    const file = join(folder, newest)
    const before = readFileSync(file, 'utf8').trimEnd()
    writeFileSync(file, `${before}\n--> statement-breakpoint\n${mark}\n${written}\n`)
  }
}
