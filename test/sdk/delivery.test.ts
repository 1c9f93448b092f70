import { describe, expect, it } from 'vitest'
import { answer, openPage, stored, type ShopPage } from './shop-page.ts'

const FULL = { consent: 'full' }
const offline = () => Promise.reject(new TypeError('Failed to fetch'))
const never = () => new Promise<Response>(() => {})
const status = (code: number, headers = {}) => new Response('', { status: code, headers })
const bytes = (init: RequestInit) => new TextEncoder().encode(init.body as string).length

function track(page: ShopPage, count: number, properties: object = {}) {
  return Array.from({ length: count }, (_, i) => page.gp.track(`E${i}`, { ...properties }))
}

describe('a request', () => {
  it('needs no preflight', async () => {
    const page = await openPage()

    expect(page.inits[0]).toMatchObject({ method: 'POST', keepalive: true, credentials: 'omit' })
    const { headers } = new Request('https://gp.example/v1/events', page.inits[0])
    expect([...headers].flat()).toEqual([expect.any(String), 'text/plain;charset=UTF-8'])
  })

  it('waits three seconds for company', async () => {
    const page = await openPage()
    void track(page, 3)
    await page.pass(2_999)
    expect(page.batches).toHaveLength(1)

    await page.pass(1)
    expect(page.names()).toEqual(['page', 'E0', 'E1', 'E2'])
    expect(page.batches).toHaveLength(2)
  })

  it('leaves at the tenth event', async () => {
    const page = await openPage()
    void track(page, 10)
    await page.pass(0)

    expect(page.events()).toHaveLength(11)
  })

  it('stays under 30 kB, the next following at once', async () => {
    const page = await openPage()
    void track(page, 9, { text: 'ñ'.repeat(5_000) })
    await page.pass(0)

    expect(page.events()).toHaveLength(10)
    for (const init of page.inits) expect(bytes(init)).toBeLessThan(30_000)
  })

  it('goes one at a time, in order', async () => {
    const answers: ((response: Response) => void)[] = []
    const reply = () => new Promise<Response>((resolve) => answers.push(resolve))
    const page = await openPage({ reply })
    void track(page, 12)
    await page.pass(5_000)
    expect(page.batches).toHaveLength(1)

    answers[0]?.(answer([{ result: 'ok' }]))
    await page.pass(0)
    expect(page.batches).toHaveLength(2)
    const seqs = page.events().map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
  })

  it('tells the age of each event by a clock that nobody sets', async () => {
    const page = await openPage({ change: (browser) => ({ ...browser, now: () => 1_000 }) })
    void page.gp.track('A')
    await page.pass(3_000)

    expect(page.events()[1]).toMatchObject({ at: 1_000, ageMs: 3_000 })
  })

  it('has ids that are UUIDs of version 7', async () => {
    const page = await openPage()
    void track(page, 40)
    await page.pass(10_000)
    const ids = page.events().map(({ id }) => id)

    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(new Set(ids)).toHaveLength(41)
  })

  it('refuses an event of over 30 kB and sends the others', async () => {
    const page = await openPage()
    const texts = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [i, 'x'.repeat(8_000)]))

    expect(await page.gp.track('Huge', texts)).toMatchObject({ reason: 'too_large' })
    void page.gp.track('Small')
    await page.pass(3_000)
    expect(page.names()).toEqual(['page', 'Small'])
  })
})

describe('as the page goes', () => {
  it('sends everything at once', async () => {
    const page = await openPage()
    void track(page, 5)
    await page.hide()

    expect(page.events()).toHaveLength(6)
    expect(page.inits[1]).toMatchObject({ keepalive: true })
  })

  it('does not send again what is on its way', async () => {
    const page = await openPage({ reply: never })
    void track(page, 2)
    await page.hide()
    await page.hide()

    expect(page.names()).toEqual(['page', 'E0', 'E1'])
  })

  it('uses beacons beyond 60 kB where the visitor consented', async () => {
    const page = await openPage({ settings: FULL, reply: never })
    void track(page, 40, { text: 'x'.repeat(2_400) })
    await page.hide()

    const kept = page.inits.filter(({ keepalive }) => keepalive)
    expect(kept.reduce((sum, init) => sum + bytes(init), 0)).toBeLessThanOrEqual(60_000)
    const beaconed = page.beacons.flatMap((body) => (JSON.parse(body) as { events: [] }).events)
    expect(page.events().length + beaconed.length).toBe(41)
    expect(beaconed.length).toBeGreaterThan(0)
  })

  it('uses plain fetch beyond 60 kB without consent, for beacons carry cookies', async () => {
    const page = await openPage({ reply: never })
    void track(page, 40, { text: 'x'.repeat(2_400) })
    await page.hide()

    expect(page.beacons).toEqual([])
    expect(page.events()).toHaveLength(41)
    expect(page.inits.some(({ keepalive }) => keepalive === false)).toBe(true)
  })
})

describe('when the server', () => {
  it.each([
    ['is not reached', offline],
    ['answers 500', () => status(500)],
    ['answers with a page', () => new Response('<html>')],
    ['answers nothing', () => new Response('')],
    ['answers for other events', () => answer([])],
    ['answers with another shape', () => Response.json({ results: [1] })],
    ['never answers', never],
  ])('%s, it sends again, ever more rarely, nothing lost', async (_, reply) => {
    const page = await openPage({ reply })
    const tracked = page.gp.track('A')
    await page.pass(20_000)
    const soon = page.batches.length
    await page.pass(400_000)
    const later = page.batches.length - soon
    page.setReply(stored)
    await page.pass(100_000)

    expect(soon).toBeLessThanOrEqual(6)
    expect(later).toBeLessThanOrEqual(14)
    expect(later).toBeGreaterThanOrEqual(5)
    expect(await tracked).toEqual({ ok: true })
  })

  it('comes back, sends within three seconds', async () => {
    const page = await openPage({ reply: offline })
    void track(page, 20)
    await page.pass(200_000)
    const before = page.batches.length
    page.setReply(stored)
    page.fire('window', 'online')
    await page.pass(3_000)

    const sent = page.batches.slice(before).flatMap(({ events }) => events)
    expect(sent).toHaveLength(21)
    expect(sent.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1))
  })

  it.each([429, 503])('answers %s, it waits as long as it is told', async (code) => {
    const page = await openPage({ reply: () => status(code, { 'retry-after': '120' }) })
    await page.pass(119_000)
    await page.hide()
    expect(page.batches).toHaveLength(1)

    await page.pass(3_000)
    expect(page.batches).toHaveLength(2)
  })

  it('answers 400, drops those events and goes on', async () => {
    const page = await openPage()
    page.setReply(() => status(400))
    const tracked = page.gp.track('A')
    await page.pass(3_000)
    expect(await tracked).toMatchObject({ ok: false, reason: 'invalid' })

    page.setReply(stored)
    expect(await Promise.all([page.gp.track('B'), page.pass(3_000)])).toContainEqual({ ok: true })
  })

  it('answers 413, halves the request until one event is too large', async () => {
    const reply: ShopPage['setReply'] extends (r: infer R) => void ? R : never = (batch) =>
      batch.events.some(({ name }) => name === 'E3') ? status(413) : stored(batch)
    const page = await openPage({ reply })
    const outcomes = track(page, 8)
    await page.pass(30_000)

    const settled = await Promise.all(outcomes)
    expect(settled.filter(({ ok }) => ok)).toHaveLength(7)
    expect(settled[3]).toMatchObject({ reason: 'too_large' })
  })

  it.each([401, 403])('answers %s, stops for this page with one warning', async (code) => {
    const page = await openPage({ reply: () => status(code) })
    void track(page, 3)
    await page.pass(60_000)
    await page.hide()

    expect(page.batches).toHaveLength(1)
    expect(page.warnings).toHaveLength(1)
  })

  it('asks to have one event again, keeps that one only', async () => {
    const page = await openPage()
    page.setReply(({ events }) => answer(events.map(() => ({ result: 'retry' }))))
    const retried = page.gp.track('A')
    await page.pass(3_000)
    page.setReply(stored)
    await page.pass(10_000)

    expect(page.names()).toEqual(['page', 'A', 'A'])
    expect(await retried).toEqual({ ok: true })
  })
})

describe('the stored queue', () => {
  const keys = (page: ShopPage) => [...page.storage.keys()].filter((key) => key.startsWith('gp:q:'))

  it('goes to the next page where this one was offline, after its own first request', async () => {
    const first = await openPage({ settings: FULL, reply: offline })
    void track(first, 20)
    await first.hide()
    await first.close()
    const second = await openPage({ settings: FULL, sharing: first })
    await second.pass(5_000)

    expect(second.batches[0]?.events).toHaveLength(1)
    const [, ...adopted] = second.events()
    expect(adopted.map(({ id }) => id)).toEqual(uniqueIds(first))
    expect(adopted[0]?.ageMs).toBeGreaterThanOrEqual(0)
    expect(keys(second)).toEqual([])
  })

  it('of a page that lives is left alone', async () => {
    const first = await openPage({ settings: FULL })
    first.setReply(offline)
    void track(first, 2)
    await first.pass(5_000)
    const second = await openPage({ settings: FULL, sharing: first })
    await second.pass(5_000)

    expect(second.events()).toHaveLength(1)
    expect(keys(second)).toHaveLength(1)
  })

  it('is adopted without locks too', async () => {
    const first = await openPage({ settings: FULL, reply: offline, locks: 'none' })
    await first.hide()
    await first.close()
    const second = await openPage({ settings: FULL, sharing: first, locks: 'none' })
    await second.pass(5_000)

    expect(second.events()).toHaveLength(2)
  })

  it('survives what others wrote under its keys', async () => {
    const first = await openPage({ settings: FULL })
    first.storage.set('gp:q:a', 'null').set('gp:q:b', '[{"json":"{","who":{}}]').set('gp:q:c', '{')
    await first.close()
    const second = await openPage({ settings: FULL, sharing: first })
    await second.pass(5_000)

    expect(second.events()).toHaveLength(1)
    expect(keys(second)).toEqual([])
    expect(second.warnings).toEqual([])
  })

  it('is shared by five tabs without loss', async () => {
    const first = await openPage({ settings: FULL })
    const tabs = [first]
    for (let i = 1; i < 5; i++) tabs.push(await openPage({ settings: FULL, sharing: first }))
    for (const tab of tabs) tab.setReply(offline)
    for (const tab of tabs) void track(tab, 4)
    await first.pass(5_000)
    for (const tab of tabs) await tab.close()
    const next = await openPage({ settings: FULL, sharing: first })
    await next.pass(10_000)

    const lost = tabs.flatMap((tab) => uniqueIds(tab)).filter((id) => !uniqueIds(next).includes(id))
    // The five page views had been stored before.
    expect(lost).toHaveLength(5)
    expect(next.events()).toHaveLength(21)
  })

  it('drops the oldest beyond a thousand, and says so', async () => {
    const page = await openPage({ settings: FULL, reply: offline })
    const outcomes = track(page, 1_100)

    expect(await outcomes[0]).toMatchObject({ reason: 'queue_full' })
    page.setReply(stored)
    page.fire('window', 'online')
    await page.pass(60_000)
    expect(await outcomes[1_099]).toEqual({ ok: true })
  })
})

function uniqueIds(page: ShopPage): string[] {
  return [...new Set(page.events().map(({ id }) => id))]
}
