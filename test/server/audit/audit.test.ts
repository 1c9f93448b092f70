import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  changesOf,
  createAudit,
  createAuditChecks,
  recordChange,
  type Audit,
  type AuditChecks,
} from '#server/audit/service.ts'
import { COMMAND } from '#server/core/actor.ts'
import { createJobs, type Jobs } from '#server/core/jobs/jobs.ts'
import { createLog } from '#server/core/log.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { insertShop, NOW } from '../../support/ingestion.ts'

eachDatabase('the audit log', (fresh) => {
  let database: FreshDatabase
  let db: Database
  let audit: Audit
  let checks: AuditChecks
  let jobs: Jobs
  let verifications = 0
  const clock = { now: NOW }
  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
    audit = createAudit(db)
    const [now, log] = [() => clock.now, createLog('silent')]
    jobs = createJobs({ db, now, log })
    const counted: Audit['verify'] = (...asked) => {
      verifications += 1
      return audit.verify(...asked)
    }
    checks = createAuditChecks({ db, now, log, jobs, verify: counted })
    await jobs.start()
  })
  afterAll(async () => {
    await jobs.stop(1_000)
    await db.close()
    await database.remove()
  })

  const add = (shopId: number, id: string, fails = false) =>
    db.transaction(async (sql) => {
      await recordChange({ sql, t: db.t }, shopId, {
        by: COMMAND,
        at: NOW,
        action: 'audience.created',
        object: { kind: 'audience', id },
        before: null,
        after: { name: id, z: 1, a: 0.1 },
      })
      if (fails) throw new Error('The change did not work out')
    })

  async function filledShop(entries = 5): Promise<number> {
    const shopId = await insertShop(db)
    for (let i = 1; i <= entries; i += 1) await add(shopId, String(i))
    return shopId
  }

  const entry = (shopId: number, seq: number) =>
    and(eq(db.t.auditEntries.shopId, shopId), eq(db.t.auditEntries.seq, seq))

  it('numbers entries without a gap, however many are added at once', async () => {
    const shopId = await insertShop(db)
    await Promise.all(Array.from({ length: 40 }, (_, at) => add(shopId, String(at))))

    const { items } = await audit.list(shopId, {}, { cursor: undefined, limit: 100 })

    expect(items.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, at) => 40 - at))
    expect(await audit.verify(shopId)).toMatchObject({ isWhole: true, entries: 40 })
  })

  it('has no entry of a change that did not happen', async () => {
    const shopId = await filledShop(2)
    await expect(add(shopId, 'lost', true)).rejects.toThrow('did not work out')

    expect(await audit.verify(shopId)).toMatchObject({ isWhole: true, entries: 2 })
  })

  it('is whole while it is empty', async () => {
    expect(await audit.verify(await insertShop(db))).toMatchObject({ isWhole: true, entries: 0 })
  })

  it.each([
    { what: 'who it was', change: { actorName: 'other' } },
    { what: 'when', change: { at: NOW + 1 } },
    { what: 'from where', change: { address: '192.0.2.0' } },
    { what: 'what was done', change: { action: 'audience.removed' } },
    { what: 'to which object', change: { objectId: '7' } },
    { what: 'what is', change: { after: '{"name":"other"}' } },
    { what: 'what was', change: { before: '{}' } },
    { what: 'a hash', change: { hash: Buffer.alloc(32, 1) } },
  ])('shows that an entry was changed: $what', async ({ change }) => {
    const shopId = await filledShop()
    await db.sql.update(db.t.auditEntries).set(change).where(entry(shopId, 3))

    expect(await audit.verify(shopId)).toEqual({
      isWhole: false,
      seq: 3,
      fault: 'changed',
    })
  })

  it.each([
    { what: 'the first', seq: 1 },
    { what: 'one between', seq: 3 },
    { what: 'the newest', seq: 5 },
  ])('shows that an entry was left out: $what', async ({ seq }) => {
    const shopId = await filledShop()
    await db.sql.delete(db.t.auditEntries).where(entry(shopId, seq))

    expect(await audit.verify(shopId)).toMatchObject({ isWhole: false, seq })
  })

  it('shows that it was written anew, to whoever kept an end of it', async () => {
    const shopId = await filledShop()
    const before = await audit.verify(shopId)
    const end = before.isWhole ? before.end : ''
    await add(shopId, 'later')
    expect(await audit.verify(shopId, end)).toMatchObject({ isWhole: true, entries: 6 })

    await db.sql.delete(db.t.auditEntries).where(eq(db.t.auditEntries.shopId, shopId))
    await db.sql.delete(db.t.auditHeads).where(eq(db.t.auditHeads.shopId, shopId))
    for (const id of ['1', '2', '3', '4', 'another', 'later']) await add(shopId, id)

    expect(await audit.verify(shopId)).toMatchObject({ isWhole: true })
    expect(await audit.verify(shopId, end)).toMatchObject({ isWhole: false, seq: 5 })
  })

  it('takes one shop’s entries for no other’s', async () => {
    const [one, other] = [await filledShop(), await filledShop()]
    await db.sql.delete(db.t.auditEntries).where(eq(db.t.auditEntries.shopId, other))
    await db.sql
      .update(db.t.auditEntries)
      .set({ shopId: other })
      .where(eq(db.t.auditEntries.shopId, one))

    expect(await audit.verify(other)).toMatchObject({ isWhole: false, seq: 1 })
  })

  it('keeps what came of the newest check, until the next one', async () => {
    const shopId = await filledShop()
    expect(await checks.last(shopId)).toBeUndefined()
    const checked = await checks.check(shopId)
    expect(checked).toMatchObject({ isWhole: true, checkedAt: clock.now, entries: 5 })
    expect(await checks.last(shopId)).toEqual(checked)

    await db.sql.update(db.t.auditEntries).set({ objectId: '7' }).where(entry(shopId, 3))
    clock.now += 1_000
    await add(shopId, 'later')
    // Nobody has looked since.
    expect(await checks.last(shopId)).toEqual(checked)
    const broken = await checks.check(shopId)
    expect(broken).toMatchObject({ isWhole: false, brokenAt: 3, fault: 'changed', entries: 2 })
    expect(await checks.last(shopId)).toEqual(broken)
    expect((await audit.list(shopId, {}, { cursor: undefined, limit: 1 })).items[0]?.seq).toBe(6)
  })

  it('keeps nothing of a check against an end that somebody made up', async () => {
    const shopId = await filledShop()
    const whole = await checks.check(shopId)
    const wrong = `3:${'0'.repeat(64)}`

    expect(await checks.check(shopId, wrong)).toMatchObject({ isWhole: false, brokenAt: 3 })
    expect(await checks.last(shopId)).toEqual(whole)
    await expect(checks.check(shopId, 'x')).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('is looked through once for all who ask at once', async () => {
    const shopId = await filledShop()
    verifications = 0
    await Promise.all(Array.from({ length: 20 }, () => checks.check(shopId)))

    expect(verifications).toBe(1)
  })

  it('is checked of every shop at night', async () => {
    const [one, other] = [await filledShop(2), await filledShop(3)]
    await db.sql.update(db.t.auditEntries).set({ objectId: '7' }).where(entry(other, 2))
    await jobs.settle()
    clock.now += 24 * 3_600_000
    await jobs.settle()

    expect(await checks.last(one)).toMatchObject({ isWhole: true, checkedAt: clock.now })
    expect(await checks.last(other)).toMatchObject({ isWhole: false, brokenAt: 2 })
  })

  it('tells pages of entries, and those asked for', async () => {
    const shopId = await filledShop(7)
    const seen: number[] = []
    for (let cursor: string | undefined; ;) {
      const page = await audit.list(shopId, {}, { cursor, limit: 3 })
      seen.push(...page.items.map(({ seq }) => seq))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    const page = { cursor: undefined, limit: 10 }

    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1])
    expect((await audit.list(shopId, { objectId: '3' }, page)).items).toHaveLength(1)
    expect((await audit.list(shopId, { from: NOW + 1 }, page)).items).toEqual([])
    expect((await audit.list(shopId, { actorKind: 'key' }, page)).items).toEqual([])
  })
})

it('keeps of a change what differs, and of what may be personal a digest', () => {
  const before = {
    name: 'Old',
    condition: { email: 'ana@shop.example' },
    same: [1, { a: 1, b: 2 }],
  }
  const after = {
    name: 'New',
    condition: { email: 'luis@shop.example' },
    same: [1, { b: 2, a: 1 }],
  }

  const changes = changesOf(before, after, ['name'])

  expect(changes).toEqual({
    before: { name: 'Old', condition: { sha256: expect.stringMatching(/^[\da-f]{64}$/) } },
    after: { name: 'New', condition: { sha256: expect.stringMatching(/^[\da-f]{64}$/) } },
  })
  expect(JSON.stringify(changes)).not.toContain('shop.example')
})
