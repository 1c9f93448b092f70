import type { Database } from '#server/db/database.ts'
import { createBus } from '#server/core/bus.ts'
import { createLog } from '#server/core/log.ts'
import type { EventsFacts } from '#server/events/service.ts'
import { commitBatches } from '#server/ingestion/commit.ts'
import { parseEnvelope } from '#server/ingestion/envelope.ts'
import { createPreparation } from '#server/ingestion/prepare.ts'
import { createWriter } from '#server/ingestion/writer.ts'
import { createSlices } from '#server/slices.ts'
import { backgroundOf } from '../../support/background.ts'
import { BATCH_EVENTS, batchOf, newShopper, type Shopper } from './batches.ts'

export interface Filling {
  /** Stores about `rows` more events, `group` batches a commit. */
  store(rows: number, group: number): Promise<Spent>
}

/** What the commits took, in milliseconds: by the clock, and of the processor, which other programs disturb less. */
export interface Spent {
  readonly rows: number
  readonly wallMs: number
  readonly cpuMs: number
}

/** One batch in ten is a new visitor's; the others are of the newest 20,000, as on a shop that lives. */
const NEW_SHARE = 0.1
const ACTIVE = 20_000

/** Fills a database through ingestion's own writer, without HTTP; making the batches is not counted. */
export function createFilling(database: Database, shopId: number): Filling {
  const log = createLog('silent')
  const now = Date.now
  const lookUpPlace = () => ({})
  const bus = createBus<EventsFacts>({ log })
  const slices = createSlices({
    db: database,
    bus,
    log,
    now,
    ...backgroundOf(database, now),
    publicUrl: new URL('http://localhost'),
    lookUpPlace,
  })
  const parts = {
    now,
    hold: slices.targeting.hold,
    judge: slices.targeting.judgeProfiles,
    forget: slices.targeting.forget,
    experiences: slices.experiences.onPages,
    tell: slices.webhooks.tell,
  }
  const prepare = createPreparation({ isSecure: false, lookUpPlace })
  const inTransaction = createWriter(database, 0)
  const shoppers: Shopper[] = []

  function nextShopper(): Shopper {
    const known = shoppers[Math.floor(Math.random() * shoppers.length)]
    if (known !== undefined && Math.random() > NEW_SHARE) return known
    const made = newShopper()
    if (shoppers.length < ACTIVE) shoppers.push(made)
    else shoppers[Math.floor(Math.random() * ACTIVE)] = made
    return made
  }

  function nextBatch() {
    const { body } = parseEnvelope(Buffer.from(JSON.stringify(batchOf('pk_bench', nextShopper()))))
    return prepare(body, {
      shop: { id: shopId, publicKey: 'pub_bench', consentMode: 'full', currency: 'EUR' },
      isVerified: false,
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0',
      cookie: undefined,
      address: undefined,
      receivedAt: Date.now(),
    }).batch
  }

  return {
    async store(rows, group) {
      let [stored, wallMs, cpuMs] = [0, 0, 0]
      for (; stored < rows; stored += group * BATCH_EVENTS) {
        const batches = Array.from({ length: group }, nextBatch)
        const start = performance.now()
        const before = process.cpuUsage()
        await inTransaction((statements) => commitBatches(statements, batches, parts))
        const { user, system } = process.cpuUsage(before)
        cpuMs += (user + system) / 1000
        wallMs += performance.now() - start
      }
      return { rows: stored, wallMs, cpuMs }
    },
  }
}
