import { and, eq, inArray } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { createCountJoining, memberCounts } from '#server/targeting/member-counts.ts'
import { did } from '../../support/audience-server.ts'
import { countedMembers } from '../../support/counted-members.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { insertShop } from '../../support/ingestion.ts'

const PEOPLE = 4
const AUDIENCES = 3
const RUNS = process.env.TEST_LONG === '1' ? 300 : 25

const STEPS = [
  'join',
  'join all',
  'leave',
  'leave all',
  'is known',
  'is unknown',
  'goes first',
  'goes',
  'comes',
  'audience goes',
  'parts are joined',
] as const
type Kind = 'visitor' | 'customer'

/** Whatever befalls members, in any order. */
const step = fc.record({
  does: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...STEPS.slice(0, 6)) },
    { weight: 1, arbitrary: fc.constantFrom(...STEPS) },
  ),
  kind: fc.constantFrom<Kind[]>('visitor', 'customer'),
  who: fc.integer({ min: 1, max: PEOPLE }),
  audience: fc.integer({ min: 1, max: AUDIENCES }),
})
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

eachDatabase('the count of an audience’s members', (fresh) => {
  let database: FreshDatabase
  let db: Database
  let shopId: number
  /** Row numbers begin behind those of the round before. */
  let base = 0

  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
    shopId = await insertShop(db)
  })
  afterAll(async () => {
    await db.close()
    await database.remove()
  })

  async function person(of: Kind, id: number): Promise<void> {
    const { sql, t } = db
    const row = { id, shopId, publicId: Buffer.from(`${of} ${id}`) }
    const told = { languages: [], tags: [], attributes: {}, traitStamps: {}, isVerified: false }
    await (of === 'visitor'
      ? sql
          .insert(t.visitors)
          .values({ ...row, firstSeenAt: 1, lastSeenAt: 1 })
          .onConflictDoNothing()
      : sql
          .insert(t.customers)
          .values({ ...row, ...told, createdAt: 1, updatedAt: 1 })
          .onConflictDoNothing())
  }

  async function begin(): Promise<void> {
    base += 100
    for (let i = 1; i <= PEOPLE; i++) {
      await person('visitor', base + i)
      await person('customer', base + i)
    }
    const filled = {
      state: 'ready',
      fillKind: 'customer',
      fillTo: 0,
      filled: 0,
      fillTotal: 0,
    } as const
    for (let i = 1; i <= AUDIENCES; i++) {
      await db.sql.insert(db.t.audiences).values({
        ...filled,
        id: base + i,
        shopId,
        name: `Audience ${base + i}`,
        condition: did('Gift'),
        createdAt: 1,
        updatedAt: 1,
      })
    }
  }

  async function join(kind: Kind, subjectId: number, audienceIds: readonly number[]) {
    const { sql, t } = db
    const there = await sql
      .select({ audienceId: t.audiences.id })
      .from(t.audiences)
      .where(inArray(t.audiences.id, [...audienceIds]))
    const rows = there.map((it) => ({ ...it, shopId, kind, subjectId, since: 1 }))
    if (rows.length > 0) await sql.insert(t.audienceMembers).values(rows).onConflictDoNothing()
  }

  async function leave(kind: Kind, subjectId: number, audienceId?: number): Promise<void> {
    const { audienceMembers: members } = db.t
    const isWho = and(eq(members.kind, kind), eq(members.subjectId, subjectId))
    const isWhere = audienceId === undefined ? undefined : eq(members.audienceId, audienceId)
    await db.sql.delete(members).where(and(isWho, isWhere))
  }

  async function know(visitor: number, customer: number | null): Promise<void> {
    const { sql, t } = db
    const [found] = await sql
      .select({ id: t.customers.id })
      .from(t.customers)
      .where(eq(t.customers.id, customer ?? 0))
    const customerId = found?.id ?? null
    await sql.update(t.visitors).set({ customerId }).where(eq(t.visitors.id, visitor))
  }

  async function take({ does, kind, who, audience: to }: Step): Promise<void> {
    const { sql, t } = db
    const id = base + who
    const all = Array.from({ length: AUDIENCES }, (_, i) => base + 1 + i)
    const people = kind === 'visitor' ? t.visitors : t.customers
    switch (does) {
      case 'join':
        return join(kind, id, [base + to])
      case 'join all':
        return join(kind, id, all)
      case 'leave':
        return leave(kind, id, base + to)
      case 'leave all':
        return leave(kind, id)
      case 'is known':
        return know(id, base + to)
      case 'is unknown':
        return know(id, null)
      case 'goes first':
        await sql.delete(people).where(eq(people.id, id))
        return leave(kind, id)
      case 'goes':
        await sql.delete(people).where(eq(people.id, id))
        return
      case 'comes':
        await leave(kind, id)
        return person(kind, id)
      case 'audience goes':
        await sql.delete(t.audiences).where(eq(t.audiences.id, base + to))
        return
      case 'parts are joined':
        return createCountJoining({ db, now: () => 0 })(() => false)
    }
  }

  it('is what counting them comes to, whatever befalls them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        await begin()
        for (const each of steps) await take(each)
        const counted = await countedMembers(db)
        const told = await memberCounts({ sql: db.sql, t: db.t }, shopId)
        for (const [id, { kept, right }] of Object.entries(counted)) {
          expect([id, kept, told.get(Number(id)) ?? 0]).toEqual([id, right, right])
        }
      }),
      { numRuns: RUNS },
    )
  }, 120_000)

  it('stays few rows where each commit adds one', async () => {
    await begin()
    for (let i = 0; i < 40; i++) {
      await join('customer', base + 1, [base + 1])
      await leave('customer', base + 1)
    }
    await join('customer', base + 1, [base + 1])
    await createCountJoining({ db, now: () => 0 })(() => false)

    const { audienceCounts: counts } = db.t
    const parts = await db.sql
      .select()
      .from(counts)
      .where(eq(counts.audienceId, base + 1))
    expect(parts.map(({ members }) => members)).toEqual([1])
  })

  it('goes with the shop, its audiences and their members', async () => {
    await begin()
    await join('visitor', base + 1, [base + 1, base + 2])
    await db.sql.delete(db.t.shops)

    expect(await db.sql.select().from(db.t.audienceCounts)).toEqual([])
  })
})
