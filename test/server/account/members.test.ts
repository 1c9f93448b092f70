import { dirname } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Invitation, NewInvitation, OwnShop, Role, ShopMember } from '#protocol/account.ts'
import type { AuditEntry } from '#protocol/audit.ts'
import type { NewKey, SecretKey } from '#protocol/shop.ts'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import {
  bringIn,
  consoleClient,
  PASSWORD,
  setUpOwner,
  tokenIn,
  type ConsoleClient,
} from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { NOW } from '../../support/ingestion.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const DAY = 24 * 3_600_000
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])

const WEBHOOK = { url: 'https://a.example/', events: ['order.completed'] }

eachDatabase('the members of a shop', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let db: Database
  const clock = { now: NOW }
  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    server = await startServer({
      ...(url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }),
      now: () => clock.now,
    })
    db = await openDatabase({ ...database.address, role: 'command' })
  })
  afterAll(async () => {
    await db.close()
    await server.stop()
    await database.remove()
  })

  let owner: ConsoleClient
  let ownerId: string
  beforeEach(async () => {
    await db.sql.delete(db.t.accountLinks)
    await db.sql.delete(db.t.members)
    owner = await setUpOwner(server)
    ownerId = (await owner.account()).id
  })

  const join = (email: string, ...roles: Role[]) => bringIn(server, owner, { email, roles })
  const accept = (client: ConsoleClient, body: object) =>
    client.ask('POST', '/account/accepted-links', body)
  const setRoles = (by: ConsoleClient, id: string, ...roles: Role[]) =>
    by.ask('PUT', `/members/${id}/roles`, { roles })
  const invite = (by: ConsoleClient, email: string, ...roles: Role[]) =>
    by.ask('POST', '/invitations', { email, roles })
  const rolesOf = async (id: string) =>
    (await owner.told<ShopMember>('GET', `/members/${id}`)).roles

  /** Another shop of the same owner, as a page of its own shows it. */
  async function anotherShop(): Promise<ConsoleClient> {
    const { key } = await owner.told<OwnShop>('POST', '/shops', { name: 'Otra', currency: 'cop' })
    return consoleClient(server, key, owner.cookie)
  }

  it('sets up the first owner once, whoever has a second link', async () => {
    const { members, shop } = server

    expect(await members.links.createSetupLink(shop.id)).toBeUndefined()

    await db.sql.delete(db.t.members)
    const tokens = await Promise.all(
      Array.from({ length: 8 }, () => members.links.createSetupLink(shop.id)),
    )
    const replies = await Promise.all(
      tokens.map((token, at) =>
        accept(consoleClient(server), {
          token,
          email: `owner${at}@shop.example`,
          name: 'First',
          password: PASSWORD,
        }),
      ),
    )

    expect(replies.filter(({ status }) => status === 204)).toHaveLength(1)
    expect(await db.sql.$count(db.t.members)).toBe(1)
    expect(await members.links.createSetupLink(shop.id)).toBeUndefined()
  })

  it('brings somebody in by a link that works once', async () => {
    const invited = await invite(owner, ' Rosa@Shop.example', 'operator', 'host')
    const { link, ...shown } = invited.json as NewInvitation
    const token = tokenIn(link)
    const rosa = consoleClient(server, server.key)
    const told = await rosa.told('POST', '/account/links', { token })
    const body = { token, name: ' Rosa ', password: PASSWORD }

    const replies = await Promise.all([accept(rosa, body), accept(consoleClient(server), body)])

    expect(invited.status).toBe(201)
    expect(link).toMatch(/\/console\/link#[\w-]{43}$/)
    expect(shown).toMatchObject({ email: 'rosa@shop.example', isMailed: false })
    expect(shown.expiresAt).toBe(clock.now + 7 * DAY)
    expect(told).toEqual({
      kind: 'invitation',
      email: 'rosa@shop.example',
      shopName: server.shop.name,
      roles: ['operator', 'host'],
      hasAccount: false,
    })
    expect(replies.filter(({ status }) => status === 204)).toHaveLength(1)
    expect(await accept(consoleClient(server), body)).toMatchObject({ status: 401 })
    const { items } = await owner.told<{ items: ShopMember[] }>('GET', '/members')
    expect(items).toMatchObject([
      { id: ownerId, roles: ['owner'] },
      { email: 'rosa@shop.example', name: 'Rosa', roles: ['host', 'operator'] },
    ])
  })

  it('tells the others when a member was here, until they sign out', async () => {
    const rosa = await bringIn(server, owner, { email: 'rosa@shop.example', roles: ['host'] })
    const seenAt = async () => (await owner.told<ShopMember>('GET', `/members/${rosa.id}`)).seenAt
    const cameAt = clock.now

    clock.now += 5 * 60_000
    expect(await seenAt()).toBe(cameAt)
    await rosa.account()
    expect(await seenAt()).toBe(clock.now)
    await rosa.ask('POST', '/account/sign-out', {})

    expect(await seenAt()).toBeNull()
  })

  it('opens a revoked, a replaced and an expired invitation to nobody', async () => {
    const body = { name: 'Eva', password: PASSWORD }
    const tokenOf = async (email: string) =>
      tokenIn(((await invite(owner, email, 'host')).json as NewInvitation).link)
    const revoked = await tokenOf('a@shop.example')
    const replaced = await tokenOf('b@shop.example')
    const newest = await tokenOf('b@shop.example')
    const expired = await tokenOf('c@shop.example')
    const list = () => owner.told<{ items: Invitation[] }>('GET', '/invitations')
    const { items } = await list()
    await owner.ask('DELETE', `/invitations/${items[0]?.id}`)

    expect(items.map(({ email }) => email)).toEqual([
      'a@shop.example',
      'b@shop.example',
      'c@shop.example',
    ])
    for (const token of [revoked, replaced]) {
      expect(await accept(consoleClient(server), { token, ...body })).toMatchObject({ status: 401 })
    }
    expect(await accept(consoleClient(server), { token: newest, ...body })).toMatchObject({
      status: 204,
    })
    clock.now += 7 * DAY
    expect(await accept(consoleClient(server), { token: expired, ...body })).toMatchObject({
      status: 401,
    })
  })

  it('adds a shop to an account by its own session only', async () => {
    const host = await join('h@shop.example', 'host')
    const other = await anotherShop()
    const { link } = (await invite(other, 'h@shop.example', 'admin')).json as NewInvitation
    const body = { token: tokenIn(link), name: 'Eve', password: 'another password' }

    const stranger = await accept(consoleClient(server), body)
    const wrong = await accept(owner, body)
    const right = await accept(host, { token: tokenIn(link) })

    expect([stranger.status, wrong.status, right.status]).toEqual([401, 401, 204])
    expect((await host.account()).shops).toMatchObject([
      { key: server.key, roles: ['host'] },
      { key: other.shopKey, name: 'Otra', currency: 'COP', roles: ['admin'] },
    ])
  })

  it('keeps an owner, however many owners leave or are removed at once', async () => {
    const second = await join('b@shop.example', 'owner')
    const third = await join('c@shop.example', 'owner', 'admin')

    const replies = await Promise.all([
      owner.ask('DELETE', `/shops/${server.key}/membership`),
      second.ask('DELETE', `/members/${third.id}`),
      third.ask('DELETE', `/members/${second.id}`),
      setRoles(second, second.id, 'host'),
      setRoles(third, ownerId, 'host'),
    ])

    const owners = await db.sql.select().from(db.t.memberRoles)
    const left = owners.filter(({ role }) => role === 'owner')
    expect(left.length).toBeGreaterThanOrEqual(1)
    expect(replies.every(({ status }) => status < 500)).toBe(true)
  })

  it('refuses to take the last owner away', async () => {
    const admin = await join('b@shop.example', 'admin')

    const replies = [
      await owner.ask('DELETE', `/shops/${server.key}/membership`),
      await owner.ask('DELETE', `/members/${ownerId}`),
      await setRoles(owner, ownerId, 'admin'),
      await admin.ask('DELETE', `/members/${ownerId}`),
    ]

    expect(replies.map(({ status }) => status)).toEqual([409, 409, 409, 403])
    expect(await rolesOf(ownerId)).toEqual(['owner'])
  })

  it('lets admins manage all but owners', async () => {
    const admin = await join('b@shop.example', 'admin')
    const host = await join('c@shop.example', 'host')

    expect(await setRoles(admin, host.id, 'operator', 'admin')).toMatchObject({ status: 200 })
    expect(await setRoles(admin, host.id, 'owner')).toMatchObject({ status: 403 })
    expect(await setRoles(admin, admin.id, 'owner', 'admin')).toMatchObject({ status: 403 })
    expect(await setRoles(admin, ownerId, 'owner', 'admin')).toMatchObject({ status: 403 })
    expect(await invite(admin, 'd@shop.example', 'owner')).toMatchObject({ status: 403 })
    await invite(owner, 'd@shop.example', 'owner')
    expect(await invite(admin, 'd@shop.example', 'host')).toMatchObject({ status: 403 })
    const { items } = await admin.told<{ items: Invitation[] }>('GET', '/invitations')
    expect(items).toMatchObject([{ roles: ['owner'] }])
    const revoking = await admin.ask('DELETE', `/invitations/${items[0]?.id}`)
    expect(revoking.status).toBe(403)
    expect(await admin.ask('DELETE', `/members/${host.id}`)).toMatchObject({ status: 204 })
  })

  it.each(['operator', 'host'] as const)('lets a member who is %s manage nobody', async (role) => {
    const member = await join('b@shop.example', role)

    const replies = [
      await member.ask('GET', '/members'),
      await member.ask('GET', '/invitations'),
      await invite(member, 'x@shop.example', 'host'),
      await setRoles(member, member.id, 'owner'),
      await member.ask('DELETE', `/members/${ownerId}`),
    ]

    expect(replies.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
    expect(await member.ask('DELETE', `/shops/${server.key}/membership`)).toMatchObject({
      status: 204,
    })
    // It was their only shop.
    expect(await member.ask('GET', '/account')).toMatchObject({ status: 401 })
  })

  it('takes rights away at once, and the invitations with them', async () => {
    const admin = await join('b@shop.example', 'admin')
    const { link } = (await invite(admin, 'c@shop.example', 'admin')).json as NewInvitation

    await setRoles(owner, admin.id, 'host')

    expect(await admin.ask('GET', '/members')).toMatchObject({ status: 403 })
    const body = { token: tokenIn(link), name: 'Eve', password: PASSWORD }
    expect(await accept(consoleClient(server), body)).toMatchObject({ status: 401 })
  })

  it('asks for a recent sign-in before a secret is made, of people alone', async () => {
    const draft = { name: 'ERP', scopes: ['keys:write', 'shop:read'] }
    const { key } = await owner.told<{ key: string }>('POST', '/keys', draft)
    const webhook = await owner.told<{ id: string }>('POST', '/webhooks', WEBHOOK)
    clock.now += 16 * 60_000

    const replies = [
      await owner.ask('POST', '/keys', draft),
      await owner.ask('POST', '/shop/identity-secret', {}),
      await owner.ask('POST', '/webhooks', WEBHOOK),
      await owner.ask('POST', `/webhooks/${webhook.id}/secret`, {}),
      await owner.ask('PUT', `/webhooks/${webhook.id}`, { ...WEBHOOK, url: 'https://b.example/' }),
    ]
    const paused = await owner.ask('PUT', `/webhooks/${webhook.id}`, {
      ...WEBHOOK,
      state: 'paused',
    })
    const byKey = await consoleClient(server).ask('POST', '/keys', draft, {
      authorization: `Bearer ${key}`,
    })

    expect(replies.map(({ json }) => json)).toMatchObject(
      Array.from({ length: 5 }, () => ({ error: { code: 'sign_in_again' } })),
    )
    expect(paused).toMatchObject({ status: 200 })
    expect(byKey).toMatchObject({ status: 201 })
  })

  it('lets an admin make, see, rename and revoke their own keys, and no others', async () => {
    const admin = await join('b@shop.example', 'admin')
    const draft = { name: 'ERP', scopes: ['orders:write'] }
    const theirs = await owner.told<NewKey>('POST', '/keys', { ...draft, name: 'Owner’s' })
    const made = await admin.told<NewKey>('POST', '/keys', draft)
    const listed = () => admin.told<{ items: SecretKey[] }>('GET', '/keys')
    const renamed = await admin.told<SecretKey>('PUT', `/keys/${made.id}`, { name: 'New ERP' })

    expect((await listed()).items).toMatchObject([
      { id: made.id, name: 'New ERP', madeBy: { kind: 'member', id: admin.id } },
    ])
    expect(renamed.scopes).toEqual(['orders:write'])
    const replies = [
      await admin.ask('DELETE', `/keys/${theirs.id}`),
      await admin.ask('PUT', `/keys/${theirs.id}`, { name: 'Mine' }),
      await admin.ask('POST', '/keys', { ...draft, scopes: ['keys:read'] }),
      await admin.ask('POST', '/shop/identity-secret', {}),
    ]
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 403, 403])
    await admin.told('DELETE', `/keys/${made.id}`)
    expect((await listed()).items).toEqual([])
    expect(
      (await owner.told<{ items: SecretKey[] }>('GET', '/keys')).items.find(
        ({ id }) => id === theirs.id,
      ),
    ).toMatchObject({ name: 'Owner’s', madeBy: { name: 'Ana' } })
  })

  it('ends keys with the rights of whoever made them, and those made by them, and says so', async () => {
    const eva = await join('eva@shop.example', 'owner')
    const kept = await owner.told<NewKey>('POST', '/keys', { name: 'Mine', scopes: ['shop:read'] })
    const plain = await eva.told<NewKey>('POST', '/keys', { name: 'ERP', scopes: ['shop:read'] })
    const wide = { name: 'Maker', scopes: ['keys:write', 'shop:read'] }
    const maker = await eva.told<NewKey>('POST', '/keys', wide)
    const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
    const byMaker = await consoleClient(server).ask(
      'POST',
      '/keys',
      { name: 'Made by a key', scopes: ['shop:read'] },
      bearer(maker.key),
    )
    const { key: made } = byMaker.json as NewKey
    const opens = async () => {
      const keys = [kept.key, plain.key, maker.key, made]
      const replies = keys.map((key) =>
        consoleClient(server).ask('GET', '/shop', undefined, bearer(key)),
      )
      return (await Promise.all(replies)).map(({ status }) => status)
    }
    const keysOfEva = async () =>
      (await owner.told<{ items: ShopMember[] }>('GET', '/members')).items.map(
        ({ keyCount }) => keyCount,
      )
    expect([await opens(), await keysOfEva()]).toEqual([
      [200, 200, 200, 200],
      [1, 3],
    ])

    // What an admin might not have given goes, and what came of it; the rest only with the role that gave it.
    await setRoles(owner, eva.id, 'admin')
    expect(await opens()).toEqual([200, 200, 401, 401])
    await setRoles(owner, eva.id, 'operator')
    expect([await opens(), await keysOfEva()]).toEqual([
      [200, 401, 401, 401],
      [1, 0],
    ])

    const { items } = await owner.told<{ items: AuditEntry[] }>('GET', '/audit-log')
    const revoked = items.filter(({ action }) => action === 'key.revoked')
    expect(
      revoked
        .map(({ object }) => object.id)
        .slice(0, 3)
        .toSorted(),
    ).toEqual([plain.id, maker.id, (byMaker.json as NewKey).id].toSorted())
    expect(revoked[0]).toMatchObject({ actor: { kind: 'member', name: ownerId } })
  })

  it('leaves no key to whoever makes one while they are removed', async () => {
    for (let round = 0; round < 5; round += 1) {
      const admin = await join(`b${round}@shop.example`, 'admin')
      const draft = { name: `Late ${round}`, scopes: ['shop:read'] }

      await Promise.all([
        ...Array.from({ length: 3 }, () => admin.ask('POST', '/keys', draft)),
        owner.told('DELETE', `/members/${admin.id}`),
      ])

      const { items } = await owner.told<{ items: SecretKey[] }>('GET', '/keys')
      expect(items.filter(({ madeBy }) => madeBy?.id === admin.id)).toEqual([])
    }
  })

  it('shows when a key was used last, written once a minute at most', async () => {
    const draft = { name: 'ERP', scopes: ['shop:read'] }
    const { id: keyId, key } = await owner.told<NewKey>('POST', '/keys', draft)
    const use = () =>
      consoleClient(server).ask('GET', '/shop', undefined, { authorization: `Bearer ${key}` })
    const usedAt = async () =>
      (await owner.told<{ items: SecretKey[] }>('GET', '/keys')).items.find(
        ({ id }) => id === keyId,
      )?.lastUsedAt
    expect(await usedAt()).toBeNull()
    const first = clock.now
    await use()
    await expect.poll(usedAt, { timeout: 5_000 }).toBe(first)

    clock.now += 30_000
    await use()
    clock.now += 31_000
    const second = clock.now
    await use()
    await expect.poll(usedAt, { timeout: 5_000 }).toBe(second)
  })

  it('asks for a recent sign-in before less is kept, and not before more is', async () => {
    const settings = { name: 'Tea', consentMode: 'full', timeZone: 'UTC', currency: 'EUR' }
    const keep = (retentionMonths: number | null) =>
      owner.ask('PUT', '/shop', { ...settings, retentionMonths, languages: ['es', 'en'] })
    await keep(12)
    clock.now += 16 * 60_000

    expect((await keep(6)).json).toMatchObject({ error: { code: 'sign_in_again' } })
    expect((await keep(24)).json).toMatchObject({ retentionMonths: 24, languages: ['es', 'en'] })
    expect((await owner.ask('PUT', '/shop', settings)).json).toMatchObject({
      retentionMonths: 24,
      languages: ['es', 'en'],
    })
    expect((await keep(null)).status).toBe(200)
  })

  it('asks for a recent sign-in before rights are given', async () => {
    clock.now += 16 * 60_000

    const replies = [
      await invite(owner, 'x@shop.example', 'host'),
      await setRoles(owner, ownerId, 'owner', 'host'),
      await owner.ask('DELETE', `/members/${ownerId}`),
    ]

    expect(replies.map(({ json }) => json)).toMatchObject(
      Array.from({ length: 3 }, () => ({ error: { code: 'sign_in_again' } })),
    )
  })

  it('names the shop with every request, and knows no other people’s', async () => {
    const host = await join('b@shop.example', 'admin')
    const other = await anotherShop()
    const nameless = consoleClient(server, undefined, owner.cookie)
    const intruder = consoleClient(server, other.shopKey, host.cookie)
    const secret = await server.account.createSecretKey(server.shop.id, ['customers:read'])
    const bySecret = consoleClient(server, secret, owner.cookie)

    expect(await nameless.ask('GET', '/members')).toMatchObject({ status: 400 })
    expect(await other.ask('GET', '/members')).toMatchObject({ status: 200 })
    expect(await bySecret.ask('GET', '/members')).toMatchObject({ status: 404 })
    const asked = [
      ['GET', '/members'],
      ['GET', `/members/${ownerId}`],
      ['GET', `/members/${ownerId}/photo`],
      ['GET', '/invitations'],
      ['GET', '/audiences'],
      ['GET', '/experiences'],
      ['GET', '/lists'],
      ['DELETE', `/shops/${other.shopKey}/membership`],
    ] as const
    for (const [method, path] of asked) {
      expect({ path, ...(await intruder.ask(method, path)) }).toMatchObject({ path, status: 404 })
    }
    const ofOther = await setRoles(other, host.id, 'owner')
    expect(ofOther.status).toBe(404)
    expect(await rolesOf(host.id)).toEqual(['admin'])
  })

  it('makes another shop for who owns one, and for nobody else', async () => {
    const admin = await join('b@shop.example', 'admin')

    const other = await anotherShop()
    const refused = await admin.ask('POST', '/shops', { name: 'Mine' })
    const wrong = await owner.ask('POST', '/shops', { name: 'X', timeZone: 'Mars/Olympus' })

    expect([refused.status, wrong.status]).toEqual([403, 400])
    expect((await owner.account()).shops.map(({ key }) => key)).toEqual([server.key, other.shopKey])
  })

  it('keeps what people say of themselves', async () => {
    const profile = {
      name: 'Ana María',
      alias: 'Anita',
      languages: ['es-CO', 'en'],
      timeZone: 'America/Bogota',
      preferences: { theme: 'dark', rows: 50, hasSound: true },
    }

    const changed = await owner.told('PUT', '/account', profile)
    const wrong = [
      { ...profile, timeZone: 'Nowhere' },
      { ...profile, email: 'x@x.example' },
      { ...profile, roles: ['owner'] },
      { ...profile, passwordHash: 'x' },
      { ...profile, preferences: { deep: { er: 1 } } },
      { ...profile, name: ' ' },
    ]
    const refused = await Promise.all(wrong.map((body) => owner.ask('PUT', '/account', body)))

    expect(changed).toMatchObject({ ...profile, email: 'ana@shop.example' })
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400])
    expect(await owner.account()).toMatchObject(profile)
  })

  it('keeps a photo, for the members of the shop and as nothing but a picture', async () => {
    const host = await join('b@shop.example', 'host')
    const image = { 'content-type': 'image/png' }
    const html = Buffer.from('<html><script>alert(1)</script></html>')

    const kept = await owner.ask('PUT', '/account/photo', PNG, image)
    const refused = await owner.ask('PUT', '/account/photo', html, image)
    const tooLarge = await owner.ask('PUT', '/account/photo', Buffer.alloc(262_145), image)
    const seen = await host.ask('GET', `/members/${ownerId}/photo`)
    const inPage = consoleClient(server, undefined, host.cookie)
    const byAddress = await inPage.ask('GET', `/members/${ownerId}/photo?shop=${server.key}`)

    expect([kept.status, refused.status, tooLarge.status]).toEqual([204, 400, 413])
    expect(seen.status).toBe(200)
    expect(seen.headers.get('content-type')).toBe('image/png')
    expect(seen.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(seen.headers.get('x-content-type-options')).toBe('nosniff')
    expect(seen.headers.get('content-security-policy')).toContain('sandbox')
    expect(byAddress.status).toBe(200)
    expect((await owner.account()).hasPhoto).toBe(true)
    await owner.ask('DELETE', '/account/photo')
    expect(await host.ask('GET', `/members/${ownerId}/photo`)).toMatchObject({ status: 404 })
  })

  it('writes into the log who came by which link, who went, and who made a shop', async () => {
    const rosa = await join('rosa@shop.example', 'admin', 'host')
    const other = await anotherShop()
    expect(await rosa.ask('DELETE', `/shops/${server.key}/membership`)).toMatchObject({
      status: 204,
    })
    const log = async (client: ConsoleClient) =>
      (await client.told<{ items: AuditEntry[] }>('GET', '/audit-log')).items

    expect((await log(owner)).slice(0, 4)).toMatchObject([
      {
        action: 'member.left',
        actor: { kind: 'member', name: rosa.id },
        object: { kind: 'member', id: rosa.id },
        before: { roles: ['admin', 'host'] },
        after: null,
      },
      {
        action: 'member.joined',
        actor: { kind: 'member', name: rosa.id },
        object: { kind: 'member', id: rosa.id },
        address: '127.0.0.0',
        after: { roles: ['admin', 'host'] },
      },
      { action: 'invitation.made' },
      { action: 'member.joined', actor: { name: ownerId }, after: { roles: ['owner'] } },
    ])
    expect(await log(other)).toMatchObject([
      { action: 'shop.made', actor: { name: ownerId }, after: { name: 'Otra' } },
    ])
  })

  it.each(['a\r\nb', '\u202Eevil', '\u2067x', '\u200b', '\u3000\u00ad', ' '])(
    'takes no name that is not one line to be seen: %j',
    async (name) => {
      const { languages, timeZone, preferences } = await owner.account()
      const rest = { languages, timeZone, preferences }

      expect(await owner.ask('PUT', '/account', { ...rest, name, alias: null })).toMatchObject({
        status: 400,
      })
      expect(
        await owner.ask('PUT', '/account', { ...rest, name: 'Ana', alias: name }),
      ).toMatchObject({ status: 400 })
      expect(
        await owner.ask('PUT', '/account', { ...rest, name: 'نور 👩‍👩‍👧', alias: 'O’Brien-Ñandú' }),
      ).toMatchObject({ status: 200 })
    },
  )

  it('takes no offset for a time zone, whatever the runtime does', async () => {
    const { name, alias, languages, preferences } = await owner.account()
    const profile = { name, alias, languages, preferences }
    for (const timeZone of ['+05:30', '-03', 'Mars/Phobos']) {
      expect(await owner.ask('PUT', '/account', { ...profile, timeZone })).toMatchObject({
        status: 400,
      })
    }
    expect(
      await owner.ask('PUT', '/account', { ...profile, timeZone: 'Asia/Kolkata' }),
    ).toMatchObject({ status: 200 })
  })

  it('tells nobody who asks for a new password whether there is an account', async () => {
    const ask = (email: string) =>
      consoleClient(server).ask('POST', '/account/password-resets', { email })

    const known = await ask('ana@shop.example')
    const unknown = await ask('nobody@shop.example')

    expect(known).toMatchObject({ status: 202, text: unknown.text })
    expect(unknown.status).toBe(202)
  })
})
