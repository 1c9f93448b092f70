import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OwnShop, Role } from '#protocol/account.ts'
import { SCOPES } from '#server/account/service.ts'
import type { Route } from '#server/core/api/description.ts'
import { describedRoutes, type Described } from '#server/core/api/openapi.ts'
import { bringIn, consoleClient, type ConsoleClient } from '../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../support/databases.ts'
import { CANARY, startFilledApi, type ApiCaller, type FilledApi } from '../support/filled-api.ts'
import { rowsOfShop } from '../support/shop-rows.ts'
import { startServer } from '../support/server.ts'

/** Open to everybody by design, and no part of any shop: files, pages, the server's own state. */
const OPEN_TO_ALL = [
  /^\/(healthz|readyz|metrics|openapi\.json|docs\/?)$/,
  /^\/(demo|examples)(\/|$)/,
  /^\/(gp\.js|snippet\.js|gp\/|console|docs\/|analytics-next\/|analytics\.js\/)/,
  // Figures of others' clients about themselves: taken, and not kept.
  /^\/v1\/m\/?$/,
  // Spends a link that only its holder knows; test/server/app/console-session.test.ts.
  /^\/api\/v1\/console-sessions$/,
  // By a token that whoever deleted the shop alone has; test/server/deletion.
  /^\/api\/v1\/shop-deletions$/,
  // Signed by the system that the shop's catalogue comes from; test/server/catalog.
  /^\/v1\/catalog-hooks\/:connectionId$/,
  // One file of a chat, named by 256 random bits; test/server/chat.
  /^\/v1\/chat\/attachments\/:fileKey$/,
  // A channel's own page, for whoever has its address; test/e2e/chat.test.ts.
  /^\/c\/:channelId$/,
  // A channel's picture, which every page of the shop shows.
  /^\/v1\/chat\/channels\/:channelId\/avatar$/,
  // Who is about to sign in, or was sent a link; test/server/account.
  /^\/api\/v1\/account\/(sign-in|password-resets|links|accepted-links)$/,
]

type Outcome = 'let in' | 'refused' | 'kept apart'

/**
 * A column of the matrix: who asks, and what must come of it at each kind of guard. `kept apart`: it is somebody of
 * another shop, who may do the same there.
 */
interface Principal {
  readonly name: string
  readonly caller: (api: FilledApi, route: Route) => Promise<ApiCaller>
  readonly at: Readonly<Record<'key' | 'secret_key' | 'console', Outcome>>
}

/** Guards that a secret key with the scope passes, whether a member does so as well or not. */
const SECRET: readonly string[] = ['secret_key', 'management']

/** Those who may remove come last. */
const MATRIX_ROLES = ['host', 'operator', 'admin', 'owner'] as const

const NO_KEY = ''

const PRINCIPALS: readonly Principal[] = [
  {
    name: 'no one',
    caller: async () => ({ key: undefined, publicKey: NO_KEY }),
    at: { key: 'refused', secret_key: 'refused', console: 'refused' },
  },
  {
    name: 'a made-up key',
    caller: async () => ({ key: `sec_${'a'.repeat(43)}`, publicKey: `pub_${'a'.repeat(22)}` }),
    at: { key: 'refused', secret_key: 'refused', console: 'refused' },
  },
  {
    name: 'the public key',
    caller: async ({ server }) => ({ key: server.key, publicKey: server.key }),
    at: { key: 'let in', secret_key: 'refused', console: 'refused' },
  },
  {
    name: 'a secret key without the scope',
    caller: async (api, { scope }) => {
      const others = SCOPES.filter((one) => one !== scope)
      return { key: await api.newKey(api.shopId, others), publicKey: api.server.key }
    },
    at: { key: 'refused', secret_key: 'refused', console: 'refused' },
  },
  {
    name: 'a secret key of another shop',
    caller: async (api) => {
      const { publicKey } = await api.server.account.shopOf(api.otherShopId)
      return { key: await api.newKey(api.otherShopId), publicKey }
    },
    at: { key: 'kept apart', secret_key: 'kept apart', console: 'refused' },
  },
  {
    name: 'a secret key with the scope',
    caller: async (api, { scope }) => {
      const only = SCOPES.filter((one) => one === scope)
      return { key: await api.newKey(api.shopId, only), publicKey: api.server.key }
    },
    at: { key: 'let in', secret_key: 'let in', console: 'refused' },
  },
]

describe('the matrix', () => {
  it('has every route of the server', async () => {
    const server = await startServer({ isBuilt: false })
    const outside = server.routes.filter(
      ({ principal, path, description }) =>
        (principal === 'anyone' && !OPEN_TO_ALL.some((pattern) => pattern.test(path))) ||
        ([...SECRET, 'console'].includes(principal) &&
          (description === undefined || !('name' in description))) ||
        !['anyone', 'key', 'console', ...SECRET].includes(principal),
    )
    await server.stop()

    expect(
      outside.map(({ method, path, principal }) => `${method} ${path} (${principal})`),
    ).toEqual([])
  })
})

eachDatabase('the matrix of permissions', (fresh) => {
  let database: FreshDatabase
  let api: FilledApi
  let guarded: readonly Described[]
  const members = new Map<Role, ConsoleClient>()
  /** What a session may ask. */
  let atConsole: readonly Described[]
  beforeAll(async () => {
    database = await fresh()
    api = await startFilledApi(database)
    for (const role of MATRIX_ROLES) {
      const who = { email: `${role}@matrix.example`, roles: [role] }
      members.set(role, await bringIn(api.server, api.owner, who))
    }
    // They are invited by mail.
    await api.untilQuiet()
    // What pages send makes visitors, who are then rightly found.
    const [managed, own, sent] = [SECRET, ['console'], ['key']].map((kinds) =>
      api.routes.filter(({ principal }) => kinds.includes(principal)),
    )
    atConsole = [...(managed ?? []), ...(own ?? [])]
    guarded = [...atConsole, ...(sent ?? [])]
  })
  afterAll(async () => {
    await api.stop()
    await database.remove()
  })

  it.each(PRINCIPALS)('holds for $name', async ({ caller, at }) => {
    const callers = new Map<Route, ApiCaller>()
    for (const route of guarded) callers.set(route, await caller(api, route))
    await api.quiet()
    const before = await rowsOfShop(api.db, api.shopId)
    const wrong: string[] = []
    for (const route of guarded) {
      const { principal, method, path } = route
      const outcome = at[principal === 'key' || principal === 'console' ? principal : 'secret_key']
      const { status, text } = await api.ask(route, callers.get(route) ?? nobody())
      const fault = faultOf(outcome, route, { status, text })
      if (fault !== undefined) wrong.push(`${method} ${path}: ${fault}: ${status} ${text}`)
    }
    const mayChange = Object.values(at).includes('let in')
    const after = mayChange ? before : await rowsOfShop(api.db, api.shopId)

    expect(wrong).toEqual([])
    expect(after).toEqual(before)
  })

  it('holds for whom no route is shown to by an example that runs', async () => {
    const rest = describedRoutes(api.server.routes).filter(
      ({ description, principal }) =>
        description.example.isShownOnly === true && principal === 'console',
    )
    const key = await api.newKey(api.shopId)
    const wrong: string[] = []
    for (const route of rest) {
      const { status, text } = await api.ask(route, { key, publicKey: api.server.key })
      if (!text.includes('"code":"sign_in"')) wrong.push(`${route.path}: ${status} ${text}`)
    }

    expect(rest.length).toBeGreaterThan(5)
    expect(wrong).toEqual([])
  })

  it('holds for the routes of others’ clients, which have no examples', async () => {
    const foreign = api.server.routes.filter(
      ({ principal, description }) =>
        principal === 'key' && description !== undefined && !('name' in description),
    )
    const lacking = await api.newKey(
      api.shopId,
      SCOPES.filter((scope) => scope !== 'events:write'),
    )
    await api.quiet()
    const before = await rowsOfShop(api.db, api.shopId)
    const wrong: string[] = []
    for (const { method, path } of foreign) {
      const event = { type: 'track', event: 'Foreign', anonymousId: 'a', messageId: path }
      for (const key of [undefined, lacking]) {
        const reply = await fetch(api.server.url + path.replace(':key', 'nobody'), {
          method,
          headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
          body: method === 'GET' ? null : JSON.stringify(event),
        })
        const text = await reply.text()
        if (!REFUSED.test(text)) wrong.push(`${method} ${path}: ${reply.status} ${text}`)
      }
    }

    expect(foreign.length).toBeGreaterThan(40)
    expect(wrong).toEqual([])
    expect(await rowsOfShop(api.db, api.shopId)).toEqual(before)
  })

  it('refuses a session to other sites, and to what a form could send', async () => {
    const session = api.owner.cookie ?? ''
    await api.quiet()
    const before = await rowsOfShop(api.db, api.shopId)
    const wrong: string[] = []
    for (const route of atConsole) {
      for (const headers of FORGED) {
        if (route.method === 'GET' && 'content-type' in headers) continue
        const caller = { key: undefined, publicKey: api.server.key, session, headers }
        const { status, text } = await api.ask(route, caller)
        if (status !== 403) wrong.push(`${route.method} ${route.path}: ${status} ${text}`)
      }
    }

    expect(wrong).toEqual([])
    expect(await rowsOfShop(api.db, api.shopId)).toEqual(before)
  })

  it('holds for a member of another shop, whichever shop they name', async () => {
    const shop = await api.owner.told<OwnShop>('POST', '/shops', { name: 'Apart' })
    const inviter = consoleClient(api.server, shop.key, api.owner.cookie)
    const roles = ['owner'] as const
    const other = await bringIn(api.server, inviter, { email: 'apart@shop.example', roles })
    await api.owner.told('DELETE', `/shops/${shop.key}/membership`)
    const session = other.cookie ?? ''
    await api.quiet()
    const before = await rowsOfShop(api.db, api.shopId)
    const wrong: string[] = []
    for (const route of atConsole) {
      if (isOwn(route)) continue
      const strange = { key: undefined, publicKey: api.server.key, session }
      const named = await api.ask(route, strange)
      const isKept = named.status === 404 && named.text.includes('member of no such shop')
      if (!isKept) wrong.push(`${route.method} ${route.path}: ${named.status} ${named.text}`)
      const apart = await api.ask(route, { ...strange, publicKey: shop.key })
      const fault = apart.text.includes(CANARY) || apart.status >= 500
      const isFound = namesAnothers(route) && apart.status !== 404
      if (fault || isFound) wrong.push(`${route.method} ${route.path}: ${apart.text}`)
    }

    expect(wrong).toEqual([])
    expect(await rowsOfShop(api.db, api.shopId)).toEqual(before)
  })

  it.each(MATRIX_ROLES)(
    'holds for a member who is %s: what the console is told is what the server lets',
    async (role) => {
      const member = members.get(role) ?? api.owner
      const [shop] = (await member.account()).shops
      await api.quiet()
      const before = await rowsOfShop(api.db, api.shopId)
      const caller = { key: undefined, publicKey: api.server.key, session: member.cookie ?? '' }
      const wrong: string[] = []
      for (const route of atConsole) {
        const { status, text } = await api.ask(route, caller)
        const [name = '', verb = ''] = route.permission?.split(':') ?? []
        const mayDo = route.permission === undefined || MAY[verb]?.includes(shop?.permissions[name])
        const isLetIn = !/Your roles in this shop/.test(text) && status !== 401 && status < 500
        if (isLetIn !== mayDo) wrong.push(`${route.method} ${route.path}: ${status} ${text}`)
      }
      // An operator says whether they are there, and answers.
      const mayChange = role !== 'host'
      const after = mayChange ? before : await rowsOfShop(api.db, api.shopId)

      expect(wrong).toEqual([])
      expect(butForFiles(after)).toEqual(butForFiles(before))
    },
  )

  it('has a shop with something in every table that the API fills', async () => {
    const rows = await rowsOfShop(api.db, api.shopId)
    const filled = Object.keys(rows).filter((name) => (rows[name] ?? []).length > 0)

    expect(filled).toEqual(
      expect.arrayContaining([
        'audiences',
        'audit_entries',
        'contact_lists',
        'contact_list_members',
        'customers',
        'events',
        'experiences',
        'form_submissions',
        'keys',
        'visitors',
      ]),
    )
  })
})

/** By the verb of a permission. */
const MAY: Readonly<Record<string, readonly (string | undefined)[]>> = {
  read: ['read', 'edit'],
  write: ['edit'],
  read_own: ['own', 'read', 'edit'],
  write_own: ['own', 'edit'],
}

const FORGED: readonly Readonly<Record<string, string>>[] = [
  { origin: 'https://evil.example' },
  { 'sec-fetch-site': 'cross-site' },
  { 'content-type': 'text/plain' },
]

/** About whoever asks, and no shop. */
function isOwn({ path, permission }: Described): boolean {
  return permission === undefined && /^\/api\/v1\/(account|shops)(\/|$)/.test(path)
}

interface Reply {
  readonly status: number
  readonly text: string
}

function faultOf(outcome: Outcome, route: Described, { status, text }: Reply): string | undefined {
  const isRefused = [400, 401, 403].includes(status) && REFUSED.test(text)
  if (outcome === 'refused') return isRefused ? undefined : 'it was let in'
  if (outcome === 'let in') return isRefused || status >= 500 ? 'it was refused' : undefined
  if (status >= 500 || isRefused) return 'it failed'
  if (text.includes(CANARY)) return 'it tells of the other shop'
  // What the path names is the other shop's, so to this one it is not there.
  return namesAnothers(route) && status !== 404 ? 'it was found' : undefined
}

/** Products and orders have the names that shops give them: the same name is another thing in another shop. */
function namesAnothers({ path }: Route): boolean {
  return /\/:(?!productId|orderId)/.test(path)
}

/** What a guard says; a body that does not fit is refused behind it. */
const REFUSED =
  /"code":"(unknown_key|sign_in|origin_not_allowed)"|lacks the scope|opens nothing here|names no key|key: Too small/

function nobody(): ApiCaller {
  return { key: undefined, publicKey: NO_KEY }
}

/** Who saves as a file what they may read is written down; no more than that. */
function butForFiles({
  audit_heads: _heads,
  audit_entries: entries = [],
  ...rows
}: Awaited<ReturnType<typeof rowsOfShop>>) {
  return { ...rows, entries: entries.filter((entry) => !entry.includes('list.exported')) }
}
