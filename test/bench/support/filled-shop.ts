import { createReadStream, createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createBus } from '#server/core/bus.ts'
import { createLog } from '#server/core/log.ts'
import { openDatabase } from '#server/db/open-database.ts'
import type { EventsFacts } from '#server/events/service.ts'
import { parseEnvelope } from '#server/ingestion/envelope.ts'
import { createSlices } from '#server/slices.ts'
import { backgroundOf } from '../../support/background.ts'
import { openBenchServer } from './own-server.ts'
import type { Role } from './roles.ts'
import { batchIn, newShopper, newVisit, type Shopper } from './shop-life.ts'
import { whole } from './table.ts'

export const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

/** Where a server stores: a folder, and a PostgreSQL address instead of SQLite in it. */
export interface Place {
  readonly folder: string
  readonly url?: string
}

const DAY_MS = 86_400_000
/** The events spread over the time until now. */
const DAYS = 45
const BATCH = 10
/** One batch in five is a new visitor's, so that a visitor has fifty events on average. */
const NEW_EACH = 5
const GROUP = 40
/** Reports how far the filling is, so many times. */
const REPORTS = 10

const SHOPPERS = 'shoppers.txt'

/** Stores `rows` events through the whole of ingestion but HTTP, and keeps who the visitors are. */
export async function fillShop(argument: string): Promise<Role> {
  const { folder, url, rows } = JSON.parse(argument) as Place & { readonly rows: number }
  // What closes the database lets the process end, and would end it before it has said that it is ready.
  const alive = setInterval(() => undefined, 1_000)
  const db = await openDatabase({ url, file: join(folder, 'granplaza.db') })
  await db.migrate()
  const start = Date.now() - DAYS * DAY_MS
  const batches = Math.ceil(rows / BATCH)
  let time = start
  const log = createLog('silent')
  const bus = createBus<EventsFacts>({ log })
  const lookUpPlace = () => ({})
  const now = () => time
  const slices = createSlices({
    db,
    bus,
    log,
    now,
    ...backgroundOf(db, now),
    publicUrl: new URL('http://localhost'),
    lookUpPlace,
  })
  const { id, publicKey } = await slices.account.firstShop()
  const shop = { ...(await slices.account.shopOf(id)), consentMode: 'full' as const }
  const sender = {
    shop,
    isVerified: false,
    userAgent: USER_AGENT,
    cookie: undefined,
    address: undefined,
  }
  const shoppers: Shopper[] = []

  async function one(i: number): Promise<void> {
    const shopper =
      i % NEW_EACH === 0
        ? newShopper(shoppers.length)
        : (shoppers[Math.floor(Math.random() * shoppers.length)] ?? newShopper(0))
    if (i % NEW_EACH === 0) shoppers.push(shopper)
    const text = JSON.stringify(
      batchIn(publicKey, newVisit(shopper, time), { now: time, size: BATCH }),
    )
    await slices.ingestion.ingest(parseEnvelope(Buffer.from(text)).body, sender)
  }

  const begun = performance.now()
  let nextReport = batches / REPORTS
  for (let i = 0; i < batches; i += GROUP) {
    if (i >= nextReport) {
      nextReport += batches / REPORTS
      const seconds = ((performance.now() - begun) / 1000).toFixed(0)
      console.log(`${whole(i * BATCH)} of ${whole(rows)} events stored after ${seconds} s`)
    }
    time = start + Math.floor((i / batches) * DAYS * DAY_MS)
    await Promise.all(Array.from({ length: GROUP }, (_, j) => one(i + j)))
  }
  const kept = createWriteStream(join(folder, SHOPPERS))
  for (const shopper of shoppers) kept.write(`${JSON.stringify(shopper)}\n`)
  kept.end()
  await once(kept, 'finish')
  // What the filling left to be done is not part of the question.
  if (db.raw.dialect === 'postgres') {
    await db.raw.pool.query('VACUUM ANALYZE')
    await db.raw.pool.query('CHECKPOINT')
  }
  await db.close()
  clearInterval(alive)
  return { ready: String(shoppers.length) }
}

export async function readShoppers(folder: string): Promise<Shopper[]> {
  const shoppers: Shopper[] = []
  const lines = createInterface({ input: createReadStream(join(folder, SHOPPERS)) })
  for await (const line of lines) shoppers.push(JSON.parse(line) as Shopper)
  return shoppers
}

/** The whole server on what was filled. Says `port public-key secret-key`. */
export async function serveShop(argument: string): Promise<Role> {
  const { folder, url } = JSON.parse(argument) as Place
  const server = await openBenchServer(folder, url)
  const { account, shop } = server
  const secret = await account.createSecretKey(shop.id, ['audiences:read', 'audiences:write'])
  return {
    ready: [server.port, shop.publicKey, secret].join(' '),
    stop: () => server.stop(),
  }
}
