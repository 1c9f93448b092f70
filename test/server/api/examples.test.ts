import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describedRoutes } from '#server/core/api/openapi.ts'
import {
  demoValues,
  inOrder,
  runExamples,
  runnable,
  type ExampleRun,
} from '../../support/api-examples.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startRefusingMail } from '../../support/failed-work.ts'
import { startServer, type TestServer } from '../../support/server.ts'

eachDatabase('the examples of the API', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let mail: Awaited<ReturnType<typeof startRefusingMail>>
  let runs: ExampleRun[]
  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    mail = await startRefusingMail()
    server = await startServer({
      ...(url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }),
      mail: mail.settings,
    })
    runs = await runExamples(server, await demoValues(server))
  })
  afterAll(async () => {
    await server.stop()
    await mail.stop()
    await database.remove()
  })

  it('are there for every route, and run one after the other as they are shown', () => {
    const described = describedRoutes(server.routes)
    expect(runs.length).toBe(runnable(described).length)
    // What ends a session or needs a code, a link, a picture: tests of the account's own do it.
    expect(described.length - runs.length).toBeLessThan(22)
    expect(runs.length).toBeGreaterThan(40)
  })

  it('are each answered as the document says', () => {
    const wrong = runs
      .filter(({ route, status }) => status !== route.description.answer.status)
      .map(({ route, status, text }) => `${route.method} ${route.path}: ${status} ${text}`)

    expect(wrong).toEqual([])
  })

  it('are answered with nothing that the document leaves out', () => {
    for (const { route, text } of runs) {
      const { answer, name } = route.description
      if (!('schema' in answer)) continue
      const json: unknown = JSON.parse(text)
      const { success, data, error } = answer.schema.safeParse(json)
      expect({ name, faults: error?.issues }).toEqual({ name, faults: undefined })
      expect({ name, success, data }).toEqual({ name, success: true, data: json })
    }
  })

  it('would be refused if one needed what no other gives', () => {
    const first = describedRoutes(server.routes).find(({ method }) => method === 'GET')
    if (first === undefined) throw new Error('There are no routes')
    const description = { ...first.description, example: { params: { id: '$NOWHERE' } } }
    const lost = { ...first, path: '/api/v1/lost/:id', description }

    expect(() => inOrder([lost], [])).toThrow('/api/v1/lost/:id')
  })
})
