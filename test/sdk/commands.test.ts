import { describe, expect, it } from 'vitest'
import { answer, ALL, openPage } from './shop-page.ts'

const NOT_ENABLED = ['get', 'openAgenda', 'openLive']
/** The server is asked whether the shop has a chat. */
const NO_CHAT = ['openChat', 'toggleChat', 'sendMessage', 'showLauncher']

describe('commands', () => {
  it('sends the page view and the first events in one request, in the next task', async () => {
    const page = await openPage({ prepare: stub(['track', 'A'], ['track', 'B', { price: 1 }]) })

    expect(page.batches).toHaveLength(1)
    expect(page.names()).toEqual(['page', 'A', 'B'])
    expect(page.batches[0]).toMatchObject({ key: 'pk_test', visitor: null, consent: null })
  })

  it('settles with what the server said of that event', async () => {
    const page = await openPage()
    page.setReply(() =>
      answer([{ result: 'ok' }, { result: 'dropped', reason: 'bot', detail: 'x' }]),
    )
    const first = page.gp.track('A')
    const second = page.gp('track', 'B')
    await page.pass(3_000)

    expect(await first).toEqual({ ok: true })
    expect(await second).toEqual({ ok: false, reason: 'bot', message: 'x' })
  })

  it('answers the calls that waited in the stub', async () => {
    const outcomes: unknown[] = []
    const call = Object.assign(['track', 'A'], {
      done: (outcome: unknown) => outcomes.push(outcome),
    })
    await openPage({
      prepare: (window) => void (window.gp = Object.assign(() => {}, { q: [call] })),
    })

    expect(outcomes).toEqual([{ ok: true }])
  })

  it('makes each call of the stub once', async () => {
    const heard: unknown[] = []
    await openPage({ prepare: stub(['on', 'ready', () => heard.push('ready')], ['ready']) })

    expect(heard).toEqual(['ready'])
  })

  it.each([
    ['an unknown command', ['fly']],
    ['no command', []],
    ['a command that is an object', [{}]],
    ['an event without a name', ['track']],
    ['an event whose name is an object', ['track', {}]],
    ['properties that are a text', ['track', 'A', 'x']],
    ['a list for a cart', ['cart', []]],
    ['consent to nothing', ['consent', { all: true }]],
    ['a listener that is no function', ['on', 'ready', 1]],
  ])('warns once of %s, and does nothing', async (_, call) => {
    const page = await openPage()
    const gp = page.gp as unknown as (...args: unknown[]) => Promise<unknown>

    expect(await gp(...call)).toMatchObject({ ok: false })
    await gp(...call)
    await page.pass(5_000)
    expect(page.warnings).toHaveLength(1)
    expect(page.warnings[0]).toContain('/docs/')
    expect(page.events()).toHaveLength(1)
  })

  it.each([...NOT_ENABLED, ...NO_CHAT])('says that %s is not enabled', async (name) => {
    const page = await openPage()
    const gp = page.gp as unknown as Record<string, (arg: string) => Promise<unknown>>

    expect(await gp[name]?.('x')).toMatchObject({ ok: false, reason: 'not_enabled' })
    expect(page.warnings).toEqual([expect.stringContaining('This shop has not enabled')])
  })

  it.each(['closeChat', 'hideLauncher', 'chatState'])('does nothing at %s', async (name) => {
    const page = await openPage()
    const gp = page.gp as unknown as Record<string, () => Promise<unknown>>

    expect(await gp[name]?.()).toMatchObject({ ok: true })
    expect(page.asked).toEqual([])
  })

  it('answers with the reason alone where its words do not load', async () => {
    const load = () => Promise.reject(new TypeError('blocked'))
    const page = await openPage({ change: (browser) => ({ ...browser, load }) })

    expect(await page.gp.identify('guest')).toMatchObject({ ok: false, reason: 'bad_user_id' })
    expect(page.warnings).toContainEqual(expect.stringContaining('bad_user_id'))
  })

  it('answers within seconds where its words do not come', async () => {
    const load = () => new Promise(() => {})
    const page = await openPage({ change: (browser) => ({ ...browser, load }) })
    const outcome = page.gp.identify('guest')
    await page.pass(2_000)

    expect(await outcome).toMatchObject({ ok: false, reason: 'bad_user_id' })
  })

  it('is no promise and has no JSON of its own', async () => {
    const { gp } = await openPage()

    expect(await Promise.resolve(gp)).toBe(gp)
    expect(JSON.stringify({ gp })).toBe('{}')
    expect(gp.track).toBe(gp.track)
    expect(typeof gp.openChat).toBe('function')
  })

  it('keeps calls until gp.init brings the settings', async () => {
    const page = await openPage({ settings: undefined })
    const tracked = page.gp.track('Early')
    await page.pass(5_000)
    expect(page.batches).toEqual([])

    await page.gp.init({ shop: 'pk', host: 'https://gp.example' })
    await page.pass(0)
    expect(page.names()).toEqual(['page', 'Early'])
    expect(await tracked).toEqual({ ok: true })
  })

  it.each([
    ['no shop', { shop: undefined }],
    ['a shop that is markup', { shop: '<b>' }],
    ['no host', { host: 'nowhere' }],
  ])('warns once of %s and tracks nothing', async (_, settings) => {
    const page = await openPage({ settings })
    await page.pass(10_000)

    expect(page.warnings).toHaveLength(1)
    expect(page.batches).toEqual([])
  })

  it('tells the page what happens', async () => {
    const page = await openPage()
    const heard: unknown[] = []
    const hear = (told: unknown) => heard.push(told)
    await page.gp.on('event:sent', hear)
    await page.gp.once('page:viewed', hear)
    await page.gp.on('consent:changed', hear)
    void page.gp.track('A')
    page.navigate('/b')
    await page.pass(1)
    page.navigate('/c')
    await page.pass(4_000)
    await page.gp.off('event:sent', hear)
    await page.gp.consent(ALL)

    expect(heard).toEqual([
      { url: 'https://shop.example/b' },
      ...['A', 'page', 'page'].map((name) => ({ id: expect.any(String), name })),
      ALL,
    ])
  })

  it('calls ready once the tag tracks', async () => {
    const page = await openPage({ settings: undefined })
    let calls = 0
    void page.gp.ready(() => void calls++)
    await page.pass(10)
    expect(calls).toBe(0)

    await page.gp.init({ shop: 'pk', host: 'https://gp.example' })
    await page.pass(0)
    expect(calls).toBe(1)
  })

  it('goes without a trace', async () => {
    const page = await openPage({ prepare: (window) => void (window.dataLayer = []) })
    const { window } = page
    const patched = pushOf(window.history)
    const waiting = page.gp.track('Never sent')
    await page.gp.destroy()
    window.dataLayer?.push({ event: 'login' })
    page.navigate('/later')
    page.fire('window', 'pagehide')
    await page.pass(60_000)

    expect(await waiting).toMatchObject({ reason: 'destroyed' })
    expect(await page.gp.track('After')).toMatchObject({ reason: 'destroyed' })
    expect(page.events()).toHaveLength(1)
    expect('gp' in window).toBe(false)
    expect(pushOf(window.history)).not.toBe(patched)
    expect(Object.keys(window.dataLayer ?? {})).toEqual(['0'])
  })
})

function pushOf(history: History): unknown {
  return Reflect.get(history, 'pushState')
}

function stub(...calls: unknown[][]) {
  return (window: { gp?: unknown }) => {
    window.gp = Object.assign(() => {}, { q: calls })
  }
}
