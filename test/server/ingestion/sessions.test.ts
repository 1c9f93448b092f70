import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import {
  batchOf,
  eventOf,
  newToken,
  newVisitor,
  NOW,
  startIngestion,
  storedEvents,
  type TestIngestion,
} from '../../support/ingestion.ts'

const ADVERTISED = 'https://shop.example/?utm_source=news&utm_medium=email'

eachDatabase('sessions of tabs', (fresh) => {
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

  type Visitor = ReturnType<typeof newVisitor>

  /** A tab that was opened `after` milliseconds: a session of its own, and a visitor until it knows better. */
  function openTab(after: number, visitor: Visitor = newVisitor()) {
    const session = { id: randomUUID(), startedAt: NOW + after }
    return {
      visitor,
      session,
      /** Sends one event, as `changed` where the tab has adopted another's identity or session. */
      send: (changed: object = {}, url = 'https://shop.example/') =>
        test.send(
          batchOf([eventOf({ page: { url, referrer: '', title: '' } })], {
            visitor,
            session,
            ...changed,
          }),
        ),
    }
  }

  async function storedSessions(): Promise<number> {
    const events = await storedEvents(db, test.shopId)
    return new Set(events.map(({ session_id: id }) => id)).size
  }

  async function storedVisitors(): Promise<number> {
    const events = await storedEvents(db, test.shopId)
    return new Set(events.map(({ public_id: id }) => id?.toString('hex'))).size
  }

  /** Whether every session that events name is there, and stands for itself. */
  async function looseEnds(): Promise<unknown[]> {
    return rowsOf(
      db,
      `SELECT 1 FROM events e
         LEFT JOIN sessions s ON s.id = e.session_id AND s.visitor_id = e.visitor_id
        WHERE e.shop_id = $1 AND (s.id IS NULL OR s.same_as IS NOT NULL)`,
      [test.shopId],
    )
  }

  it('are one where a visitor began several together, whichever tab goes on', async () => {
    const visitor = newVisitor()
    const tabs = [openTab(0, visitor), openTab(4_000, visitor), openTab(9_000, visitor)]
    for (const tab of tabs) await tab.send()
    for (const tab of tabs.toReversed()) await tab.send()

    expect(await storedSessions()).toBe(1)
    expect(await looseEnds()).toEqual([])
  })

  it.each([
    { what: 'that began later', after: 10_001, url: 'https://shop.example/' },
    { what: 'of another campaign', after: 1_000, url: ADVERTISED },
    { what: 'of another click', after: 1_000, url: 'https://shop.example/?fbclid=abc' },
  ])('stay apart from one $what', async ({ after, url }) => {
    const visitor = newVisitor()
    await openTab(0, visitor).send()
    const later = openTab(after, visitor)
    await later.send({}, url)
    await later.send()

    expect(await storedSessions()).toBe(2)
    expect(await looseEnds()).toEqual([])
  })

  it('stay apart from a session that a foreign token began', async () => {
    const visitor = newVisitor()
    await openTab(0, visitor).send()
    await openTab(0, { ...visitor, token: newToken() }).send()

    expect(await storedSessions()).toBe(2)
  })

  it('stay apart from those of another visitor', async () => {
    await openTab(0).send()
    await openTab(0).send()

    expect(await storedSessions()).toBe(2)
  })

  // What the losing tab sends: `alone` before it knows of the winner, `joins` when it does, with the winner's session.
  it.each([
    { order: ['winner', 'alone', 'joins'] },
    { order: ['alone', 'winner', 'joins'] },
    { order: ['alone', 'joins', 'winner'] },
    { order: ['winner', 'joins', 'alone'] },
    { order: ['joins', 'winner', 'alone'] },
    { order: ['joins', 'alone', 'winner'] },
    { order: ['winner', 'joins with its own session', 'alone'] },
    { order: ['alone', 'joins with its own session', 'winner'] },
    { order: ['winner', 'alone', 'joins with its own session'] },
    { order: ['joins with its own session', 'winner', 'alone'] },
  ])('become one in the order $order', async ({ order }) => {
    const [winner, loser] = [openTab(0), openTab(700)]
    const visitor = { ...winner.visitor, formerly: loser.visitor }
    const steps: Record<string, () => Promise<unknown>> = {
      winner: () => winner.send(),
      alone: () => loser.send(),
      joins: () => loser.send({ visitor, session: winner.session }),
      'joins with its own session': () => loser.send({ visitor }),
    }
    for (const step of order) await steps[step]?.()
    await loser.send()
    await winner.send()

    expect(await storedVisitors()).toBe(1)
    expect(await storedSessions()).toBe(1)
    expect(await looseEnds()).toEqual([])
  })

  it('become one when five tabs open at once and all arrives in one commit', async () => {
    const [winner, ...losers] = [0, 10, 20, 30, 40].map((after) => openTab(after))
    if (winner === undefined) throw new Error('There is a first tab')
    await Promise.all([winner, ...losers].map((tab) => tab.send()))
    await Promise.all(
      losers.flatMap((tab) => [
        tab.send(),
        tab.send({ visitor: { ...winner.visitor, formerly: tab.visitor } }),
        tab.send({ visitor: winner.visitor, session: winner.session }),
      ]),
    )

    expect(await storedVisitors()).toBe(1)
    expect(await storedSessions()).toBe(1)
    expect(await looseEnds()).toEqual([])
  })

  it('keep what each tab was sure of: the least clock offset, the last time seen', async () => {
    const [winner, loser] = [openTab(0), openTab(100)]
    await winner.send()
    test.clock.now = NOW + 60_000
    await loser.send({ sentAt: NOW + 60_050 })
    await loser.send({ visitor: { ...winner.visitor, formerly: loser.visitor } })

    const [session] = await rowsOf<{ clock_offset: number; last_seen_at: number }>(
      db,
      'SELECT clock_offset, last_seen_at FROM sessions WHERE shop_id = $1 AND same_as IS NULL',
      [test.shopId],
    )
    expect(session).toEqual({ clock_offset: -50, last_seen_at: NOW + 60_000 })
  })
})
