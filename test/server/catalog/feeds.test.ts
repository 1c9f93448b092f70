import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { ProductSchema } from '#protocol/catalog.ts'
import { FeedSchema, MAX_FEEDS, type Feed } from '#protocol/feeds.ts'
import {
  createCatalog,
  createFeeds,
  createFileImports,
  createSearchIndex,
} from '#server/catalog/service.ts'
import { COMMAND } from '#server/core/actor.ts'
import { createJobs } from '#server/core/jobs/jobs.ts'
import { createLog } from '#server/core/log.ts'
import { createOutbound } from '#server/core/outbound.ts'
import { readRange } from '#server/core/outbound-address.ts'
import type { Database } from '#server/db/database.ts'
import { newSecretBox } from '../../support/background.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { insertShop, NOW } from '../../support/ingestion.ts'
import { closeServer, listen } from '../../support/listening.ts'

const HOUR = 3_600_000
const LIMITS = { bytes: 300_000, totalMs: 4_000, idleMs: 400 }
const OWN_NET = ['127.0.0.0/8'].map(readRange).filter((it) => it !== undefined)

type Answering = (request: IncomingMessage, response: ServerResponse) => void

const item = (id: string, price = '19.90 EUR', more = '') => `<item><g:id>${id}</g:id>
  <title>Name of ${id} &amp; co</title><link>https://shop.example/${id}</link>
  <g:image_link>https://shop.example/${id}.jpg</g:image_link><g:price>${price}</g:price>
  <g:additional_image_link>https://shop.example/${id}-2.jpg</g:additional_image_link>
  <g:additional_image_link>https://shop.example/${id}-3.jpg</g:additional_image_link>
  <g:availability>out_of_stock</g:availability><g:color>blue</g:color>
  <g:shipping><g:country>ES</g:country><g:price>5 EUR</g:price></g:shipping>${more}</item>`
const rss = (...items: string[]) => `<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>${items.join('')}</channel></rss>`
const rssOf = (...ids: string[]) => rss(...ids.map((id) => item(id)))
const answering =
  (body: string | Buffer, headers: Record<string, string> = {}): Answering =>
  (_, response) =>
    void response.writeHead(200, headers).end(body)

eachDatabase('feeds of products', (fresh) => {
  let database: FreshDatabase
  let db: Database
  let source: Server
  let url: string
  let answer: Answering
  let asked: IncomingMessage[] = []
  beforeAll(async () => {
    database = await fresh()
    db = await database.open()
    source = createServer((request, response) => {
      asked.push(request)
      answer(request, response)
    })
    url = `http://127.0.0.1:${await listen(source)}/products.xml`
  })
  afterAll(async () => {
    source.closeAllConnections()
    await closeServer(source)
    await db.close()
    await database.remove()
  })
  beforeEach(() => {
    asked = []
  })

  async function startFeeds() {
    const clock = { now: NOW }
    const now = () => clock.now
    const log = createLog('silent')
    // Feeds of the tests before would be due as well.
    await rowsOf(db, 'DELETE FROM jobs')
    const shopId = await insertShop(db)
    const catalog = createCatalog({
      db,
      now,
      log,
      box: newSecretBox(),
      activeProducts: async () => new Set<string>(),
    })
    const kinds = [catalog.productImport]
    const imports = createFileImports({ db, now, log, currencyOf: async () => 'EUR', kinds })
    const jobs = createJobs({ db, now, log })
    const feeds = createFeeds({
      db,
      now,
      jobs,
      imports,
      limits: LIMITS,
      outbound: createOutbound({ allowed: OWN_NET }),
      index: createSearchIndex(db.raw.dialect),
      timeZoneOf: async () => 'Europe/Madrid',
    })
    const create = (more = {}) =>
      feeds.create(shopId, FeedSchema.parse({ url, schedule: 'hourly', ...more }), COMMAND)
    return {
      catalog,
      imports,
      jobs,
      feeds,
      clock,
      shopId,
      create,
      /** Makes a feed and lets it be fetched. */
      fetched: async (more = {}): Promise<Feed> => {
        const { id } = await create(more)
        await jobs.settle()
        return feeds.find(shopId, id)
      },
      again: async (id: string): Promise<Feed> => {
        clock.now += HOUR
        await jobs.settle()
        return feeds.find(shopId, id)
      },
      states: async () => {
        const { items } = await catalog.listProducts(shopId, { marks: [], limit: 100 })
        return items.map(({ id, state }) => `${id} ${state}`).toSorted()
      },
    }
  }

  it('brings what Google Merchant’s RSS tells of products', async () => {
    const { fetched, catalog, shopId } = await startFeeds()
    answer = answering(rss(item('a'), item('b', 'free')))

    const feed = await fetched()

    expect(feed).toMatchObject({ lastResult: 'imported', products: 2, isRunning: false, hidden: 0 })
    expect(await catalog.findProduct(shopId, 'a')).toMatchObject({
      name: 'Name of a & co',
      url: 'https://shop.example/a',
      price: { amount: 1_990, currency: 'EUR' },
      imageUrls: [1, 2, 3].map((n) => `https://shop.example/a${n === 1 ? '' : `-${n}`}.jpg`),
      stock: 0,
      attributes: { color: 'blue' },
      source: 'import',
    })
  })

  it('names the lines that were left out, and undoes a run', async () => {
    const { fetched, imports, shopId, states, feeds } = await startFeeds()
    answer = answering(rss(item('a'), item('b', 'free')))

    const { importId, id } = await fetched()
    const run = await imports.find(shopId, 'products', importId ?? '')

    expect(run).toMatchObject({ created: 1, faultCount: 1, isUndoable: true })
    expect(run.faults).toMatchObject([{ line: 2, fault: 'bad_price' }])
    await imports.undo(shopId, 'products', run.id, COMMAND)
    await expect.poll(states).toEqual([])
    expect(await feeds.find(shopId, id)).toMatchObject({ importId: run.id })
  })

  it.each([
    {
      what: 'Atom',
      file: `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><entry>
        <id>tag:other</id><g:id>a</g:id><title><![CDATA[Café & té]]></title><link href="https://shop.example/a"/>
        <g:price>5 EUR</g:price></entry></feed>`,
    },
    { what: 'CSV', file: 'id;title;price\na;Café & té;5,00\n' },
    { what: 'zipped CSV', file: gzipSync('id,title,price\na,Café & té,5 EUR\n') },
    {
      what: 'another encoding',
      file: Buffer.from(
        `<?xml version="1.0" encoding="ISO-8859-1"?>${rss(item('a'))
          .slice(21)
          .replace(/Name of a &amp; co/, 'Café &amp; té')}`,
        'latin1',
      ),
    },
  ])('reads $what', async ({ file }) => {
    const { fetched, catalog, shopId } = await startFeeds()
    answer = answering(file)

    expect(await fetched()).toMatchObject({ lastResult: 'imported', lastError: null })
    expect(await catalog.findProduct(shopId, 'a')).toMatchObject({ name: 'Café & té' })
  })

  it('comes when it is due, and costs nothing where it has not changed', async () => {
    const { fetched, again, imports, shopId } = await startFeeds()
    answer = (request, response) => {
      const isKnown = request.headers['if-none-match'] === '"1"'
      response.writeHead(isKnown ? 304 : 200, { etag: '"1"' }).end(isKnown ? '' : rssOf('a'))
    }

    const first = await fetched()
    const second = await again(first.id)
    answer = answering(rssOf('a'))
    const third = await again(first.id)

    expect(first.nextRunAt).toBeGreaterThan(NOW)
    expect(first.nextRunAt).toBeLessThanOrEqual(NOW + HOUR)
    expect([second.lastResult, third.lastResult]).toEqual(['unchanged', 'unchanged'])
    expect(asked).toHaveLength(3)
    const page = { cursor: undefined, limit: 10 }
    expect((await imports.list(shopId, 'products', page)).items).toHaveLength(1)
  })

  it('comes daily by the clock of the shop', async () => {
    const { fetched } = await startFeeds()
    answer = answering(rssOf('a'))

    const { nextRunAt } = await fetched({ schedule: 'daily', at: '04:30' })

    const at = new Date(nextRunAt ?? 0).toLocaleTimeString('en-GB', { timeZone: 'Europe/Madrid' })
    expect(at).toBe('04:30:00')
  })

  it('hides what is missing, shows it again, and leaves what the shop’s server has changed', async () => {
    const { fetched, again, states, catalog, shopId } = await startFeeds()
    answer = answering(rssOf('a', 'b', 'c', 'd', 'e'))
    const { id } = await fetched({ hidesMissing: true })
    await catalog.putProduct(shopId, 'e', ProductSchema.parse({ name: 'Own' }))

    answer = answering(rssOf('a', 'b', 'c'))
    const without = await again(id)
    const hidden = await states()
    answer = answering(rssOf('a', 'b', 'c', 'd'))
    await again(id)

    expect(without).toMatchObject({ hidden: 1, products: 3, hasShrunk: false })
    expect(hidden).toEqual(['a active', 'b active', 'c active', 'd hidden', 'e active'])
    expect(await states()).toEqual(['a', 'b', 'c', 'd', 'e'].map((it) => `${it} active`))
  })

  it('hides nothing where a feed has shrunk by more than half, unless it is said to be right', async () => {
    const { fetched, again, states, feeds, shopId, jobs } = await startFeeds()
    answer = answering(rssOf('a', 'b', 'c'))
    const { id } = await fetched({ hidesMissing: true })

    answer = answering(rssOf('a'))
    const shrunk = await again(id)
    const before = await states()
    await feeds.fetchNow(shopId, id, { acceptsShrinking: true, by: COMMAND })
    await jobs.settle()

    expect(shrunk).toMatchObject({ hasShrunk: true, hidden: 0, products: 3 })
    expect(before).toEqual(['a active', 'b active', 'c active'])
    expect(await feeds.find(shopId, id)).toMatchObject({ hasShrunk: false, hidden: 2, products: 1 })
    expect(await states()).toEqual(['a active', 'b hidden', 'c hidden'])
  })

  it('leaves what is missing where the shop did not choose otherwise', async () => {
    const { fetched, again, states } = await startFeeds()
    answer = answering(rssOf('a', 'b', 'c'))
    const { id } = await fetched()
    answer = answering(rssOf('a', 'b'))

    expect(await again(id)).toMatchObject({ hidden: 0 })
    expect(await states()).toEqual(['a active', 'b active', 'c active'])
  })

  const laughs = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${rss(item('a', '&b;')).slice(21)}`
  it.each<{ what: string; says: RegExp; answers: Answering }>([
    { what: 'is a billion laughs', says: /document type/, answers: answering(laughs) },
    {
      what: 'names an entity that is none of XML’s',
      says: /well-formed/,
      answers: answering(rss(item('a', '&money;'))),
    },
    { what: 'is no XML', says: /well-formed/, answers: answering('<html><p>Sorry') },
    { what: 'has no items', says: /no items/, answers: answering('<rss/>') },
    { what: 'is empty', says: /empty/, answers: answering('') },
    {
      what: 'says an encoding that is none',
      says: /klingon/,
      answers: answering('<?xml version="1.0" encoding="klingon"?><rss/>'),
    },
    {
      what: 'is too long',
      says: /longer than/,
      answers: answering(rss(...Array.from({ length: 1_000 }, (_, n) => item(`p${n}`)))),
    },
    {
      what: 'is too long once it is unzipped',
      says: /longer than/,
      answers: answering(gzipSync(Buffer.alloc(10_000_000, 'a,'))),
    },
    {
      what: 'has a part that does not end',
      says: /does not end/,
      answers: answering(`<rss a="${'x'.repeat(200_000)}`),
    },
    {
      what: 'never goes on',
      says: /stopped coming/,
      answers: (_, response) => void response.writeHead(200).write(rssOf('a').slice(0, 300)),
    },
    {
      what: 'breaks off',
      says: /broke off/,
      answers: (_, response) => {
        response.writeHead(200, { 'content-length': '5000' }).write(rssOf('a').slice(0, 300))
        setTimeout(() => response.destroy(), 20)
      },
    },
    {
      what: 'is not there',
      says: /404/,
      answers: (_, response) => void response.writeHead(404).end(),
    },
    {
      what: 'leads to an address in a private network',
      says: /on the net/,
      answers: (_, response) =>
        void response.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
    },
    {
      what: 'leads on for ever',
      says: /from one address to the next/,
      answers: (_, response) => void response.writeHead(302, { location: '/again' }).end(),
    },
    {
      what: 'names no id',
      says: /Name the column of id or sku/,
      answers: answering('colour,weight\nred,3\n'),
    },
  ])('that $what fails with a reason, leaves nothing, and is fetched again', async (given) => {
    const { fetched, again, states, imports, shopId } = await startFeeds()
    answer = given.answers

    const feed = await fetched()
    const open = await states()
    answer = answering(rssOf('a'))

    expect(feed).toMatchObject({ lastResult: 'failed', isRunning: false })
    expect(feed.lastError).toMatch(given.says)
    expect(open).toEqual([])
    expect(await again(feed.id)).toMatchObject({ lastResult: 'imported', lastError: null })
    const { items } = await imports.list(shopId, 'products', { cursor: undefined, limit: 10 })
    expect(items.filter(({ state }) => state !== 'uploaded')).toHaveLength(1)
  })

  it('are as many as a shop may have, in its own net never, and gone when they are removed', async () => {
    const { create, feeds, shopId, jobs } = await startFeeds()
    answer = answering(rssOf('a'))

    const made = await Promise.allSettled(Array.from({ length: MAX_FEEDS + 3 }, () => create()))

    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(MAX_FEEDS)
    await expect(create({ url: 'http://10.0.0.1/feed' })).rejects.toMatchObject({
      code: 'bad_request',
    })
    for (const { id } of await feeds.list(shopId)) await feeds.remove(shopId, id, COMMAND)
    await jobs.settle()
    expect(asked).toEqual([])
    expect(await feeds.list(shopId)).toEqual([])
  })

  it('come back as they were for a day after their removal, and are fetched as before', async () => {
    const { create, fetched, again, feeds, clock, jobs, shopId } = await startFeeds()
    answer = answering(rssOf('a', 'b'))
    const feed = await fetched({ hidesMissing: true })
    await feeds.remove(shopId, feed.id, COMMAND)

    await expect(feeds.find(shopId, feed.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(feeds.remove(shopId, feed.id, COMMAND)).rejects.toMatchObject({
      code: 'not_found',
    })
    clock.now += 3 * HOUR
    await jobs.settle()
    expect(asked).toHaveLength(1)
    expect(await feeds.restore(shopId, feed.id, COMMAND)).toMatchObject({
      ...feed,
      nextRunAt: clock.now,
    })
    expect(await feeds.restore(shopId, feed.id, COMMAND)).toMatchObject({ id: feed.id })
    // What it told of before is known still: what is missing now is hidden.
    answer = answering(rssOf('a'))
    await jobs.settle()
    expect(await feeds.find(shopId, feed.id)).toMatchObject({ products: 1, hidden: 1 })

    await feeds.remove(shopId, feed.id, COMMAND)
    await Promise.all(Array.from({ length: MAX_FEEDS }, () => create({ isOn: false })))
    await expect(feeds.restore(shopId, feed.id, COMMAND)).rejects.toMatchObject({
      code: 'conflict',
    })
    await rowsOf(db, 'UPDATE catalog_feeds SET removed_at = 0 WHERE removed_at IS NOT NULL')
    await again((await feeds.list(shopId))[0]?.id ?? '')
    const left = await rowsOf(db, 'SELECT id FROM catalog_feeds WHERE shop_id = $1', [shopId])
    expect(left).toHaveLength(MAX_FEEDS + 1)
  })

  it('let go of a feed that was removed while it was fetched', async () => {
    const { create, feeds, jobs, shopId } = await startFeeds()
    answer = (_, response) => {
      void feeds.remove(shopId, id, COMMAND).then(() => response.writeHead(200).end(rssOf('a')))
    }
    const { id } = await create()
    await jobs.settle()

    expect(await feeds.list(shopId)).toEqual([])
    expect(await feeds.restore(shopId, id, COMMAND)).toMatchObject({ isRunning: false })
  })
})
