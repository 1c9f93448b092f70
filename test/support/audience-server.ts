import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { expect } from 'vitest'
import type { Audience, AudienceMember, ExplainAnswer } from '#protocol/audiences.ts'
import type { Batch, WireEvent } from '#protocol/events.ts'
import type { Condition } from '#protocol/targeting.ts'
import type { Scope } from '#server/account/service.ts'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import type { FreshDatabase } from './databases.ts'
import { batchOf, BROWSER, eventOf, insertShop, newVisitor, NOW } from './ingestion.ts'
import { startServer, type TestServer } from './server.ts'

export interface Reply {
  readonly status: number
  readonly text: string
}

/** A visitor at a browser, in one session. */
export interface TestVisitor {
  readonly visitor: { readonly id: string; readonly token: string }
  readonly session: { readonly id: string; readonly startedAt: number }
}

/** One shop of a server, as a server of the shop's own and its pages meet it. */
export interface TestShop {
  readonly id: number
  readonly key: string
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Reply>
  readonly create: (condition: Condition, name?: string) => Promise<Audience>
  readonly find: (id: string) => Promise<Audience>
  readonly members: (id: string) => Promise<readonly AudienceMember[]>
  readonly isMember: (audienceId: string, id: string) => Promise<boolean>
  readonly explain: (condition: Condition, whom: object) => Promise<ExplainAnswer>
  /** Resolves with the answer to the events, as text. */
  readonly send: (
    who: TestVisitor,
    events: WireEvent[],
    changes?: Partial<Batch>,
  ) => Promise<string>
}

export interface AudienceServer {
  readonly clock: { now: number }
  readonly server: TestServer
  /** The same database, beside the server. */
  readonly db: Database
  /** Another shop; with a key for audiences and customers unless other scopes are given. */
  readonly newShop: (scopes?: readonly Scope[]) => Promise<TestShop>
  readonly stop: () => Promise<void>
}

const ALL: readonly Scope[] = [
  'audiences:read',
  'audiences:write',
  'customers:read',
  'customers:write',
]

/** A server whose clock stands at `NOW` until it is moved. */
export async function startAudienceServer(database: FreshDatabase): Promise<AudienceServer> {
  const { url, file = '' } = database.address
  const clock = { now: NOW }
  const server = await startServer({
    ...(url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }),
    now: () => clock.now,
  })
  const db = await openDatabase({ ...database.address, role: 'command' })
  return {
    clock,
    server,
    db,
    newShop: async (scopes = ALL) => openShop(server, await insertShop(db), scopes),
    async stop() {
      await server.stop()
      await db.close()
    },
  }
}

/** Shop `id` of a server, seen from outside. */
export async function openShop(
  { account, url }: Pick<TestServer, 'account' | 'url'>,
  id: number,
  scopes: readonly Scope[] = ALL,
): Promise<TestShop> {
  const secret = await account.createSecretKey(id, scopes)
  const { publicKey: key } = await account.shopOf(id)

  async function ask(method: string, path: string, body?: unknown): Promise<Reply> {
    const reply = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}` },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: reply.status, text: await reply.text() }
  }

  async function told<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, text } = await ask(method, path, body)
    expect({ status, text }).toMatchObject({ status: method === 'POST' ? status : 200 })
    if (status >= 300) throw new Error(`${status} ${text}`)
    return JSON.parse(text) as T
  }

  async function members(audienceId: string): Promise<AudienceMember[]> {
    const items: AudienceMember[] = []
    let cursor: string | null = null
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`
      const page: { items: AudienceMember[]; nextCursor: string | null } = await told(
        'GET',
        `/audiences/${audienceId}/members?limit=200${query}`,
      )
      items.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null)
    return items
  }

  return {
    id,
    key,
    ask,
    create: (condition, name = randomUUID()) => told('POST', '/audiences', { name, condition }),
    find: (audienceId) => told('GET', `/audiences/${audienceId}`),
    members,
    isMember: async (audienceId, memberId) =>
      (await members(audienceId)).some((member) => member.id === memberId),
    explain: (condition, whom) => told('POST', '/explain', { condition, ...whom }),
    async send(who, events, changes = {}) {
      const body = JSON.stringify(batchOf(events, { ...who, key, ...changes }))
      const headers = { 'content-type': 'text/plain', 'user-agent': BROWSER }
      const reply = await fetch(`${url}/v1/events`, { method: 'POST', body, headers })
      const text = await reply.text()
      expect({ status: reply.status, text }).toMatchObject({ status: 200 })
      return text
    },
  }
}

export function newTestVisitor(startedAt = NOW): TestVisitor {
  return { visitor: newVisitor(), session: { id: randomUUID(), startedAt } }
}

/** Something that a shop's page tells, as soon as it happens or at `sentAt`. */
export function happened(name: string, properties: object = {}, at = NOW, sentAt = at): WireEvent {
  return eventOf({ name, properties: { ...properties }, at, ageMs: sentAt - at })
}

/** Who did `name` at least so often. */
export function did(name: string, times = 1, within?: object): Condition {
  return {
    kind: 'event',
    scope: 'profile',
    name,
    where: [],
    count: { op: 'atLeast', value: times },
    ...(within !== undefined && { within }),
  } as Condition
}
