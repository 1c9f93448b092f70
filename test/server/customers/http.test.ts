import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ListImport } from '#protocol/customers.ts'
import type { Scope } from '#server/account/service.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
let key: string
beforeAll(async () => {
  server = await startServer()
  key = await newKey('customers:read', 'customers:write')
})
afterAll(() => server.stop())

const newKey = (...scopes: Scope[]) => server.account.createSecretKey(server.shop.id, scopes)

interface Asked extends RequestInit {
  readonly key?: string
  readonly headers?: Record<string, string>
}

function ask(path: string, init: Asked = {}) {
  const { key: other = key, ...rest } = init
  const headers = { authorization: `Bearer ${other}`, ...rest.headers }
  return fetch(`${server.url}/api/v1${path}`, { ...rest, headers })
}

const post = (path: string, body: unknown) =>
  ask(path, { method: 'POST', body: JSON.stringify(body) })

async function newList(name: string): Promise<string> {
  const reply = await post('/lists', { name })
  const { id } = (await reply.json()) as { id: string }
  return id
}

const UNKNOWN = 'x'.repeat(22)

describe('the management API', () => {
  it.each([
    { method: 'GET', path: '/customers?userId=42', scope: 'customers:write' },
    { method: 'GET', path: `/customers/${UNKNOWN}`, scope: 'customers:write' },
    { method: 'POST', path: '/customer-merges', scope: 'customers:read' },
    { method: 'GET', path: '/lists', scope: 'customers:write' },
    { method: 'POST', path: '/lists', scope: 'customers:read' },
    { method: 'GET', path: `/lists/${UNKNOWN}/members`, scope: 'customers:write' },
    { method: 'POST', path: `/lists/${UNKNOWN}/members`, scope: 'customers:read' },
    { method: 'POST', path: `/lists/${UNKNOWN}/imports`, scope: 'customers:read' },
    { method: 'GET', path: `/imports/${UNKNOWN}`, scope: 'customers:write' },
    { method: 'POST', path: `/imports/${UNKNOWN}/start`, scope: 'customers:read' },
  ] as const)(
    'lets nobody $method $path without the right key',
    async ({ method, path, scope }) => {
      const body = method === 'POST' ? '{}' : null
      const wrongScopes = [await newKey(scope), await newKey('events:write')]
      const codeOf = async (init: Asked) => {
        const reply = await ask(path, { method, body, ...init })
        expect(reply.headers.get('access-control-allow-origin')).toBeNull()
        return Reflect.get(Object(Reflect.get(Object(await reply.json()), 'error')), 'code')
      }

      expect(await codeOf({ headers: { authorization: '' } })).toBe('unknown_key')
      expect(await codeOf({ key: `sec_${'a'.repeat(43)}` })).toBe('unknown_key')
      expect(await codeOf({ key: server.key })).toBe('forbidden')
      for (const wrong of wrongScopes) expect(await codeOf({ key: wrong })).toBe('forbidden')
    },
  )

  it.each(['a NUL \0', 'half of a character \uD800'])(
    'refuses a text that no database keeps alike: %j',
    async (name) => {
      const reply = await post('/lists', { name })

      expect(reply.status).toBe(400)
      expect(await reply.text()).toContain('NUL character')
    },
  )

  it('makes lists, changes and tells their members', async () => {
    const id = await newList(' Newsletter ')
    const add = [{ kind: 'email', value: 'Ana@shop.example' }]

    const changed = await post(`/lists/${id}/members`, { add })
    const members = await ask(`/lists/${id}/members`)
    const lists = await ask('/lists')

    expect(changed.status).toBe(204)
    expect(await members.json()).toEqual({
      items: [{ kind: 'email', value: 'ana@shop.example', customerIds: [] }],
      nextCursor: null,
    })
    expect(await lists.json()).toMatchObject({
      items: [{ id, name: 'Newsletter', memberCount: 1 }],
    })
  })

  it('pages through members', async () => {
    const id = await newList('Pages')
    const add = Array.from({ length: 130 }, (_, i) => ({ kind: 'userId', value: `user ${i}` }))
    await post(`/lists/${id}/members`, { add })

    const first = await (await ask(`/lists/${id}/members`)).json()
    const cursor = Reflect.get(Object(first), 'nextCursor')
    const second = await (await ask(`/lists/${id}/members?cursor=${cursor}`)).json()

    const values = [first, second].flatMap((it) => Reflect.get(Object(it), 'items'))
    expect(new Set(values.map(({ value }) => value)).size).toBe(130)
    expect(second).toMatchObject({ nextCursor: null })
  })

  it('imports a file as a shop sends it', async () => {
    const id = await newList('Imported')
    const lines = Array.from({ length: 40_000 }, (_, i) => `m${i}@shop.example;Straße ${i}`)
    const file = Buffer.from(`\uFEFFE-Mail;Adresse\r\n${lines.join('\r\n')}\r\n`)

    const uploaded = await ask(`/lists/${id}/imports`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: file,
    })
    const shown = (await uploaded.json()) as ListImport
    const started = await post(`/imports/${shown.id}/start`, { mapping: shown.mapping })

    expect(uploaded.status).toBe(201)
    expect(shown).toMatchObject({ mapping: { email: 'E-Mail' }, lines: 40_001 })
    expect(started.status).toBe(200)
    await vi.waitFor(
      async () => {
        const progress = await (await ask(`/imports/${shown.id}`)).json()
        expect(progress).toMatchObject({ state: 'done', added: 40_000, faultCount: 0 })
      },
      { timeout: 18_000, interval: 100 },
    )
  })

  it('refuses a file over 20 MB, whether it says so or not', async () => {
    const id = await newList('Too much')
    const piece = Buffer.alloc(1024 * 1024, 'a')
    const unsaid = new ReadableStream({
      pull(controller) {
        controller.enqueue(piece)
      },
    })

    const said = await ask(`/lists/${id}/imports`, {
      method: 'POST',
      body: Buffer.alloc(21e6, 'a'),
    })
    expect(said.status).toBe(413)
    // The server stops reading: whether the answer gets through before the connection ends is up to the client.
    const endless = await ask(`/lists/${id}/imports`, {
      method: 'POST',
      body: unsaid,
      duplex: 'half',
    } as Asked).catch(() => undefined)
    expect(endless?.status ?? 413).toBe(413)
  })

  it.each([
    { what: 'a list without a name', path: '/lists', body: { name: ' ' } },
    { what: 'a member of no kind', path: 'members', body: { add: [{ kind: 'x', value: 'y' }] } },
    { what: 'unknown fields', path: '/lists', body: { name: 'x', shopId: 2 } },
    { what: 'no JSON', path: '/customer-merges', body: undefined },
    { what: 'a merge of nobody', path: '/customer-merges', body: { from: {}, into: {} } },
  ])('refuses $what', async ({ path, body }) => {
    const whole = path === 'members' ? `/lists/${await newList('Refusing')}/members` : path

    const reply = await post(whole, body)

    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ error: { code: 'bad_request', act: 'fix' } })
  })

  it.each([
    `/customers/${UNKNOWN}`,
    '/customers?userId=nobody',
    `/imports/${UNKNOWN}`,
    '/imports/1',
  ])('finds nothing at %s', async (path) => {
    const reply = await ask(path)

    expect(reply.status).toBe(404)
    expect(await reply.json()).toMatchObject({ error: { code: 'not_found' } })
  })
})
