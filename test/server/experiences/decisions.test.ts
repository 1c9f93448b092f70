import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Decisions, ExperienceInput } from '#protocol/experiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import {
  did,
  happened,
  newTestVisitor,
  startAudienceServer,
  type AudienceServer,
} from '../../support/audience-server.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { openExperienceShop, shown, type ExperienceShop } from '../../support/experience-server.ts'
import { batchOf, DENIED, eventOf, GRANTED, newToken, NOW } from '../../support/ingestion.ts'

const HOUR = 3_600_000

eachDatabase('decisions', (fresh) => {
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
  }

  const ids = ({ active }: Decisions) => active.map(({ experienceId }) => experienceId)
  const path = (value: string): Condition =>
    ({ kind: 'page', field: 'path', test: { op: 'starts', value } }) as Condition
  const pageAt = (url: string, at = started.clock.now) =>
    eventOf({ type: 'page', at, page: { url, referrer: '', title: '' } })

  it('tells nothing to a shop that has none', async () => {
    await openShop()

    expect(await shop.decideBy(newTestVisitor())).toEqual({ epoch: 0, active: [] })
    expect((await shop.decisions(newTestVisitor())).decisions).toEqual({ epoch: 0, active: [] })
  })

  it('shows what asks for consent to those alone who have not chosen', async () => {
    await openShop()
    const asking = await shop.show({ targeting: { kind: 'consentChoice', is: 'open' } })
    const chosen = await shop.show({ targeting: { kind: 'consentChoice', is: 'made' } })

    expect(ids(await shop.decideBy(null))).toEqual([asking])
    expect(ids(await shop.decideBy(null, undefined, { consent: DENIED }))).toEqual([chosen])
    expect(ids(await shop.decideBy(newTestVisitor()))).toEqual([chosen])
    expect(await shop.claim(null, asking)).toMatchObject({ isGranted: true })
  })

  it('answers the event that makes a condition true, with all that may be shown', async () => {
    await openShop()
    const always = await shop.show({ key: 'always', frequency: { per: 'session' } })
    const afterCart = await shop.show({ targeting: did('Product Added'), priority: 9 })
    const who = newTestVisitor()

    const before = await shop.decideBy(who)
    const after = await shop.decideBy(who, [happened('add_to_cart', { product_id: 'mug' })])
    const later = await shop.decideBy(who)

    expect(ids(before)).toEqual([always])
    expect(before.active[0]).toMatchObject({
      key: 'always',
      kind: 'popup',
      variantId: 'a',
      priority: 0,
      triggers: [{ on: 'load' }],
      frequency: { per: 'session', times: 1, stopAfter: [], gapSeconds: 0 },
      content: { layout: { kind: 'modal' }, canClose: true },
    })
    expect(ids(after)).toEqual([afterCart, always])
    expect(ids(later)).toEqual([afterCart, always])
    expect(after.epoch).toBe(before.epoch)
    expect(after.epoch).toBeGreaterThan(0)
  })

  it('shows the greatest priorities, at most ten', async () => {
    await openShop()
    const made: { readonly id: string; readonly priority: number }[] = []
    for (const priority of [5, 1, 12, 3, 7, 9, 2, 8, 4, 11, 6, 10]) {
      made.push({ id: await shop.show({ priority }), priority })
    }

    const shown = ids(await shop.decideBy(newTestVisitor()))

    const best = made.toSorted((a, b) => b.priority - a.priority).slice(0, 10)
    expect(shown).toEqual(best.map(({ id }) => id))
  })

  it('knows the page, in events and in a question of its own, and that of no other', async () => {
    await openShop()
    const id = await shop.show({ targeting: path('/sale') })
    const who = newTestVisitor()
    const sale = { url: 'https://shop.example/sale', referrer: '', title: '' }

    const there = await shop.decideBy(who, [pageAt(sale.url)])
    const asked = await shop.decisions(who, { page: sale })
    const elsewhere = await shop.decideBy(who, [pageAt('https://shop.example/')])
    const askedElsewhere = await shop.decisions(who)

    expect([ids(there), ids(asked.decisions)]).toEqual([[id], [id]])
    expect([ids(elsewhere), ids(askedElsewhere.decisions)]).toEqual([[], []])
    expect(asked.now).toBe(started.clock.now)
  })

  it('says when the schedule or a window of time changes the answer, and changes it then', async () => {
    await openShop()
    const soon = await shop.show({ startsAt: NOW + 2 * HOUR, endsAt: NOW + 3 * HOUR })
    const recently = await shop.show({
      targeting: did('Product Viewed', 1, { last: 1, unit: 'hours' }),
    })
    const who = newTestVisitor()

    const first = await shop.decideBy(who, [happened('Product Viewed')])
    started.clock.now = first.reconsiderAt ?? 0
    const second = (await shop.decisions(who)).decisions
    started.clock.now = second.reconsiderAt ?? 0
    const third = (await shop.decisions(who)).decisions
    started.clock.now = third.reconsiderAt ?? 0
    const fourth = (await shop.decisions(who)).decisions

    expect([first, second, third, fourth].map(ids)).toEqual([[recently], [], [soon], []])
    expect(third.reconsiderAt).toBe(NOW + 3 * HOUR)
    expect(fourth.reconsiderAt).toBeUndefined()
  })

  it('shows nothing while the shop has switched all off, and forgets nothing of it', async () => {
    await openShop()
    const id = await shop.show()
    const who = newTestVisitor()
    const on = await shop.decideBy(who)

    await shop.set({ isOn: false })
    const off = await shop.decideBy(who)
    await shop.set({ isOn: true })
    const onAgain = await shop.decideBy(who)

    expect([on, off, onAgain].map(ids)).toEqual([[id], [], [id]])
    expect(off.epoch).toBeGreaterThan(on.epoch)
  })

  it('follows every change of an experience at once', async () => {
    await openShop()
    const id = await shop.show()
    const who = newTestVisitor()
    const before = await shop.decideBy(who)

    await shop.change(id, { priority: 3 })
    const changed = await shop.decideBy(who)
    await shop.change(id, { state: 'paused' })
    const paused = await shop.decideBy(who)

    expect(before.active).toMatchObject([{ priority: 0 }])
    expect(changed.active).toMatchObject([{ priority: 3 }])
    expect(paused).toEqual({ epoch: 0, active: [] })
  })

  it('asks audiences as the commit has left them', async () => {
    await openShop()
    const audience = await shop.create(did('Product Viewed', 2))
    const id = await shop.show({
      targeting: { kind: 'audience', audienceId: audience.id } as Condition,
    })
    const who = newTestVisitor()

    const once = await shop.decideBy(who, [happened('Product Viewed')])
    const twice = await shop.decideBy(who, [happened('Product Viewed')])
    const { decisions: asked } = await shop.decisions(who)

    expect([once, twice, asked].map(ids)).toEqual([[], [id], [id]])
    expect(once.watch).toContain('view_item')
  })

  it('leaves out what somebody has seen as often as they may', async () => {
    await openShop()
    const once = await shop.show()
    const twice = await shop.show({ frequency: { per: 'ever', times: 2 } })
    const who = newTestVisitor()
    await shop.decideBy(who)

    const claim = await shop.claim(who, once)
    const leased = await shop.decideBy(who)
    await shop.see(who, twice)
    const seen = await shop.decideBy(who, [
      shown(once, claim.isGranted ? claim.claimId : '', started.clock.now),
    ])

    // What is only claimed may still come to nothing.
    expect(ids(leased).toSorted()).toEqual([once, twice].toSorted())
    expect(ids(seen)).toEqual([twice])
  })

  it('tells what is known of the session and the cart', async () => {
    await openShop()
    await shop.show({ triggers: [{ on: 'cartValue', amount: 1, currency: 'EUR' }] })
    const who = newTestVisitor()
    const product = (n: number, more = {}) => ({
      product_id: `p${n}`,
      name: `Mug ${n}`,
      price: 10,
      currency: 'EUR',
      quantity: 2,
      ...more,
    })

    await shop.decideBy(who, [pageAt('https://shop.example/')])
    const links = {
      url: ['javascript', 'alert(1)'].join(':'),
      image_url: 'https://shop.example/m.svg',
    }
    const { known, watch } = await shop.decideBy(who, [
      pageAt('https://shop.example/a'),
      ...[1, 2, 3, 4, 5].map((n) => happened('Product Added', product(n), NOW - 9 + n, NOW)),
      happened('Product Added', product(6, links)),
    ])

    expect(known).toMatchObject({
      pages: 2,
      cart: { quantity: 12, total: { amount: 12_000, currency: 'EUR' } },
    })
    expect(known?.cart?.items.map(({ id }) => id)).toEqual(['p6', 'p5', 'p4', 'p3', 'p2'])
    expect(known?.cart?.items[0]).toMatchObject({ imageUrl: 'https://shop.example/m.svg' })
    expect(known?.cart?.items[0]).not.toHaveProperty('url')
    expect(watch).toEqual(expect.arrayContaining(['Product Added', 'add_to_cart', 'purchase']))
  })

  it('watches the events of conditions and triggers under the names that pages use', async () => {
    await openShop()
    const trigger = { on: 'event', name: 'spun_the_wheel' } as const
    await shop.show({ targeting: did('Quiz Done'), triggers: [trigger] })
    await shop.show({ targeting: did('Order Completed') })
    await shop.show({ targeting: did('Draft Only'), state: 'paused' })

    const { watch = [] } = await shop.decideBy(newTestVisitor())

    expect(watch.toSorted()).toEqual(
      ['Completed Order', 'Order Completed', 'Quiz Done', 'purchase', 'spun_the_wheel'].toSorted(),
    )
  })

  it('sees this request alone where nobody consented', async () => {
    await openShop()
    const there = await shop.show({ targeting: path('/sale') })
    const added = await shop.show({ targeting: did('Product Added') })
    const before = await shop.show({ targeting: did('Product Added', 2) })
    const phones = await shop.show({
      targeting: {
        kind: 'device',
        field: 'class',
        test: { op: 'equals', value: 'phone' },
      } as Condition,
    })
    const add = () => happened('Product Added', { product_id: 'mug' })

    const anonymous = await shop.decideBy(null, [add(), pageAt('https://shop.example/sale')])
    const who = newTestVisitor()
    await shop.decideBy(who, [add(), add()])
    const denied = await shop.decideBy(who, [add()], { consent: DENIED })

    expect(ids(anonymous).toSorted()).toEqual([there, added, phones].toSorted())
    expect(anonymous.known).toEqual({ pages: 1, cart: { quantity: 1, items: expect.anything() } })
    expect(ids(denied)).not.toContain(before)
  })

  it('tells nobody without the token what the visitor did', async () => {
    await openShop()
    const id = await shop.show({ targeting: did('Secret Thing') })
    const who = newTestVisitor()
    const thief = { ...who, visitor: { ...who.visitor, token: newToken() } }
    await shop.decideBy(who, [
      happened('Secret Thing'),
      happened('Product Added', { product_id: 'x' }),
    ])

    const stolen = await shop.decideBy(thief)
    const asked = await shop.decisions(thief)
    const own = await shop.decisions(who)

    expect([ids(stolen), ids(asked.decisions)]).toEqual([[], []])
    expect(stolen.known).toEqual({ pages: 1 })
    expect(asked.decisions.known).not.toHaveProperty('cart')
    expect(ids(own.decisions)).toEqual([id])
    expect(own.decisions.known).toHaveProperty('cart')
  })

  it('tells of a customer only where it was proven who that is', async () => {
    await openShop()
    const greeting: ExperienceInput['content'] = {
      layout: { kind: 'modal' },
      design: { kind: 'blocks', blocks: [{ kind: 'heading', text: 'Hi {{firstName|you}}' }] },
    }
    const did1 = await shop.show({ targeting: did('Earlier Thing'), content: greeting })
    const { now: at } = started.clock
    const owner = newTestVisitor()
    const identify = (traits = {}) => eventOf({ type: 'identify', userId: 'rich', traits, at })
    await shop.decideBy(owner, [happened('Earlier Thing'), identify({ firstName: 'Rosa' })])

    const unsigned = newTestVisitor()
    const guess = await shop.decideBy(unsigned, [identify()])
    await rowsOf(
      started.db,
      `UPDATE visitors SET is_customer_proven = ${database.address.url === undefined ? 1 : 'true'}
        WHERE shop_id = $1`,
      [shop.id],
    )
    const proven = await shop.decideBy(unsigned)

    expect(ids(guess)).toEqual([])
    expect(guess.known).not.toHaveProperty('firstName')
    expect(ids(proven)).toEqual([did1])
    expect(proven.known).toMatchObject({ firstName: 'Rosa', pages: 1 })
  })

  it('tells of this visitor’s cart alone, whoever else says to be the customer', async () => {
    await openShop()
    await shop.show({ triggers: [{ on: 'cartValue', amount: 1, currency: 'EUR' }] })
    const { now: at } = started.clock
    const identify = () => eventOf({ type: 'identify', userId: 'lea', at })
    const owner = newTestVisitor()
    await shop.decideBy(owner, [identify(), happened('Product Added', { product_id: 'mug' })])
    await rowsOf(
      started.db,
      `UPDATE visitors SET is_customer_proven = ${database.address.url === undefined ? 1 : 'true'}
        WHERE shop_id = $1`,
      [shop.id],
    )

    const bait = { product_id: 'bait', name: 'Verify your account', url: 'https://evil.example/' }
    await shop.decideBy(newTestVisitor(), [identify(), happened('Product Added', bait)])
    const { known } = await shop.decideBy(owner)

    expect(known?.cart?.items.map(({ id }) => id)).toEqual(['mug'])
  })

  it('sees this request alone where nobody wants to be known, and counts what was seen', async () => {
    await openShop()
    const did1 = await shop.show({ targeting: did('Secret Thing'), priority: 1 })
    const once = await shop.show()
    const often = await shop.show({ frequency: { per: 'pageView' } })
    const who = newTestVisitor()
    const consent = { ...GRANTED, personalisation: false }
    await shop.decideBy(who, [happened('Secret Thing'), happened('Product Added')])
    await shop.see(who, once)

    const impersonal = await shop.decideBy(who, undefined, { consent })
    const asked = await shop.decisions(who, { consent })
    const then = await shop.decideBy(who, [happened('Secret Thing')], { consent })
    const personal = await shop.decideBy(who)

    expect([impersonal, asked.decisions, then, personal].map(ids)).toEqual([
      [often],
      [often],
      [did1, often],
      [did1, often],
    ])
    expect(impersonal.known).toEqual({ pages: 1 })
    expect([impersonal, asked.decisions, then].map(({ isPartial }) => isPartial)).toEqual([
      true,
      true,
      true,
    ])
    expect(personal).not.toHaveProperty('isPartial')
  })

  it('says where it knows no more than the request', async () => {
    await openShop()
    await shop.show()
    const who = newTestVisitor()
    const thief = { ...who, visitor: { ...who.visitor, token: newToken() } }

    const own = await shop.decideBy(who)
    const others = [await shop.decideBy(null), await shop.decideBy(thief)]

    expect(own).not.toHaveProperty('isPartial')
    expect(others.map(({ isPartial }) => isPartial)).toEqual([true, true])
  })

  it('tells robots and servers nothing', async () => {
    await openShop()
    await shop.show()
    const body = JSON.stringify(batchOf([eventOf({ type: 'page' })], { key: shop.key }))
    const headers = { 'content-type': 'text/plain', 'user-agent': 'Googlebot/2.1' }

    const robot = await fetch(`${started.server.url}/v1/events`, { method: 'POST', headers, body })
    const secret = await started.server.account.createSecretKey(shop.id, ['events:write'])
    const server = await fetch(`${started.server.url}/v1/events`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${secret}`, 'user-agent': 'node' },
      body,
    })

    for (const reply of [robot, server]) {
      expect(await reply.json()).toMatchObject({ decisions: { epoch: 0, active: [] } })
    }
  })

  it('stores nothing for a question without events', async () => {
    await openShop()
    await shop.show()
    const who = newTestVisitor()

    const { decisions } = await shop.decisions(who)

    expect(decisions.active).toHaveLength(1)
    const kept = await rowsOf(started.db, 'SELECT 1 FROM visitors WHERE shop_id = $1', [shop.id])
    expect(kept).toEqual([])
  })

  it('takes a page’s question in the body alone, and refuses what is none', async () => {
    await openShop()
    const asked = { key: shop.key, visitor: null, session: null, consent: GRANTED, sentAt: NOW }
    const page = { url: '', referrer: '', title: '' }

    const replies = [
      await shop.post('/decisions', { ...asked, context: {}, page }),
      await shop.post('/decisions', asked),
      await shop.post('/decisions', { ...asked, context: {}, page, session: { id: randomUUID() } }),
      await shop.post('/decisions', ' '.repeat(65_537)),
    ]

    expect(replies.map(({ status }) => status)).toEqual([200, 400, 400, 413])
  })
})
