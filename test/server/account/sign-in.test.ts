import { dirname } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { OwnSession } from '#protocol/account.ts'
import { codeAt } from '#server/account/totp.ts'
import { sha256 } from '#server/core/tokens.ts'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import {
  bringIn,
  consoleClient,
  PASSWORD,
  setUpOwner,
  type ConsoleClient,
} from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { NOW } from '../../support/ingestion.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const EMAIL = 'ana@shop.example'

eachDatabase('signing in', (fresh) => {
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
  beforeEach(async () => {
    await db.sql.delete(db.t.members)
    await db.sql.delete(db.t.signInAttempts)
    owner = await setUpOwner(server)
  })

  const signIn = (client: ConsoleClient, changes: object = {}) =>
    client.ask('POST', '/account/sign-in', { email: EMAIL, password: PASSWORD, ...changes })

  async function addSecondFactor(client: ConsoleClient) {
    const { secret } = await client.told<{ secret: string }>('POST', '/account/second-factor')
    const { codes } = await client.told<{ codes: string[] }>(
      'POST',
      '/account/second-factor/confirmation',
      { code: codeNow(secret) },
    )
    return { secret, codes }
  }
  const codeNow = (secret: string) => codeAt(secret, Math.floor(clock.now / 30_000))

  it('gives a session to who knows the password, and tells who they are', async () => {
    const client = consoleClient(server)

    const reply = await signIn(client, { email: ' Ana@Shop.example ' })

    expect(reply.status).toBe(204)
    expect(reply.headers.get('set-cookie')).toMatch(
      /^gp_console=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/,
    )
    expect(await client.account()).toMatchObject({
      email: EMAIL,
      name: 'Ana',
      hasSecondFactor: false,
      shops: [{ key: server.key, roles: ['owner'], permissions: { keys: 'edit' } }],
    })
  })

  it('says the same of a wrong password and of an address that nobody has', async () => {
    const wrong = await signIn(consoleClient(server), { password: 'not the password' })
    const unknown = await signIn(consoleClient(server), { email: 'nobody@shop.example' })

    expect(wrong.status).toBe(401)
    expect(unknown.text).toBe(wrong.text)
    expect(unknown.headers.get('set-cookie')).toBeNull()
  })

  it.each([EMAIL, 'nobody@shop.example'])(
    'counts 64 wrong passwords at once for %s as 64',
    async (email) => {
      const client = consoleClient(server)

      const replies = await Promise.all(
        Array.from({ length: 64 }, (_, at) => signIn(client, { email, password: `wrong ${at}` })),
      )

      const [counted] = await db.sql.select().from(db.t.signInAttempts)
      expect(counted).toMatchObject({ attempts: 64 })
      expect(replies.filter(({ status }) => status === 401)).toHaveLength(10)
      expect(replies.filter(({ status }) => status === 429)).toHaveLength(54)
      expect(await signIn(client, { email })).toMatchObject({ status: 429 })
    },
  )

  it('counts 64 wrong codes at once as 64, and looks at ten', async () => {
    const { secret } = await addSecondFactor(owner)
    const right = codeNow(secret)
    const wrong = right === '123456' ? '654321' : '123456'
    const client = consoleClient(server)
    clock.now += MINUTE

    const replies = await Promise.all(
      Array.from({ length: 64 }, () => signIn(client, { code: wrong })),
    )

    const [counted] = await db.sql.select().from(db.t.signInAttempts)
    expect(counted).toMatchObject({ attempts: 64 })
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(await signIn(client, { code: codeNow(secret) })).toMatchObject({ status: 429 })
    clock.now += 16 * MINUTE
    expect(await signIn(client, { code: codeNow(secret) })).toMatchObject({ status: 204 })
  })

  it('lets in again after the wait, one attempt at a time, and forgets when one succeeds', async () => {
    const client = consoleClient(server)
    for (let at = 0; at < 10; at += 1) await signIn(client, { password: 'wrong password' })

    const blocked = await signIn(client)
    clock.now += MINUTE
    const again = await signIn(client, { password: 'wrong password' })
    const blockedAgain = await signIn(client)
    clock.now += MINUTE
    const right = await signIn(client)

    expect(Number(blocked.headers.get('retry-after'))).toBe(60)
    expect([blocked, again, blockedAgain, right].map(({ status }) => status)).toEqual([
      429, 401, 429, 204,
    ])
    expect(await db.sql.$count(db.t.signInAttempts)).toBe(0)
  })

  it('asks for a code once there is a second factor, and takes each once', async () => {
    const { secret } = await addSecondFactor(owner)
    const client = consoleClient(server)
    const used = codeNow(secret)
    const without = await signIn(client)
    const again = await signIn(client, { code: used })
    clock.now += MINUTE
    const code = codeNow(secret)

    const both = await Promise.all([signIn(client, { code }), signIn(client, { code })])

    expect(without).toMatchObject({ status: 401, json: { error: { code: 'second_factor' } } })
    expect(again).toMatchObject({ status: 401, json: { error: { code: 'second_factor' } } })
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([204, 401]))
  })

  it('keeps the secret of a second factor sealed', async () => {
    const { secret } = await addSecondFactor(owner)

    const [kept] = await db.sql.select().from(db.t.secondFactors)

    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(kept?.secret.includes(secret)).toBe(false)
    expect(kept?.secret.length).toBeGreaterThan(secret.length)
  })

  it('takes a recovery code, though no code, where the key of the seals was lost', async () => {
    const { secret, codes } = await addSecondFactor(owner)
    await db.sql.update(db.t.secondFactors).set({ secret: Buffer.alloc(64, 1) })
    clock.now += MINUTE

    const byCode = await signIn(consoleClient(server), { code: codeNow(secret) })
    const byRecovery = await signIn(consoleClient(server), { code: codes[0] })

    expect([byCode.status, byRecovery.status]).toEqual([500, 204])
  })

  it('takes a recovery code in its place, once', async () => {
    const { codes } = await addSecondFactor(owner)
    const [code = ''] = codes

    const first = await signIn(consoleClient(server), { code: code.toLowerCase() })
    const second = await signIn(consoleClient(server), { code })

    expect(codes).toHaveLength(10)
    expect([first.status, second.status]).toEqual([204, 401])
    expect((await owner.account()).recoveryCodesLeft).toBe(9)
    const stored = JSON.stringify(await db.sql.select().from(db.t.recoveryCodes))
    expect(stored).not.toContain(code)
  })

  it('ends every session when the password changes, but one for whoever changed it', async () => {
    const elsewhere = consoleClient(server)
    await signIn(elsewhere)
    const before = owner.cookie
    const change = { password: PASSWORD, newPassword: 'Ya no llueve tanto' }

    const changed = await owner.ask('POST', '/account/password', change)

    expect(changed.status).toBe(204)
    expect(await elsewhere.ask('GET', '/account')).toMatchObject({ status: 401 })
    expect(await consoleClient(server, undefined, before).ask('GET', '/account')).toMatchObject({
      status: 401,
    })
    expect(await owner.ask('GET', '/account')).toMatchObject({ status: 200 })
    expect(await signIn(consoleClient(server))).toMatchObject({ status: 401 })
    expect(await signIn(consoleClient(server), { password: change.newPassword })).toMatchObject({
      status: 204,
    })
  })

  it.each([
    { what: 'a short one', newPassword: 'too short' },
    { what: 'a common one', newPassword: 'Qwertyuiop' },
    { what: 'the same few characters', newPassword: 'ababababababab' },
    { what: 'the address', newPassword: 'ana@shop.example' },
    { what: 'one that is too long', newPassword: 'x1y2'.repeat(51) },
  ])('refuses $what as a password', async ({ newPassword }) => {
    const reply = await owner.ask('POST', '/account/password', { password: PASSWORD, newPassword })

    expect(reply.status).toBe(400)
  })

  it('changes no password for who does not know it', async () => {
    const reply = await owner.ask('POST', '/account/password', {
      password: 'something else',
      newPassword: 'Ya no llueve tanto',
    })

    expect(reply).toMatchObject({ status: 401, json: { error: { code: 'wrong_sign_in' } } })
  })

  it('ends a session after twelve idle hours, and after seven days of use', async () => {
    clock.now += 12 * HOUR - 1
    expect(await owner.ask('GET', '/account')).toMatchObject({ status: 200 })
    clock.now += 12 * HOUR
    expect(await owner.ask('GET', '/account')).toMatchObject({ status: 401 })

    await signIn(owner)
    const start = clock.now
    while (clock.now + 11 * HOUR < start + 7 * DAY) {
      clock.now += 11 * HOUR
      expect(await owner.ask('GET', '/account')).toMatchObject({ status: 200 })
    }
    clock.now = start + 7 * DAY
    expect(await owner.ask('GET', '/account')).toMatchObject({ status: 401 })
  })

  it('shows the sessions of its member, ends one, and ends all others', async () => {
    const others = [consoleClient(server), consoleClient(server)]
    for (const other of others) await signIn(other)
    const list = async () =>
      (await owner.told<{ items: OwnSession[] }>('GET', '/account/sessions')).items

    const items = await list()
    const other = items.find(({ isThis }) => !isThis)
    const ended = await owner.ask('DELETE', `/account/sessions/${other?.id}`)
    const left = await list()
    await owner.ask('DELETE', '/account/sessions')

    expect(items).toHaveLength(3)
    expect(other).toMatchObject({ browser: 'firefox', os: 'linux', addressGroup: '127.0.0.0' })
    expect(ended.status).toBe(204)
    expect(left).toHaveLength(2)
    expect(await list()).toMatchObject([{ isThis: true }])
    const opens = await Promise.all(others.map((client) => client.ask('GET', '/account')))
    expect(opens.map(({ status }) => status)).toEqual([401, 401])
  })

  it('ends nobody else’s session', async () => {
    const host = await bringIn(server, owner, { email: 'h@shop.example', roles: ['host'] })
    const { items } = await owner.told<{ items: OwnSession[] }>('GET', '/account/sessions')

    const reply = await host.ask('DELETE', `/account/sessions/${items[0]?.id}`)

    expect(reply.status).toBe(404)
    expect(await owner.ask('GET', '/account')).toMatchObject({ status: 200 })
  })

  it('signs out, and gives a new token at each sign-in', async () => {
    const first = owner.cookie
    await signIn(owner)
    const second = owner.cookie
    const fixed = await consoleClient(server, undefined, first).ask('GET', '/account')
    const out = await owner.ask('POST', '/account/sign-out')

    expect(second).not.toBe(first)
    expect(fixed.status).toBe(401)
    expect(out.headers.get('set-cookie')).toMatch(/^gp_console=; Path=\/; Max-Age=0;/)
    const after = await consoleClient(server, undefined, second).ask('GET', '/account')
    expect(after.status).toBe(401)
  })

  it('asks once more for the password before what gives away the most', async () => {
    clock.now += 16 * MINUTE
    const asked = await owner.ask('POST', '/account/second-factor')
    const before = owner.cookie

    const again = await owner.ask('POST', '/account/sign-in-again', { password: PASSWORD })

    expect(asked).toMatchObject({ status: 401, json: { error: { act: 'sign_in_again' } } })
    expect(again.status).toBe(204)
    expect(owner.cookie).not.toBe(before)
    expect(await owner.ask('POST', '/account/second-factor')).toMatchObject({ status: 200 })
  })

  it('keeps tokens and passwords as hashes only', async () => {
    const rows = await Promise.all([
      db.sql.select().from(db.t.members),
      db.sql.select().from(db.t.memberSessions),
    ])

    const stored = JSON.stringify(rows, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    )
    const token = owner.cookie?.split('=')[1] ?? ''
    expect(rows[1][0]?.tokenHash).toEqual(sha256(token))
    expect(stored).not.toContain(token)
    expect(stored).not.toContain(PASSWORD)
  })

  it.each([
    { what: 'another site', headers: { 'sec-fetch-site': 'cross-site' } },
    { what: 'another origin', headers: { origin: 'https://evil.example' } },
    { what: 'a form', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    { what: 'plain text', headers: { 'content-type': 'text/plain' } },
    { what: 'nothing that says what it is', headers: { 'content-type': '' } },
  ])('takes nothing from $what, whatever cookie comes with it', async ({ headers }) => {
    const profile = { name: 'Eve', alias: null, languages: [], timeZone: null, preferences: {} }
    const posts = [
      owner.ask('PUT', '/account', profile, headers),
      owner.ask('POST', '/account/sign-out', {}, headers),
      owner.ask('POST', '/invitations', { email: 'e@e.example', roles: ['admin'] }, headers),
      owner.ask('POST', '/audiences', { name: 'x', condition: { kind: 'all', of: [] } }, headers),
      owner.ask('POST', '/account/sign-in', { email: EMAIL, password: PASSWORD }, headers),
    ]

    const statuses = (await Promise.all(posts)).map(({ status }) => status)

    expect(statuses).toEqual([403, 403, 403, 403, 403])
    expect((await owner.account()).name).toBe('Ana')
  })
})
