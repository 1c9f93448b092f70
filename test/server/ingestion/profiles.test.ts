import { createHmac } from 'node:crypto'
import { Agent } from 'node:http'
import { expect, it } from 'vitest'
import { COMMAND } from '#server/core/actor.ts'
import { createAccount } from '#server/account/service.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { did } from '../../support/audience-server.ts'
import { countedMembers } from '../../support/counted-members.ts'
import type { Condition } from '#protocol/targeting.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { forkServer, type ForkedServer } from '../../support/forked-server.ts'
import { createRandom } from '../../support/fuzzed-bodies.ts'
import { differencesOf, naiveProfiles, storedProfiles } from '../../support/naive-profiles.ts'
import { randomShop, type Sending } from '../../support/random-shop.ts'
import { startIngestion } from '../../support/ingestion.ts'
import { post } from '../../support/writers.ts'

const IS_LONG = process.env.TEST_LONG === '1'
const BROWSERS = Number(process.env.TEST_BROWSERS ?? (IS_LONG ? 1_500 : 60))
const SENDERS = 12
const PATIENCE_MS = (IS_LONG ? 20 : 1) * 60_000
const SEED = Number(process.env.TEST_SEED ?? Date.now() % 1e8)

/** Of some one leaves again, and of all a visitor who becomes a customer. */
const AUDIENCES: readonly Condition[] = [
  did('Product Viewed'),
  { kind: 'not', of: did('Order Completed') },
  did('Product Added', 2),
]

eachDatabase('profiles', (fresh, dialect) => {
  const processes = dialect === 'sqlite' ? 1 : 2

  it(
    `are what one pass over the stored events gives, over ${processes} server processes`,
    async () => {
      const database = await fresh()
      const random = createRandom(SEED)
      try {
        const { mergingKey, ...keys } = await keysOf(database)
        const sendings = randomShop({ random, now: Date.now(), browsers: BROWSERS, ...keys })
        const servers = await Promise.all(
          Array.from({ length: processes }, () => forkServer(database.environment)),
        )
        const statuses = await sendAll(sendings, servers, random, mergingKey)
        for (const server of servers) await server.end('SIGTERM')

        const db = await openDatabase(database.address)
        const stored = await storedProfiles(db)
        const naive = await naiveProfiles(db, random)
        const counted = Object.values(await countedMembers(db))
        await db.close()
        const differences = differencesOf(stored, naive)
        process.stdout.write(
          `${sendings.length} requests on ${dialect}, seed ${SEED}: ${JSON.stringify(statuses)}, ` +
            `${stored.size} profiles, ${naive.beyondBounds.size} beyond bounds, ` +
            `${differences.length} differ, members ${counted.map(({ kept }) => kept).join(', ')}\n`,
        )
        expect(differences[0]?.stored).toEqual(differences[0]?.naive)
        expect(differences.map(({ name }) => name)).toEqual([])
        expect(Object.keys(statuses).filter((status) => !['200', '404'].includes(status))).toEqual(
          [],
        )
        expect(counted.map(({ kept }) => kept)).toEqual(counted.map(({ right }) => right))
        expect(counted.every(({ right }) => right > 0)).toBe(true)
        expect(counted).toHaveLength(AUDIENCES.length)
        expect(stored.size).toBeGreaterThan(BROWSERS)
        expect(naive.beyondBounds.size).toBeLessThan(stored.size / 20)
      } finally {
        await database.remove()
      }
    },
    PATIENCE_MS,
  )
})

/** Of the shop that the servers will find. */
async function keysOf(database: FreshDatabase) {
  const db = await database.open()
  const account = createAccount({ db, now: Date.now })
  const { id, publicKey } = await account.firstShop()
  const secret = await account.identitySecret(id)
  const keys = {
    publicKey,
    secretKey: await account.createSecretKey(id, ['events:write']),
    mergingKey: await account.createSecretKey(id, ['customers:write']),
    sign: (userId: string) =>
      createHmac('sha256', secret).update(`${publicKey}:${userId}`).digest('hex'),
  }
  const { targeting } = await startIngestion(db, id)
  for (const [i, condition] of AUDIENCES.entries()) {
    await targeting.audiences.create(id, { name: `Audience ${i}`, condition }, COMMAND)
  }
  await targeting.fill()
  await db.close()
  return keys
}

/** Several at a time, each to any server. Answers how often each status came. */
async function sendAll(
  sendings: readonly Sending[],
  servers: readonly ForkedServer[],
  random: () => number,
  key: string,
): Promise<Record<string, number>> {
  const agent = new Agent({ keepAlive: true })
  const statuses: Record<string, number> = {}
  const left = [...sendings].toReversed()

  async function send(): Promise<void> {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const port = servers[Math.floor(random() * servers.length)]?.port ?? 0
      const status =
        next.what === 'batch'
          ? (await post(agent, port, next.batch)).status
          : await merge(port, key, next)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }

  await Promise.all(Array.from({ length: SENDERS }, send))
  agent.destroy()
  return statuses
}

async function merge(
  port: number,
  key: string,
  { from, into }: { from: string; into: string },
): Promise<number> {
  const reply = await fetch(`http://localhost:${port}/api/v1/customer-merges`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ from: { userId: from }, into: { userId: into } }),
  })
  await reply.arrayBuffer()
  return reply.status
}
