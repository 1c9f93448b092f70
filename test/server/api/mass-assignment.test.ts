import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { Described } from '#server/core/api/openapi.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startFilledApi, type FilledApi } from '../../support/filled-api.ts'
import { columnNames, rowsOfShop } from '../../support/shop-rows.ts'

const EXTRA = 'canary-of-an-extra-field'
/** Fields of Segment's own that its routes read without naming them in their schema. */
const SEGMENTS = ['name', 'groupId', 'category', 'previousId']
const AT_ONCE = 25

eachDatabase('a field that no schema names', (fresh, dialect) => {
  let database: FreshDatabase
  let api: FilledApi
  beforeAll(async () => {
    database = await fresh()
    api = await startFilledApi(database)
  })
  afterAll(async () => {
    await api.stop()
    await database.remove()
  })

  /** Each route gets another part of the columns; the rules are the schemas', whichever database is behind them. */
  const parts = process.env.TEST_LONG === '1' ? 1 : dialect === 'sqlite' ? 20 : 60

  it('is refused or ignored, whatever column it is called after', async () => {
    const key = await api.newKey(api.shopId)
    const caller = { key, publicKey: api.server.key }
    const names = columnNames(api.db)
    const other = await rowsOfShop(api.db, api.otherShopId)
    const failed: string[] = []
    let asked = 0

    for (const [number, route] of api.routes.entries()) {
      const body = objectOf(route)
      if (body === undefined || !isManaged(route)) continue
      const some = names.filter((_, at) => at % parts === number % parts)
      const unknown = some.filter((name) => !knownOf(route).includes(name))
      const tries = unknown.flatMap((name) =>
        name === 'shopId'
          ? [
              [name, EXTRA],
              [name, api.otherShopId],
            ]
          : [[name, EXTRA]],
      )
      for (let from = 0; from < tries.length; from += AT_ONCE) {
        await Promise.all(
          tries.slice(from, from + AT_ONCE).map(async ([name, value]) => {
            const example = {
              ...route.description.example,
              body: { ...body, [String(name)]: value },
            }
            const description = { ...route.description, example }
            const { status } = await api.ask({ ...route, description }, caller)
            asked += 1
            if (status >= 500) failed.push(`${route.method} ${route.path} ${name}: ${status}`)
          }),
        )
      }
    }
    const stored = JSON.stringify(await rowsOfShop(api.db, api.shopId))

    expect(asked).toBeGreaterThan(100)
    expect(failed).toEqual([])
    expect(stored).not.toContain(EXTRA)
    expect(await rowsOfShop(api.db, api.otherShopId)).toEqual(other)
  })

  it('is refused by every route of the management API', async () => {
    const key = await api.newKey(api.shopId)
    for (const route of api.routes.filter(({ path }) => path.startsWith('/api/v1/'))) {
      const body = objectOf(route)
      if (body === undefined) continue
      if (route.principal === 'anyone' && isManaged(route)) continue
      const example = { ...route.description.example, body: { ...body, isAdmin: true } }
      const description = { ...route.description, example }
      const { status, text } = await api.ask(
        { ...route, description },
        isManaged(route)
          ? { key, publicKey: api.server.key }
          : { key: undefined, publicKey: api.server.key, session: api.owner.cookie ?? '' },
      )
      expect({ path: route.path, status, text }).toMatchObject({ path: route.path, status: 400 })
    }
  })
})

/** People's own routes ask for a session, which a key is none: they are asked below with one. */
function isManaged({ path, principal }: Described): boolean {
  return principal !== 'console' && !path.startsWith('/api/v1/account/')
}

function objectOf({ description }: Described): object | undefined {
  const { body, example } = description
  if (body === undefined || 'type' in body || typeof example.body !== 'object') return undefined
  return example.body ?? undefined
}

function knownOf({ path, description: { body } }: Described): readonly string[] {
  const schema = body !== undefined && 'schema' in body ? body.schema : undefined
  const fields = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
  return path.startsWith('/v1/') ? [...fields, ...SEGMENTS] : fields
}
