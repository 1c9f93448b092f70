import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  createJobs,
  FinalFailure,
  type JobKind,
  type JobRun,
  type Jobs,
} from '#server/core/jobs/jobs.ts'
import { createLog } from '#server/core/log.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { insertShop, NOW } from '../../support/ingestion.ts'

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const DAY = 24 * HOUR

const GREET: JobKind<{ name: string }> = {
  name: 'test.greet',
  payload: z.strictObject({ name: z.string() }),
}

interface Node {
  readonly jobs: Jobs
  readonly greeted: string[]
}

eachDatabase('jobs', (fresh, dialect) => {
  let database: FreshDatabase
  let db: Database
  let clock: { now: number }
  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
  })
  afterAll(async () => {
    await db.close()
    await database.remove()
  })

  /** A node whose greetings are written down; it runs only what `settle` makes it run. */
  async function node(work?: (run: JobRun<{ name: string }>) => Promise<void>): Promise<Node> {
    const greeted: string[] = []
    const jobs = createJobs({ db, now: () => clock.now, log: createLog('silent'), random: () => 1 })
    jobs.register(GREET, async (run) => {
      await work?.(run)
      greeted.push(run.payload.name)
    })
    return { jobs, greeted }
  }

  async function shop(): Promise<number> {
    clock = { now: NOW }
    await rowsOf(db, 'DELETE FROM jobs')
    return insertShop(db)
  }

  const enqueue = (jobs: Jobs, shopId: number | null, name: string, more = {}) =>
    jobs.enqueue(db, shopId, GREET, { payload: { name }, ...more })

  it('are done once their transaction is committed, and never if it is not', async () => {
    const shopId = await shop()
    const { jobs, greeted } = await node()
    await db.transaction((sql) =>
      jobs.enqueue({ sql, t: db.t }, shopId, GREET, { payload: { name: 'Ana' } }),
    )
    const broken = db.transaction(async (sql) => {
      await jobs.enqueue({ sql, t: db.t }, shopId, GREET, { payload: { name: 'Bo' } })
      throw new Error('rolled back')
    })
    await expect(broken).rejects.toThrow('rolled back')

    await jobs.settle()

    expect(greeted).toEqual(['Ana'])
  })

  it('wait for their time, the earliest first', async () => {
    const shopId = await shop()
    const { jobs, greeted } = await node()
    await enqueue(jobs, shopId, 'later', { dueAt: NOW + 2 * DAY })
    await enqueue(jobs, shopId, 'sooner', { dueAt: NOW + DAY })

    await jobs.settle()
    expect(greeted).toEqual([])
    clock.now = NOW + DAY
    await jobs.settle()
    expect(greeted).toEqual(['sooner'])
    clock.now = NOW + 2 * DAY
    await jobs.settle()
    expect(greeted).toEqual(['sooner', 'later'])
  })

  it('of one key are one while it waits, at the earlier time, and another once it has begun', async () => {
    const shopId = await shop()
    const seen: string[] = []
    const { jobs, greeted } = await node(async ({ jobId }) => {
      seen.push(jobId)
      if (seen.length === 1) await enqueue(jobs, shopId, 'again', { key: 'k' })
    })
    const first = await enqueue(jobs, shopId, 'one', { key: 'k', dueAt: NOW + DAY })
    const second = await enqueue(jobs, shopId, 'two', { key: 'k' })
    const elsewhere = await enqueue(jobs, await insertShop(db), 'three', { key: 'k' })

    await jobs.settle()

    expect(second).toBe(first)
    expect(elsewhere).not.toBe(first)
    expect(greeted.toSorted()).toEqual(['again', 'one', 'three'])
  })

  it('are tried again after growing waits, and say why they failed', async () => {
    const shopId = await shop()
    let isDown = true
    const { jobs, greeted } = await node(async () => {
      if (isDown) throw new Error('Nobody answers')
    })
    const id = await enqueue(jobs, shopId, 'Ana', { key: 'k' })

    const waits: number[] = []
    for (let attempt = 1; attempt <= 4; attempt++) {
      await jobs.settle()
      const { dueAt, lastError, state } = await jobs.find(shopId, id)
      expect({ lastError, state }).toEqual({ lastError: 'Nobody answers', state: 'waiting' })
      waits.push(dueAt - clock.now)
      clock.now = dueAt
    }
    isDown = false
    await jobs.settle()

    expect(waits).toEqual([10 * SECOND, 30 * SECOND, 90 * SECOND, 270 * SECOND])
    expect(greeted).toEqual(['Ana'])
    expect(await jobs.find(shopId, id)).toMatchObject({
      state: 'done',
      lastError: null,
      attempts: 5,
    })
  })

  it('give their key to another that came while they ran and failed', async () => {
    const shopId = await shop()
    let failures = 1
    const { jobs, greeted } = await node(async () => {
      if (failures-- <= 0) return
      await enqueue(jobs, shopId, 'newer', { key: 'k', dueAt: NOW + DAY })
      throw new Error('failed')
    })
    await enqueue(jobs, shopId, 'older', { key: 'k' })

    await jobs.settle()
    clock.now = NOW + DAY
    await jobs.settle()

    expect(greeted.toSorted()).toEqual(['newer', 'older'])
  })

  it('are dead when no attempt is left, listed with their error, and run again by hand', async () => {
    const shopId = await shop()
    let isDown = true
    const { jobs, greeted } = await node(async () => {
      if (isDown) throw new Error('Nobody answers')
    })
    const id = await enqueue(jobs, shopId, 'Ana')
    for (let attempt = 1; attempt <= 12; attempt++) {
      await jobs.settle()
      clock.now += DAY
    }
    const page = { state: 'dead', limit: 10 } as const

    expect((await jobs.list(shopId, page)).items).toMatchObject([
      { id, kind: 'test.greet', attempts: 10, lastError: 'Nobody answers' },
    ])
    expect((await jobs.list(await insertShop(db), page)).items).toEqual([])

    isDown = false
    await jobs.retry(shopId, id)
    await jobs.settle()
    expect(greeted).toEqual(['Ana'])
    expect((await jobs.list(shopId, page)).items).toEqual([])
    await expect(jobs.retry(shopId, id)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('are dead at once when trying again cannot help, and tell whoever asked for them', async () => {
    const shopId = await shop()
    const told: unknown[] = []
    const jobs = createJobs({ db, now: () => clock.now, log: createLog('silent') })
    jobs.register(
      GREET,
      async () => {
        throw new FinalFailure('There is nobody of this name')
      },
      async (_, job, reason) => void told.push({ ...job, reason }),
    )
    const jobId = await enqueue(jobs, shopId, 'Ana')

    await jobs.settle()

    const reason = 'There is nobody of this name'
    expect(told).toEqual([{ jobId, shopId, payload: { name: 'Ana' }, reason }])
    expect(await jobs.find(shopId, jobId)).toMatchObject({ state: 'dead', attempts: 1 })
  })

  it('show how far they have come while they run', async () => {
    const shopId = await shop()
    const seen: unknown[] = []
    const { jobs } = await node(async ({ jobId, report }) => {
      await report({ done: 3, total: 10, text: 'products' })
      seen.push((await jobs.find(shopId, jobId)).progress)
    })
    await enqueue(jobs, shopId, 'Ana')

    await jobs.settle()

    expect(seen).toEqual([{ done: 3, total: 10, text: 'products' }])
  })

  it('of a shop with many keep no other shop waiting', async () => {
    const [busy, quiet] = [await shop(), await insertShop(db)]
    const { jobs, greeted } = await node()
    for (let i = 0; i < 100; i++) await enqueue(jobs, busy, 'busy', { dueAt: NOW - HOUR })
    await enqueue(jobs, quiet, 'quiet')
    await enqueue(jobs, null, 'nobody’s')

    await jobs.settle()

    expect(greeted).toHaveLength(102)
    expect(greeted.indexOf('quiet')).toBeLessThan(20)
    expect(greeted.indexOf('nobody’s')).toBeLessThan(20)
  })

  it('are each done once by several nodes at the same time', async () => {
    const shopId = await shop()
    const asking = await node()
    const nodes = [asking, await node(), await node(), await node()]
    const names = Array.from({ length: 120 }, (_, i) => `n${i}`)
    for (const name of names) await enqueue(asking.jobs, shopId, name)

    await Promise.all(nodes.map(({ jobs }) => jobs.settle()))

    expect(nodes.flatMap(({ greeted }) => greeted).toSorted()).toEqual(names.toSorted())
  })

  it('recur on schedule, once for all nodes, and once for all that was missed', async () => {
    await shop()
    const daily: JobKind<Record<string, never>> = {
      name: 'test.daily',
      payload: z.strictObject({}),
    }
    const ran: number[] = []
    const nodes = [1, 2].map(() => {
      const jobs = createJobs({ db, now: () => clock.now, log: createLog('silent') })
      jobs.register(daily, async () => void ran.push(clock.now))
      jobs.schedule(daily, { pattern: '0 8 * * *', timeZone: 'Europe/Madrid' })
      return jobs
    })
    const eight = Date.UTC(2026, 10, 23, 7)
    await Promise.all(nodes.map((jobs) => jobs.start()))

    for (const at of [eight - 1, eight, eight + HOUR, eight + DAY, eight + 10 * DAY + HOUR]) {
      clock.now = at
      await Promise.all(nodes.map((jobs) => jobs.settle()))
    }
    await Promise.all(nodes.map((jobs) => jobs.stop(SECOND)))

    expect(ran).toEqual([eight, eight + DAY, eight + 10 * DAY + HOUR])
  })

  it('that a stopping server interrupts go on later, with as many attempts as before', async () => {
    const shopId = await shop()
    const began = deferred()
    const { jobs } = await node(async ({ signal }) => {
      began.resolve()
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('interrupted')))
      })
    })
    const id = await enqueue(jobs, shopId, 'Ana')
    await jobs.start()
    await began.promise

    await jobs.stop(10 * SECOND)

    expect(await jobs.find(shopId, id)).toMatchObject({ state: 'waiting', attempts: 0 })
    const { jobs: next, greeted } = await node()
    await next.settle()
    expect(greeted).toEqual(['Ana'])
  })

  it('that a node took and never finished are taken up again, and its late word no longer counts', async () => {
    const shopId = await shop()
    const [began, late] = [deferred(), deferred()]
    const dead = await node(async () => {
      began.resolve()
      await late.promise
    })
    const id = await enqueue(dead.jobs, shopId, 'Ana')
    const settled = dead.jobs.settle()
    await began.promise

    // It says nothing for longer than its lease, which on SQLite a start ends too.
    clock.now += HOUR
    const other = await node()
    await other.jobs.start()
    await other.jobs.settle()
    await other.jobs.stop(SECOND)

    expect(other.greeted).toEqual(['Ana'])
    expect(await other.jobs.find(shopId, id)).toMatchObject({ state: 'done', attempts: 2 })
    await rowsOf(db, `UPDATE jobs SET state = 'dead' WHERE id = $1`, [Number(id)])
    late.resolve()
    await settled
    expect(await other.jobs.find(shopId, id)).toMatchObject({ state: 'dead' })
  })

  it('whose process ends each time are dead in the end', async () => {
    const shopId = await shop()
    const { jobs: asking } = await node()
    const id = await enqueue(asking, shopId, 'Ana')
    for (let life = 1; life <= 12; life++) {
      const { jobs: ending } = await node(() => new Promise(() => undefined))
      await ending.start()
      await expect.poll(async () => (await ending.find(shopId, id)).state).toMatch(/running|dead/)
      await ending.stop(0)
      clock.now += HOUR
    }

    const { lastError, state, attempts } = await asking.find(shopId, id)
    expect({ state, attempts }).toEqual({ state: 'dead', attempts: 11 })
    expect(lastError).toBe('The server ended while it was at work')
  })

  it('of the installation that were given up stay until somebody runs them again, and are told of', async () => {
    await shop()
    const { jobs } = await node(async () => {
      throw new FinalFailure('dead')
    })
    const id = await enqueue(jobs, null, 'Ana')
    await jobs.start()
    await jobs.settle()

    clock.now += 60 * DAY
    await jobs.settle()

    expect(await jobs.givenUp()).toMatchObject([{ id, kind: 'test.greet', lastError: 'dead' }])
    await jobs.stop(SECOND)
    await jobs.retry(null, id)
    expect(await jobs.givenUp()).toEqual([])
  })

  it('that nobody asks for any more go after a day, dead ones after a month', async () => {
    const shopId = await shop()
    const { jobs } = await node(async ({ payload }) => {
      if (payload.name === 'dead') throw new FinalFailure('dead')
    })
    const done = await enqueue(jobs, shopId, 'done')
    const dead = await enqueue(jobs, shopId, 'dead')
    await jobs.start()
    await jobs.settle()

    clock.now += 2 * DAY
    await jobs.settle()
    await expect(jobs.find(shopId, done)).rejects.toMatchObject({ code: 'not_found' })
    expect(await jobs.find(shopId, dead)).toMatchObject({ state: 'dead' })
    clock.now += 31 * DAY
    await jobs.settle()
    await expect(jobs.find(shopId, dead)).rejects.toMatchObject({ code: 'not_found' })
    await jobs.stop(SECOND)
  })

  it('begin by themselves soon after they are asked for', async () => {
    const shopId = await shop()
    const { jobs, greeted } = await node()
    await jobs.start()

    await db.transaction((sql) =>
      jobs.enqueue({ sql, t: db.t }, shopId, GREET, { payload: { name: 'Ana' } }),
    )

    await expect.poll(() => greeted).toEqual(['Ana'])
    await jobs.stop(SECOND)
  })

  describe.runIf(dialect === 'postgres')('on another node', () => {
    it('begin without a word from the one that asked', async () => {
      const shopId = await shop()
      const [asking, working] = [await node(), await node()]
      await working.jobs.start()

      await enqueue(asking.jobs, shopId, 'Ana')

      await expect.poll(() => working.greeted, { timeout: 5 * SECOND }).toEqual(['Ana'])
      await working.jobs.stop(SECOND)
    })
  })
})

/** A promise for a test to keep. */
function deferred() {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((resolved) => {
    resolve = resolved
  })
  return { promise, resolve: () => resolve() }
}
