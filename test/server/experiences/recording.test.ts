import { afterAll, beforeAll, expect, it } from 'vitest'
import type { WireEvent } from '#protocol/events.ts'
import {
  newTestVisitor,
  startAudienceServer,
  type AudienceServer,
  type TestVisitor,
} from '../../support/audience-server.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import {
  openExperienceShop,
  shown,
  told,
  type ExperienceShop,
} from '../../support/experience-server.ts'
import { batchOf, eventOf, newToken, NOW } from '../../support/ingestion.ts'

const DAY = 86_400_000
const NONE = { impressions: 0, clicks: 0, closes: 0, submissions: 0, conversions: 0 }

eachDatabase('the figures of experiences', (fresh) => {
  let database: FreshDatabase
  let started: AudienceServer
  let shop: ExperienceShop
  beforeAll(async () => {
    database = await fresh()
    started = await startAudienceServer(database)
  })
  afterAll(async () => {
    await started.stop()
    await database.remove()
  })

  async function openShop() {
    const { id } = await started.newShop()
    shop = await openExperienceShop(started.server, id, started.clock)
    started.clock.now = NOW
    return newTestVisitor()
  }

  /** Claims, and tells of it as a page does once it is seen. */
  async function shownTo(who: TestVisitor, id: string, at = started.clock.now) {
    const claim = await shop.claim(who, id)
    return eventOf({
      ...shown(id, claim.isGranted ? claim.claimId : undefined, at),
      ageMs: Math.max(0, started.clock.now - at),
    })
  }

  const order = (orderId: string, more: object = {}, at = started.clock.now) =>
    eventOf({
      name: 'Order Completed',
      at,
      properties: { order_id: orderId, total: 49.9, currency: 'EUR', ...more },
    })

  async function sendAsServer(events: WireEvent[]) {
    const secret = await started.server.account.createSecretKey(shop.id, ['events:write'])
    const body = batchOf(events, {
      key: secret,
      visitor: null,
      session: null,
      sentAt: started.clock.now,
    })
    const reply = await shop.post('/events', body)
    expect(reply.status).toBe(200)
  }

  it('counts what was seen, clicked and closed, each event once', async () => {
    const who = await openShop()
    const id = await shop.show()
    const claim = await shop.claim(who, id)
    const at = NOW
    const events = [
      shown(id, claim.isGranted ? claim.claimId : '', at),
      told('Experience Clicked', id, at, { what: 'Buy' }),
      told('Experience Clicked', id, at, { what: 'Buy' }),
      told('Experience Closed', id, at, { how: 'backdrop' }),
      told('Experience Closed', id, at, { how: 'gone' }),
    ]

    await shop.decideBy(who, events)
    await shop.decideBy(who, events)

    const figures = { ...NONE, impressions: 1, clicks: 2, closes: 1 }
    expect(await shop.results(id)).toEqual({
      ...figures,
      revenue: {},
      days: [{ dayOn: '2026-11-22', ...figures }],
    })
  })

  it('names experiences so that no event loses the name to redaction', async () => {
    await openShop()

    expect(await shop.show()).toMatch(/^\d{1,13}$/)
  })

  it('counts by the days of the shop', async () => {
    const who = await openShop()
    const zone = 'UPDATE shops SET time_zone = $1 WHERE id = $2'
    await rowsOf(started.db, zone, ['Asia/Ho_Chi_Minh', shop.id])
    const id = await shop.show({ frequency: { per: 'pageView' } })
    const midnight = Date.parse('2026-11-22T17:00:00Z')
    started.clock.now = midnight

    await shop.decideBy(who, [
      await shownTo(who, id, midnight - 1),
      await shownTo(who, id, midnight),
    ])

    const { days } = await shop.results(id)
    expect(days).toEqual([
      { ...NONE, dayOn: '2026-11-22', impressions: 1 },
      { ...NONE, dayOn: '2026-11-23', impressions: 1 },
    ])
  })

  it('counts those who cannot be told apart, and keeps nothing of them', async () => {
    const who = await openShop()
    const id = await shop.show()
    await shop.decideBy(who)
    const thief = { ...who, visitor: { ...who.visitor, token: newToken() } }

    await shop.decideBy(null, [shown(id, undefined, NOW), order('A-1')])
    await shop.decideBy(thief, [shown(id, undefined, NOW)])

    expect(await shop.results(id)).toMatchObject({ impressions: 2, conversions: 0 })
    const kept = 'SELECT 1 FROM impressions WHERE shop_id = $1'
    expect(await rowsOf(started.db, kept, [shop.id])).toEqual([])
  })

  it('counts a purchase once, with its money, as often as it is told', async () => {
    const who = await openShop()
    const id = await shop.show()
    await shop.see(who, id)

    await shop.decideBy(who, [order('A-1')])
    await shop.decideBy(who, [order('A-1'), order('A-2', { total: 10, currency: 'COP' })])

    expect(await shop.results(id)).toMatchObject({
      conversions: 2,
      revenue: { EUR: 4_990, COP: 1_000 },
      days: [{ conversions: 2 }],
    })
  })

  it('counts the impression and the purchase of one request', async () => {
    const who = await openShop()
    const id = await shop.show()

    await shop.decideBy(who, [await shownTo(who, id), order('A-1')])

    expect(await shop.results(id)).toMatchObject({ impressions: 1, conversions: 1 })
  })

  it('believes the shop’s own server where a browser has told of the order before', async () => {
    const who = await openShop()
    const id = await shop.show()
    await shop.see(who, id)
    const { now: at } = started.clock
    await shop.decideBy(who, [
      eventOf({ type: 'identify', userId: 'kim', at }),
      order('A-1', { total: 1 }),
    ])

    await sendAsServer([{ ...order('A-1', { total: 20 }), userId: 'kim' }])
    await sendAsServer([{ ...order('A-2', { total: 5 }), userId: 'kim' }])

    expect(await shop.results(id)).toMatchObject({ conversions: 2, revenue: { EUR: 2_500 } })
  })

  it.each([
    { what: 'within its days', days: 3 * DAY - 1, conversions: 1 },
    { what: 'no longer after them', days: 3 * DAY + 1, conversions: 0 },
  ])('counts a goal $what', async ({ days, conversions }) => {
    const who = await openShop()
    const id = await shop.show({ goal: { event: 'add_to_cart', withinDays: 3 } })
    await shop.see(who, id)

    started.clock.now += days
    const at = started.clock.now
    // Another spelling of the goal's name, which is the same event.
    await shop.decideBy(who, [eventOf({ name: 'Added Product', at })])

    expect(await shop.results(id)).toMatchObject({ conversions, revenue: {} })
  })

  it('counts no goal that was reached before, by another, or under another shop', async () => {
    const who = await openShop()
    const id = await shop.show({ goal: { event: 'Quiz Done', withinDays: 7 } })
    const quiz = () => eventOf({ name: 'Quiz Done', at: started.clock.now })
    await shop.decideBy(who, [quiz()])
    started.clock.now += 1_000

    await shop.see(who, id)
    await shop.decideBy(newTestVisitor(started.clock.now), [quiz()])

    expect(await shop.results(id)).toMatchObject({ impressions: 1, conversions: 0 })
  })

  it('counts a goal at another device of the same customer, after it was paused too', async () => {
    const who = await openShop()
    const id = await shop.show()
    await shop.see(who, id)
    const identify = () => eventOf({ type: 'identify', userId: 'sam', at: started.clock.now })
    await shop.decideBy(who, [identify()])
    await shop.change(id, { state: 'paused' })

    await shop.decideBy(newTestVisitor(), [identify(), order('B-1')])

    expect(await shop.results(id)).toMatchObject({ conversions: 1 })
  })

  it('counts an impression for the claim it was granted for, once, and for nobody else', async () => {
    const who = await openShop()
    const id = await shop.show({ frequency: { per: 'pageView' } })
    const other = newTestVisitor()
    await shop.decideBy(other)
    const seen = await shownTo(who, id)
    const again = () => eventOf({ ...seen, id: newToken() })
    started.clock.now += 60_000

    await shop.decideBy(other, [again()])
    await shop.decideBy(who, [seen, again()])
    await shop.decideBy(who, [again(), shown(id, 'made up', NOW), shown(id, undefined, NOW)])

    expect(await shop.results(id)).toMatchObject({ impressions: 1 })
    const kept = 'SELECT 1 FROM impressions WHERE shop_id = $1'
    expect(await rowsOf(started.db, kept, [shop.id])).toHaveLength(1)
  })

  it('counts what is said to be seen before it was made as seen today', async () => {
    const who = await openShop()
    const id = await shop.show()

    await shop.decideBy(who, [await shownTo(who, id, 1_000)])
    await shop.decideBy(null, [eventOf({ ...shown(id, undefined, 0), ageMs: NOW })])

    const { days } = await shop.results(id)
    expect(days).toEqual([{ ...NONE, dayOn: '2026-11-22', impressions: 2 }])
  })

  it('keeps two impressions of a day, and finds every goal by them', async () => {
    const who = await openShop()
    const frequency = { per: 'pageView' } as const
    const id = await shop.show({ frequency, goal: { event: 'Quiz Done', withinDays: 1 } })
    const HOUR = DAY / 24
    for (const hours of [0, 1, 2, 11]) {
      started.clock.now = NOW + hours * HOUR
      await shop.decideBy(who, [await shownTo(who, id)])
    }

    started.clock.now = NOW + DAY + 11 * HOUR
    // The first has waited long enough to be overtaken by an impression; the second is a day after the last.
    const quiz = (at: number) => eventOf({ name: 'Quiz Done', at, ageMs: started.clock.now - at })
    await shop.decideBy(who, [quiz(NOW + 1), quiz(NOW - 1)])
    await shop.decideBy(who, [quiz(started.clock.now), quiz(started.clock.now + 1)])

    expect(await shop.results(id)).toMatchObject({ impressions: 4, conversions: 2 })
    const kept = 'SELECT at FROM impressions WHERE shop_id = $1 ORDER BY at'
    const rows = await rowsOf<{ at: number }>(started.db, kept, [shop.id])
    expect(rows.map(({ at }) => at)).toEqual([NOW, NOW + 11 * HOUR])
  })

  it('counts a hundred orders for all that was seen, each once', async () => {
    const who = await openShop()
    const ids = []
    for (let i = 0; i < 10; i += 1) ids.push(await shop.show())
    await shop.decideBy(who, await Promise.all(ids.map((id) => shownTo(who, id))))
    const orders = Array.from({ length: 100 }, (_, i) => order(`A-${i}`, { total: 1 }))

    await shop.decideBy(who, orders)

    for (const id of ids) {
      expect(await shop.results(id)).toMatchObject({ conversions: 100, revenue: { EUR: 10_000 } })
    }
  })

  it('adds up any money, and believes no browser beyond all measure', async () => {
    const who = await openShop()
    const id = await shop.show()
    await shop.see(who, id)
    const at = started.clock.now
    await shop.decideBy(who, [eventOf({ type: 'identify', userId: 'max', at })])

    await shop.decideBy(who, [order('A-1', { total: 90_071_992_547_409 }), order('A-2')])
    const most = { total: 90_071_992_547_409, currency: 'USD' }
    for (let from = 0; from < 1_100; from += 100) {
      const orders = Array.from({ length: 100 }, (_, i) => order(`B-${from + i}`, most))
      await sendAsServer(orders.map((one) => ({ ...one, userId: 'max' })))
    }

    const { revenue, conversions } = await shop.results(id)
    expect(conversions).toBe(1_102)
    expect(revenue['EUR']).toBe(4_990)
    expect(revenue['USD']).toBeCloseTo(9.907_919_18e18, -15)
  })

  it.each([
    { what: 'whoever the browser’s was', event: {}, revenue: { EUR: 8_000 } },
    { what: 'that came to nothing', event: { name: 'Order Cancelled' }, revenue: { EUR: 0 } },
    {
      what: 'that was paid back in part',
      event: { name: 'Order Refunded', properties: { order_id: 'A-1', total: 9 } },
      revenue: { EUR: 8_000 },
    },
  ])('believes the shop’s own server of an order $what', async ({ event, revenue }) => {
    const who = await openShop()
    const id = await shop.show()
    await shop.see(who, id)
    await shop.decideBy(who, [order('A-1', { total: 100 })])

    // Of a customer whose browser nobody knows.
    await sendAsServer([{ ...order('A-1', { total: 80 }), userId: 'ida' }])
    const { total: _total, ...properties } = { ...order('A-1').properties, total: 0 }
    await sendAsServer([{ ...order('A-1', { total: 80 }), properties, ...event, userId: 'ida' }])

    expect(await shop.results(id)).toMatchObject({ conversions: 1, revenue })
  })

  it('takes no browser’s word for what became of an order', async () => {
    const who = await openShop()
    const id = await shop.show()
    await shop.see(who, id)
    await shop.decideBy(who, [order('A-1')])

    await shop.decideBy(newTestVisitor(), [
      eventOf({ name: 'Order Cancelled', properties: { order_id: 'A-1' } }),
    ])

    expect(await shop.results(id)).toMatchObject({ revenue: { EUR: 4_990 } })
  })

  it('takes no event for an experience that it is not', async () => {
    const who = await openShop()
    const others = await shop.show()
    const first = shop
    await openShop()
    const own = await shop.show()

    await shop.decideBy(who, [
      shown(others, undefined, NOW),
      shown('4711', undefined, NOW),
      shown('__proto__', 'no-claim', NOW),
      eventOf({ name: 'Experience Shown', properties: { experience_id: { is: own } } }),
      eventOf({ name: 'Experience Shown' }),
      eventOf({ ...shown(own, undefined, NOW), type: 'page' }),
    ])

    expect(await first.results(others)).toMatchObject({ impressions: 0 })
    expect(await shop.results(own)).toMatchObject({ impressions: 0 })
  })

  it('takes no claim of another’s for its own', async () => {
    const who = await openShop()
    const id = await shop.show()
    const other = newTestVisitor()
    await shop.decideBy(other)
    const claim = await shop.claim(who, id)

    await shop.decideBy(other, [shown(id, claim.isGranted ? claim.claimId : '', NOW)])
    started.clock.now += 30_000

    // Nothing of the claim's own was seen: its lease has run out.
    expect(await shop.claim(who, id)).toMatchObject({ isGranted: true })
    expect(await shop.claim(other, id)).toEqual({ isGranted: false, reason: 'frequency' })
  })

  it('adds up what many tabs and servers tell at once', async () => {
    await openShop()
    const [one, two] = [await shop.show(), await shop.show()]

    await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        const who = newTestVisitor()
        const both = [await shownTo(who, one), await shownTo(who, two)]
        await shop.decideBy(who, i % 2 === 0 ? both : both.toReversed())
      }),
    )

    expect(await shop.results(one)).toMatchObject({ impressions: 30 })
    expect(await shop.results(two)).toMatchObject({ impressions: 30 })
  })

  it('stores the events that name an experience which is gone', async () => {
    const who = await openShop()
    const id = await shop.show()
    await shop.see(who, id)
    await shop.ask('DELETE', `/experiences/${id}`)

    const decisions = await shop.decideBy(who, [shown(id, undefined, NOW), order('C-1')])

    expect(decisions).toEqual({ epoch: 0, active: [] })
  })
})
