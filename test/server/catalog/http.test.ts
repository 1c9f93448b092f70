import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '#server/account/service.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
let key: string
beforeAll(async () => {
  server = await startServer()
  key = await newKey('catalog:read', 'catalog:write')
})
afterAll(() => server.stop())

const newKey = (...scopes: Scope[]) => server.account.createSecretKey(server.shop.id, scopes)

function ask(path: string, init: RequestInit = {}, asking = key) {
  const headers = { authorization: `Bearer ${asking}` }
  return fetch(`${server.url}/api/v1${path}`, { ...init, headers })
}

const put = (id: string, body: unknown) =>
  ask(`/products/${encodeURIComponent(id)}`, { method: 'PUT', body: JSON.stringify(body) })

describe('the management API of products', () => {
  it.each([
    { method: 'GET', path: '/products', scope: 'catalog:write' },
    { method: 'POST', path: '/products', scope: 'catalog:read' },
    { method: 'GET', path: '/products/a', scope: 'catalog:write' },
    { method: 'PUT', path: '/products/a', scope: 'catalog:read' },
    { method: 'DELETE', path: '/products/a', scope: 'catalog:read' },
  ] as const)('lets nobody $method $path without the right key', async (route) => {
    const { method, path, scope } = route
    const body = method === 'GET' || method === 'DELETE' ? null : '{}'
    for (const wrong of [server.key, await newKey(scope), await newKey('customers:write')]) {
      expect((await ask(path, { method, body }, wrong)).status).toBe(403)
    }
    expect((await ask(path, { method, body }, `sec_${'a'.repeat(43)}`)).status).toBe(401)
  })

  it('writes, reads, lists and removes a product, whatever its id looks like', async () => {
    const id = 'SKU 1/ä:2'
    const price = { amount: 1_999, currency: 'EUR' }

    const made = await put(id, { name: 'Mug', price })
    const again = await put(id, { name: 'Mug', price, stock: 2 })
    const read = await ask(`/products/${encodeURIComponent(id)}`)
    const list = await ask('/products?search=mug&stock=in')
    const gone = await ask(`/products/${encodeURIComponent(id)}`, { method: 'DELETE' })

    expect([made.status, again.status, read.status, gone.status]).toEqual([201, 200, 200, 204])
    expect(await read.json()).toMatchObject({ id, name: 'Mug', price, stock: 2, source: 'api' })
    expect(await list.json()).toMatchObject({ items: [{ id }], nextCursor: null })
    expect((await ask(`/products/${encodeURIComponent(id)}`)).status).toBe(404)
  })

  it('takes a thousand at once, and says which it refused', async () => {
    const products = Array.from({ length: 1_000 }, (_, i) => ({
      id: `bulk-${i}`,
      name: i === 500 ? '' : `Bulk ${i}`,
    }))

    const reply = await ask('/products', { method: 'POST', body: JSON.stringify({ products }) })

    const { results } = (await reply.json()) as { results: { id: string; result: string }[] }
    expect(results.filter(({ result }) => result === 'created')).toHaveLength(999)
    expect(results[500]).toMatchObject({ id: 'bulk-500', result: 'refused' })
  })

  it.each([
    { what: 'a product without a name', body: {} },
    { what: 'an unknown field', body: { name: 'x', shopId: 2 } },
    { what: 'a column of the table', body: { name: 'x', contentHash: 'x' } },
    { what: 'half a cent', body: { name: 'x', price: { amount: 0.5, currency: 'EUR' } } },
    { what: 'a currency that is none', body: { name: 'x', price: { amount: 1, currency: 'QQQ' } } },
    {
      what: 'two currencies',
      body: {
        name: 'x',
        price: { amount: 1, currency: 'EUR' },
        compareAtPrice: { amount: 1, currency: 'USD' },
      },
    },
    { what: 'a script for an address', body: { name: 'x', url: 'data:text/html,x' } },
    { what: 'a NUL', body: { name: 'x\0' } },
    { what: 'a negative stock', body: { name: 'x', stock: -1 } },
    { what: 'two variants of one id', body: { name: 'x', variants: [{ id: 'a' }, { id: 'a' }] } },
  ])('refuses $what', async ({ body }) => {
    const reply = await put('refused', body)

    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ error: { code: 'bad_request' } })
    expect((await ask('/products/refused')).status).toBe(404)
  })

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=abc', 'state=gone', 'stock=5'])(
    'refuses to list with ?%s',
    async (query) => {
      expect((await ask(`/products?${query}`)).status).toBe(400)
    },
  )
})
