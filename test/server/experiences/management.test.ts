import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Experience, ExperienceResults, Submission } from '#protocol/experiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import type { Scope } from '#server/account/service.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { demoExperiences } from '#server/experiences/demo.ts'
import { createManagement } from '#server/experiences/management.ts'
import {
  newTestVisitor,
  startAudienceServer,
  type AudienceServer,
  type TestShop,
} from '../../support/audience-server.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { eventOf, NOW } from '../../support/ingestion.ts'

const SCOPES: readonly Scope[] = [
  'experiences:read',
  'experiences:write',
  'audiences:read',
  'audiences:write',
  'customers:read',
]
const EVERYBODY: Condition = { kind: 'all', of: [] }
const HOUR = 3_600_000

eachDatabase('the API of experiences', (fresh, dialect) => {
  let database: FreshDatabase
  let started: AudienceServer
  let shop: TestShop
  beforeAll(async () => {
    database = await fresh()
    started = await startAudienceServer(database)
    shop = await started.newShop(SCOPES)
  })
  afterAll(async () => {
    await started.stop()
    await database.remove()
  })

  async function create(changes: object = {}, by = shop): Promise<Experience> {
    const { status, text } = await by.ask('POST', '/experiences', draft(changes))
    expect({ status, text }).toMatchObject({ status: 201 })
    return JSON.parse(text) as Experience
  }

  async function epochOf({ id }: TestShop): Promise<number> {
    const { sql, t } = started.db
    const rows = await sql
      .select({ shopId: t.experienceSettings.shopId, epoch: t.experienceSettings.epoch })
      .from(t.experienceSettings)
    return rows.find(({ shopId }) => shopId === id)?.epoch ?? 0
  }

  it('makes, tells, replaces and removes an experience', async () => {
    const reply = await shop.ask('POST', '/experiences', draft({ key: 'first', name: ' First ' }))
    const made = JSON.parse(reply.text) as Experience
    const changed = draft({ key: 'first', name: 'Other', state: 'active', priority: 7 })

    const replaced = await shop.ask('PUT', `/experiences/${made.id}`, changed)
    const read = await shop.ask('GET', `/experiences/${made.id}`)
    const list = await shop.ask('GET', '/experiences')
    const removed = await shop.ask('DELETE', `/experiences/${made.id}`)
    const gone = await shop.ask('GET', `/experiences/${made.id}`)

    expect(reply.status).toBe(201)
    expect(made).toMatchObject({
      key: 'first',
      name: 'First',
      state: 'draft',
      frequency: { per: 'session', times: 1, stopAfter: [], gapSeconds: 0 },
      goal: { event: 'Order Completed', withinDays: 7 },
      createdAt: NOW,
      removed: [],
    })
    expect(replaced.status).toBe(200)
    expect(JSON.parse(read.text)).toMatchObject({ id: made.id, name: 'Other', priority: 7 })
    expect(JSON.parse(read.text)).not.toHaveProperty('drawn')
    expect(JSON.parse(list.text)).toMatchObject({ items: [{ id: made.id }], nextCursor: null })
    expect([removed.status, gone.status]).toEqual([204, 404])
  })

  it('tells pages of experiences, each once', async () => {
    const own = await started.newShop(SCOPES)
    for (const key of ['c', 'a', 'e', 'b', 'd']) await create({ key }, own)

    const seen: string[][] = []
    for (let query = '?limit=2'; query !== '' && seen.length < 9;) {
      const { text } = await own.ask('GET', `/experiences${query}`)
      const { items, nextCursor } = JSON.parse(text) as {
        items: Experience[]
        nextCursor: string | null
      }
      seen.push(items.map(({ key }) => key))
      query = nextCursor === null ? '' : `?limit=2&cursor=${nextCursor}`
    }

    expect(seen).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  })

  it.each([
    { what: 'no JSON', body: '{', says: /JSON/ },
    { what: 'a key that is none', body: draft({ key: 'A b' }), says: /key: Lower-case/ },
    { what: 'another field', body: draft({ colour: 1 }), says: /colour/ },
    { what: 'no trigger', body: draft({ triggers: [] }), says: /triggers/ },
    {
      what: 'a trigger that is none',
      body: draft({ triggers: [{ on: 'moon' }] }),
      says: /triggers\.0/,
    },
    {
      what: 'a leaf that is none',
      body: draft({ targeting: { kind: 'moon' } }),
      says: /targeting/,
    },
    {
      what: 'a pattern that is none',
      body: draft({
        targeting: { kind: 'page', field: 'path', test: { op: 'regex', pattern: '(' } },
      }),
      says: /pattern|expression/i,
    },
    {
      what: 'an audience that is not there',
      body: draft({ targeting: { kind: 'not', of: { kind: 'audience', audienceId: '77' } } }),
      says: /no audience 77/,
    },
    {
      what: 'a goal that is a page view',
      body: draft({ goal: { event: 'Page Viewed' } }),
      says: /goal\.event/,
    },
    { what: 'an end before its start', body: draft({ startsAt: 2, endsAt: 1 }), says: /startsAt/ },
    {
      what: 'a link that is a page of its own',
      body: draft({
        content: popup({ kind: 'button', text: 'x', action: link('data:text/html,a') }),
      }),
      says: /content\.design\.blocks\.0\.action\.url: A link/,
    },
    {
      what: 'a misspelt variable',
      body: draft({ content: popup({ kind: 'heading', text: 'Hi {{ fristName |you}}' }) }),
      says: /\{\{…\}\} stands for one of firstName/,
    },
    {
      what: 'own HTML of which nothing is left',
      body: draft({ content: html('<script>a()</script>') }),
      says: /content\.design\.html: nothing of it/,
    },
    {
      what: 'own CSS that loads CSS, with its line',
      body: draft({ content: html('<p>x</p>', 'p {}\n@import "/a.css";') }),
      says: /content\.design\.css: line 2: @import/,
    },
  ])('refuses $what', async ({ body, says }) => {
    const before = await epochOf(shop)

    const { status, text } = await shop.ask('POST', '/experiences', body)

    expect({ status, code: codeOf(text) }).toEqual({ status: 400, code: 'bad_request' })
    expect((JSON.parse(text) as { error: { message: string } }).error.message).toMatch(says)
    expect(await epochOf(shop)).toBe(before)
  })

  it('tells what own HTML had to be without, keeps it as written, and draws the rest', async () => {
    const written = html('<p onclick="a()">Hello</p><script>b()</script>')

    const made = await create({ key: 'own-html', content: written })
    const { sql, t } = started.db
    const rows = await sql
      .select({ key: t.experiences.key, drawn: t.experiences.drawn })
      .from(t.experiences)

    expect(made).toMatchObject({
      content: written,
      removed: ['onclick of <p>: not allowed', '<script> and its content'],
    })
    expect(rows.find(({ key }) => key === 'own-html')?.drawn.design).toEqual({
      kind: 'tree',
      tree: [{ tag: 'p', children: ['Hello'] }],
      css: '',
    })
  })

  it('refuses a key that is taken, and lets an experience keep its own', async () => {
    const [one, other] = [await create({ key: 'one' }), await create({ key: 'other' })]

    const again = await shop.ask('POST', '/experiences', draft({ key: 'one' }))
    const renamed = await shop.ask('PUT', `/experiences/${other.id}`, draft({ key: 'one' }))
    const same = await shop.ask('PUT', `/experiences/${one.id}`, draft({ key: 'one' }))

    expect([again.status, renamed.status, same.status]).toEqual([409, 409, 200])
    expect(again.text).toContain('“one”')
  })

  it('lets one of ten have a key for which all ask at once', async () => {
    const own = await started.newShop(SCOPES)

    const replies = await Promise.all(
      Array.from({ length: 10 }, () => own.ask('POST', '/experiences', draft({ key: 'same' }))),
    )

    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array(9).fill(409),
    ])
  })

  it('refuses more than 500, however many ask at once', async () => {
    const full = await started.newShop(SCOPES)
    const {
      id: _id,
      removed: _removed,
      ...first
    } = (await create({ key: 'e-0' }, full)) as Experience & { removed: unknown }
    const rows = Array.from({ length: 497 }, (_, i) => ({
      ...first,
      id: 1_000 + i,
      shopId: full.id,
      key: `e-${i + 1}`,
      drawn: {
        layout: { kind: 'modal' as const },
        theme: {},
        canClose: true,
        design: { kind: 'blocks' as const, blocks: [] },
      },
      thanks: [],
    }))
    await started.db.sql.insert(started.db.t.experiences).values(rows)

    const replies = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        full.ask('POST', '/experiences', draft({ key: `last-${i}` })),
      ),
    )

    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 201, 409, 409, 409, 409,
    ])
    expect(replies.find(({ status }) => status === 409)?.text).toContain('500')
  })

  it('counts an epoch on with each change, and with none that was refused', async () => {
    const own = await started.newShop(SCOPES)
    const epochs = [await epochOf(own)]
    const { id } = await create({ key: 'a' }, own)
    epochs.push(await epochOf(own))
    await own.ask('PUT', `/experiences/${id}`, draft({ key: 'a' }))
    epochs.push(await epochOf(own))
    await own.ask('PUT', '/experience-settings', { isOn: false, perSession: 2, gapSeconds: 60 })
    epochs.push(await epochOf(own))
    await own.ask('DELETE', `/experiences/${id}`)
    epochs.push(await epochOf(own))
    await own.ask('DELETE', `/experiences/${id}`)
    await own.ask('PUT', `/experiences/${id}`, draft({ key: 'a' }))
    epochs.push(await epochOf(own))

    expect(epochs).toEqual([0, 1, 2, 3, 4, 4])
  })

  it('tells of one that its end has overtaken that it is over', async () => {
    const ending = { state: 'active', startsAt: NOW - HOUR, endsAt: NOW + HOUR }
    const { id } = await create({ key: 'ending', ...ending })
    const stateNow = async () =>
      (JSON.parse((await shop.ask('GET', `/experiences/${id}`)).text) as Experience).state

    const before = await stateNow()
    started.clock.now = NOW + HOUR
    const after = await stateNow()
    started.clock.now = NOW

    expect([before, after]).toEqual(['active', 'ended'])
  })

  it('keeps an audience for which an experience asks', async () => {
    const audience = await shop.create(EVERYBODY)
    const targeting = { kind: 'all', of: [{ kind: 'audience', audienceId: audience.id }] }
    const { id } = await create({ key: 'asking', name: 'Asking', targeting })

    const refused = await shop.ask('DELETE', `/audiences/${audience.id}`)
    await shop.ask('PUT', `/experiences/${id}`, draft({ key: 'asking' }))
    const removed = await shop.ask('DELETE', `/audiences/${audience.id}`)

    expect({ status: refused.status, code: codeOf(refused.text) }).toEqual({
      status: 409,
      code: 'conflict',
    })
    expect(refused.text).toContain('experience “Asking”')
    expect(removed.status).toBe(204)
  })

  it('never has an experience ask for an audience that is gone, whoever is first', async () => {
    const ended = await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const { id: audienceId } = await shop.create(EVERYBODY)
        const body = draft({ key: `race-${i}`, targeting: { kind: 'audience', audienceId } })
        const [made, removed] = await Promise.all([
          shop.ask('POST', '/experiences', body),
          shop.ask('DELETE', `/audiences/${audienceId}`),
        ])
        return `${made.status} ${removed.status}`
      }),
    )

    expect(['201 409', '400 204']).toEqual(expect.arrayContaining([...new Set(ended)]))
  })

  it('tells and changes what holds for all experiences', async () => {
    const own = await started.newShop(SCOPES)
    const settings = { isOn: false, perSession: 3, gapSeconds: 30 }

    const first = await own.ask('GET', '/experience-settings')
    const changed = await own.ask('PUT', '/experience-settings', settings)
    const read = await own.ask('GET', '/experience-settings')
    const wrong = await own.ask('PUT', '/experience-settings', { isOn: false })

    expect(JSON.parse(first.text)).toEqual({ isOn: true, perSession: null, gapSeconds: 0 })
    expect([changed.status, wrong.status]).toEqual([200, 400])
    expect(JSON.parse(read.text)).toEqual(settings)
  })

  it('tells figures by day and revenue by currency, of all days or of some', async () => {
    const own = await started.newShop(SCOPES)
    await started.server.account.setTimeZone(own.id, 'America/Bogota')
    const { id } = await create({ key: 'measured' }, own)
    await insertFigures(own.id, Number(id))

    const all = await own.ask('GET', `/experiences/${id}/results`)
    const some = await own.ask('GET', `/experiences/${id}/results?from=2026-11-02&to=2026-11-02`)

    expect(JSON.parse(all.text)).toEqual({
      impressions: 16,
      clicks: 4,
      closes: 3,
      submissions: 2,
      conversions: 3,
      revenue: { COP: 700, USD: 5 },
      days: [
        {
          dayOn: '2026-11-01',
          impressions: 10,
          clicks: 3,
          closes: 3,
          submissions: 2,
          conversions: 1,
        },
        {
          dayOn: '2026-11-02',
          impressions: 6,
          clicks: 1,
          closes: 0,
          submissions: 0,
          conversions: 2,
        },
      ],
    } satisfies ExperienceResults)
    // 05:00 UTC is midnight in Bogotá.
    expect(JSON.parse(some.text)).toMatchObject({
      impressions: 6,
      conversions: 2,
      revenue: { COP: 500, USD: 5 },
    })
  })

  async function insertFigures(shopId: number, experienceId: number): Promise<void> {
    const { sql, t } = started.db
    const of = { shopId, experienceId, variantId: 'a' }
    const first = { clicks: 1, closes: 3, submissions: 2, conversions: 1 }
    await sql.insert(t.experienceDays).values([
      { ...of, dayOn: '2026-11-01', impressions: 4, ...first },
      { ...of, variantId: 'b', dayOn: '2026-11-01', impressions: 6, clicks: 2 },
      { ...of, dayOn: '2026-11-02', impressions: 6, clicks: 1, conversions: 2 },
    ])
    const at = Date.UTC(2026, 10, 2, 5)
    await sql.insert(t.conversions).values([
      { ...of, reachedKey: '1', at: at - 1, amount: 200, currency: 'COP' },
      { ...of, reachedKey: '2', at, amount: 500, currency: 'COP' },
      { ...of, reachedKey: '3', at: at + 24 * HOUR - 1, amount: 5, currency: 'USD' },
      { ...of, reachedKey: '4', at: at + 1, amount: null, currency: null },
    ])
  }

  it.each(['from=yesterday', 'from=2026-02-30', 'to=2026-1-1', 'from=2026-11-02&to=2026-11-01'])(
    'refuses figures by %s',
    async (query) => {
      const { status } = await shop.ask('GET', `/experiences/1/results?${query}`)

      expect(status).toBe(400)
    },
  )

  it('tells what was filled in, the newest first, and by whom', async () => {
    const own = await started.newShop(SCOPES)
    const { id } = await create({ key: 'form' }, own)
    const [known, unknown] = [newTestVisitor(), newTestVisitor()]
    await own.send(known, [eventOf({ type: 'identify', userId: 'ana' })])
    await own.send(unknown, [eventOf()])
    const { customer } = await readCustomer(own, 'ana')
    await insertSubmissions(own.id, Number(id), [known.visitor.id, unknown.visitor.id, undefined])

    const first = pageOf(await own.ask('GET', `/experiences/${id}/submissions?limit=2`))
    const rest = pageOf(
      await own.ask('GET', `/experiences/${id}/submissions?limit=2&cursor=${first.nextCursor}`),
    )

    expect([...first.items, ...rest.items]).toMatchObject([
      { fields: { email: '2@shop.example' }, visitorId: null, customerId: null },
      { fields: { email: '1@shop.example' }, visitorId: unknown.visitor.id, customerId: null },
      { fields: { email: '0@shop.example' }, visitorId: known.visitor.id, customerId: customer },
    ])
    expect(rest.nextCursor).toBeNull()
  })

  async function readCustomer(by: TestShop, userId: string): Promise<{ customer: string }> {
    const { text } = await by.ask('GET', `/customers?userId=${userId}`)
    return { customer: (JSON.parse(text) as { id: string }).id }
  }

  async function insertSubmissions(
    shopId: number,
    experienceId: number,
    visitorIds: readonly (string | undefined)[],
  ): Promise<void> {
    const { sql, t } = started.db
    const visitors = await sql
      .select({ id: t.visitors.id, publicId: t.visitors.publicId })
      .from(t.visitors)
    for (const [i, visitorId] of visitorIds.entries()) {
      const row = visitors.find(({ publicId }) => publicId.toString('base64url') === visitorId)
      await sql.insert(t.formSubmissions).values({
        shopId,
        experienceId,
        variantId: 'a',
        submissionId: randomBytes(16),
        visitorRow: row?.id ?? null,
        fields: { email: `${i}@shop.example` },
        url: 'https://shop.example/',
        at: NOW,
      })
    }
  }

  it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=x', 'cursor=-1'])(
    'refuses submissions by %s',
    async (query) => {
      const { id } = await create({ key: `paged-${query.replaceAll(/\W/g, '-').toLowerCase()}` })

      const { status } = await shop.ask('GET', `/experiences/${id}/submissions?${query}`)

      expect(status).toBe(400)
    },
  )

  it('makes of every template an experience', async () => {
    const own = await started.newShop(SCOPES)
    const { text } = await own.ask('GET', '/experience-templates')
    const { items } = JSON.parse(text) as { items: { key: string; experience: object }[] }

    const made = await Promise.all(
      items.map(({ experience }) => own.ask('POST', '/experiences', experience)),
    )

    expect(items.map(({ key }) => key)).toEqual([
      'newsletter-coupon',
      'exit-offer',
      'free-shipping-bar',
      'cart-reminder',
      'announcement-bar',
      'product-launch',
      'survey',
      'nps',
      'age-gate',
      'cookie-consent',
    ])
    expect(made.map(({ status }) => status)).toEqual(items.map(() => 201))
  })

  it.each([
    { method: 'GET', path: '/experiences', scope: 'experiences:write' },
    { method: 'POST', path: '/experiences', scope: 'experiences:read' },
    { method: 'GET', path: '/experiences/1', scope: 'experiences:write' },
    { method: 'PUT', path: '/experiences/1', scope: 'experiences:read' },
    { method: 'DELETE', path: '/experiences/1', scope: 'experiences:read' },
    { method: 'GET', path: '/experiences/1/results', scope: 'experiences:write' },
    // What people filled in is theirs.
    { method: 'GET', path: '/experiences/1/submissions', scope: 'experiences:read' },
    { method: 'GET', path: '/experience-settings', scope: 'experiences:write' },
    { method: 'PUT', path: '/experience-settings', scope: 'experiences:read' },
    { method: 'GET', path: '/experience-templates', scope: 'experiences:write' },
  ] as const)('lets nobody $method $path without the right key', async (route) => {
    const { method, path, scope } = route
    const wrong = await started.newShop([scope, 'events:write'])
    const byPublicKey = await fetch(`${started.server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${wrong.key}` },
    })

    const { status, text } = await wrong.ask(method, path, method === 'GET' ? undefined : {})

    expect({ status, code: codeOf(text) }).toEqual({ status: 403, code: 'forbidden' })
    expect(codeOf(await byPublicKey.text())).toBe('forbidden')
  })

  it('is nothing to another shop', async () => {
    const { id } = await create({ key: 'mine', name: 'Mine' })
    const audience = await shop.create(EVERYBODY)
    const other = await started.newShop(SCOPES)
    const path = `/experiences/${id}`

    const replies = [
      await other.ask('GET', path),
      await other.ask('GET', `${path}/results`),
      await other.ask('GET', `${path}/submissions`),
      await other.ask('PUT', path, draft({ key: 'theirs' })),
      await other.ask('DELETE', path),
    ]
    const asking = draft({ targeting: { kind: 'audience', audienceId: audience.id } })

    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    expect((await other.ask('POST', '/experiences', asking)).status).toBe(400)
    expect(JSON.parse((await other.ask('GET', '/experiences')).text)).toMatchObject({ items: [] })
    expect(JSON.parse((await shop.ask('GET', path)).text)).toMatchObject({ name: 'Mine' })
  })

  it('gives a shop the demo once, however many nodes start, and never again', async () => {
    const own = await started.newShop(SCOPES)
    // A SQLite file has one server.
    const other =
      dialect === 'sqlite'
        ? started.db
        : await openDatabase({ ...database.address, role: 'command' })
    const nodes = [started.db, other].map((db) =>
      createManagement({ db, now: () => NOW, ownOrigin: '' }),
    )
    const keys = async () => {
      const { text } = await own.ask('GET', '/experiences')
      return (JSON.parse(text) as { items: Experience[] }).items
    }

    await Promise.all(nodes.map((node) => node.addDemo(own.id)))
    const made = await keys()
    for (const { id } of made) await own.ask('DELETE', `/experiences/${id}`)
    await Promise.all(nodes.map((node) => node.addDemo(own.id)))
    if (other !== started.db) await other.close()

    expect(made.map(({ key }) => key)).toEqual(
      demoExperiences()
        .map(({ key }) => key)
        .toSorted(),
    )
    expect(await keys()).toEqual([])
  })
})

function draft(changes: object = {}): object {
  return {
    key: 'an-experience',
    name: 'An experience',
    kind: 'popup',
    targeting: EVERYBODY,
    triggers: [{ on: 'load' }],
    frequency: { per: 'session' },
    content: popup({ kind: 'heading', text: 'Hello' }),
    ...changes,
  }
}

function popup(...blocks: object[]): object {
  return { layout: { kind: 'modal' }, design: { kind: 'blocks', blocks } }
}

function html(source: string, css = ''): object {
  return {
    layout: { kind: 'modal' },
    theme: {},
    canClose: true,
    design: { kind: 'html', html: source, css },
  }
}

function link(url: string): object {
  return { do: 'link', url }
}

function pageOf({ text }: { readonly text: string }) {
  return JSON.parse(text) as { items: Submission[]; nextCursor: string | null }
}

function codeOf(text: string): string {
  return (JSON.parse(text) as { error: { code: string } }).error.code
}
