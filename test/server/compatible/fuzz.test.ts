import { Agent, request } from 'node:http'
import { expect, it } from 'vitest'
import { openDatabase } from '#server/db/open-database.ts'
import { eachDatabase, rowsOf } from '../../support/databases.ts'
import { forkServer } from '../../support/forked-server.ts'
import { createRandom } from '../../support/fuzzed-bodies.ts'
import { createFuzzedRequests, type FuzzedRequest } from './support/fuzzed-requests.ts'

const IS_LONG = process.env.TEST_LONG === '1'
const REQUESTS = { sqlite: IS_LONG ? 100_000 : 3_000, postgres: IS_LONG ? 30_000 : 1_000 }
const CONNECTIONS = 8
const PATIENCE_MS = 180_000 * (IS_LONG ? 20 : 1)
const EXPECTED = new Set([200, 204, 400, 401, 404, 405])

eachDatabase('fuzzed requests of others’ clients', (fresh, dialect) => {
  it(
    `get an expected answer each, and harm nothing (${REQUESTS[dialect]})`,
    async () => {
      const database = await fresh()
      const server = await forkServer(database.environment)
      const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31)
      const next = createFuzzedRequests(server.key, createRandom(seed))
      const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
      const statuses: Record<number, number> = {}
      let left = REQUESTS[dialect]

      async function send(): Promise<void> {
        while (left > 0) {
          left -= 1
          const fuzzed = next()
          const status = await statusOf(agent, server.port, fuzzed)
          statuses[status] = (statuses[status] ?? 0) + 1
          if (EXPECTED.has(status)) continue
          const { method, path, body } = fuzzed
          throw new Error(`${status} (seed ${seed}): ${method} ${path} ${body.toString('latin1')}`)
        }
      }
      try {
        await Promise.all(Array.from({ length: CONNECTIONS }, send))
      } finally {
        agent.destroy()
        await server.end('SIGTERM')
      }

      const db = await openDatabase(database.address)
      const [row] = await rowsOf<{ stored: number; counted: number }>(
        db,
        `SELECT (SELECT count(*) FROM events) AS stored,
                (SELECT sum(count) FROM ingestion_counts WHERE outcome = 'stored') AS counted`,
      )
      await db.close()
      await database.remove()
      expect(Number(row?.stored)).toBe(Number(row?.counted))
      expect(Number(row?.stored)).toBeGreaterThan(REQUESTS[dialect] / 4)
      process.stdout.write(
        `${REQUESTS[dialect]} requests on ${dialect}, seed ${seed}: ${JSON.stringify(statuses)}, ` +
          `${row?.stored} events stored\n`,
      )
    },
    PATIENCE_MS,
  )
})

function statusOf(
  agent: Agent,
  port: number,
  { method, path, headers, body }: FuzzedRequest,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, port, method, path, headers }, (answer) => {
      answer.resume()
      answer.on('error', reject)
      answer.on('end', () => resolve(answer.statusCode ?? 0))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
