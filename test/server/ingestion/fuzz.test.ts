import { Agent } from 'node:http'
import { expect, it } from 'vitest'
import { ERRORS } from '#protocol/names.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { eachDatabase, rowsOf } from '../../support/databases.ts'
import { forkServer } from '../../support/forked-server.ts'
import { createFuzzedBodies, createRandom } from '../../support/fuzzed-bodies.ts'
import { post, type Answered } from '../../support/writers.ts'

const IS_LONG = process.env.TEST_LONG === '1'
const BODIES = { sqlite: IS_LONG ? 200_000 : 4_000, postgres: IS_LONG ? 50_000 : 1_000 }
const CONNECTIONS = 8
const PATIENCE_MS = 180_000 * (IS_LONG ? 20 : 1)
const RESULTS = ['ok', 'duplicate', 'dropped', 'retry']

eachDatabase('fuzzed bodies', (fresh, dialect) => {
  it(
    `get a well-formed answer each, and harm nothing (${BODIES[dialect]})`,
    async () => {
      const database = await fresh()
      const server = await forkServer(database.environment)
      const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31)
      const next = createFuzzedBodies(server.key, createRandom(seed))
      const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
      const statuses: Record<number, number> = {}
      let left = BODIES[dialect]
      let stored = 0

      async function send(): Promise<void> {
        while (left > 0) {
          left -= 1
          const body = next()
          const answer = await post(agent, server.port, body)
          statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
          const fault = faultOf(answer, body)
          if (fault !== undefined) throw new Error(`${fault} (seed ${seed}): ${body.toString()}`)
          stored += storedBy(answer)
        }
      }
      let delayMs: number
      try {
        await Promise.all(Array.from({ length: CONNECTIONS }, send))
        delayMs = await server.delayMs()
      } finally {
        agent.destroy()
        await server.end('SIGTERM')
      }

      const db = await openDatabase(database.address)
      const [row] = await rowsOf<{ count: number }>(db, 'SELECT count(*) AS count FROM events')
      await db.close()
      await database.remove()
      expect(row?.count).toBe(stored)
      expect(stored).toBeGreaterThan(BODIES[dialect] / 4)
      process.stdout.write(
        `${BODIES[dialect]} bodies on ${dialect}, seed ${seed}: ${JSON.stringify(statuses)}, ` +
          `${stored} events stored, event-loop delay p99.9 ${delayMs.toFixed(1)} ms\n`,
      )
    },
    PATIENCE_MS,
  )
})

/** What is wrong with an answer, if anything is. */
function faultOf({ status, body }: Answered, sent: Buffer): string | undefined {
  if (status !== 200) {
    const { error } = (body ?? {}) as { error?: { code?: string; message?: string } }
    const known = Object.entries(ERRORS).find(([code]) => code === error?.code)
    const isExpected = status >= 400 && status < 500 && known?.[1].status === status
    return isExpected && error?.message ? undefined : `answered ${status} ${JSON.stringify(body)}`
  }
  const { results, decisions, now } = body as {
    results: { result: string; reason?: string }[]
    decisions: unknown
    now: unknown
  }
  const { events } = JSON.parse(sent.toString()) as { events: unknown[] }
  if (typeof now !== 'number' || decisions === undefined) return 'answered half'
  if (results.length !== events.length) return 'answered for other events'
  const isTold = results.every(
    ({ result, reason }) =>
      RESULTS.includes(result) && (result !== 'dropped' || reason !== undefined),
  )
  return isTold ? undefined : 'answered without a reason'
}

function storedBy({ status, body }: Answered): number {
  if (status !== 200) return 0
  const { results } = body as { results: { result: string }[] }
  return results.filter(({ result }) => result === 'ok').length
}
