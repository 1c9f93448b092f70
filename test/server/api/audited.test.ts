import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditEntry } from '#protocol/audit.ts'
import type { NewKey } from '#protocol/shop.ts'
import { SCOPES, type Scope } from '#server/account/service.ts'
import { openShop, startAudienceServer } from '../../support/audience-server.ts'
import type { AudienceServer, TestShop } from '../../support/audience-server.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'

const SETTINGS = { name: 'Tea', consentMode: 'full', timeZone: 'UTC', currency: 'EUR' }

eachDatabase('the shop’s settings over HTTP', (fresh) => {
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

  const keyWith = (...scopes: Scope[]) => openShop(started.server, shop.id, scopes)
  async function log(query = ''): Promise<AuditEntry[]> {
    const { text } = await shop.ask('GET', `/audit-log${query}`)
    return (JSON.parse(text) as { items: AuditEntry[] }).items
  }

  it('are changed at once, and the log says by whom, without the whole address', async () => {
    const changed = await shop.ask('PUT', '/shop', SETTINGS)
    const [entry] = await log()
    const again = await shop.ask('PUT', '/shop', SETTINGS)

    expect(changed.status).toBe(200)
    expect((await started.server.account.shopOf(shop.id)).name).toBe('Tea')
    expect(entry).toMatchObject({
      actor: { kind: 'key', name: expect.stringMatching(/^[\w-]{4}$/) },
      address: '127.0.0.0',
      action: 'shop.changed',
      before: { consentMode: 'anonymous', name: 'Testería' },
      after: { consentMode: 'full', name: 'Tea' },
    })
    expect(again.status).toBe(200)
    expect((await log())[0]).toEqual(entry)
  })

  it.each([
    { what: 'a zone that is none', body: { ...SETTINGS, timeZone: 'Moon/Base' } },
    { what: 'a currency that is none', body: { ...SETTINGS, currency: 'XXY' } },
    { what: 'an empty name', body: { ...SETTINGS, name: ' ' } },
    { what: 'another field', body: { ...SETTINGS, isFirst: true } },
    { what: 'a mode that is none', body: { ...SETTINGS, consentMode: 'always' } },
  ])('refuse $what and stay as they are', async ({ body }) => {
    const before = await started.server.account.shopOf(shop.id)
    const { status } = await shop.ask('PUT', '/shop', body)

    expect(status).toBe(400)
    expect(await started.server.account.shopOf(shop.id)).toEqual(before)
  })

  it('tell a key once, which opens what it was made for until it is revoked', async () => {
    const made = await shop.ask('POST', '/keys', { name: 'ERP', scopes: ['audiences:read'] })
    const { key, id, ending } = JSON.parse(made.text) as NewKey
    const asks = async () => {
      const headers = { authorization: `Bearer ${key}` }
      return (await fetch(`${started.server.url}/api/v1/audiences`, { headers })).status
    }
    const before = await asks()
    const listed = await shop.ask('GET', '/keys')
    const revoked = await shop.ask('DELETE', `/keys/${id}`)

    expect(made.status).toBe(201)
    expect([before, revoked.status, await asks()]).toEqual([200, 204, 401])
    expect(listed.text).toContain(`"ending":"${ending}"`)
    expect(listed.text).not.toContain(key)
    expect(JSON.stringify(await log())).not.toContain(key)
    expect((await log('?objectKind=key')).map(({ action }) => action).slice(0, 2)).toEqual([
      'key.revoked',
      'key.made',
    ])
  })

  it('let no key give more than it has, nor revoke one that may do more', async () => {
    const lesser = await keyWith('keys:read', 'keys:write', 'shop:read')
    const { text } = await lesser.ask('GET', '/keys')
    const { items } = JSON.parse(text) as { items: { id: string; scopes: string[] }[] }
    const greater = items.find(({ scopes }) => scopes.length === SCOPES.length)

    const given = await lesser.ask('POST', '/keys', { name: 'ERP', scopes: ['shop:write'] })
    const revoked = await lesser.ask('DELETE', `/keys/${greater?.id}`)
    const own = await lesser.ask('POST', '/keys', { name: 'ERP', scopes: ['shop:read'] })

    expect([given.status, revoked.status, own.status]).toEqual([403, 403, 201])
    expect((await shop.ask('GET', '/keys')).status).toBe(200)
  })

  it('list an origin once, and take it off again', async () => {
    const add = () => shop.ask('POST', '/origins', { origin: 'HTTPS://Shop.example/' })
    const [first, second] = [await add(), await add()]
    const { id, origin } = JSON.parse(first.text) as { id: string; origin: string }
    const removed = await shop.ask('DELETE', `/origins/${id}`)
    const again = await shop.ask('DELETE', `/origins/${id}`)

    expect(origin).toBe('https://shop.example')
    expect(second.text).toBe(first.text)
    expect([removed.status, again.status]).toEqual([204, 404])
    expect((await log('?objectKind=origin')).map(({ action }) => action)).toEqual([
      'origin.removed',
      'origin.added',
    ])
  })

  it('make a new identity secret, which no log and no other answer tells', async () => {
    const made = await shop.ask('POST', '/shop/identity-secret')
    const { secret } = JSON.parse(made.text) as { secret: string }
    const read = await shop.ask('GET', '/shop/identity')

    expect(made.status).toBe(201)
    expect(await started.server.account.identitySecret(shop.id)).toBe(secret)
    expect(JSON.parse(read.text)).toMatchObject({ rule: 'open', hasSecret: true })
    expect(read.text + JSON.stringify(await log())).not.toContain(secret)
  })

  it('are in a log that says whether it is whole', async () => {
    await shop.ask('PUT', '/shop', { ...SETTINGS, name: 'Whole' })
    const verified = async (body: object = {}) =>
      JSON.parse((await shop.ask('POST', '/audit-log/verification', body)).text)
    const before = await verified()
    const { length } = await log('?limit=200')
    const other = await keyWith('shop:read')
    const refused = await other.ask('POST', '/audit-log/verification', {})
    const odd = await shop.ask('POST', '/audit-log/verification', { end: 'odd' })
    const kept = JSON.parse((await shop.ask('GET', '/audit-log/verification')).text)

    expect(before).toMatchObject({ isWhole: true, entries: length, brokenAt: null, fault: null })
    expect(kept).toEqual({ last: before })
    expect(await verified({ end: before.end })).toMatchObject({ isWhole: true })
    expect(await verified({ end: `${length}:${'0'.repeat(64)}` })).toMatchObject({
      isWhole: false,
      brokenAt: length,
      fault: 'rewritten',
    })
    expect([refused.status, odd.status]).toEqual([403, 400])
  })

  it('are in the log with all that a key changes', async () => {
    const condition = {
      kind: 'customer',
      field: 'email',
      test: { op: 'equals', value: 'ana@shop.example' },
    }
    const { id } = await shop.create(condition as never, 'People')
    await shop.ask('PUT', `/audiences/${id}`, { name: 'Others', condition })
    await shop.ask('DELETE', `/audiences/${id}`)
    await shop.ask('PUT', '/experience-settings', { isOn: false, perSession: null, gapSeconds: 0 })
    const actions = (await log('?limit=4')).map(({ action }) => action)

    expect(actions).toEqual([
      'experience_settings.changed',
      'audience.removed',
      'audience.changed',
      'audience.created',
    ])
    expect(JSON.stringify(await log(`?objectId=${id}`))).not.toContain('ana@shop.example')
  })
})
