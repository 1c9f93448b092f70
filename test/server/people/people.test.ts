import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import type { AudienceMember } from '#protocol/audiences.ts'
import type { ProductPage } from '#protocol/catalog.ts'
import type { OrderPage } from '#protocol/orders.ts'
import type { Person, PersonPage, TrailEvent } from '#protocol/people.ts'
import type { Condition } from '#protocol/targeting.ts'
import { csvLine } from '#server/core/csv-lines.ts'
import { peopleOnNow } from '#server/people/on-now.ts'
import { scan } from '#server/core/scan.ts'
import {
  happened,
  newTestVisitor,
  startAudienceServer,
  type AudienceServer,
  type TestShop,
  type TestVisitor,
} from '../../support/audience-server.ts'
import { bringIn, setUpOwner } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { injectionCorpus } from '../../support/injection-corpus.ts'
import { openShop } from '../../support/audience-server.ts'
import { SCOPES } from '#server/account/service.ts'
import { eventOf, NOW } from '../../support/ingestion.ts'
import type { ConsoleClient } from '../../support/console-client.ts'

const HAS_CART: Condition = { kind: 'cartQuantity', count: { op: 'atLeast', value: 1 } }

eachDatabase('people as one looks for them', (fresh) => {
  let database: FreshDatabase
  let started: AudienceServer
  let shop: TestShop
  let owner: ConsoleClient
  const visitors: TestVisitor[] = []

  beforeAll(async () => {
    database = await fresh()
    started = await startAudienceServer(database)
    const { server } = started
    owner = await setUpOwner(server)
    shop = await openShop(server, server.shop.id, SCOPES)
    // Ten visitors, one after the other; every third fills a cart, the last two are one customer.
    for (let i = 0; i < 10; i += 1) {
      const who = newTestVisitor(NOW + i * 1_000)
      visitors.push(who)
      const added = happened('Product Added', { product_id: `p${i}`, quantity: 2, price: 5 })
      const events = [happened('Looked', { i }, NOW), ...(i % 3 === 0 ? [added] : [])]
      if (i > 7) {
        const traits = { firstName: 'Ana', lastName: 'Ruiz', email: 'ana@shop.example' }
        events.push(eventOf({ type: 'identify', userId: 'ana-42', traits }))
      }
      started.clock.now = NOW + i * 1_000
      await shop.send(who, events, {
        consent: { statistics: true, personalisation: true, marketing: true },
      })
    }
  })
  afterAll(async () => {
    await started.stop()
    await database.remove()
  })

  async function told<T>(path: string): Promise<T> {
    const { status, text } = await shop.ask('GET', path)
    expect({ path, status, text }).toMatchObject({ status: 200 })
    return JSON.parse(text) as T
  }
  async function all(query: string): Promise<string[]> {
    const ids: string[] = []
    let cursor: string | null = ''
    do {
      const next: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page: PersonPage = await told(`/visitor-profiles?limit=3${query}${next}`)
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    return ids
  }
  const idsOf = (some: readonly TestVisitor[]) => some.map(({ visitor }) => visitor.id)
  const asked = (condition: Condition) => encodeURIComponent(JSON.stringify(condition))
  const customerId = async () =>
    (await told<PersonPage>('/customer-profiles?search=ana')).items[0]?.id ?? ''

  it('are listed page by page in each order, each once', async () => {
    expect(await all('')).toEqual(idsOf(visitors.toReversed()))
    expect(await all('&order=newest')).toEqual(idsOf(visitors.toReversed()))
    expect(await all('&order=oldest')).toEqual(idsOf(visitors))
  })

  it('are found by a condition, which says how many it looked at', async () => {
    const withCart = visitors.filter((_, i) => i % 3 === 0)
    const page = await told<PersonPage>(`/visitor-profiles?condition=${asked(HAS_CART)}`)

    expect(page.items.map(({ id }) => id)).toEqual(idsOf(withCart.toReversed()))
    expect(page).toMatchObject({ lookedAt: 10, nextCursor: null })
    expect(page.items[0]?.cart?.quantity).toBe(2)
    expect(await all(`&order=oldest&condition=${asked(HAS_CART)}`)).toEqual(idsOf(withCart))
  })

  it('are looked for only as long as there is patience, and the list goes on from there', async () => {
    const rows = Array.from({ length: 1_000 }, (_, at) => at)
    const next = async (after: number | undefined, limit: number) =>
      rows.slice((after ?? -1) + 1, (after ?? -1) + 1 + limit)
    const found: number[] = []
    let [last, rounds]: [number | undefined, number] = [undefined, 0]
    do {
      const behind: number | undefined = last
      const page: Awaited<ReturnType<typeof scan<number>>> = await scan({
        limit: 5,
        patienceMs: 0,
        next: (after, limit) => next(after ?? behind, limit),
        isWanted: (row) => row % 400 === 0,
      })
      found.push(...page.found)
      last = page.goesOnBehind
      rounds += 1
    } while (last !== undefined)

    expect(found).toEqual([0, 400, 800])
    expect(rounds).toBeGreaterThan(4)
  })

  it('are found by name, by address and by how their id begins', async () => {
    const [first] = visitors
    const beginning = first?.visitor.id.slice(0, 8) ?? ''
    const ids = async (search: string) =>
      (await told<PersonPage>(`/visitor-profiles?search=${encodeURIComponent(search)}`)).items.map(
        ({ id }) => id,
      )

    expect(await ids(beginning)).toEqual(idsOf(visitors.slice(0, 1)))
    expect(await ids('Ana R')).toEqual(idsOf(visitors.slice(8).toReversed()))
    expect(await ids('ana@shop.example')).toHaveLength(2)
    expect(await ids('nobody at all')).toEqual([])
  })

  it('refuse a condition that is none, and a cursor of another order', async () => {
    const { nextCursor } = await told<PersonPage>('/visitor-profiles?limit=1')
    const answers = await Promise.all(
      [
        '/visitor-profiles?condition=nothing',
        '/visitor-profiles?condition=%7B%22kind%22%3A%22wish%22%7D',
        `/visitor-profiles?order=oldest&cursor=${nextCursor}`,
        '/customer-profiles?order=active',
      ].map((path) => shop.ask('GET', path)),
    )

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400])
  })

  it('are told whole, with the trail of all their browsers, the newest first', async () => {
    const id = await customerId()
    const person = await told<Person>(`/customer-profiles/${id}`)
    const trail = await told<{ items: TrailEvent[]; nextCursor: string | null }>(
      `/customer-profiles/${id}/trail?limit=3`,
    )
    const rest = await told<{ items: TrailEvent[] }>(
      `/customer-profiles/${id}/trail?cursor=${trail.nextCursor}`,
    )

    expect(person.customer).toMatchObject({ firstName: 'Ana', email: 'ana@shop.example' })
    expect(person.visitors.map((visitor) => visitor.id)).toEqual(
      idsOf(visitors.slice(8).toReversed()),
    )
    expect(person.profile).toMatchObject({ visits: 2, cart: { items: [{ productId: 'p9' }] } })
    const events = [...trail.items, ...rest.items]
    expect(
      events.map(({ visitorId, name, type }) => [visitorId, type === 'track' ? name : type]),
    ).toEqual([
      [visitors[9]?.visitor.id, 'identify'],
      [visitors[9]?.visitor.id, 'Product Added'],
      [visitors[9]?.visitor.id, 'Looked'],
      [visitors[8]?.visitor.id, 'identify'],
      [visitors[8]?.visitor.id, 'Looked'],
    ])
    expect(events[0]?.session?.startedAt).toBe(NOW + 9_000)
  })

  it('are named by whoever may only read them: an operator has no list of all', async () => {
    const operator = await bringIn(started.server, owner, {
      email: 'op@shop.example',
      roles: ['operator'],
    })
    const list = JSON.parse((await shop.ask('POST', '/lists', { name: 'News' })).text)
    const audience = await shop.create({ kind: 'all', of: [] })
    const names = async (who: ConsoleClient) => {
      const path = `/audiences/${audience.id}/members`
      const { items } = await who.told<{ items: AudienceMember[] }>('GET', path)
      return items.flatMap(({ name }) => name ?? [])
    }
    const statuses = []
    for (const path of [
      '/customers',
      '/orders',
      '/visitor-profiles',
      '/customer-profiles?search=ana',
      '/files/visitors.csv',
      `/lists/${list.id}/members`,
    ]) {
      statuses.push((await operator.ask('GET', path)).status)
    }
    const erasing = await operator.ask('DELETE', `/customer-profiles/${await customerId()}`)

    expect([...statuses, erasing.status]).toEqual([400, 400, 400, 200, 403, 403, 403])
    await expect.poll(() => names(owner)).toContain('Ana Ruiz')
    expect(await names(operator)).toEqual([])
  })

  it('leave as a file in which no text is a formula, and the log says who took it', async () => {
    const corpus = [...injectionCorpus(300), '=1+1', '+1', '-x', '@SUM(A1)', '\tx', '\rx', '-12.5']
    const line = csvLine(corpus)
    const [read = []] = parse(line, { relax_column_count: true, record_delimiter: '\r\n' })
    const safe = corpus.map((text) => text.replaceAll('\0', ''))

    expect(read.filter((cell) => /^[=+@\t\r]/.test(cell))).toEqual([])
    expect(read.map((cell, i) => (cell === `'${safe[i]}` ? safe[i] : cell))).toEqual(safe)

    const { status, text, headers } = await owner.ask('GET', '/files/visitors.csv?order=oldest')
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="visitors-/)
    const rows = parse(text, { columns: true, bom: true }) as { id: string; name: string }[]
    // Of an id that begins with a minus, too.
    expect(rows.map(({ id }) => id.replace(/^'/, ''))).toEqual(idsOf(visitors))
    expect(rows[9]?.name).toBe('Ana Ruiz')
    const log = await owner.told<{ items: { action: string; object: object }[] }>(
      'GET',
      '/audit-log?limit=1',
    )
    expect(log.items[0]).toMatchObject({ action: 'list.exported', object: { id: 'visitors' } })
  })

  it('are on the shop now for five minutes, each once, with where they are and their cart', async () => {
    const { clock } = started
    const { now } = clock
    const onNow = () => peopleOnNow(started.db, shop.id, clock.now)
    const people = await onNow()
    clock.now = NOW + 5 * 60_000 + 1
    const later = await onNow()
    clock.now = now

    expect(people.map(({ id }) => id)).toEqual(idsOf(visitors.toReversed()))
    expect(people[0]).toMatchObject({ name: 'Ana Ruiz', cart: { quantity: 2 } })
    expect(later.map(({ id }) => id)).toEqual(idsOf(visitors.slice(1).toReversed()))
  })

  it('have orders, found by how their number begins or by who ordered, page by page', async () => {
    for (let i = 0; i < 4; i += 1) {
      const draft = { at: NOW - i * 1_000, total: { amount: 100 + i, currency: 'EUR' } }
      const order = i === 3 ? draft : { ...draft, userId: 'ana-42' }
      expect((await shop.ask('PUT', `/orders/A%25-${i}`, order)).status).toBe(201)
    }
    await shop.ask('POST', '/orders/A%25-1/status', { status: 'cancelled' })
    const found = async (query: string) => {
      const { items, nextCursor } = await told<OrderPage>(`/orders?${query}`)
      return { ids: items.map(({ orderId }) => orderId), nextCursor, items }
    }
    const first = await found('limit=2')
    const rest = await found(`limit=2&cursor=${first.nextCursor}`)

    expect([...first.ids, ...rest.ids]).toEqual(['A%-0', 'A%-1', 'A%-2', 'A%-3'])
    expect(rest.nextCursor).toBeNull()
    expect((await found('order=oldest')).ids[0]).toBe('A%-3')
    expect((await found('search=A%25-2')).ids).toEqual(['A%-2'])
    expect((await found('search=A_')).ids).toEqual([])
    expect((await found('search=Ana+R')).ids).toEqual(['A%-0', 'A%-1', 'A%-2'])
    expect((await found('status=cancelled')).ids).toEqual(['A%-1'])
    expect((await found(`from=${NOW - 1_000}`)).ids).toEqual(['A%-0', 'A%-1'])
    expect((await found(`to=${NOW - 1_000}`)).ids).toEqual(['A%-2', 'A%-3'])
    expect(first.items[0]?.customerName).toBe('Ana Ruiz')
  })

  it('have orders and products that are narrowed by what no index answers', async () => {
    for (const [i, productId] of ['jar-1', 'jar-2', 'jar-1'].entries()) {
      const price = { amount: 500 * (i + 1), currency: 'EUR' }
      await shop.ask('PUT', `/orders/J-${i}`, {
        at: NOW + 5_000 + i,
        total: price,
        lines: [{ productId, quantity: 1, price }],
        ...(i === 2 && { userId: 'ana-42' }),
      })
      await shop.ask('PUT', `/products/jar-${i}`, { name: `Jar ${i}`, price })
    }
    const orders = async (query: string) => {
      const page = await told<OrderPage>(`/orders?search=J-&${query}`)
      return page.items.map(({ orderId }) => orderId)
    }
    const products = async (query: string) => {
      const page = await told<ProductPage>(`/products?${query}`)
      return page.items.map(({ id }) => id).filter((id) => id.startsWith('jar'))
    }

    expect(await orders('productId=jar-1')).toEqual(['J-2', 'J-0'])
    expect(await orders('least=1000&most=1400&currency=EUR')).toEqual(['J-1'])
    expect(await orders('currency=USD')).toEqual([])
    expect(await orders('verified=false')).toEqual([])
    expect(await orders(`condition=${asked({ kind: 'visitor', is: 'new' })}`)).toEqual([])
    expect(await orders(`condition=${asked({ kind: 'all', of: [] })}`)).toEqual(['J-2'])
    expect(await products('least=1000&currency=EUR')).toEqual(['jar-1', 'jar-2'])
    // Figures follow a second behind.
    await expect
      .poll(() => products('activity=bought&days=1'), { timeout: 15_000 })
      .toEqual(['jar-1', 'jar-2'])
    expect(await products('activity=not_bought&days=1')).toEqual(['jar-0'])
    expect(await products('activity=viewed')).toEqual([])
    for (const path of ['/orders?least=1', '/products?most=1', '/orders?condition=x']) {
      expect((await shop.ask('GET', path)).status).toBe(400)
    }
  })

  it('have their saved views: shared, each name once, brought back after removal', async () => {
    const view = { list: 'visitors', name: 'With a cart', query: 'order=newest' }
    const made = await shop.ask('POST', '/saved-views', view)
    const again = await shop.ask('POST', '/saved-views', view)
    const { id } = JSON.parse(made.text) as { id: string }
    const removed = await shop.ask('DELETE', `/saved-views/${id}`)
    const back = await shop.ask('POST', '/saved-views', view)

    expect([made, again, removed, back].map(({ status }) => status)).toEqual([201, 409, 204, 201])
    expect(await told('/saved-views?list=visitors')).toMatchObject({ items: [view] })
    expect(await told('/saved-views?list=orders')).toMatchObject({ items: [] })
  })

  it('are given to themselves as one file, and erased with all that they did', async () => {
    const id = await customerId()
    const { db } = started
    const file = await owner.ask('GET', `/customer-profiles/${id}/export`)
    const whole = JSON.parse(file.text) as { events: object[]; sessions: object[] }
    const refused = await owner.ask('DELETE', `/visitor-profiles/${visitors[9]?.visitor.id}`)
    const erased = await owner.ask('DELETE', `/customer-profiles/${id}`)

    // Five of the pages, five that tell of the orders.
    expect([whole.events.length, whole.sessions.length]).toEqual([10, 2])
    expect([refused.status, erased.status]).toEqual([409, 204])
    await expect
      .poll(async () => (await shop.ask('GET', `/customer-profiles/${id}`)).status, {
        timeout: 10_000,
      })
      .toBe(404)
    expect(await all('')).toEqual(idsOf(visitors.slice(0, 8).toReversed()))
    const events = await db.sql
      .select({ visitorId: db.t.events.visitorId })
      .from(db.t.events)
      .where(eq(db.t.events.shopId, shop.id))
    expect(new Set(events.flatMap(({ visitorId }) => visitorId ?? [])).size).toBe(8)
    expect(await db.sql.select().from(db.t.customers)).toEqual([])
    // The same browser is a newcomer from then on.
    const [, , , , , , , , eighth] = visitors
    if (eighth === undefined) throw new Error('There are ten')
    await shop.send(eighth, [happened('Back', {}, started.clock.now)])
    expect(await all('')).toContain(eighth.visitor.id)
  })
})
