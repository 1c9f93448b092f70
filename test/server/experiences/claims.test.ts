import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExperienceInput } from '#protocol/experiences.ts'
import {
  newTestVisitor,
  startAudienceServer,
  type AudienceServer,
} from '../../support/audience-server.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import {
  openExperienceShop,
  shown,
  told,
  type ExperienceShop,
} from '../../support/experience-server.ts'
import {
  BROWSER,
  DENIED,
  eventOf,
  GRANTED as CONSENT,
  newToken,
  newVisitor,
  NOW,
} from '../../support/ingestion.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const LEASE = 30_000

eachDatabase('claims', (fresh) => {
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

  /** A shop of its own, and a visitor who has been there. */
  async function visited() {
    const { id } = await started.newShop()
    shop = await openExperienceShop(started.server, id, started.clock)
    return come()
  }

  async function come(changes: object = {}) {
    const who = { ...newTestVisitor(started.clock.now), ...changes }
    await shop.decideBy(who)
    return who
  }

  /** At a browser of its own, the same person. */
  async function comeAs(userId: string) {
    const who = newTestVisitor(started.clock.now)
    const at = started.clock.now
    await shop.decideBy(who, [eventOf({ type: 'identify', userId, at })])
    return who
  }

  const GRANTED = { isGranted: true }
  const refusal = (reason: string) => ({ isGranted: false, reason })

  it('grants one of ten tabs and two devices of one customer', async () => {
    await visited()
    const id = await shop.show()
    const devices = [await comeAs('lea'), await comeAs('lea')]
    const tabs = [...Array(10).keys()].map((i) => devices[i % 2] ?? newTestVisitor())

    const answers = await Promise.all(tabs.map((who) => shop.claim(who, id)))

    expect(answers.filter(({ isGranted }) => isGranted)).toHaveLength(1)
    expect(answers.filter((one) => !one.isGranted && one.reason === 'frequency')).toHaveLength(9)
  })

  it('grants no more than so many times, at once or one after the other', async () => {
    const who = await visited()
    const id = await shop.show({ frequency: { per: 'day', times: 3 } })

    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => shop.claim(who, id)))
    const later = await shop.claim(who, id)

    expect(answers.filter(({ isGranted }) => isGranted)).toHaveLength(3)
    expect(later).toEqual(refusal('frequency'))
  })

  it('gives a number back when nothing was seen within the lease', async () => {
    const who = await visited()
    const id = await shop.show()

    const first = await shop.claim(who, id)
    const meanwhile = await shop.claim(who, id)
    started.clock.now += LEASE
    const again = await shop.claim(who, id)

    expect(first).toMatchObject({ isGranted: true, leaseMs: LEASE })
    expect(meanwhile).toEqual(refusal('frequency'))
    expect(again).toMatchObject(GRANTED)
  })

  it('keeps what was seen, however long ago', async () => {
    const who = await visited()
    const id = await shop.show()

    await shop.see(who, id)
    started.clock.now += 400 * DAY
    const again = await shop.claim(who, id)

    expect(again).toEqual(refusal('frequency'))
  })

  it('keeps what was seen after its lease had run out', async () => {
    const who = await visited()
    const id = await shop.show()

    const claim = await shop.claim(who, id)
    const claimId = claim.isGranted ? claim.claimId : ''
    started.clock.now += LEASE + 1
    await shop.decideBy(who, [shown(id, claimId, started.clock.now)])
    const again = await shop.claim(who, id)

    expect(again).toEqual(refusal('frequency'))
  })

  it('keeps what was seen when another tab has taken the number meanwhile', async () => {
    const who = await visited()
    const id = await shop.show({ frequency: { per: 'ever', times: 2 } })
    const late = await shop.claim(who, id)
    started.clock.now += LEASE + 1
    await shop.claim(who, id)

    await shop.decideBy(who, [shown(id, late.isGranted ? late.claimId : '', started.clock.now)])
    const third = await shop.claim(who, id)

    expect(third).toEqual(refusal('frequency'))
  })

  describe.each([
    { per: 'day', last: '2026-11-28T04:59:59.999Z', next: '2026-11-28T05:00:00Z' },
    // Monday comes at midnight of the shop, not of Greenwich.
    { per: 'week', last: '2026-11-30T04:59:59.999Z', next: '2026-11-30T05:00:00Z' },
    { per: 'month', last: '2026-12-01T04:59:59.999Z', next: '2026-12-01T05:00:00Z' },
  ] as const)('once a $per', ({ per, last, next }) => {
    it('begins anew with the one that follows, by the clock of the shop', async () => {
      started.clock.now = Date.parse('2026-11-27T15:00:00Z')
      const who = await visited()
      await setZone('America/Bogota')
      const id = await shop.show({ frequency: { per } })
      const before = await shop.see(who, id)

      started.clock.now = Date.parse(last)
      const atTheEnd = await shop.claim(who, id)
      const { reconsiderAt, active } = await shop.decideBy(who)
      started.clock.now = Date.parse(next)
      const after = await shop.claim(who, id)

      expect([before, atTheEnd, after]).toMatchObject([GRANTED, refusal('frequency'), GRANTED])
      expect(active).toEqual([])
      expect(reconsiderAt).toBe(Date.parse(next))
      started.clock.now = NOW
    })
  })

  it.each([
    { what: '23', from: '2026-03-28T23:30:00Z', to: '2026-03-29T22:00:00Z' },
    { what: '25', from: '2026-10-24T22:30:00Z', to: '2026-10-25T23:00:00Z' },
  ])('counts a day of $what hours as one', async ({ from, to }) => {
    started.clock.now = Date.parse(from)
    const who = await visited()
    await setZone('Europe/Madrid')
    const id = await shop.show({ frequency: { per: 'day' } })
    await shop.see(who, id)

    started.clock.now = Date.parse(to) - 1
    const atTheEnd = await shop.claim(who, id)
    started.clock.now = Date.parse(to)
    const after = await shop.claim(who, id)

    expect([atTheEnd, after]).toMatchObject([refusal('frequency'), GRANTED])
    started.clock.now = NOW
  })

  async function setZone(timeZone: string) {
    await rowsOf(started.db, 'UPDATE shops SET time_zone = $1 WHERE id = $2', [timeZone, shop.id])
  }

  it('counts by session and by page view', async () => {
    const who = await visited()
    const perSession = await shop.show({ frequency: { per: 'session' } })
    const perView = await shop.show({ frequency: { per: 'pageView' } })
    const pageViewId = randomUUID()
    await shop.see(who, perSession)

    const inSession = await shop.claim(who, perSession)
    started.clock.now += HOUR
    const next = await come({ visitor: who.visitor })
    const views = [
      await shop.claim(who, perView, { pageViewId }),
      await shop.claim(who, perView, { pageViewId }),
      await shop.claim(who, perView),
    ]

    expect(inSession).toEqual(refusal('frequency'))
    expect(await shop.claim(next, perSession)).toMatchObject(GRANTED)
    expect(views).toMatchObject([GRANTED, refusal('frequency'), GRANTED])
  })

  it('forgets page views that are long over, and keeps the last', async () => {
    const who = await visited()
    const id = await shop.show({ frequency: { per: 'pageView' } })
    for (const wait of [0, 0, DAY + 1]) {
      started.clock.now += wait
      await shop.see(who, id)
    }

    const kept = 'SELECT spent_at FROM frequency_claims WHERE shop_id = $1'
    expect(await rowsOf(started.db, kept, [shop.id])).toEqual([{ spent_at: started.clock.now }])
  })

  it('forgets page views that were never seen, but for the last few', async () => {
    const who = await visited()
    const id = await shop.show({ frequency: { per: 'pageView' } })
    for (let i = 0; i < 25; i += 1) {
      await shop.claim(who, id)
      started.clock.now += LEASE
    }

    const kept = 'SELECT 1 FROM frequency_claims WHERE shop_id = $1'
    // Those whose lease had run out, and the one that was granted last.
    expect(await rowsOf(started.db, kept, [shop.id])).toHaveLength(21)
  })

  it('refuses what is not running', async () => {
    const who = await visited()
    const { now } = started.clock
    const ids = [
      await shop.show({ state: 'paused' }),
      await shop.show({ state: 'draft' }),
      await shop.show({ startsAt: now + 1 }),
      await shop.show({ endsAt: now }),
      '4711',
      'nonsense',
    ]
    const running = await shop.show()

    const answers = await Promise.all(ids.map((id) => shop.claim(who, id)))
    await shop.set({ isOn: false })
    const off = await shop.claim(who, running)

    expect([...answers, off]).toEqual(ids.concat(running).map(() => refusal('not_active')))
  })

  it('grants nothing of another shop', async () => {
    await visited()
    const id = await shop.show()
    const stranger = await visited()

    expect(await shop.claim(stranger, id)).toEqual(refusal('not_active'))
  })

  it('grants nothing to who has not the token, nor lets it take a number', async () => {
    const who = await visited()
    const id = await shop.show()
    const thief = { ...who, visitor: { ...who.visitor, token: newToken() } }

    expect(await shop.claim(thief, id)).toEqual(refusal('not_active'))
    expect(await shop.claim(who, id)).toMatchObject(GRANTED)
  })

  it('takes the token that waits for its first use', async () => {
    const who = await visited()
    const id = await shop.show()
    const nextToken = newToken()
    await shop.decideBy({ ...who, visitor: { ...who.visitor, nextToken } as never })

    const answer = await shop.claim(
      { ...who, visitor: { id: who.visitor.id, token: nextToken } },
      id,
    )

    expect(answer).toMatchObject(GRANTED)
  })

  it('knows a visitor by its first claim, if that comes before its events', async () => {
    await visited()
    const id = await shop.show()
    const who = newTestVisitor(started.clock.now)

    const answers = await Promise.all([shop.claim(who, id), shop.claim(who, id)])
    const thief = { ...who, visitor: { ...who.visitor, token: newToken() } }

    expect(answers.filter(({ isGranted }) => isGranted)).toHaveLength(1)
    expect(await shop.claim(thief, id)).toEqual(refusal('not_active'))
  })

  it('knows a visitor by the cookie of a page of ours, and of no other', async () => {
    const who = await visited()
    const id = await shop.show()
    const byCookie = async (origin: string) => {
      const reply = await fetch(`${started.server.url}/v1/claims`, {
        method: 'POST',
        headers: {
          'content-type': 'text/plain',
          'user-agent': BROWSER,
          cookie: `gp_visitor=${who.visitor.id}.${who.visitor.token}`,
          origin,
        },
        body: JSON.stringify({
          key: shop.key,
          visitor: { cookie: true },
          session: who.session,
          consent: CONSENT,
          experienceId: id,
          variantId: 'a',
          pageViewId: randomUUID(),
        }),
      })
      return reply.json()
    }

    const forged = await byCookie('https://evil.example')
    const own = await byCookie(started.server.url)
    const again = await byCookie(started.server.url)

    // Granted to nobody in particular: the visitor's number is still there.
    expect([forged, own, again]).toMatchObject([GRANTED, GRANTED, refusal('frequency')])
    expect(await shop.claim(who, id)).toEqual(refusal('frequency'))
  })

  it('keeps nothing of who has not consented, and counts on the page alone', async () => {
    const who = await visited()
    const id = await shop.show()

    const answers = [
      await shop.claim(null, id),
      await shop.claim(null, id),
      await shop.claim({ ...who, visitor: newVisitor() }, id, { consent: DENIED }),
    ]

    expect(answers).toMatchObject([GRANTED, GRANTED, GRANTED])
    const kept = 'SELECT 1 FROM frequency_claims WHERE shop_id = $1'
    expect(await rowsOf(started.db, kept, [shop.id])).toEqual([])
  })

  it.each([
    { what: 'closing', event: 'Experience Closed', how: 'escape' },
    { what: 'converting', event: 'Order Completed', how: '' },
  ] as const)('ends for somebody after $what, where that is said', async ({ what, event, how }) => {
    const who = await visited()
    const frequency = { per: 'pageView', times: 100 } as const
    const ends = await shop.show({ frequency: { ...frequency, stopAfter: [what] } })
    const goesOn = await shop.show({ frequency })
    await shop.see(who, ends)
    await shop.see(who, goesOn)
    const at = started.clock.now

    await shop.decideBy(
      who,
      [ends, goesOn].map((id) => told(event, id, at, { how, order_id: randomUUID() })),
    )

    expect(await shop.claim(who, ends)).toEqual(refusal('stopped'))
    expect(await shop.claim(who, goesOn)).toMatchObject(GRANTED)
    const { active } = await shop.decideBy(who)
    expect(active.map(({ experienceId }) => experienceId)).toEqual([goesOn])
  })

  it('goes on after the page itself has closed it', async () => {
    const who = await visited()
    const id = await shop.show({ frequency: { per: 'pageView', stopAfter: ['closing'] } })
    await shop.see(who, id)
    const at = started.clock.now

    await shop.decideBy(who, [
      told('Experience Closed', id, at, { how: 'command' }),
      told('Experience Closed', id, at, { how: 'gone' }),
    ])

    expect(await shop.claim(who, id)).toMatchObject(GRANTED)
  })

  it('keeps its distance from another, seen or about to be', async () => {
    const who = await visited()
    const first = await shop.show()
    const second = await shop.show({ frequency: { per: 'pageView', gapSeconds: 60 } })

    await shop.claim(who, first)
    const aboutTo = await shop.claim(who, second)
    started.clock.now += LEASE
    const seen = await shop.see(who, first)
    started.clock.now += 59_999
    const soon = await shop.claim(who, second)
    started.clock.now += 1
    const late = await shop.claim(who, second)

    expect([aboutTo, seen, soon, late]).toMatchObject([
      refusal('too_soon'),
      GRANTED,
      refusal('too_soon'),
      GRANTED,
    ])
  })

  it('interrupts nobody more often than the shop allows', async () => {
    const who = await visited()
    await shop.set({ perSession: 2, gapSeconds: 10 })
    const frequency = { per: 'pageView' } as const
    const content: ExperienceInput['content'] = {
      layout: { kind: 'bar', edge: 'top' },
      design: { kind: 'blocks', blocks: [{ kind: 'heading', text: 'Bar' }] },
    }
    const bar = await shop.show({ frequency, content })
    const modal = await shop.show({ frequency })
    await shop.see(who, bar)
    await shop.see(who, modal)

    const soon = await shop.claim(who, modal)
    started.clock.now += 10_000
    const second = await shop.see(who, modal)
    started.clock.now += 10_000
    const third = await shop.claim(who, modal)
    const barStill = await shop.claim(who, bar)
    const next = await come({ visitor: who.visitor })
    const inNext = await shop.claim(next, modal)

    expect([soon, second, third, barStill, inNext]).toMatchObject([
      refusal('too_soon'),
      GRANTED,
      refusal('too_soon'),
      GRANTED,
      GRANTED,
    ])
  })

  it('takes along what a visitor was shown when it signs in', async () => {
    const who = await visited()
    const id = await shop.show()
    const other = await shop.show({ frequency: { per: 'ever', stopAfter: ['closing'], times: 9 } })
    await shop.see(who, id)
    await shop.decideBy(who, [
      told('Experience Closed', other, started.clock.now, { how: 'button' }),
      eventOf({ type: 'identify', userId: 'ann', at: started.clock.now }),
    ])

    const elsewhere = await comeAs('ann')

    expect(await shop.claim(elsewhere, id)).toEqual(refusal('frequency'))
    expect(await shop.claim(elsewhere, other)).toEqual(refusal('stopped'))
    expect(await shop.claim(who, id)).toEqual(refusal('frequency'))
  })

  it('takes a claim along that is spent after signing in', async () => {
    const who = await visited()
    const id = await shop.show()
    const elsewhere = await comeAs('bob')
    const claim = await shop.claim(who, id)

    const { now: at } = started.clock
    await shop.decideBy(who, [eventOf({ type: 'identify', userId: 'bob', at })])
    const meanwhile = await shop.claim(elsewhere, id)
    await shop.decideBy(who, [shown(id, claim.isGranted ? claim.claimId : '', at)])
    started.clock.now += LEASE
    const later = await shop.claim(elsewhere, id)

    expect([meanwhile, later]).toEqual([refusal('frequency'), refusal('frequency')])
  })

  it('keeps its distance from what was seen last, when two turn out to be one', async () => {
    await visited()
    await shop.set({ gapSeconds: 3_600, perSession: 1 })
    const once = await shop.show()
    const other = await shop.show()
    const known = await comeAs('bob')
    await shop.see(known, once)
    started.clock.now += 2 * DAY
    const who = await come()
    await shop.see(who, once)

    const before = await shop.claim(who, other)
    const at = started.clock.now
    await shop.decideBy(who, [eventOf({ type: 'identify', userId: 'bob', at })])
    const after = await shop.claim(who, other)
    started.clock.now += HOUR + 1
    const inSession = await shop.claim(who, other)

    expect([before, after, inSession]).toEqual(Array(3).fill(refusal('too_soon')))
  })

  it('settles what both were shown when two turn out to be one', async () => {
    const who = await visited()
    const once = await shop.show()
    const thrice = await shop.show({ frequency: { per: 'ever', times: 3 } })
    const elsewhere = await comeAs('eve')
    for (const one of [who, elsewhere]) {
      await shop.see(one, once)
      await shop.see(one, thrice)
    }

    await shop.decideBy(who, [eventOf({ type: 'identify', userId: 'eve', at: started.clock.now })])

    expect(await shop.claim(who, once)).toEqual(refusal('frequency'))
    expect(await shop.see(who, thrice)).toMatchObject(GRANTED)
    expect(await shop.claim(elsewhere, thrice)).toEqual(refusal('frequency'))
  })

  it('settles it as well when a server of the shop makes one of two customers', async () => {
    await visited()
    const id = await shop.show()
    const first = await comeAs('one')
    const second = await comeAs('two')
    await shop.see(first, id)

    const merged = await shop.ask('POST', '/customer-merges', {
      from: { userId: 'one' },
      into: { userId: 'two' },
    })

    expect(merged.status).toBeLessThan(300)
    expect(await shop.claim(second, id)).toEqual(refusal('frequency'))
  })

  it('takes along what a tab was shown before it adopted another tab’s identity', async () => {
    const loser = await visited()
    const id = await shop.show({ frequency: { per: 'session' } })
    const winner = await come()
    await shop.see(loser, id)

    const session = loser.session
    await shop.decideBy({ visitor: winner.visitor, session }, undefined, {
      visitor: { ...winner.visitor, formerly: loser.visitor },
    })

    expect(await shop.claim({ visitor: winner.visitor, session }, id)).toEqual(refusal('frequency'))
  })

  it('refuses what is no claim', async () => {
    await visited()

    const replies = [
      await shop.post('/claims', { key: shop.key }),
      await shop.post('/claims', '{'),
      await shop.post('/claims', { key: 'pub_none', visitor: null }),
    ]

    expect(replies.map(({ status }) => status)).toEqual([400, 400, 400])
  })
})

eachDatabase('claims at two servers', (fresh, dialect) => {
  let database: FreshDatabase
  let started: AudienceServer
  let second: TestServer | undefined
  beforeAll(async () => {
    database = await fresh()
    started = await startAudienceServer(database)
    // On SQLite there is one server a file.
    if (dialect === 'postgres') {
      const { url: databaseUrl } = database.address
      second = await startServer({ databaseUrl, now: () => started.clock.now })
    }
  })
  afterAll(async () => {
    await second?.stop()
    await started.stop()
    await database.remove()
  })

  /** One shop, as each of the servers answers it, and two devices that have been there. */
  async function openShops() {
    const { id } = await started.newShop()
    const { now } = started.clock
    const shops = [
      await openExperienceShop(started.server, id, started.clock),
      await openExperienceShop(second ?? started.server, id, started.clock),
    ] as const
    const devices = [newTestVisitor(now), newTestVisitor(now)] as const
    for (const who of devices) await shops[0].decideBy(who)
    return { shopId: id, shops, devices }
  }

  const identify = (userId: string) => eventOf({ type: 'identify', userId, at: started.clock.now })

  it('grants one of ten tabs and two devices', async () => {
    const { shops, devices } = await openShops()
    const id = await shops[0].show()
    for (const who of devices) await shops[1].decideBy(who, [identify('max')])

    const answers = await Promise.all(
      devices.flatMap((who) =>
        shops.flatMap((shop) => [1, 2, 3, 4, 5].map(() => shop.claim(who, id))),
      ),
    )

    expect(answers.filter(({ isGranted }) => isGranted)).toHaveLength(1)
  })

  it('keeps one number of two that were taken before both were known to be one', async () => {
    for (const userId of ['a', 'b', 'c']) {
      const { shopId, shops, devices } = await openShops()
      const id = await shops[0].show()
      await shops[0].decideBy(devices[0], [identify(userId)])

      const claims = Promise.all(devices.flatMap((who) => shops.map((shop) => shop.claim(who, id))))
      await shops[1].decideBy(devices[1], [identify(userId)])
      const granted = (await claims).filter(({ isGranted }) => isGranted)

      expect(granted.length).toBeGreaterThan(0)
      expect(granted.length).toBeLessThanOrEqual(2)
      const kept = 'SELECT number FROM frequency_claims WHERE shop_id = $1'
      expect(await rowsOf(started.db, kept, [shopId])).toHaveLength(1)
    }
  })
})
