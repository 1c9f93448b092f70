import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '#server/core/log.ts'
import { COMMAND } from '#server/core/actor.ts'
import { createCatalog, createFileImports } from '#server/catalog/service.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { openSqliteConnection } from '#server/db/sqlite-connection.ts'
import { newSecretBox } from '../support/background.ts'
import { median } from './support/percentiles.ts'
import { LOAD_CORE, pinTo } from './support/pinning.ts'
import { printTable } from './support/table.ts'

// Reading a file of products into SQLite, beside bare inserts of rows as wide; then searching them, beside the bare
// statement of FTS5 that answers the same. Set BENCH_PRODUCTS for another size.

const PRODUCTS = Number(process.env.BENCH_PRODUCTS ?? 100_000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 21)
const AIM_MS = 20

const COLOURS = 'red blue green black white grey silver golden striped plain vintage'.split(' ')
const THINGS = 'mug shirt lamp chair table basket blanket pillow jacket bottle kettle'.split(' ')
const NAMES = 'Aurora Boreal Cumbre Dalia Estela Fresno Girasol Halcón Iris Jazmín'.split(' ')
const DESCRIPTION = 'A fine thing of a kind that many shops sell. '.repeat(6)

const SEARCHES = [
  { what: 'two words', search: 'silver lamp', bare: 'silver AND lamp' },
  { what: 'a word of many products', search: 'mug', bare: 'mug' },
  { what: 'an SKU', search: 'SKU-54321', bare: 'sku54321' },
  { what: 'one letter wrong', search: 'silver lanp', bare: 'silver AND (lamp OR lanp)' },
  {
    what: 'two letters wrong',
    search: 'silfer blankt jazmin',
    bare: 'silver AND blanket AND jazmin',
  },
  { what: 'nothing', search: 'zzyzx quux', bare: 'zzyzx AND quux' },
]

if (!pinTo(LOAD_CORE)) console.log('Not pinned: trust ratios more than figures.')
const folder = mkdtempSync(join(tmpdir(), 'granplaza-bench-'))
try {
  await measure()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(): Promise<void> {
  const raw = rawTable()
  const db = await openDatabase({ file: join(folder, 'granplaza.db') })
  await db.migrate()
  const [shop] = await db.sql
    .insert(db.t.shops)
    .values({ name: 'Bench', consentMode: 'anonymous', createdAt: 0 })
    .returning({ id: db.t.shops.id })
  const shopId = shop?.id ?? 0
  const log = createLog('silent')
  const catalog = createCatalog({
    db,
    now: Date.now,
    log,
    box: newSecretBox(),
    activeProducts: async () => new Set<string>(),
  })
  const kinds = [catalog.productImport]
  const currencyOf = async () => 'EUR'
  const imports = createFileImports({ db, now: Date.now, log, kinds, currencyOf })

  const { id, mapping } = await imports.upload(shopId, 'products', fileOf(PRODUCTS))
  const before = performance.now()
  await imports.start(shopId, 'products', id, { mapping, by: COMMAND })
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    if ((await imports.find(shopId, 'products', id)).state === 'done') break
  }
  const seconds = (performance.now() - before) / 1_000
  printTable(
    ['reading', 'seconds', 'products a second', 'of bare inserts'],
    [
      [
        `${PRODUCTS} products`,
        seconds.toFixed(1),
        (PRODUCTS / seconds).toFixed(0),
        (raw.seconds / seconds).toFixed(2),
      ],
    ],
  )

  const rows: string[][] = []
  for (const { what, search, bare } of SEARCHES) {
    const query = { search, marks: [], limit: 50 }
    const ours = await timesOf(() => catalog.listProducts(shopId, query))
    const least = await timesOf(() => raw.search(bare))
    rows.push([
      what,
      `${median(ours).toFixed(2)} ms`,
      `${Math.max(...ours).toFixed(2)} ms`,
      `${median(least).toFixed(2)} ms`,
      `${(median(ours) / median(least)).toFixed(1)} times`,
      `${AIM_MS} ms`,
    ])
  }
  printTable(['searching for', 'ours', 'slowest', 'bare FTS5', 'ratio', 'aim'], rows)
  await db.close()
}

/** The least that has to be done: wide rows and an index of words, a thousand a transaction, as durable as ours. */
function rawTable() {
  const connection = openSqliteConnection(join(folder, 'raw.db'))
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  connection.exec(
    'CREATE TABLE wide (id integer PRIMARY KEY, sku text, name text, description text)',
  )
  connection.exec("CREATE VIRTUAL TABLE words USING fts5(text, content='', detail=none)")
  const wide = connection.prepare('INSERT INTO wide VALUES (?, ?, ?, ?)')
  const words = connection.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)')
  const before = performance.now()
  for (let i = 0; i < PRODUCTS; i += 1) {
    if (i % 1_000 === 0) connection.exec(i === 0 ? 'BEGIN' : 'COMMIT; BEGIN')
    const name = nameOf(i)
    wide.run(i + 1, `SKU-${i}`, name, DESCRIPTION)
    words.run(i + 1, `${name} sku${i}`)
  }
  connection.exec('COMMIT')
  const seconds = (performance.now() - before) / 1_000
  const found = connection.prepare<[string]>(
    'SELECT * FROM wide WHERE id IN (SELECT rowid FROM words WHERE words MATCH ?) LIMIT 50',
  )
  return { seconds, search: async (bare: string) => found.all(bare) }
}

async function* fileOf(products: number): AsyncIterable<Buffer> {
  yield Buffer.from('id,sku,title,description,price,quantity,product_type,brand,tags,link,color\n')
  let lines = ''
  for (let i = 0; i < products; i += 1) {
    const [colour, brand] = [COLOURS[i % 11], NAMES[Math.floor(i / 121) % 10]]
    lines += `p${i},SKU-${i},"${nameOf(i)}","${DESCRIPTION}",${i % 300}.99,${i % 30},Home > Kitchen,${brand},new|sale,https://shop.example/p/${i},${colour}\n`
    if (lines.length < 60_000) continue
    yield Buffer.from(lines)
    lines = ''
  }
  yield Buffer.from(lines)
}

function nameOf(i: number): string {
  const [colour, thing] = [COLOURS[i % 11], THINGS[Math.floor(i / 11) % 11]]
  return `${colour} ${thing} ${NAMES[Math.floor(i / 121) % 10]} ${i % 997}`
}

async function timesOf(search: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const before = performance.now()
    await search()
    // The first round prepares statements.
    if (round > 0) times.push(performance.now() - before)
  }
  return times
}
