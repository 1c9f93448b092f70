import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { io } from 'socket.io-client'
import { ROLES, type Access, type Permission, type Role } from '#protocol/account.ts'
import { LIVE_NAMESPACE, SOCKET_PATH } from '#protocol/names.ts'
import { accessOf } from '#server/account/service.ts'
import {
  bringIn,
  consoleClient,
  setUpOwner,
  type ConsoleClient,
} from '../../support/console-client.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const NOBODY = 'A'.repeat(22)
const CONDITION = { kind: 'all', of: [] }

/** A route of each kind that the management API has, with what its roles must allow. */
const ROUTES: readonly {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly needs: readonly [Permission, 'read' | 'edit']
}[] = [
  { method: 'GET', path: '/audiences', needs: ['audiences', 'read'] },
  { method: 'POST', path: '/audiences', body: {}, needs: ['audiences', 'edit'] },
  { method: 'DELETE', path: `/audiences/${NOBODY}`, needs: ['audiences', 'edit'] },
  { method: 'GET', path: '/experiences', needs: ['experiences', 'read'] },
  { method: 'GET', path: '/experience-settings', needs: ['experiences', 'read'] },
  { method: 'PUT', path: '/experience-settings', body: {}, needs: ['experiences', 'edit'] },
  { method: 'GET', path: '/customers?userId=x', needs: ['customers', 'read'] },
  { method: 'GET', path: '/lists', needs: ['customers', 'read'] },
  { method: 'POST', path: '/lists', body: {}, needs: ['customers', 'edit'] },
  { method: 'POST', path: '/explain', body: {}, needs: ['customers', 'read'] },
  { method: 'GET', path: '/members', needs: ['members', 'read'] },
  { method: 'POST', path: '/invitations', body: {}, needs: ['members', 'edit'] },
  { method: 'DELETE', path: `/members/${NOBODY}`, needs: ['members', 'edit'] },
]

describe('the roles of a shop', () => {
  let server: TestServer
  let owner: ConsoleClient
  const clients = new Map<string, ConsoleClient>()
  beforeAll(async () => {
    server = await startServer()
    owner = await setUpOwner(server)
    clients.set('owner', owner)
    for (const role of ROLES.slice(1)) {
      clients.set(
        role,
        await bringIn(server, owner, { email: `${role}@shop.example`, roles: [role] }),
      )
    }
    const hostAndOperator = { email: 'both@shop.example', roles: ['host', 'operator'] } as const
    clients.set('host operator', await bringIn(server, owner, hostAndOperator))
  })
  afterAll(() => server.stop())

  const rolesBehind = (name: string) => ROLES.filter((role) => name.split(' ').includes(role))

  it.each(['owner', 'admin', 'operator', 'host', 'host operator'])(
    'hold every route for %s',
    async (name) => {
      const roles = rolesBehind(name)
      for (const { method, path, body, needs } of ROUTES) {
        const [permission, access] = needs
        const held = accessOf(roles, permission)
        const isAllowed = held === 'edit' || held === access

        const { status } = (await clients.get(name)?.ask(method, path, body)) ?? { status: 0 }

        // Let in, the empty request is refused for what it asks.
        const expected = isAllowed ? [200, 400, 404] : [403]
        expect({ method, path, status, isAsExpected: expected.includes(status) }).toMatchObject({
          isAsExpected: true,
        })
      }
    },
  )

  it.each([
    { roles: ['owner'], permission: 'deletion', access: 'edit' },
    { roles: ['admin'], permission: 'deletion', access: 'none' },
    { roles: ['admin'], permission: 'keys', access: 'own' },
    { roles: ['operator'], permission: 'export', access: 'none' },
    { roles: ['operator'], permission: 'experiences', access: 'read' },
    { roles: ['host'], permission: 'conversations', access: 'none' },
    { roles: ['host', 'operator'], permission: 'conversations', access: 'own' },
    { roles: ['host', 'admin'], permission: 'live', access: 'edit' },
    { roles: [], permission: 'figures', access: 'none' },
  ] satisfies { roles: Role[]; permission: Permission; access: Access }[])(
    'give $roles $access of $permission',
    ({ roles, permission, access }) => {
      expect(accessOf(roles, permission)).toBe(access)
    },
  )

  it('serve a member and a secret key at the same address', async () => {
    const body = { name: 'All', condition: CONDITION }
    const made = await owner.ask('POST', '/audiences', body)
    const secret = await server.account.createSecretKey(server.shop.id, ['audiences:read'])
    const byKey = consoleClient(server)
    const authorization = { authorization: `Bearer ${secret}` }

    const read = await byKey.ask('GET', '/audiences', undefined, authorization)
    const lacking = await byKey.ask('POST', '/audiences', body, authorization)
    // A key that is named counts, and no cookie makes up for it.
    const both = await owner.ask('POST', '/audiences', body, authorization)
    const wrong = await owner.ask('GET', '/audiences', undefined, {
      authorization: `Bearer sec_${'x'.repeat(43)}`,
    })

    expect([made.status, read.status, lacking.status, both.status, wrong.status]).toEqual([
      201, 200, 403, 403, 401,
    ])
    expect(await byKey.ask('GET', '/members', undefined, authorization)).toMatchObject({
      status: 401,
    })
  })

  it('are those of the one-time link’s session too, in its own shop', async () => {
    const linked = consoleClient(server)
    const token = await server.account.createOneTimeLink(server.shop.id)
    await linked.ask('POST', '/console-sessions', { token })

    const read = await linked.ask('GET', '/audiences')
    const invited = await linked.ask('POST', '/invitations', {
      email: 'by-link@shop.example',
      roles: ['owner'],
    })
    const account = await linked.ask('GET', '/account')
    const elsewhere = consoleClient(server, `pub_${'x'.repeat(22)}`, linked.cookie)

    expect([read.status, invited.status, account.status]).toEqual([200, 201, 401])
    expect(await elsewhere.ask('GET', '/audiences')).toMatchObject({ status: 404 })
  })

  it.each([
    { name: 'owner', shop: true, says: 'live:start' },
    { name: 'operator', shop: true, says: 'live:start' },
    { name: 'host', shop: true, says: 'forbidden' },
    { name: 'owner', shop: false, says: 'bad_request' },
    { name: 'nobody', shop: true, says: 'sign_in' },
  ])('open the live page to $name: $says', async ({ name, shop, says }) => {
    const cookie = clients.get(name)?.cookie
    const socket = io(`${server.url}${LIVE_NAMESPACE}`, {
      path: SOCKET_PATH,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: shop ? { shop: server.key } : {},
      extraHeaders: { origin: server.url, ...(cookie !== undefined && { cookie }) },
    })

    const heard = await new Promise((resolve) => {
      socket.on('live:start', () => resolve('live:start'))
      socket.on('connect_error', ({ message }) => resolve(message))
    })

    expect(heard).toBe(says)
    socket.close()
  })
})
