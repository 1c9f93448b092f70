import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import {
  batchOf,
  DENIED,
  eventOf,
  GRANTED,
  newToken,
  newVisitor,
  NOW,
  startIngestion,
  storedEvents,
  type TestIngestion,
} from '../../support/ingestion.ts'

eachDatabase('visitors', (fresh) => {
  let database: FreshDatabase
  let db: Database
  let test: TestIngestion

  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
  })
  afterAll(async () => {
    await db.close()
    await database.remove()
  })
  beforeEach(async () => {
    test = await startIngestion(db)
  })

  async function ownersOf(): Promise<(string | undefined)[]> {
    const events = await storedEvents(db, test.shopId)
    return events.map(({ public_id: id }) => id?.toString('base64url'))
  }
  const sessions = () =>
    rowsOf<{ visitor_id: number; clock_offset: number; touch: unknown }>(
      db,
      'SELECT visitor_id, clock_offset, touch FROM sessions WHERE shop_id = $1',
      [test.shopId],
    )
  async function touches(): Promise<{ first: unknown; last: unknown }> {
    const [row] = await rowsOf<{ first_touch: unknown; last_touch: unknown }>(
      db,
      'SELECT first_touch, last_touch FROM visitors WHERE shop_id = $1',
      [test.shopId],
    )
    return { first: parsed(row?.first_touch), last: parsed(row?.last_touch) }
  }

  it('binds a visitor to the token of its first batch', async () => {
    const visitor = newVisitor()
    await test.send(batchOf([eventOf()], { visitor }))

    const known = await test.send(batchOf([eventOf()], { visitor }))
    const guessed = await test.send(
      batchOf([eventOf()], { visitor: { ...visitor, token: newToken() } }),
    )

    expect(known.results).toEqual([{ result: 'ok' }])
    expect(guessed.results).toEqual([{ result: 'ok', reason: 'foreign_token' }])
    expect(await ownersOf()).toEqual([visitor.id, visitor.id, visitor.id])
  })

  it('ends the old token at the first use of the next one', async () => {
    const visitor = newVisitor()
    const nextToken = newToken()
    const reasonWith = async (token: string) => {
      const { results } = await test.send(batchOf([eventOf()], { visitor: { ...visitor, token } }))
      return results[0]?.reason
    }
    await test.send(batchOf([eventOf()], { visitor }))
    await test.send(batchOf([eventOf()], { visitor: { ...visitor, nextToken } }))

    expect(await reasonWith(visitor.token)).toBeUndefined()
    expect(await reasonWith(nextToken)).toBeUndefined()
    expect(await reasonWith(visitor.token)).toBe('foreign_token')
    expect(await reasonWith(nextToken)).toBeUndefined()
  })

  it('keeps as many unused next tokens as tabs may wait with, the newest, and no used ones', async () => {
    const visitor = newVisitor()
    const announced = Array.from({ length: 30 }, newToken)
    const countTokens = async () => {
      const tokens = 'SELECT 1 FROM visitor_tokens WHERE shop_id = $1'
      return (await rowsOf(db, tokens, [test.shopId])).length
    }
    for (const nextToken of announced) {
      test.clock.now += 1
      await test.send(batchOf([eventOf()], { visitor: { ...visitor, nextToken } }))
    }

    expect(await countTokens()).toBe(11)
    const token = announced.at(-10) ?? ''
    const { results } = await test.send(batchOf([eventOf()], { visitor: { ...visitor, token } }))
    expect(results).toEqual([{ result: 'ok' }])
    expect(await countTokens()).toBe(1)
  })

  it('binds no next token that a foreign one announces', async () => {
    const visitor = newVisitor()
    const nextToken = newToken()
    await test.send(batchOf([eventOf()], { visitor }))
    await test.send(batchOf([eventOf()], { visitor: { ...visitor, token: newToken(), nextToken } }))

    const answer = await test.send(
      batchOf([eventOf()], { visitor: { ...visitor, token: nextToken } }),
    )

    expect(answer.results).toEqual([{ result: 'ok', reason: 'foreign_token' }])
  })

  it('takes a revoked token, and any other after it, as foreign', async () => {
    const visitor = newVisitor()
    await test.send(batchOf([eventOf()], { visitor }))
    await rowsOf(db, `UPDATE visitor_tokens SET state = 'revoked' WHERE shop_id = $1`, [
      test.shopId,
    ])

    const old = await test.send(batchOf([eventOf()], { visitor }))
    const other = await test.send(
      batchOf([eventOf()], { visitor: { ...visitor, token: newToken() } }),
    )

    expect(old.results).toEqual([{ result: 'ok', reason: 'foreign_token' }])
    expect(other.results).toEqual([{ result: 'ok', reason: 'foreign_token' }])
  })

  it('joins what another tab sent under the identity it gave up', async () => {
    const [winner, loser] = [newVisitor(), newVisitor()]
    const session = { id: randomUUID(), startedAt: NOW }
    await test.send(batchOf([eventOf()], { visitor: loser, session }))
    await test.send(batchOf([eventOf()], { visitor: loser }))
    await test.send(batchOf([eventOf()], { visitor: winner, session }))

    await test.send(batchOf([eventOf()], { visitor: { ...winner, formerly: loser }, session }))
    await test.send(batchOf([eventOf()], { visitor: loser, session }))

    expect(await ownersOf()).toEqual(Array.from({ length: 5 }, () => winner.id))
    const rows = await sessions()
    expect(rows).toHaveLength(2)
    expect(new Set(rows.map((row) => row.visitor_id)).size).toBe(1)
    const orphans = await rowsOf(
      db,
      `SELECT 1 FROM events WHERE shop_id = $1 AND session_id NOT IN (SELECT id FROM sessions)`,
      [test.shopId],
    )
    expect(orphans).toEqual([])
  })

  it('joins events that arrive after the join which named their identity', async () => {
    const [winner, loser] = [newVisitor(), newVisitor()]
    await test.send(batchOf([eventOf()], { visitor: { ...winner, formerly: loser } }))

    await test.send(batchOf([eventOf()], { visitor: loser }))

    expect(await ownersOf()).toEqual([winner.id, winner.id])
  })

  it('joins both tabs in one commit', async () => {
    const [winner, loser] = [newVisitor(), newVisitor()]
    await test.send(batchOf([eventOf()], { visitor: loser }))
    const session = { id: randomUUID(), startedAt: NOW }
    await test.send(batchOf([eventOf()], { visitor: loser, session }))

    await Promise.all([
      test.send(batchOf([eventOf()], { visitor: loser, session })),
      test.send(batchOf([eventOf()], { visitor: { ...winner, formerly: loser } })),
      test.send(batchOf([eventOf()], { visitor: loser, session })),
    ])

    expect(new Set(await ownersOf())).toEqual(new Set([winner.id]))
  })

  it('does not join on a token that does not fit', async () => {
    const [thief, victim] = [newVisitor(), newVisitor()]
    await test.send(batchOf([eventOf()], { visitor: victim }))

    await test.send(
      batchOf([eventOf()], { visitor: { ...thief, formerly: { ...victim, token: newToken() } } }),
    )

    expect(await ownersOf()).toEqual([victim.id, thief.id])
  })

  it('does not join what no second tab can have gathered', async () => {
    const [former, visitor] = [newVisitor(), newVisitor()]
    for (let i = 0; i < 20; i += 1) {
      const events = Array.from({ length: 100 }, () => eventOf())
      await test.send(batchOf(events, { visitor: former }))
    }

    await test.send(batchOf([eventOf()], { visitor: { ...visitor, formerly: former } }))

    const owners = await ownersOf()
    expect(owners.filter((owner) => owner === former.id)).toHaveLength(2_000)
    expect(owners.filter((owner) => owner === visitor.id)).toHaveLength(1)
  })

  it('finds what was joined before without a look at every visitor', async () => {
    if (db.raw.dialect === 'postgres') return
    const plan = await rowsOf<{ detail: string }>(
      db,
      'EXPLAIN QUERY PLAN UPDATE visitors SET joined_to = 1 WHERE shop_id = 1 AND (id = 2 OR joined_to = 2)',
    )

    expect(plan.map(({ detail }) => detail).join()).toContain('visitors_joined_to')
  })

  it('does not join into a visitor whose own token does not fit', async () => {
    const [victim, thief] = [newVisitor(), newVisitor()]
    await test.send(batchOf([eventOf()], { visitor: victim }))
    await test.send(batchOf([eventOf()], { visitor: thief }))

    const visitor = { id: victim.id, token: newToken(), formerly: thief }
    await test.send(batchOf([eventOf()], { visitor }))

    expect(await ownersOf()).toEqual([victim.id, thief.id, victim.id])
  })

  it('keeps first and last touch: the earliest, and the newest that is not direct', async () => {
    const visitor = newVisitor()
    const visit = async (url: string, referrer: string) => {
      test.clock.now += 1_000
      await test.send(batchOf([eventOf({ page: { url, referrer, title: '' } })], { visitor }))
    }
    await visit('https://shop.example/', 'https://www.google.com/')
    await visit('https://shop.example/?utm_source=news&utm_medium=email', '')
    await visit('https://shop.example/', '')

    expect(await touches()).toMatchObject({
      first: { source: 'google', medium: 'organic' },
      last: { source: 'news', medium: 'email' },
    })
  })

  it('lets a foreign token change nothing of the visitor', async () => {
    const visitor = newVisitor()
    await test.send(batchOf([eventOf()], { visitor }))
    const before = await touches()
    const page = { url: 'https://shop.example/?utm_source=evil', referrer: '', title: '' }

    await test.send(batchOf([eventOf({ page })], { visitor: { ...visitor, token: newToken() } }))

    expect(await touches()).toEqual(before)
  })

  it('makes each visitor once when two servers meet the same new ones at once', async () => {
    const others = await startIngestion(db, test.shopId)
    const visits = Array.from({ length: 30 }, () => ({
      visitor: newVisitor(),
      session: { id: randomUUID(), startedAt: NOW },
    }))

    const answers = await Promise.all(
      visits.flatMap((visit) => [
        test.send(batchOf([eventOf()], visit)),
        others.send(batchOf([eventOf()], visit)),
        test.send(batchOf([eventOf()], visit)),
      ]),
    )

    expect(answers.flatMap(({ results }) => results)).toEqual(
      Array.from({ length: 90 }, () => ({ result: 'ok' })),
    )
    expect(new Set(await ownersOf())).toEqual(new Set(visits.map(({ visitor }) => visitor.id)))
    expect(await sessions()).toHaveLength(30)
  })

  it('makes no visitor for a batch that stores nothing', async () => {
    await test.send(batchOf([{ nonsense: true }]))

    const visitors = await rowsOf(db, 'SELECT 1 FROM visitors WHERE shop_id = $1', [test.shopId])
    expect(visitors).toEqual([])
  })

  it('remembers the newest consent', async () => {
    const visitor = newVisitor()
    const session = { id: randomUUID(), startedAt: NOW }
    await test.send(batchOf([eventOf()], { visitor, session }))
    await test.send(
      batchOf([eventOf()], { visitor, session, consent: { ...GRANTED, marketing: false } }),
    )

    const [row] = await rowsOf<{ consent: unknown }>(
      db,
      'SELECT consent FROM visitors WHERE shop_id = $1',
      [test.shopId],
    )
    expect(parsed(row?.consent)).toEqual({ ...GRANTED, marketing: false })
  })

  it('keeps the identity in an HttpOnly cookie where the page asks for it', async () => {
    const visitor = { cookie: true } as const
    const send = (cookie?: string, changes = {}) =>
      test.sendBody(
        JSON.stringify(batchOf([eventOf()], { visitor, ...changes })),
        cookie === undefined ? {} : { cookie },
      )
    const first = await send()
    const cookie = /^gp_visitor=[\w-]{22}\.[\w-]{43}/.exec(first.setCookie ?? '')?.[0]
    const again = await send(`other=1; ${cookie}`)
    const fresh = await send(cookie, { visitor: { cookie: true, fresh: true } })
    const withdrawn = await send(cookie, { consent: DENIED })

    expect(first.setCookie).toMatch(/; HttpOnly; SameSite=Lax$/)
    expect(again.setCookie).toBeUndefined()
    expect(again.answer.results).toEqual([{ result: 'ok' }])
    expect(fresh.setCookie).toMatch(/^gp_visitor=/)
    expect(withdrawn.setCookie).toMatch(/^gp_visitor=; Max-Age=0/)
    const [one, two, three, four] = await ownersOf()
    expect(one).toBe(two)
    expect(three).not.toBe(one)
    expect(four).toBeUndefined()
  })
})

function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value
}
