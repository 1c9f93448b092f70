import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONSOLE_SESSION_PATH } from '#protocol/names.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const newLink = () => server.account.createOneTimeLink(server.shop.id)

function spend(
  token: string,
  headers: Record<string, string> = {},
  on = server,
): Promise<Response> {
  return fetch(`${on.url}${CONSOLE_SESSION_PATH}`, {
    method: 'POST',
    body: JSON.stringify({ token }),
    headers: { 'content-type': 'application/json', ...headers },
  })
}

describe('a one-time link', () => {
  it('becomes a session cookie that no script can read and no other site can send', async () => {
    const reply = await spend(await newLink(), {
      origin: server.url,
      'sec-fetch-site': 'same-origin',
    })

    expect(reply.status).toBe(204)
    expect(reply.headers.get('set-cookie')).toMatch(
      /^gp_console=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    )
  })

  it('gives a cookie that is bound to host and https where the public address is https', async () => {
    const secure = await startServer({ publicUrl: 'https://gp.shop.example' })
    const token = await secure.account.createOneTimeLink(secure.shop.id)

    const reply = await spend(token, { origin: 'https://gp.shop.example' }, secure)

    expect(reply.headers.get('set-cookie')).toMatch(/^__Host-gp_console=.*; Secure$/)
    await secure.stop()
  })

  it('works once', async () => {
    const token = await newLink()
    await spend(token)

    const again = await spend(token)

    expect(again.status).toBe(401)
    expect(again.headers.get('set-cookie')).toBeNull()
    expect(await again.json()).toMatchObject({ error: { code: 'link_spent', act: 'new_link' } })
  })

  it.each([
    { what: 'another site', headers: { origin: 'https://evil.example' } },
    { what: 'no site', headers: { origin: 'null' } },
    { what: 'another site, as the browser says', headers: { 'sec-fetch-site': 'cross-site' } },
    { what: 'a neighbouring host', headers: { 'sec-fetch-site': 'same-site' } },
    { what: 'the address bar', headers: { 'sec-fetch-site': 'none' } },
    { what: 'a form', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    { what: 'a form of parts', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
    { what: 'plain text', headers: { 'content-type': 'text/plain' } },
    {
      what: 'plain text that mentions JSON',
      headers: { 'content-type': 'text/plain; application/json' },
    },
  ])('is not spent by $what', async ({ headers }) => {
    const token = await newLink()

    const refused = await spend(token, headers)

    expect(refused.status).toBe(403)
    expect(refused.headers.get('access-control-allow-origin')).toBeNull()
    expect((await spend(token)).status).toBe(204)
  })

  it.each(['', 'x', 'x'.repeat(44), 'x'.repeat(2_000)])(
    'is refused when it is "%s"',
    async (token) => {
      const reply = await spend(token)

      expect([400, 413]).toContain(reply.status)
    },
  )

  it('cannot be guessed at speed', async () => {
    const wide = { burst: 1e6, perSecond: 1e6 }
    const signIn = { burst: 3, perSecond: 0.1 }
    const strict = await startServer({
      limits: { address: wide, key: wide, visitor: wide, signIn },
    })

    const guesses = await Promise.all(
      Array.from({ length: 10 }, () => spend('x'.repeat(43), {}, strict)),
    )

    const countOf = (wanted: number) => guesses.filter(({ status }) => status === wanted).length
    expect([countOf(401), countOf(429)]).toEqual([3, 7])
    await strict.stop()
  })
})
