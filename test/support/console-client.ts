import { expect } from 'vitest'
import type { NewInvitation, OwnAccount, Role } from '#protocol/account.ts'
import { SHOP_HEADER } from '#protocol/names.ts'
import type { TestServer } from './server.ts'

export const PASSWORD = 'Llueve sobre Bogotá'

export interface ConsoleReply {
  readonly status: number
  readonly text: string
  readonly json: unknown
  readonly headers: Headers
}

/** A browser at the console: it keeps the session's cookie, and names the shop that it shows. */
export interface ConsoleClient {
  cookie: string | undefined
  shopKey: string | undefined
  readonly ask: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<ConsoleReply>
  /** The same, which must go well; what it says. */
  readonly told: <T>(method: string, path: string, body?: unknown) => Promise<T>
  readonly account: () => Promise<OwnAccount>
}

export function consoleClient(
  { url }: Pick<TestServer, 'url'>,
  shopKey?: string,
  cookie?: string,
): ConsoleClient {
  const client: ConsoleClient = {
    cookie,
    shopKey,
    async ask(method, path, body, headers = {}) {
      const reply = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          'sec-fetch-site': 'same-origin',
          'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0',
          ...(client.cookie !== undefined && { cookie: client.cookie }),
          ...(client.shopKey !== undefined && { [SHOP_HEADER]: client.shopKey }),
          ...headers,
        },
        ...(body !== undefined && { body: bodyOf(body) }),
      })
      const set = reply.headers.get('set-cookie')
      if (set !== null) client.cookie = set.split(';')[0]
      const text = await reply.text()
      return { status: reply.status, text, json: jsonOf(text), headers: reply.headers }
    },
    async told<T>(method: string, path: string, body?: unknown) {
      const { status, text, json } = await client.ask(method, path, body)
      expect({ status, text }).toMatchObject({ status: status < 300 ? status : 200 })
      return json as T
    },
    account: () => client.told<OwnAccount>('GET', '/account'),
  }
  return client
}

/** The first owner of a server, signed in. */
export async function setUpOwner(
  server: TestServer,
  email = 'ana@shop.example',
): Promise<ConsoleClient> {
  const client = consoleClient(server, server.key)
  const token = await server.members.links.createSetupLink(server.shop.id)
  const body = { token, email, name: 'Ana', password: PASSWORD }
  expect(await client.ask('POST', '/account/accepted-links', body)).toMatchObject({ status: 204 })
  return client
}

/** Somebody whom `inviter` has brought into the shop, signed in at a browser of their own. */
export async function bringIn(
  server: TestServer,
  inviter: ConsoleClient,
  who: { readonly email: string; readonly roles: readonly Role[] },
): Promise<ConsoleClient & { readonly id: string }> {
  const invitation = await inviter.told<NewInvitation>('POST', '/invitations', who)
  const client = consoleClient(server, inviter.shopKey)
  const body = { token: tokenIn(invitation.link), name: who.email, password: PASSWORD }
  expect(await client.ask('POST', '/account/accepted-links', body)).toMatchObject({ status: 204 })
  const { id } = await client.account()
  return Object.assign(client, { id })
}

export function tokenIn(link: string): string {
  return new URL(link).hash.slice(1)
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
