import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EventResult } from '#protocol/events.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import {
  batchOf,
  eventOf,
  newVisitor,
  startIngestion,
  storedEvents,
} from '../../support/ingestion.ts'

const RUNS = process.env.TEST_LONG === '1' ? 1_000 : 40
const POOL = 12

eachDatabase('resending', (fresh, dialect) => {
  let database: FreshDatabase
  let db: Database

  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
  })
  afterAll(async () => {
    await db.close()
    await database.remove()
  })

  it('stores each event once, however often and in whatever company it comes', async () => {
    const batch = fc.array(fc.nat(POOL - 1), { minLength: 1, maxLength: 8 })
    const waves = fc.array(fc.array(batch, { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(waves, fc.nat(2), async (sent, visitorCount) => {
        const test = await startIngestion(db)
        const events = Array.from({ length: POOL }, (_, i) =>
          // Some with an id of the browser, some with a foreign one.
          eventOf(i % 3 === 0 ? { id: `order-${i}` } : {}),
        )
        const visitors = Array.from({ length: visitorCount + 1 }, newVisitor)
        const results: EventResult[][] = events.map(() => [])
        for (const wave of sent) {
          // All of a wave at once, so that some share a commit and some wait for one.
          await Promise.all(
            wave.map(async (picks, i) => {
              const visitor = visitors[i % visitors.length] ?? null
              const answer = await test.send(
                batchOf(
                  picks.map((pick) => events[pick]),
                  { visitor },
                ),
              )
              for (const [position, pick] of picks.entries()) {
                results[pick]?.push(answer.results[position] ?? { result: 'retry' })
              }
            }),
          )
        }
        const stored = await storedEvents(db, test.shopId)
        const isSent = results.filter((all) => all.length > 0)
        expect(stored).toHaveLength(isSent.length)
        for (const all of isSent) {
          expect(all.filter(({ result }) => result === 'ok')).toHaveLength(1)
          expect(all.every(({ result }) => result === 'ok' || result === 'duplicate')).toBe(true)
        }
        expect(test.facts.stored).toBe(isSent.length)
      }),
      { numRuns: RUNS },
    )
  })

  // On SQLite there is one.
  if (dialect === 'sqlite') return

  it('stores each event once when two servers get it at the same time', async () => {
    const other = await database.open()
    try {
      const here = await startIngestion(db)
      const events = Array.from({ length: 200 }, () => eventOf())
      const there = await startIngestion(other, here.shopId)
      const answers = await Promise.all(
        [here, there, here, there].flatMap((node) =>
          Array.from({ length: 20 }, (_, i) =>
            node.send(batchOf(events.slice(i * 10, i * 10 + 10).toReversed())),
          ),
        ),
      )
      const all = answers.flatMap(({ results }) => results)
      expect(all.filter(({ result }) => result === 'ok')).toHaveLength(200)
      expect(all.filter(({ result }) => result === 'duplicate')).toHaveLength(600)
      expect(await storedEvents(db, here.shopId)).toHaveLength(200)
    } finally {
      await other.close()
    }
  })
})
