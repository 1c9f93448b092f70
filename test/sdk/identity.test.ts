import { describe, expect, it } from 'vitest'
import { ILLEGAL_USER_IDS } from '#protocol/names.ts'
import { ALL, answer, openPage, type ShopPage } from './shop-page.ts'

const FULL = { consent: 'full' }
const visitors = (page: ShopPage) =>
  page.batches.map(({ visitor }) => visitor as Record<string, unknown>)

describe('the visitor', () => {
  it('is 128 random bits with a token of 256, kept for the next page', async () => {
    const first = await openPage({ settings: FULL })
    await first.close()
    const second = await openPage({ settings: FULL, sharing: first })

    expect(visitors(first)[0]?.['id']).toMatch(/^[\w-]{22}$/)
    expect(visitors(first)[0]?.['token']).toMatch(/^[\w-]{43}$/)
    expect(visitors(second)[0]).toEqual(visitors(first)[0])
  })

  it('is made anew where the record is another program’s', async () => {
    const page = await openPage({
      settings: FULL,
      sharing: await openPage({ settings: { shop: '' } }),
      prepare: (window) => window.localStorage.setItem('gp:id', '{"id":"<b>","token":1}'),
    })

    expect(visitors(page)[0]?.['id']).toMatch(/^[\w-]{22}$/)
  })

  it('changes its token when identified, once the server knows the next', async () => {
    const page = await openPage({ settings: FULL })
    const [before] = visitors(page)
    void page.gp.identify('u1', { email: 'ana@example.com' }, { signature: 'abc' })
    await page.pass(3_000)
    void page.gp.track('After')
    await page.pass(3_000)

    const [, told, after] = visitors(page)
    expect(page.events()[1]).toMatchObject({
      type: 'identify',
      userId: 'u1',
      signature: 'abc',
      traits: { email: 'ana@example.com' },
    })
    expect(told).toMatchObject({
      token: before?.['token'],
      nextToken: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(after).toEqual({ id: before?.['id'], token: told?.['nextToken'] })
  })

  it('keeps sending the next token until the server has answered', async () => {
    const page = await openPage({ settings: FULL })
    page.setReply(() => Promise.reject(new TypeError('offline')))
    void page.gp.identify('u1')
    await page.pass(20_000)

    const [, ...rest] = visitors(page)
    expect(rest.length).toBeGreaterThan(1)
    expect(new Set(rest.map((visitor) => visitor['nextToken']))).toHaveLength(1)
  })

  it('is another when another person signs in, and when reset', async () => {
    const page = await openPage({ settings: FULL })
    for (const user of ['u1', 'u1', 'u2']) {
      void page.gp.identify(user)
      await page.pass(4_000)
    }
    await page.gp.reset()
    void page.gp.track('After')
    await page.pass(4_000)

    const [a, b, c, d, e] = visitors(page).map(({ id }) => id)
    expect(b).toBe(a)
    expect(c).toBe(a)
    expect(d).not.toBe(a)
    expect(e).not.toBe(d)
    for (const visitor of visitors(page)) expect(visitor).not.toHaveProperty('formerly')
  })

  it('sends what came before a reset under the earlier visitor', async () => {
    const page = await openPage({ settings: FULL })
    void page.gp.track('Before')
    await page.gp.reset()
    void page.gp.track('After')
    await page.pass(10_000)

    const byName = page.batches.map(({ visitor, events }) => [events[0]?.name, visitor] as const)
    expect(byName.map(([name]) => name)).toEqual([undefined, 'Before', 'After'])
    expect(byName[1]?.[1]).toEqual(byName[0]?.[1])
    expect(byName[2]?.[1]).not.toEqual(byName[0]?.[1])
  })

  it.each([...ILLEGAL_USER_IDS, 'NULL', ' Guest ', '[object Object]', 'NaN', 'x'.repeat(201)])(
    'refuses the user id “%s”',
    async (id) => {
      const page = await openPage({ settings: FULL })

      expect(await page.gp.identify(id)).toMatchObject({ ok: false, reason: 'bad_user_id' })
      expect(await page.gp.alias(id)).toMatchObject({ reason: 'bad_user_id' })
      await page.pass(5_000)
      expect(page.names()).toEqual(['page'])
      expect(page.warnings).toHaveLength(1)
    },
  )

  it.each(['u1', 'null-1', 'guest7', 'idea', '0001', 4711])(
    'takes the user id “%s”',
    async (id) => {
      const page = await openPage({ settings: FULL })
      void page.gp.identify(id as string)
      await page.pass(5_000)

      expect(page.events()[1]?.userId).toBe(`${id}`)
    },
  )

  it.each([{}, [], Number.NaN, true])('refuses %s as a user id', async (id) => {
    const page = await openPage({ settings: FULL })

    expect(await page.gp.identify(id as string)).toMatchObject({ reason: 'bad_user_id' })
  })

  it('takes traits without an id', async () => {
    const page = await openPage({ settings: FULL })
    void page.gp.identify(undefined, { plan: 'pro' })
    await page.pass(4_000)

    expect(page.events()[1]).toMatchObject({ type: 'identify', traits: { plan: 'pro' } })
  })
})

describe('several tabs', () => {
  it('adopt the record that stays, and join what was sent under the other', async () => {
    const one = await openPage({ settings: FULL, reply: () => new Promise(() => {}) })
    const lost = visitors(one)[0]
    one.storage.delete('gp:id') // as if the second had read before the first wrote
    const two = await openPage({ settings: FULL, sharing: one })
    one.fire('window', 'storage', { key: 'gp:id' })
    one.setReply(() => Response.json({ results: [{ result: 'ok' }], now: 0 }))
    await one.pass(31_000)
    void one.gp.track('A')
    await one.pass(31_000)

    const winner = visitors(two)[0]
    const joined = visitors(one).find((visitor) => visitor['formerly'])
    expect(lost?.['id']).not.toBe(winner?.['id'])
    expect(joined).toEqual({ ...winner, formerly: lost })
    void one.gp.track('B')
    await one.pass(5_000)
    expect(visitors(one).at(-1)).toEqual(winner)
  })

  it('join what another tab sent that was closed before it could say so', async () => {
    const one = await openPage({ settings: FULL, reply: () => new Promise(() => {}) })
    const lost = visitors(one)[0]
    one.storage.delete('gp:id')
    const two = await openPage({ settings: FULL, sharing: one })
    one.setReply(() => Promise.reject(new TypeError('offline')))
    one.fire('window', 'storage', { key: 'gp:id' })
    await one.close()
    const three = await openPage({ settings: FULL, sharing: one })
    const four = await openPage({ settings: FULL, sharing: one })

    const winner = visitors(two)[0]
    expect(visitors(three)).toEqual([winner, { ...winner, formerly: lost }])
    expect(visitors(four)).toEqual([winner])
  })

  it('tell again of a visitor given up where the server did not hear', async () => {
    const one = await openPage({ settings: FULL })
    one.storage.set('gp:f:A', JSON.stringify({ id: 'A'.repeat(22), token: 'B'.repeat(43) }))
    const two = await openPage({
      settings: FULL,
      sharing: one,
      reply: ({ visitor, events }) =>
        'formerly' in Object(visitor)
          ? new Response('', { status: 503 })
          : answer(events.map(() => ({ result: 'ok' }))),
    })
    void one.gp.track('A')
    await one.pass(5_000)

    const told = (page: ShopPage) => visitors(page).filter(({ formerly }) => formerly)
    expect(told(two)).toHaveLength(1)
    expect(told(one)).toEqual([expect.objectContaining({ formerly: told(two)[0]?.['formerly'] })])
    expect([...one.storage.keys()]).not.toContain('gp:f:A')
  })

  it('go on in the session of the visitor that stays', async () => {
    const one = await openPage({ settings: FULL })
    one.storage.delete('gp:id')
    one.storage.delete('gp:session')
    const two = await openPage({ settings: FULL, sharing: one })
    one.fire('window', 'storage', { key: 'gp:id' })
    void one.gp.track('A')
    await one.pass(5_000)

    expect(one.batches.at(-1)).toMatchObject({
      visitor: visitors(two)[0],
      session: two.batches[0]?.session,
    })
  })

  it('keep to a reset where what another tab wrote before it arrives late', async () => {
    const one = await openPage({ settings: FULL })
    const early = one.storage.get('gp:id') ?? ''
    await one.gp.reset()
    void one.gp.track('A')
    await one.pass(5_000)
    one.storage.set('gp:id', early)
    one.fire('window', 'storage', { key: 'gp:id' })
    const two = await openPage({ settings: FULL, sharing: one })

    expect(visitors(two)).toEqual([visitors(one).at(-1)])
  })

  it('follow a reset without joining the two visitors', async () => {
    const one = await openPage({ settings: FULL })
    const two = await openPage({ settings: FULL, sharing: one })
    await one.gp.reset()
    void two.gp.track('A')
    await two.pass(5_000)

    const last = visitors(two).at(-1)
    expect(last?.['id']).not.toBe(visitors(one)[0]?.['id'])
    expect(last).not.toHaveProperty('formerly')
  })

  it('count on from each other', async () => {
    const one = await openPage({ settings: FULL })
    const two = await openPage({ settings: FULL, sharing: one })
    void one.gp.track('A')
    void two.gp.track('B')
    await one.pass(5_000)

    const seqs = [...one.events(), ...two.events()].map(({ seq }) => seq)
    expect(new Set(seqs)).toHaveLength(4)
  })
})

describe('data-cookie', () => {
  const settings = { consent: 'full', cookie: '' }

  it('leaves the identity to the server, with credentials', async () => {
    const page = await openPage({ settings })

    expect(page.batches[0]?.visitor).toEqual({ cookie: true })
    expect(page.inits[0]?.credentials).toBe('include')
    expect([...page.storage.keys()]).not.toContain('gp:id')
  })

  it('sends no credentials before consent', async () => {
    const page = await openPage({ settings: { cookie: '' } })

    expect(page.inits[0]?.credentials).toBe('omit')
    expect(page.batches[0]?.visitor).toBeNull()
  })

  it('sends one request at a time until the first answer', async () => {
    const page = await openPage({ settings, reply: () => new Promise(() => {}) })
    void page.gp.track('A')
    await page.hide()

    expect(page.batches).toHaveLength(1)
  })

  it('asks for a fresh one on reset', async () => {
    const page = await openPage({ settings })
    await page.gp.reset()
    void page.gp.track('A')
    await page.pass(4_000)
    void page.gp.track('B')
    await page.pass(4_000)

    const said = [{ cookie: true }, { cookie: true, fresh: true }, { cookie: true }]
    expect(visitors(page)).toEqual(said)
  })
})

describe('data-cookie, when consent is withdrawn,', () => {
  const none = { statistics: false, personalisation: false, marketing: false }
  const farewells = (page: ShopPage) => page.batches.filter(({ events }) => !events.length)

  it.each(['off', 'anonymous', 'full'])(
    'tells the server of it in %s, which alone can clear the cookie',
    async (consent) => {
      const page = await openPage({ settings: { consent, cookie: '' } })
      await page.gp.consent(ALL)
      await page.pass(5_000)
      await page.gp.consent(none)
      await page.pass(5_000)

      expect(farewells(page)).toHaveLength(1)
      expect(page.batches.at(-1)).toMatchObject({
        visitor: { cookie: true },
        session: null,
        consent: none,
      })
      expect(page.inits.at(-1)?.credentials).toBe('include')
    },
  )

  it('says so again where an answer may have set it meanwhile', async () => {
    let answerNow: (response: Response) => void = () => {}
    const page = await openPage({
      settings: { consent: 'full', cookie: '' },
      reply: () => new Promise((resolve) => (answerNow = resolve)),
    })
    const late = answerNow
    await page.gp.consent(none)
    late(Response.json({ results: [{ result: 'ok' }] }))
    await page.pass(0)

    expect(farewells(page)).toHaveLength(2)
  })
})

describe('the session', () => {
  const sessions = (page: ShopPage) => page.batches.map(({ session }) => session?.id)

  it('ends after 30 idle minutes', async () => {
    const page = await openPage({ settings: FULL })
    for (const minutes of [29, 29, 31]) {
      await page.pass(minutes * 60_000)
      void page.gp.track('A')
      await page.pass(4_000)
    }

    const [a, b, c, d] = sessions(page)
    expect([b, c]).toEqual([a, a])
    expect(d).not.toBe(a)
  })

  it.each([
    ['goes on inside the shop', 'https://shop.example/p', true],
    ['goes on with the same campaign', 'https://shop.example/?utm_source=x', true],
    ['is new on another campaign', 'https://shop.example/?utm_source=y', false],
    ['is new on a click id', 'https://shop.example/?gclid=Cj0KCQjw', false],
  ])('%s', async (_, url, isSame) => {
    const first = await openPage({ settings: FULL, url: 'https://shop.example/?utm_source=x' })
    await first.close()
    const second = await openPage({ settings: FULL, url, sharing: first })

    expect(sessions(second)[0] === sessions(first)[0]).toBe(isSame)
  })
})
