import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { FileImport } from '#protocol/imports.ts'
import type { Scope } from '#server/account/service.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const AT = Date.UTC(2026, 10, 20, 12)
const EUROS = (amount: number) => ({ amount, currency: 'EUR' })

eachDatabase('customers and orders by HTTP', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let key: string
  beforeAll(async () => {
    database = await fresh()
    server = await startServer({ databaseUrl: database.address.url })
    key = await newKey(
      'customers:read',
      'customers:write',
      'orders:read',
      'orders:write',
      'audit:read',
    )
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  const newKey = (...scopes: Scope[]) => server.account.createSecretKey(server.shop.id, scopes)

  async function ask(method: string, path: string, body?: unknown, asking = key) {
    const headers = { authorization: `Bearer ${asking}` }
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const init = { method, headers, body: body === undefined ? null : text }
    const reply = await fetch(`${server.url}/api/v1${path}`, init)
    return { status: reply.status, json: await reply.json() }
  }

  async function read(kind: 'customer' | 'order', file: string): Promise<FileImport> {
    const { json: shown } = await ask('POST', `/${kind}-imports`, file)
    await ask('POST', `/${kind}-imports/${shown.id}/start`, { mapping: shown.mapping })
    const found = () => ask('GET', `/${kind}-imports/${shown.id}`)
    await vi.waitFor(async () => expect((await found()).json.state).toBe('done'), {
      timeout: 15_000,
      interval: 20,
    })
    return (await found()).json
  }

  it('writes, reads and lists customers', async () => {
    const made = await ask('POST', '/customers', {
      userId: 'ana-1',
      traits: { email: 'Ana@shop.example', first_name: 'Ana', lastName: 'Niño', plan: 'gold' },
    })
    await ask('POST', '/customers', { userId: 'eva-1', traits: { firstName: 'Eva 100%' } })
    const changed = await ask('PATCH', `/customers/${made.json.id}`, {
      traits: { plan: null, tags: ['vip'], phone: '+49 30 901820' },
    })
    const idsFor = async (search: string) => {
      const { json } = await ask('GET', `/customers?search=${encodeURIComponent(search)}`)
      return json.items.map(({ userId }: { userId: string }) => userId)
    }

    expect(made.json).toMatchObject({
      userId: 'ana-1',
      isVerified: true,
      email: 'ana@shop.example',
    })
    expect(changed.json).toMatchObject({ tags: ['vip'], attributes: {}, phone: '+4930901820' })
    for (const search of [
      'ana@shop.example',
      'ana-1',
      'ANA',
      'nIñ'.toLowerCase(),
      'ana niñ',
      '+4930901820',
    ]) {
      expect(await idsFor(search)).toEqual(['ana-1'])
    }
    expect(await idsFor('eva 100%')).toEqual(['eva-1'])
    expect(await idsFor('%')).toEqual([])
    const first = await ask('GET', '/customers?limit=1')
    const second = await ask('GET', `/customers?limit=1&cursor=${first.json.nextCursor}`)
    expect([...first.json.items, ...second.json.items].map(({ userId }) => userId)).toEqual([
      'ana-1',
      'eva-1',
    ])
  })

  it('keeps all that was ever said of consent, through a merge too', async () => {
    const [one, other] = await Promise.all([
      ask('POST', '/customers', { userId: 'consent-1', traits: {} }),
      ask('POST', '/customers', { userId: 'consent-2', traits: {} }),
    ])
    const say = (id: string, isGranted: boolean, at: number) => {
      const consent = { purpose: 'marketing', channel: 'email', isGranted, at, note: 'form' }
      return ask('PATCH', `/customers/${id}`, { consents: [consent] })
    }
    await say(one.json.id, true, AT)
    await say(other.json.id, false, AT + 2)
    await say(one.json.id, true, AT + 1)
    await ask('POST', '/customer-merges', {
      from: { userId: 'consent-1' },
      into: { userId: 'consent-2' },
    })

    const { json: history } = await ask('GET', `/customers/${other.json.id}/consents`)
    const { json: customer } = await ask('GET', `/customers/${other.json.id}`)

    expect(
      history.items.map(({ at, isGranted }: { at: number; isGranted: boolean }) => [at, isGranted]),
    ).toEqual([
      [AT + 2, false],
      [AT + 1, true],
      [AT, true],
    ])
    expect(customer.consents).toMatchObject([{ channel: 'email', isGranted: false, source: 'api' }])
  })

  it('counts an order as an event of the shop’s server does, once', async () => {
    const order = {
      userId: 'buyer-1',
      at: AT,
      total: EUROS(4_990),
      lines: [{ productId: 'mug', quantity: 2, price: EUROS(2_495) }],
    }
    const made = await ask('PUT', '/orders/A%201', order)
    const again = await ask('PUT', '/orders/A%201', { ...order, status: 'paid', statusAt: AT + 5 })
    const same = await ask('PUT', '/orders/A%201', { ...order, status: 'paid' })
    const other = await ask('PUT', '/orders/A%201', { ...order, total: EUROS(1) })

    expect([made.status, again.status, same.status, other.status]).toEqual([201, 200, 200, 409])
    expect(same.json).toMatchObject({
      orderId: 'A 1',
      status: 'paid',
      statusTimes: { new: AT, paid: AT + 5 },
      total: EUROS(4_990),
      lines: order.lines,
      isVerified: true,
      source: 'api',
    })
    const { json: customer } = await ask('GET', '/customers?userId=buyer-1')
    expect(customer).toMatchObject({ orders: [{ orderId: 'A 1' }], isVerified: true })
    const list = await ask('GET', `/orders?customerId=${customer.id}&status=paid`)
    expect(list.json).toMatchObject({ items: [{ orderId: 'A 1' }], nextCursor: null })
    expect(await ordersInProfile('buyer-1')).toBe(1)
  })

  it('takes a cancelled order out of the profile', async () => {
    for (const orderId of ['C-1', 'C-2']) {
      await ask('PUT', `/orders/${orderId}`, { userId: 'buyer-2', at: AT, total: EUROS(100) })
    }
    expect(await ordersInProfile('buyer-2')).toBe(2)

    const status = { status: 'cancelled', at: AT + 9 }
    const changed = await ask('POST', '/orders/C-1/status', status)

    expect(changed.json).toMatchObject({ status: 'cancelled', statusTimes: { cancelled: AT + 9 } })
    expect(await ordersInProfile('buyer-2')).toBe(1)
  })

  it('keeps in the audit log who changed an order, once, however many say so at once', async () => {
    await ask('PUT', '/orders/D-1', { userId: 'buyer-3', at: AT, total: EUROS(100) })
    const changed = (status: string) => ask('POST', '/orders/D-1/status', { status, at: AT + 9 })

    await Promise.all(['paid', 'paid', 'paid'].map(changed))
    await Promise.all(['cancelled', 'cancelled', 'cancelled'].map(changed))

    const { json } = await ask('GET', '/audit-log?objectKind=order&objectId=D-1')
    expect(json).toMatchObject({
      items: [
        {
          action: 'order.status_changed',
          before: { status: 'paid' },
          after: { status: 'cancelled' },
        },
        { action: 'order.status_changed', before: { status: 'new' }, after: { status: 'paid' } },
      ],
    })
    expect((json as { items: unknown[] }).items).toHaveLength(2)
  })

  it('imports customers and orders, and counts nothing twice', async () => {
    const customers =
      'customer_id,email,first name,accepts marketing,Other\nc-1,c1@shop.example,Cé,yes,x\nnull,,,,\nc-2,broken,,,\nc-3,,Dora,no,\n'
    const orders =
      'Order Number;Customer ID;Date;Total;Status\nI-1;c-1;2026-11-01 10:00;12,50;delivered\nI-2;c-1;2026-11-02;7,50 USD;Refunded\nI-3;;yesterday;1;\n;;2026-11-02;1;\n'

    const people = await read('customer', customers)
    const bought = await read('order', orders)
    const again = await read('order', orders)

    expect(people).toMatchObject({ created: 2, faultCount: 2, isUndoable: false })
    expect(people.faults.map(({ line, fault }) => `${line} ${fault}`)).toEqual([
      '3 bad_user_id',
      '4 bad_email',
    ])
    expect(bought).toMatchObject({ created: 2, faultCount: 2 })
    expect(again).toMatchObject({ created: 0, unchanged: 2, faultCount: 2 })
    const { json: customer } = await ask('GET', '/customers?userId=c-1')
    expect(customer).toMatchObject({
      firstName: 'Cé',
      consents: [{ isGranted: true, source: 'import' }],
    })
    expect((await ask('GET', '/orders/I-1')).json).toMatchObject({
      status: 'completed',
      total: { amount: 1_250, currency: 'USD' },
      at: Date.UTC(2026, 10, 1, 10),
      source: 'import',
    })
    expect(await ordersInProfile('c-1')).toBe(1)
  })

  it.each([
    { method: 'GET', path: '/orders', scope: 'orders:write' },
    { method: 'GET', path: '/orders/a', scope: 'customers:read' },
    { method: 'PUT', path: '/orders/a', scope: 'orders:read' },
    { method: 'POST', path: '/orders/a/status', scope: 'orders:read' },
    { method: 'POST', path: '/order-imports', scope: 'orders:read' },
    { method: 'POST', path: '/customers', scope: 'customers:read' },
    { method: 'PATCH', path: `/customers/${'x'.repeat(22)}`, scope: 'customers:read' },
    { method: 'GET', path: `/customers/${'x'.repeat(22)}/consents`, scope: 'customers:write' },
    { method: 'POST', path: '/customer-imports', scope: 'customers:read' },
  ] as const)(
    'lets nobody $method $path without the right key',
    async ({ method, path, scope }) => {
      const body = method === 'GET' ? undefined : {}
      expect((await ask(method, path, body, await newKey(scope))).status).toBe(403)
      expect((await ask(method, path, body, server.key)).status).toBe(403)
    },
  )

  it.each([
    { what: 'an order without a total', path: '/orders/x', body: { at: AT } },
    { what: 'an unknown field', path: '/orders/x', body: { at: AT, total: EUROS(1), shopId: 2 } },
    {
      what: 'a currency that is none',
      path: '/orders/x',
      body: { at: AT, total: { amount: 1, currency: 'QQQ' } },
    },
    {
      what: 'a buyer who stands for nobody',
      path: '/orders/x',
      body: { at: AT, total: EUROS(1), userId: 'null' },
    },
  ])('refuses $what', async ({ path, body }) => {
    expect((await ask('PUT', path, body)).status).toBe(400)
    expect((await ask('GET', path)).status).toBe(404)
  })

  /** How many orders count, as conditions read them. */
  async function ordersInProfile(userId: string): Promise<unknown> {
    const { json: customer } = await ask('GET', `/customers?userId=${userId}`)
    const condition = { kind: 'orders', count: { op: 'atLeast', value: 1 } }
    const body = { condition, customerId: customer.id }
    return (await ask('POST', '/explain', body)).json.explanation.seen
  }
})
