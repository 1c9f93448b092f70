import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type {
  ExperienceFigures,
  ExperienceVersion,
  PreviewLink,
  WholeExperienceVersion,
} from '#protocol/experience-management.ts'
import { MAX_EXPERIENCE_VERSIONS, MAX_PREVIEWS } from '#protocol/experience-management.ts'
import type { Experience } from '#protocol/experiences.ts'
import { PREVIEW_PARAMETER } from '#protocol/names.ts'
import { insertVersion } from '#server/experiences/version-store.ts'
import { startAudienceServer, newTestVisitor } from '../../support/audience-server.ts'
import type { AudienceServer } from '../../support/audience-server.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { openExperienceShop, type ExperienceShop } from '../../support/experience-server.ts'
import { eventOf, NOW } from '../../support/ingestion.ts'

const HOUR = 3_600_000
const ORIGIN = 'https://shop.example'

eachDatabase('experiences that are edited', (fresh) => {
  let database: FreshDatabase
  let started: AudienceServer
  let shop: ExperienceShop
  let id: string
  beforeAll(async () => {
    database = await fresh()
    started = await startAudienceServer(database)
  })
  afterAll(async () => {
    await started.stop()
    await database.remove()
  })
  beforeEach(async () => {
    started.clock.now = NOW
    shop = await newShop()
    id = await shop.show({ key: 'hello' })
  })

  async function newShop(): Promise<ExperienceShop> {
    const { id: shopId } = await started.newShop()
    await started.db.sql
      .insert(started.db.t.origins)
      .values({ shopId, origin: ORIGIN, createdAt: NOW })
    return openExperienceShop(started.server, shopId, started.clock)
  }

  async function read<T>(path: string): Promise<T> {
    const { status, text } = await shop.ask('GET', path)
    expect({ status, text }).toMatchObject({ status: 200 })
    return JSON.parse(text) as T
  }
  const experience = () => read<Experience>(`/experiences/${id}`)
  const versions = async (query = '') =>
    (await read<{ items: ExperienceVersion[] }>(`/experiences/${id}/versions${query}`)).items

  it('keep what they were, with what changed and by whom', async () => {
    await shop.change(id, { name: 'Bye', priority: 3 })
    await shop.change(id, { name: 'Bye', priority: 3 })
    const [second, first, ...more] = await versions()
    const whole = await read<WholeExperienceVersion>(`/experiences/${id}/versions/1`)

    expect((await experience()).version).toBe(2)
    expect(second).toMatchObject({ number: 2, name: 'Bye', changed: ['name', 'priority'], at: NOW })
    expect(second?.by).toMatchObject({ kind: 'key' })
    expect(first).toMatchObject({ number: 1, name: 'Hello', changed: [] })
    expect(more).toEqual([])
    expect(whole.experience).toMatchObject({ key: 'hello', name: 'Hello', priority: 0 })
  })

  it('are restored by sending what they were', async () => {
    await shop.change(id, { name: 'Bye' })
    const { experience: before } = await read<WholeExperienceVersion>(
      `/experiences/${id}/versions/1`,
    )
    const restored = await shop.ask('PUT', `/experiences/${id}?version=2`, before)

    expect(restored.status).toBe(200)
    expect(await experience()).toMatchObject({ name: 'Hello', version: 3 })
  })

  it('refuse a change of what somebody else has changed meanwhile', async () => {
    const { experience: draft } = await read<WholeExperienceVersion>(
      `/experiences/${id}/versions/1`,
    )
    const named = (name: string) =>
      shop.ask('PUT', `/experiences/${id}?version=1`, { ...draft, name })
    const both = await Promise.all([named('Ana’s'), named('Ben’s')])

    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect((await experience()).version).toBe(2)
  })

  it('keep the last hundred versions, told page by page', async () => {
    const { experience: draft } = await read<WholeExperienceVersion>(
      `/experiences/${id}/versions/1`,
    )
    const { sql, t } = started.db
    for (let number = 2; number <= MAX_EXPERIENCE_VERSIONS + 3; number += 1) {
      const version = { number, at: NOW, by: undefined, changed: ['name'], experience: draft }
      await insertVersion({ sql, t }, shop.id, Number(id), version)
    }
    const kept = await versions('?limit=200')
    const later = await versions('?limit=2&cursor=6')

    expect(kept).toHaveLength(MAX_EXPERIENCE_VERSIONS)
    expect(kept.at(-1)?.number).toBe(4)
    expect(later.map(({ number }) => number)).toEqual([5, 4])
  })

  it('are put into an order in one change, or not at all', async () => {
    const other = await shop.show({ key: 'other' })
    const order = (items: object[]) => shop.ask('PUT', '/experience-priorities', { items })
    const good = await order([
      { id, priority: 1 },
      { id: other, priority: 2 },
    ])
    const bad = await order([
      { id, priority: 9 },
      { id: '1', priority: 2 },
    ])
    const decided = await shop.decideBy(newTestVisitor())

    expect([good.status, bad.status]).toEqual([204, 404])
    expect(decided.active.map(({ key }) => key)).toEqual(['other', 'hello'])
    expect((await experience()).priority).toBe(1)
    expect((await versions())[0]?.changed).toEqual(['priority'])
  })

  it('show nothing once they are archived', async () => {
    await shop.change(id, { state: 'archived' })

    expect((await shop.decideBy(newTestVisitor())).active).toEqual([])
    expect((await experience()).state).toBe('archived')
  })

  it('are told with what came of each', async () => {
    const who = newTestVisitor()
    await shop.see(who, id)
    const order = { orderId: 'o1', total: 12.5, currency: 'EUR' }
    await shop.decideBy(who, [eventOf({ name: 'Order Completed', at: NOW, properties: order })])
    await shop.show({ key: 'unseen' })
    const { items } = await read<{ items: ExperienceFigures[] }>('/experience-figures')
    const later = await read<{ items: ExperienceFigures[] }>('/experience-figures?from=2030-01-01')

    expect(items).toMatchObject([
      { experienceId: id, impressions: 1, conversions: 1, revenue: { EUR: 1_250 } },
    ])
    expect(later.items).toEqual([])
    expect((await shop.ask('GET', '/experience-figures?from=yesterday')).status).toBe(400)
  })

  const CONTENT = {
    layout: { kind: 'modal' },
    design: {
      kind: 'html',
      html: '<p onclick="x()">Draft</p><script>x()</script>',
      thanks: [{ kind: 'text', text: 'Thanks' }],
    },
  }

  it('are drawn as pages would get them, and nothing is stored', async () => {
    const { status, text } = await shop.ask('POST', '/experience-drawings', { content: CONTENT })

    expect(status).toBe(200)
    expect(JSON.parse(text)).toMatchObject({
      content: { design: { kind: 'tree' } },
      thanks: [{ text: 'Thanks' }],
    })
    expect((JSON.parse(text) as { removed: string[] }).removed).toHaveLength(2)
    expect((await experience()).version).toBe(1)
  })

  async function link(url = `${ORIGIN}/tea?x=1`): Promise<PreviewLink> {
    const reply = await shop.ask('POST', `/experiences/${id}/previews`, { url, content: CONTENT })
    expect(reply).toMatchObject({ status: 201 })
    return JSON.parse(reply.text) as PreviewLink
  }
  const openedAt = (url: string, at = shop) =>
    at.decideBy(newTestVisitor(), [
      eventOf({ type: 'page', at: started.clock.now, page: { url, referrer: '', title: '' } }),
    ])

  it('are shown on a page by a link, alone, to whoever has it', async () => {
    const { url, endsAt } = await link()
    const shown = await openedAt(url)
    const asked = await shop.decisions(newTestVisitor(), {
      page: { url, referrer: '', title: '' },
    })

    expect(endsAt).toBe(NOW + HOUR)
    expect(new URL(url).searchParams.get('x')).toBe('1')
    expect(shown).toMatchObject({
      active: [],
      preview: { content: { design: { kind: 'tree' } }, thanks: [{ text: 'Thanks' }], endsAt },
    })
    expect(asked.decisions.preview).toEqual(shown.preview)
    expect(await openedAt(`${ORIGIN}/tea`)).toMatchObject({ active: [{ key: 'hello' }] })
  })

  it('count nothing there, and the link is not stored', async () => {
    const { url } = await link()
    await openedAt(url)
    const { sql, t } = started.db
    const rows = await sql.select({ url: t.events.url, shopId: t.events.shopId }).from(t.events)
    const stored = rows.filter(({ shopId }) => shopId === shop.id)

    expect(stored.map((event) => event.url)).toEqual([`${ORIGIN}/tea?x=1`])
    expect(await read(`/experiences/${id}/results`)).toMatchObject({ impressions: 0, clicks: 0 })
    expect(await sql.select().from(t.frequencyClaims)).not.toContainEqual(
      expect.objectContaining({ shopId: shop.id }),
    )
  })

  it.each([
    {
      what: 'a forged one',
      bend: (url: string) => url.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A')),
    },
    { what: 'an empty one', bend: () => `${ORIGIN}/?${PREVIEW_PARAMETER}=` },
    {
      what: 'one at another origin',
      bend: (url: string) => url.replace(ORIGIN, 'https://evil.example'),
    },
  ])('are not shown by $what', async ({ bend }) => {
    const { url } = await link()

    expect(await openedAt(bend(url))).not.toHaveProperty('preview')
    expect(await openedAt(url)).toHaveProperty('preview')
  })

  it('are not shown at another shop, after an hour, nor once links were ended', async () => {
    const { url } = await link()
    const other = await newShop()
    await other.show()
    const atOther = await openedAt(url, other)
    const ended = await shop.ask('DELETE', `/experiences/${id}/previews`)
    const afterEnd = await openedAt(url)
    const { url: second } = await link()
    started.clock.now = NOW + HOUR
    const late = await openedAt(second)

    expect(ended.status).toBe(204)
    for (const answer of [atOther, afterEnd, late]) expect(answer).not.toHaveProperty('preview')
  })

  it.each([
    'https://evil.example/',
    'ftp://shop.example/',
    'https://ana:pw@shop.example/',
    'data:text/html,x',
    '/tea',
  ])('get no link to %s', async (url) => {
    const { status } = await shop.ask('POST', `/experiences/${id}/previews`, {
      url,
      content: CONTENT,
    })

    expect(status).toBe(400)
  })

  it('get so many links and no more: the oldest end', async () => {
    const first = await link()
    for (let made = 1; made <= MAX_PREVIEWS; made += 1) await link()
    const { sql, t } = started.db
    const rows = await sql
      .select({ shopId: t.experiencePreviews.shopId })
      .from(t.experiencePreviews)

    expect(rows.filter(({ shopId }) => shopId === shop.id)).toHaveLength(MAX_PREVIEWS)
    expect(await openedAt(first.url)).not.toHaveProperty('preview')
  })

  it('tell another shop nothing', async () => {
    const other = await newShop()
    const asked = await Promise.all([
      other.ask('GET', `/experiences/${id}/versions`),
      other.ask('GET', `/experiences/${id}/versions/1`),
      other.ask('POST', `/experiences/${id}/previews`, { url: `${ORIGIN}/`, content: CONTENT }),
      other.ask('DELETE', `/experiences/${id}/previews`),
      other.ask('PUT', '/experience-priorities', { items: [{ id, priority: 5 }] }),
    ])

    expect(asked.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
  })
})
