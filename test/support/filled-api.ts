import { dirname } from 'node:path'
import { vi, expect } from 'vitest'
import { SCOPES, type Scope } from '#server/account/service.ts'
import { describedRoutes, type Described } from '#server/core/api/openapi.ts'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { SHOP_HEADER } from '#protocol/names.ts'
import { demoValues, inOrder, requestOf, runExamples, runnable } from './api-examples.ts'
import { consoleClient, type ConsoleClient } from './console-client.ts'
import type { FreshDatabase } from './databases.ts'
import { startRefusingMail, untilNoJobs } from './failed-work.ts'
import { insertShop } from './ingestion.ts'
import { startServer, type TestServer } from './server.ts'

/** Whose request it is: how it differs from the one that the document shows. */
export interface ApiCaller {
  readonly key: string | undefined
  readonly publicKey: string
  /** A cookie: somebody at the console. */
  readonly session?: string
  /** Beside those of the example, or in their place. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface FilledApi {
  readonly server: TestServer
  readonly db: Database
  /** Every route that the document describes and whose example can be run, those that remove last. */
  readonly routes: readonly Described[]
  /** A shop with something of everything, and another one with nothing. */
  readonly shopId: number
  readonly otherShopId: number
  /** Signed in, as the first owner. */
  readonly owner: ConsoleClient
  /** Until nothing is under way that was begun before, as mails are. */
  readonly untilQuiet: () => Promise<void>
  readonly newKey: (shopId: number, scopes?: readonly Scope[]) => Promise<string>
  /** The example of a route, by somebody else. */
  readonly ask: (route: Described, caller: ApiCaller) => Promise<{ status: number; text: string }>
  /** Until what others began has come to an end. */
  readonly quiet: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Stands in what the filled shop alone has, so that it shows wherever it is told. */
export const CANARY = 'canary-of-the-filled-shop'

export async function startFilledApi(database: FreshDatabase): Promise<FilledApi> {
  const { url, file = '' } = database.address
  const mail = await startRefusingMail()
  const server = await startServer({
    ...(url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }),
    mail: mail.settings,
  })
  const db = await openDatabase({ ...database.address, role: 'command' })
  const values = await demoValues(server)
  const routes = inOrder(runnable(describedRoutes(server.routes)), values.keys())
  await runExamples(
    server,
    values,
    routes.filter(({ method }) => method !== 'DELETE'),
  )
  const shopId = server.shop.id
  await addCanaries(server, values)
  await untilQuiet(server, values)
  return {
    server,
    db,
    routes,
    shopId,
    otherShopId: await insertShop(db),
    owner: consoleClient(server, server.key, values.get('GP_COOKIE')),
    untilQuiet: () => untilNoJobs(server, values.get('GP_KEY') ?? ''),
    newKey: (ofShop, scopes = SCOPES) => server.account.createSecretKey(ofShop, scopes),
    async ask(route, { key, publicKey, session, headers: others = {} }) {
      const theirs = new Map([...values, ['GP_PUBLIC_KEY', publicKey]])
      const { url: address, headers, ...request } = requestOf(route, theirs)
      const { authorization: _, cookie: __, ...plain } = headers
      const given = {
        ...plain,
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(session !== undefined && {
          'content-type': 'application/json',
          ...plain,
          cookie: session,
          [SHOP_HEADER]: publicKey,
        }),
        ...others,
      }
      const body = request.body ?? null
      const reply = await fetch(address, { ...request, headers: given, body })
      return { status: reply.status, text: await reply.text() }
    },
    quiet: () => untilNoJobs(server, values.get('GP_KEY') ?? ''),
    async stop() {
      await server.stop()
      await mail.stop()
      await db.close()
    },
  }
}

async function addCanaries(server: TestServer, values: ReadonlyMap<string, string>): Promise<void> {
  const everybody = { kind: 'all', of: [] }
  const id = values.get('LIST_ID') ?? ''
  const add = [{ kind: 'email', value: `${CANARY}@shop.example` }]
  const calls = [
    ['POST', '/api/v1/audiences', { name: CANARY, condition: everybody }],
    ['POST', '/api/v1/lists', { name: CANARY }],
    ['POST', `/api/v1/lists/${id}/members`, { add }],
    ['PUT', `/api/v1/products/${values.get('PRODUCT_ID')}`, { name: CANARY }],
    ['POST', '/api/v1/origins', { origin: `https://${CANARY}.example` }],
    [
      'POST',
      '/v1/identify',
      { userId: CANARY, anonymousId: CANARY, traits: { firstName: CANARY }, messageId: CANARY },
    ],
    [
      'PUT',
      '/api/v1/shop',
      { name: CANARY, consentMode: 'anonymous', timeZone: 'UTC', currency: 'COP' },
    ],
  ] as const
  for (const [method, path, body] of calls) {
    const reply = await fetch(server.url + path, {
      method,
      headers: { authorization: `Bearer ${values.get('GP_KEY')}` },
      body: JSON.stringify(body),
    })
    expect({ path, isOk: reply.ok }).toEqual({ path, isOk: true })
  }
}

/** Of the imports that the examples start; only that of products can be undone. */
const LAST_STATES = { product: 'undone', customer: 'done', order: 'done' }

/** Audiences are filled and files read after the answer. */
async function untilQuiet(server: TestServer, values: ReadonlyMap<string, string>): Promise<void> {
  const read = async (path: string) => {
    const headers = { authorization: `Bearer ${values.get('GP_KEY')}` }
    return (await fetch(`${server.url}/api/v1${path}`, { headers })).text()
  }
  await vi.waitFor(
    async () => {
      // What pages told of a product is learnt after the answer.
      expect(await read('/products/mug')).toContain('"id":"mug"')
      expect(await read('/audiences')).not.toContain('"computing"')
      expect(await read(`/imports/${values.get('IMPORT_ID')}`)).toContain('"state":"done"')
      for (const [kind, state] of Object.entries(LAST_STATES)) {
        const id = values.get(`${kind.toUpperCase()}_IMPORT_ID`)
        expect(await read(`/${kind}-imports/${id}`)).toContain(`"state":"${state}"`)
      }
    },
    { timeout: 15_000, interval: 50 },
  )
  await untilNoJobs(server, values.get('GP_KEY') ?? '')
}
