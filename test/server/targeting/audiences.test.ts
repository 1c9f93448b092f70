import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Audience } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import {
  did,
  newTestVisitor,
  startAudienceServer,
  type AudienceServer,
  type TestShop,
} from '../../support/audience-server.ts'
import { freshSqlite, type FreshDatabase } from '../../support/databases.ts'
import { eventOf, NOW } from '../../support/ingestion.ts'

const EVERYBODY: Condition = { kind: 'all', of: [] }

describe('the API of audiences', () => {
  let database: FreshDatabase
  let started: AudienceServer
  let shop: TestShop
  beforeAll(async () => {
    database = await freshSqlite()
    started = await startAudienceServer(database)
    shop = await started.newShop()
  })
  afterAll(async () => {
    await started.stop()
    await database.remove()
  })

  it('makes, tells, replaces and removes an audience', async () => {
    const reply = await shop.ask('POST', '/audiences', { name: ' Buyers ', condition: EVERYBODY })
    const made = JSON.parse(reply.text) as Audience
    const condition = did('Order Completed')

    const replaced = await shop.ask('PUT', `/audiences/${made.id}`, { name: 'Buyers', condition })
    const read = await shop.ask('GET', `/audiences/${made.id}`)
    const list = await shop.ask('GET', '/audiences')
    const removed = await shop.ask('DELETE', `/audiences/${made.id}`)
    const gone = await shop.ask('GET', `/audiences/${made.id}`)

    expect(reply.status).toBe(201)
    expect(made).toMatchObject({ name: 'Buyers', condition: EVERYBODY, members: 0, createdAt: NOW })
    expect(JSON.parse(replaced.text)).toMatchObject({ id: made.id, condition })
    expect(JSON.parse(read.text)).toMatchObject({ id: made.id, condition })
    expect(JSON.parse(list.text)).toMatchObject({ items: [{ id: made.id }], nextCursor: null })
    expect(removed.status).toBe(204)
    expect(gone.status).toBe(404)
  })

  it.each([
    { what: 'no JSON', body: '{', says: /JSON/ },
    { what: 'no name', body: { condition: EVERYBODY }, says: /name/ },
    { what: 'a blank name', body: { name: '  ', condition: EVERYBODY }, says: /name/ },
    { what: 'another field', body: { name: 'x', condition: EVERYBODY, colour: 1 }, says: /colour/ },
    {
      what: 'a leaf that is none, with its place',
      body: { name: 'x', condition: { kind: 'all', of: [EVERYBODY, { kind: 'moon' }] } },
      says: /condition\.of\.1/,
    },
    {
      what: 'a misspelt field, with its place',
      body: { name: 'x', condition: { kind: 'not', of: { ...did('a'), wihtin: 1 } } },
      says: /condition\.of.*wihtin/,
    },
    {
      what: 'too deep a tree',
      body: { name: 'x', condition: nested(9) },
      says: /At most 8 levels/,
    },
    {
      what: 'a pattern that is none',
      body: {
        name: 'x',
        condition: {
          kind: 'device',
          field: 'browser',
          test: { op: 'regex', pattern: '(' },
        },
      },
      says: /pattern|expression/i,
    },
    {
      what: 'what is true of one visit only',
      body: { name: 'x', condition: { ...did('a'), scope: 'session' } },
      says: /one visit/,
    },
    {
      what: 'an audience that is not there',
      body: { name: 'x', condition: { kind: 'audience', audienceId: '77' } },
      says: /no audience 77/,
    },
  ])('refuses $what', async ({ body, says }) => {
    const { status, text } = await shop.ask('POST', '/audiences', body)

    expect({ status, code: codeOf(text) }).toEqual({ status: 400, code: 'bad_request' })
    expect(text).toMatch(says)
  })

  it('refuses a name that is taken', async () => {
    const [one, other] = [await shop.create(EVERYBODY, 'One'), await shop.create(EVERYBODY)]

    const again = await shop.ask('POST', '/audiences', { name: 'One', condition: EVERYBODY })
    const renamed = await shop.ask('PUT', `/audiences/${other.id}`, {
      name: 'One',
      condition: EVERYBODY,
    })
    const same = await shop.ask('PUT', `/audiences/${one.id}`, {
      name: 'One',
      condition: EVERYBODY,
    })

    expect([again.status, renamed.status, same.status]).toEqual([409, 409, 200])
  })

  it('refuses audiences that would ask for themselves', async () => {
    const first = await shop.create(EVERYBODY)
    const second = await shop.create({
      kind: 'not',
      of: { kind: 'audience', audienceId: first.id },
    })
    const third = await shop.create({ kind: 'audience', audienceId: second.id })
    const circle = (audienceId: string) =>
      shop.ask('PUT', `/audiences/${first.id}`, {
        name: first.name,
        condition: { kind: 'audience', audienceId },
      })

    expect((await circle(first.id)).status).toBe(400)
    expect((await circle(third.id)).status).toBe(400)
  })

  it('keeps an audience for which another asks', async () => {
    const asked = await shop.create(EVERYBODY)
    const asking = await shop.create({ kind: 'audience', audienceId: asked.id })

    const refused = await shop.ask('DELETE', `/audiences/${asked.id}`)
    await shop.ask('DELETE', `/audiences/${asking.id}`)
    const removed = await shop.ask('DELETE', `/audiences/${asked.id}`)

    expect(refused.status).toBe(409)
    expect(refused.text).toContain(asking.name)
    expect(removed.status).toBe(204)
  })

  it('puts an audience away and back as the same one, kept up to date meanwhile', async () => {
    const idsIn = (text: string) =>
      (JSON.parse(text) as { items: Audience[] }).items.map(({ id }) => id)
    const put = (id: string, isArchived: boolean) =>
      shop.ask('PUT', `/audiences/${id}/archived`, { isArchived })
    const who = newTestVisitor()
    const made = await shop.create(did('Kept'), 'Put away')
    const asking = await shop.create({ kind: 'audience', audienceId: made.id }, 'Asking')

    expect(await put(made.id, true)).toMatchObject({
      status: 409,
      text: expect.stringContaining('“Asking” asks for it'),
    })
    await shop.ask('DELETE', `/audiences/${asking.id}`)
    const away = await put(made.id, true)
    const listed = await shop.ask('GET', '/audiences')
    const archived = await shop.ask('GET', '/audiences?archived=true')
    await shop.send(who, [eventOf({ name: 'Kept' })])
    const condition: Condition = { kind: 'audience', audienceId: made.id }
    const refused = await shop.ask('POST', '/audiences', { name: 'Late', condition })
    const back = await put(made.id, false)

    expect(JSON.parse(away.text)).toMatchObject({ id: made.id, isArchived: true })
    expect(idsIn(listed.text)).not.toContain(made.id)
    expect(idsIn(archived.text)).toEqual([made.id])
    expect(refused.status).toBe(400)
    expect(JSON.parse(back.text)).toMatchObject({ id: made.id, isArchived: false })
    await expect.poll(() => shop.isMember(made.id, who.visitor.id)).toBe(true)
  })

  it('refuses more than 500', async () => {
    const full = await started.newShop()
    const rows = Array.from({ length: 500 }, (_, i) => ({
      id: 1_000 + i,
      shopId: full.id,
      name: `Audience ${i}`,
      condition: EVERYBODY,
      state: 'ready' as const,
      fillKind: 'visitor' as const,
      fillTo: 0,
      filled: 0,
      fillTotal: 0,
      createdAt: NOW,
      updatedAt: NOW,
    }))
    await started.db.sql.insert(started.db.t.audiences).values(rows)

    const { status, text } = await full.ask('POST', '/audiences', {
      name: 'One more',
      condition: EVERYBODY,
    })

    expect(status).toBe(409)
    expect(text).toContain('500')
  })

  it('tells members page by page, each once', async () => {
    const own = await started.newShop()
    const audience = await own.create(did('Product Viewed'))
    const visitors = Array.from({ length: 5 }, () => newTestVisitor())
    for (const who of visitors) await own.send(who, [eventOf()])
    const [first, second] = visitors
    for (const [i, who] of [first, second].entries()) {
      if (who !== undefined) await own.send(who, [eventOf({ type: 'identify', userId: `u${i}` })])
    }

    const seen: string[] = []
    let query = '?limit=2'
    for (let pages = 0; query !== '' && pages < 9; pages += 1) {
      const { text } = await own.ask('GET', `/audiences/${audience.id}/members${query}`)
      const { items, nextCursor } = JSON.parse(text) as {
        items: { kind: string; id: string; since: number }[]
        nextCursor: string | null
      }
      expect(items.length).toBeLessThanOrEqual(2)
      seen.push(...items.map(({ kind, id }) => `${kind} ${id}`))
      query = nextCursor === null ? '' : `?limit=2&cursor=${nextCursor}`
    }

    expect(new Set(seen).size).toBe(5)
    expect(seen.filter((it) => it.startsWith('customer'))).toHaveLength(2)
    expect(seen).toEqual(
      expect.arrayContaining(visitors.slice(2).map(({ visitor }) => `visitor ${visitor.id}`)),
    )
    expect((await own.find(audience.id)).members).toBe(5)
  })

  it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=x', 'cursor=visitor-'])(
    'refuses to page by %s',
    async (query) => {
      const { id } = await shop.create(EVERYBODY)

      expect((await shop.ask('GET', `/audiences/${id}/members?${query}`)).status).toBe(400)
    },
  )

  it.each([
    { method: 'GET', path: '/audiences', scope: 'audiences:write' },
    { method: 'POST', path: '/audiences', scope: 'audiences:read' },
    { method: 'GET', path: '/audiences/1', scope: 'audiences:write' },
    { method: 'PUT', path: '/audiences/1', scope: 'audiences:read' },
    { method: 'DELETE', path: '/audiences/1', scope: 'audiences:read' },
    { method: 'GET', path: '/audiences/1/members', scope: 'audiences:write' },
    // It tells what is known of a customer.
    { method: 'POST', path: '/explain', scope: 'audiences:read' },
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
    const { id } = await shop.create(EVERYBODY)
    const other = await started.newShop()
    const path = `/audiences/${id}`
    const body = { name: 'Theirs', condition: EVERYBODY }

    const replies = [
      await other.ask('GET', path),
      await other.ask('GET', `${path}/members`),
      await other.ask('PUT', path, body),
      await other.ask('DELETE', path),
    ]
    const asking = { name: 'x', condition: { kind: 'audience', audienceId: id } }

    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect((await other.ask('POST', '/audiences', asking)).status).toBe(400)
    expect((await shop.find(id)).name).not.toBe('Theirs')
  })
})

function nested(depth: number): unknown {
  return depth === 1 ? EVERYBODY : { kind: 'not', of: nested(depth - 1) }
}

function codeOf(text: string): string {
  return (JSON.parse(text) as { error: { code: string } }).error.code
}
