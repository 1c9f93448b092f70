import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAccount } from '#server/account/service.ts'
import { insertShop } from '#server/account/store.ts'
import { createLog } from '#server/core/log.ts'
import { createJobs, type Jobs } from '#server/core/jobs/jobs.ts'
import type { Database } from '#server/db/database.ts'
import { ensureEventPartitions } from '#server/db/event-partitions.ts'
import { createRetention, verifiedKeyOf, type Retention } from '#server/events/service.ts'
import { whenExpired } from '#server/gone-rows.ts'
import { monthsBefore } from '#server/events/retention.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const DAY = 86_400_000
/** Arrived long ago, a little too long ago, and just in time, for who keeps six months. */
const LONG_AGO = Date.UTC(2026, 1, 3)
const BEFORE = Date.UTC(2026, 4, 22, 12)
const TEA = { consentMode: 'full', currency: 'EUR', timeZone: 'UTC', createdAt: 0 } as const

it.each([
  { at: '2026-03-31T10:00:00Z', months: 1, before: '2026-02-28T10:00:00.000Z' },
  { at: '2026-11-22T12:00:00Z', months: 6, before: '2026-05-22T12:00:00.000Z' },
  { at: '2024-02-29T00:00:00Z', months: 12, before: '2023-02-28T00:00:00.000Z' },
  { at: '2026-01-15T00:00:00Z', months: 120, before: '2016-01-15T00:00:00.000Z' },
])('$months months before $at is $before', ({ at, months, before }) => {
  expect(new Date(monthsBefore(Date.parse(at), months)).toISOString()).toBe(before)
})

eachDatabase('a shop that keeps six months', (fresh, dialect) => {
  let database: FreshDatabase
  let db: Database
  let jobs: Jobs
  let retention: Retention
  let clock = NOW
  let shopId: number
  /** One that keeps everything, and one that keeps eight months. */
  let hoarder: number
  let other: number
  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
    const account = createAccount({ db, now: () => NOW })
    shopId = (await account.firstShop()).id
    hoarder = await insertShop(db, { ...TEA, name: 'Hoarder' }, 'pub_hoarder')
    other = await insertShop(db, { ...TEA, name: 'Other', retentionMonths: 8 }, 'pub_other')
    for (const month of [1, 4]) await ensureEventPartitions(db, Date.UTC(2026, month, 1))
    await ensureEventPartitions(db, NOW)
    await addEvents(shopId, 1_203, LONG_AGO)
    await addEvents(shopId, 3, BEFORE - 1)
    await addEvents(shopId, 2, BEFORE)
    await addEvents(other, 5, LONG_AGO + DAY)
    await addEvents(hoarder, 4, BEFORE - 1)
    await addSession(shopId, BEFORE - 1)
    await addSession(shopId, BEFORE)
    await addSession(hoarder, BEFORE - 1)
    jobs = createJobs({ db, now: () => clock, log: createLog('silent') })
    retention = createRetention({ db, now: () => clock, jobs, ...whenExpired })
    await jobs.start()
  })
  afterAll(async () => {
    await jobs.stop(1_000)
    await db.close()
    await database.remove()
  })

  let made = 0
  async function addEvents(ofShop: number, count: number, receivedAt: number): Promise<void> {
    const rows = Array.from({ length: count }, () => {
      made += 1
      const id = Buffer.alloc(16)
      id.writeUInt32BE(made)
      const verified = made % 2 === 0
      return { id, verified, shopId: ofShop, receivedAt, at: receivedAt }
    })
    for (let from = 0; from < count; from += 100) {
      const some = rows.slice(from, from + 100)
      await db.sql
        .insert(db.t.events)
        .values(some.map((row) => ({ ...row, type: 'page' as const, clientSeq: 0, url: '' })))
      await db.sql.insert(db.t.eventIds).values(
        some.map(({ id, verified }) => ({
          shopId: ofShop,
          id: verified ? verifiedKeyOf(id) : id,
        })),
      )
    }
  }

  async function addSession(ofShop: number, lastSeenAt: number): Promise<void> {
    made += 1
    const publicId = Buffer.from(`visitor ${made}`)
    const seen = { firstSeenAt: 0, lastSeenAt }
    const [visitor] = await db.sql
      .insert(db.t.visitors)
      .values({ shopId: ofShop, publicId, ...seen })
      .returning({ id: db.t.visitors.id })
    const session = { visitorId: visitor?.id ?? 0, startedAt: 0, clockOffset: 0 }
    await db.sql.insert(db.t.sessions).values({ ...session, shopId: ofShop, publicId, lastSeenAt })
  }

  const countOf = async (table: string, ofShop: number) => {
    const statement = `SELECT count(*) AS rows FROM ${table} WHERE shop_id = $1`
    return Number((await rowsOf<{ rows: number }>(db, statement, [ofShop]))[0]?.rows)
  }
  const left = async (ofShop: number) => ({
    events: await countOf('events', ofShop),
    ids: await countOf('event_ids', ofShop),
    sessions: await countOf('sessions', ofShop),
    visitors: await countOf('visitors', ofShop),
  })
  const log = (ofShop: number) =>
    rowsOf<{ before: string; after: string }>(
      db,
      `SELECT before, after FROM audit_entries WHERE shop_id = $1 AND action = 'shop.events_expired'`,
      [ofShop],
    )
  /** The next time that the job is due. */
  async function night(): Promise<void> {
    clock += DAY
    await jobs.settle()
  }

  it('is told before what would go, and when', async () => {
    expect(await retention.estimate(shopId, 6)).toEqual({
      events: 1_206,
      sessions: 1,
      before: BEFORE,
      nextAt: Date.UTC(2026, 10, 23, 3, 7),
    })
    expect(await retention.estimate(shopId, 12)).toMatchObject({ events: 0, sessions: 0 })
  })

  it('loses nothing while it keeps everything', async () => {
    const before = await left(shopId)
    await night()

    expect(await left(shopId)).toEqual(before)
    expect(await log(shopId)).toEqual([])
  })

  it('loses what is older at night, with its ids, and the log says why', async () => {
    clock = NOW
    await createAccount({ db, now: () => NOW }).management.changeShop(
      shopId,
      { retentionMonths: 6 },
      { kind: 'command', name: '', address: '' },
    )
    await rowsOf(
      db,
      `UPDATE jobs SET due_at = $1 WHERE state = 'waiting' AND kind = 'event.expire'`,
      [NOW],
    )
    await jobs.settle()

    expect(await left(shopId)).toEqual({ events: 2, ids: 2, sessions: 1, visitors: 2 })
    const [entry, ...more] = await log(shopId)
    expect(more).toEqual([])
    expect(JSON.parse(entry?.before ?? '')).toEqual({
      events: 1_206,
      sessions: 1,
      arrivedBefore: new Date(BEFORE).toISOString(),
    })
    expect(JSON.parse(entry?.after ?? '')).toMatchObject({ retentionMonths: 6 })
  })

  it('takes nothing from a shop that keeps it', async () => {
    expect(await left(hoarder)).toMatchObject({ events: 4, ids: 4, sessions: 1 })
  })

  it.runIf(dialect === 'postgres')('drops the months that nobody keeps', async () => {
    const months = await rowsOf<{ name: string }>(
      db,
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits
        WHERE inhparent = 'events'::regclass ORDER BY 1`,
    )

    expect(await left(other)).toMatchObject({ events: 0, ids: 0 })
    expect(months.map(({ name }) => name)).not.toContain('events_2026_02')
    // The hoarder's.
    expect(months.map(({ name }) => name)).toContain('events_2026_05')
    expect(months.map(({ name }) => name)).toContain('events_2026_11')
  })
})
