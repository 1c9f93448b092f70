import { describe, expect, it } from 'vitest'
import { ALL, openPage } from './shop-page.ts'

const NONE = { statistics: false, personalisation: false, marketing: false }
const gtag = (...args: unknown[]) => Object.assign({ length: args.length }, args)

describe('before a choice', () => {
  it.each(['off', 'anonymous'])(
    '%s reads its own choice once and touches nothing else',
    async (consent) => {
      const page = await openPage({ settings: { consent } })
      await page.gp.on('event:sent', () => {})
      void page.gp.track('A', { price: 1 })
      void page.gp.identify('u1')
      await page.gp.reset()
      page.navigate('/b')
      await page.pass(10_000)
      await page.hide()

      expect(page.storageCalls).toEqual(['get gp:consent'])
      expect(page.beacons).toEqual([])
      for (const batch of page.batches)
        expect(batch).toMatchObject({ visitor: null, session: null })
      for (const { credentials } of page.inits) expect(credentials).toBe('omit')
    },
  )

  it('sends nothing in off, and what waited once granted, with identity', async () => {
    const page = await openPage({ settings: { consent: 'off' } })
    const tracked = page.gp.track('A')
    void page.gp.identify('u1')
    await page.pass(10_000)
    expect(page.batches).toEqual([])

    await page.gp.consent(ALL)
    await page.pass(0)
    expect(page.names()).toEqual(['page', 'A', 'identify'])
    expect(page.batches[0]?.visitor).toMatchObject({ id: expect.stringMatching(/^[\w-]{22}$/) })
    expect(await tracked).toEqual({ ok: true })
  })

  it('lets at most 100 wait in off', async () => {
    const page = await openPage({ settings: { consent: 'off' } })
    const outcomes = Array.from({ length: 100 }, (_, i) => page.gp.track(`E${i}`))

    expect(await outcomes[99]).toMatchObject({ ok: false, reason: 'queue_full' })
    await page.gp.consent(ALL)
    await page.pass(20_000)
    expect(page.names()).toHaveLength(100)
    expect(page.names()[99]).toBe('E98')
  })

  it('names nobody in anonymous', async () => {
    const page = await openPage()

    expect(await page.gp.identify('u1', { email: 'a@b.de' })).toMatchObject({
      reason: 'no_consent',
    })
    await page.pass(5_000)
    expect(JSON.stringify(page.batches)).not.toContain('u1')
  })

  it('never joins what has been sent anonymously', async () => {
    const page = await openPage({ reply: () => new Response('', { status: 503 }) })
    await page.gp.consent(ALL)
    await page.pass(30_000)

    const [first] = page.events()
    const again = page.batches.filter(({ events }) => events.some(({ id }) => id === first?.id))
    expect(again.length).toBeGreaterThan(1)
    for (const batch of again) expect(batch.visitor).toBeNull()
  })

  it('identifies at once in full', async () => {
    const page = await openPage({ settings: { consent: 'full' } })

    expect(page.batches[0]).toMatchObject({ visitor: { id: expect.any(String) }, consent: null })
    expect([...page.storage.keys()]).toContain('gp:id')
  })
})

describe('a choice', () => {
  it('is kept, and is the only thing kept where it denies', async () => {
    const page = await openPage()
    await page.gp.consent({ statistics: false })
    await page.pass(10_000)

    expect([...page.storage]).toEqual([['gp:consent', '{"statistics":false}']])
    expect(page.batches.at(-1)?.visitor).toBeNull()
  })

  it('holds on the next page', async () => {
    const first = await openPage()
    await first.gp.consent(ALL)
    await first.pass(5_000)
    await first.close()
    const second = await openPage({ sharing: first })

    expect(second.batches[0]).toMatchObject({ consent: ALL, visitor: { id: expect.any(String) } })
  })

  it('withdrawn, deletes our keys, empties the queue and forgets who it was', async () => {
    const page = await openPage({ settings: { consent: 'full' } })
    page.storage.set('other', '1')
    page.storage.set('gp:q:orphan', '[]')
    await page.pass(5_000)
    const [before] = page.batches
    const waiting = page.gp.track('Waiting')
    await page.gp.consent(NONE)
    await page.pass(10_000)

    expect([...page.storage.keys()].sort()).toEqual(['gp:consent', 'other'])
    expect(await waiting).toMatchObject({ reason: 'withdrawn' })
    expect(await page.gp.track('After')).toMatchObject({ reason: 'no_consent' })
    await page.gp.consent(ALL)
    void page.gp.track('Again')
    await page.pass(10_000)
    expect(page.names()).not.toContain('Waiting')
    expect(page.batches.at(-1)?.visitor).not.toMatchObject({ id: idOf(before) })
  })

  it('of another tab holds here too', async () => {
    const one = await openPage({ settings: { consent: 'full' } })
    const two = await openPage({ settings: { consent: 'full' }, sharing: one })
    await one.gp.consent(NONE)
    two.fire('window', 'storage', { key: 'gp:consent' })

    expect(await two.gp.track('After')).toMatchObject({ reason: 'no_consent' })
    expect([...two.storage.keys()]).toEqual(['gp:consent'])
  })

  it.each(['anonymous', 'full'])('%s keeps to Global Privacy Control', async (consent) => {
    const prepare = (window: Window) =>
      Object.defineProperty(window.navigator, 'globalPrivacyControl', { value: true })
    const page = await openPage({ settings: { consent }, prepare })
    await page.gp.consent(ALL)
    void page.gp.track('A')
    await page.pass(5_000)

    const said = { statistics: true, personalisation: false, marketing: false, gpc: true }
    expect(page.batches.at(-1)?.consent).toEqual(said)
  })
})

describe('consent platforms', () => {
  it('reads Google’s mode out of the dataLayer, also what comes later', async () => {
    const granted = { analytics_storage: 'granted', ad_storage: 'denied' }
    const page = await openPage({
      prepare: (window) =>
        void (window.dataLayer = [gtag('consent', 'default', { analytics_storage: 'denied' })]),
    })
    expect(page.storageCalls).toEqual(['get gp:consent'])
    page.window.dataLayer?.push(gtag('consent', 'update', granted))
    void page.gp.track('A')
    await page.pass(5_000)

    const { consent, visitor } = page.batches.at(-1) ?? {}
    expect(consent).toEqual({ statistics: true, personalisation: false, marketing: false })
    expect(visitor).toMatchObject({ id: expect.any(String) })
  })

  it('takes no grant from a default for some regions', async () => {
    const regional = { analytics_storage: 'granted', region: ['US'] }
    const page = await openPage({
      prepare: (window) => void (window.dataLayer = [gtag('consent', 'default', regional)]),
    })

    expect(page.batches[0]).toMatchObject({ visitor: null, consent: null })
  })

  it('lets a denied default hold back even in full', async () => {
    const page = await openPage({
      settings: { consent: 'full' },
      prepare: (window) =>
        void (window.dataLayer = [gtag('consent', 'default', { analytics_storage: 'denied' })]),
    })
    await page.pass(10_000)

    expect(page.batches).toEqual([])
    expect([...page.storage]).toEqual([])
  })

  it('hears the shop’s own call rather than Google’s mode', async () => {
    const page = await openPage({ prepare: (window) => void (window.dataLayer = []) })
    await page.gp.consent(NONE)
    page.window.dataLayer?.push(gtag('consent', 'update', { analytics_storage: 'granted' }))
    void page.gp.track('A')
    await page.pass(5_000)

    expect(page.batches.at(-1)).toMatchObject({ visitor: null, consent: NONE })
  })

  it.each([
    ['all granted', { 1: true, 3: true, 4: true, 5: true, 6: true, 8: true }, ALL],
    ['storage denied', { 3: true, 4: true, 8: true }, NONE],
    ['measurement alone', { 1: true, 8: true }, { ...NONE, statistics: true }],
  ])('reads __tcfapi: %s', async (_, consents, expected) => {
    let stopped: unknown
    const tcf = (
      command: string,
      __: number,
      tell: (data: object, ok: boolean) => void,
      id?: number,
    ) => {
      if (command === 'removeEventListener') stopped = id
      else tell({ listenerId: 7, eventStatus: 'tcloaded', purpose: { consents } }, true)
    }
    const page = await openPage({
      prepare: (window) => void Object.assign(window, { __tcfapi: tcf }),
    })
    await page.pass(50)
    void page.gp.track('A')
    await page.pass(5_000)
    await page.gp.destroy()

    expect(page.batches.at(-1)?.consent).toEqual(expected)
    expect(stopped).toBe(7)
  })
})

function idOf(batch: { visitor: object | null } | undefined): unknown {
  return batch?.visitor && 'id' in batch.visitor ? batch.visitor.id : undefined
}
