import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Socket } from 'socket.io-client'
import {
  bringMember,
  chatPage,
  memberSocket,
  openChannel,
  outcomeOf,
  textOf,
  visitorSocket,
} from '../../support/chat.ts'
import { setUpOwner } from '../../support/console-client.ts'
import { copyOfPostgres, postgresUrl } from '../../support/postgres.ts'
import { forkServer } from '../../support/forked-server.ts'
import { batchOf, BROWSER, eventOf, newVisitor } from '../../support/ingestion.ts'
import { ownRedis, redisProgram } from '../../support/redis.ts'
import { templates } from '../../support/templates.ts'
import { startServer } from '../../support/server.ts'

const PUBLIC_URL = 'http://localhost:4780'

const opened: Socket[] = []
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.close()
  for (const end of ends.splice(0).toReversed()) await end()
})

/** Two processes on one PostgreSQL, a visitor at one and the owner at the other. */
async function twoNodes(environment: { readonly REDIS_URL?: string } = {}) {
  const { postgres } = templates()
  if (postgres === undefined) throw new Error('There is no migrated PostgreSQL')
  const { url, drop } = await copyOfPostgres(postgres)
  ends.push(drop)
  const { REDIS_URL: redisUrl } = environment
  const one = await startServer({ databaseUrl: url, publicUrl: PUBLIC_URL, redisUrl })
  ends.push(one.stop)
  const other = await forkServer({ DATABASE_URL: url, PUBLIC_URL, ...environment })
  ends.push(() => other.end('SIGTERM'))
  const owner = await setUpOwner(one)
  const channel = await openChannel(owner)
  const page = chatPage(one, channel.id)
  const visitorOfEvents = newVisitor()
  const visits = async (url: string, at = `http://localhost:${other.port}`) => {
    const event = {
      ...eventOf({ type: 'page' }),
      at: Date.now(),
      page: { url, referrer: '', title: '' },
    }
    const session = { id: randomUUID(), startedAt: Date.now() }
    const batch = batchOf([event], {
      key: one.key,
      visitor: visitorOfEvents,
      session,
      sentAt: Date.now(),
    })
    const reply = await fetch(`${at}/v1/events`, {
      method: 'POST',
      headers: { 'user-agent': BROWSER },
      body: JSON.stringify(batch),
    })
    expect(reply.status).toBe(200)
  }
  await visits('https://shop.example/', one.url)
  const { conversation } = await page.begin('Hola', { visitor: visitorOfEvents })
  const visitor = visitorSocket(
    { url: `http://localhost:${other.port}`, key: one.key },
    { token: page.token, conversationId: conversation.id },
  )
  const member = memberSocket(one, { cookie: owner.cookie, origin: PUBLIC_URL })
  opened.push(visitor, member)
  const heard = { visitor: '', member: '' }
  visitor.onAny((...told: unknown[]) => void (heard.visitor += JSON.stringify(told)))
  member.onAny((...told: unknown[]) => void (heard.member += JSON.stringify(told)))
  // Asked of both at once: whichever opens first, neither is missed.
  const outcomes = await Promise.all([visitor, member].map(outcomeOf))
  expect(outcomes).toEqual(['open', 'open'])
  const conversationId = conversation.id
  return {
    one,
    visits,
    otherUrl: `http://localhost:${other.port}`,
    visitor,
    member,
    heard,
    owner,
    channelId: channel.id,
    conversationId,
    visitorSays: (text: string) => visitor.emitWithAck('chat:send', { message: textOf(text) }),
    memberSays: (text: string) =>
      member.emitWithAck('chat:send', { conversationId, message: textOf(text) }),
  }
}

describe.skipIf(postgresUrl() === undefined)('two servers on one PostgreSQL', () => {
  it('tell each other’s visitors and members what happened', async () => {
    const { heard, memberSays, visitorSays } = await twoNodes()
    // Nodes learn of each other's rooms as they listen; more than a notification holds goes another way.
    const long = 'ñ'.repeat(4_000)
    await memberSays(`Desde aquí ${long}`.slice(0, 4_000))
    await visitorSays('Desde allí')

    await expect.poll(() => heard.visitor, { timeout: 10_000 }).toContain('Desde aquí ñ')
    await expect.poll(() => heard.member, { timeout: 10_000 }).toContain('Desde allí')
  })

  it('tell a visitor that somebody came, or left, at the other', async () => {
    const { heard, owner, channelId, visitor } = await twoNodes()
    await visitor.emitWithAck('chat:resume', { after: 0 })
    for (const [method, told] of [
      ['PUT', '"isAnyoneThere":true'],
      ['DELETE', '"isAnyoneThere":false'],
    ] as const) {
      heard.visitor = ''
      await owner.told(method, `/chat/channels/${channelId}/seat`)
      await expect.poll(() => heard.visitor, { timeout: 15_000 }).toContain(told)
    }
  })

  it('tell who looks at the same chat, and where its visitor goes', async () => {
    const shop = await twoNodes()

    await expect(expectLookingAcross(shop)).resolves.toBeUndefined()
  })
})

const hasRedis = postgresUrl() !== undefined && redisProgram() !== undefined

describe.skipIf(!hasRedis)('two servers with a Redis', () => {
  it('that comes late, goes and comes back: neither ends, nothing is lost, and they tell each other again', async () => {
    const redis = await ownRedis()
    ends.push(redis.kill)
    const shop = await twoNodes({ REDIS_URL: redis.url })
    const { heard, visitor, member, conversationId, memberSays, visitorSays, owner } = shop

    const stored = await visitorSays('Antes de Redis')
    expect(stored).toHaveProperty('message.number')
    await redis.start()
    await hearsAgain(memberSays, () => heard.visitor)
    await hearsAgain(visitorSays, () => heard.member)
    await redis.kill()
    await memberSays('Sin Redis')
    const resumed = await visitor.emitWithAck('chat:resume', { after: 0 })
    expect(JSON.stringify(resumed)).toContain('Sin Redis')
    await redis.start()
    await hearsAgain(memberSays, () => heard.visitor)
    await hearsAgain(visitorSays, () => heard.member)
    // A member's block reaches the visitor's node.
    await owner.told('PATCH', `/chat/conversations/${conversationId}`, { isBlocked: true })
    await expect.poll(() => visitor.connected, { timeout: 5_000 }).toBe(false)
    expect(member.connected).toBe(true)
    await expectLookingAcross(shop)
    // Each of its waits may last a quarter of a minute on a busy machine.
  }, 90_000)
})

/** Two members, one at each node, look; the visitor's pages arrive at the second. */
async function expectLookingAcross({
  one,
  otherUrl,
  visits,
  owner,
  member,
  heard,
  conversationId,
}: Awaited<ReturnType<typeof twoNodes>>): Promise<void> {
  const luis = await bringMember(one, owner, 'luis', ['admin'])
  const colleague = memberSocket(
    { url: otherUrl, key: one.key },
    { cookie: luis.cookie, origin: PUBLIC_URL },
  )
  opened.push(colleague)
  let told = ''
  colleague.onAny((...what: unknown[]) => void (told += JSON.stringify(what)))
  expect(await outcomeOf(colleague)).toBe('open')
  await member.emitWithAck('chat:look', { conversationIds: [conversationId] })
  await colleague.emitWithAck('chat:look', { conversationIds: [conversationId] })
  const both = /"chat:looking",\{[^\]]*Ana[^\]]*luis|"chat:looking",\{[^\]]*luis[^\]]*Ana/
  await expect.poll(() => heard.member, { timeout: 5_000 }).toMatch(both)
  await expect.poll(() => told, { timeout: 5_000 }).toMatch(both)
  colleague.close()
  // The member is at one node; the page is told to the other.
  await visits('https://shop.example/boots')
  await expect
    .poll(() => heard.member, { timeout: 5_000 })
    .toMatch(/"chat:trail".*shop\.example\/boots/)
  await expect.poll(() => heard.member.slice(-300), { timeout: 5_000 }).not.toContain('luis')
}

/** What is said until the other node is found is not pushed there, but asked for by number. */
async function hearsAgain(
  say: (text: string) => Promise<unknown>,
  heard: () => string,
): Promise<void> {
  let count = 0
  await vi.waitFor(
    async () => {
      count += 1
      const text = `¿Se oye? ${Math.random()} ${count}`
      await say(text)
      await vi.waitFor(() => expect(heard()).toContain(text), { timeout: 500 })
    },
    { timeout: 15_000 },
  )
}
