import { afterAll, beforeAll, expect, it } from 'vitest'
import type {
  EventNames,
  EventPage,
  EventProperties,
  IngestionWarnings,
} from '#protocol/explorer.ts'
import { SCOPES } from '#server/account/service.ts'
import { createEvents } from '#server/events/service.ts'
import {
  happened,
  newTestVisitor,
  startAudienceServer,
  type AudienceServer,
  type TestShop,
} from '../../support/audience-server.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { NOW } from '../../support/ingestion.ts'

const PATIENCE = { timeout: 10_000, interval: 50 }
const DAY_MS = 86_400_000

eachDatabase('the explorer of events', (fresh) => {
  let database: FreshDatabase
  let started: AudienceServer
  let shop: TestShop
  const who = newTestVisitor()

  beforeAll(async () => {
    database = await fresh()
    started = await startAudienceServer(database)
    shop = await started.newShop(SCOPES)
    for (let day = 0; day < 3; day += 1) {
      started.clock.now = NOW + day * DAY_MS
      const at = started.clock.now
      await shop.send(who, [
        happened('Gift', { colour: day === 1 ? 'red' : 'blue', big: day === 2, n: day }, at),
        happened('Wish', { list: [1, 2] }, at),
        happened('Odd', { 'a key': '"quoted"' }, at),
      ])
    }
    await shop.send(who, [happened('x'.repeat(300), {}, NOW)])
  })
  afterAll(async () => {
    await started.stop()
    await database.remove()
  })

  async function told<T>(path: string): Promise<T> {
    const { status, text } = await shop.ask('GET', path)
    expect({ path, status, text }).toMatchObject({ status: 200 })
    return JSON.parse(text) as T
  }
  const names = async (query: string) =>
    (await told<EventPage>(`/events?${query}`)).items.map(({ name }) => name)

  it.each([
    { query: '', is: ['Odd', 'Wish', 'Gift', 'Odd', 'Wish', 'Gift', 'Odd', 'Wish', 'Gift'] },
    { query: 'name=Gift', is: ['Gift', 'Gift', 'Gift'] },
    { query: 'property=colour&value=red', is: ['Gift'] },
    { query: 'property=big&value=true', is: ['Gift'] },
    { query: 'property=n&value=1', is: ['Gift'] },
    { query: 'property=list', is: ['Wish', 'Wish', 'Wish'] },
    { query: 'property=a%20key', is: ['Odd', 'Odd', 'Odd'] },
    { query: 'type=page', is: [] },
    { query: `name=Gift&from=${NOW + DAY_MS}`, is: ['Gift', 'Gift'] },
    { query: `name=Gift&to=${NOW + DAY_MS}`, is: ['Gift'] },
    { query: `from=${NOW + 9 * DAY_MS}`, is: [] },
    { query: 'page=%25', is: [] },
  ])('finds by $query', async ({ query, is }) => {
    expect(await names(query)).toEqual(is)
  })

  it('goes on page by page, each event once', async () => {
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`
      const page: EventPage = await told(`/events?name=Gift&limit=1${query}`)
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)

    expect(new Set(ids).size).toBe(3)
    expect(ids).toHaveLength(3)
  })

  it('tells what events of a name have, with examples and how often', async () => {
    const { lookedAt, items } = await told<EventProperties>('/event-properties?name=Gift')
    const colour = items.find(({ name }) => name === 'colour')

    expect(lookedAt).toBe(3)
    expect(colour).toMatchObject({ count: 3, types: ['string'] })
    expect(colour?.examples.toSorted()).toEqual(['blue', 'red'])
  })

  it('counts names by day, each event once, whoever counts and how often', async () => {
    const { db, clock } = started
    const later = clock.now + DAY_MS / 24
    const counting = [1, 2].map(() => createEvents({ db, now: () => later }))
    const read = () => told<EventNames>('/event-names?days=3')
    // Transactions elsewhere on the same PostgreSQL keep numbers from being settled for a moment.
    await expect
      .poll(async () => {
        await Promise.allSettled(counting.map((events) => events.countNames()))
        return (await read()).items.map(({ name, count, days }) => ({ name, count, days }))
      }, PATIENCE)
      .toEqual(
        expect.arrayContaining(
          ['Gift', 'Wish', 'Odd'].map((name) => ({ name, count: 3, days: [1, 1, 1] })),
        ),
      )
    await counting[0]?.countNames()
    const { items, firstDay } = await read()

    expect(firstDay).toBe(Math.floor(NOW / DAY_MS))
    expect(items.find(({ name }) => name === 'Gift')?.count).toBe(3)
  })

  it('tells what was left out and why, by day', async () => {
    const { items, stored } = await told<IngestionWarnings>('/ingestion-warnings?days=3')

    expect(stored).toEqual([3, 3, 3])
    expect(items).toEqual([
      expect.objectContaining({
        reason: 'invalid',
        count: 1,
        days: [0, 0, 1],
        lastDetail: expect.stringContaining('name'),
      }),
    ])
  })

  it('keeps what a name means, says it anew, and brings it back', async () => {
    const draft = { kind: 'event', name: 'Gift', description: 'A gift', type: null, owner: 'Ana' }
    const made = await shop.ask('PUT', '/definitions', draft)
    const changed = await shop.ask('PUT', '/definitions', { ...draft, owner: 'Luis' })
    const { id } = JSON.parse(changed.text) as { id: string }
    const removed = await shop.ask('DELETE', `/definitions/${id}`)
    const gone = await shop.ask('DELETE', `/definitions/${id}`)
    await shop.ask('PUT', '/definitions', draft)

    expect(JSON.parse(made.text)).toMatchObject({ id })
    expect([made, changed, removed, gone].map(({ status }) => status)).toEqual([200, 200, 204, 404])
    expect(await told('/definitions')).toMatchObject({ items: [draft] })
  })
})
