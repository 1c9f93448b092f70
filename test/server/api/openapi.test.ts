import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenApi, Operation } from '#server/core/api/openapi.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
let document: OpenApi
beforeAll(async () => {
  server = await startServer()
  document = (await (await fetch(`${server.url}/openapi.json`)).json()) as OpenApi
})
afterAll(() => server.stop())

const operations = (): Operation[] => Object.values(document.paths).flatMap(Object.values)

describe('the API’s own description', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const plain = JSON.parse(JSON.stringify(document)) as Record<string, unknown>

    const { valid, errors } = await new Validator().validate(plain)

    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(document.openapi).toBe('3.1.0')
  })

  it('refers to nothing that it does not hold', () => {
    const text = JSON.stringify(document)
    const names = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, name = '']) => name)

    expect(names.length).toBeGreaterThan(20)
    for (const name of new Set(names)) {
      const [, schema = ''] = /^#\/components\/schemas\/(.+)$/.exec(name) ?? []
      expect(document.components.schemas).toHaveProperty([schema])
    }
  })

  it('leaves no route of the API out', () => {
    const isOfApi = (path: string) => path.startsWith('/v1/') || path.startsWith('/api/v1/')
    const silent = server.routes
      .filter(({ path, description }) => isOfApi(path) && description === undefined)
      .map(({ method, path }) => `${method} ${path}`)

    expect(silent).toEqual([])
  })

  it('tells of each management route which scope opens it, or that only a session does', () => {
    const open = server.routes
      .filter(({ path }) => path.startsWith('/api/v1/'))
      .filter(({ principal, scope }) => principal !== 'anyone' && scope === undefined)
      .filter(({ principal }) => principal !== 'console')
    const bySession = operations().filter(({ security }) =>
      security.some((one) => 'session' in one),
    )

    expect(open).toEqual([])
    expect(bySession.length).toBeGreaterThan(20)
    for (const operation of bySession) expect(operation).toHaveProperty('x-permission')
  })

  it('calls every operation by a name of its own', () => {
    const names = operations().map(({ operationId }) => operationId)

    expect(new Set(names).size).toBe(names.length)
  })

  it('names every part of a path among the parameters', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      for (const { parameters = [] } of Object.values(methods)) {
        const told = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
        expect({ path, told }).toEqual({ path, told: inPath })
      }
    }
  })
})
