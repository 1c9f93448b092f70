import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { trustedProxies } from '#server/core/client-address.ts'
import { Refusal } from '#server/core/errors.ts'
import type { Guard } from '#server/core/guards.ts'
import type { Call } from '#server/core/http.ts'
import { createLog } from '#server/core/log.ts'
import { createRouter } from '#server/core/router.ts'

const open: Guard<{ call: Call }> = {
  principal: 'anyone',
  admit: (call) => ({ request: { call } }),
}

function createTestRouter() {
  const lines = new PassThrough()
  const router = createRouter({
    log: createLog('info', lines),
    isTrusted: trustedProxies([]),
    headers: { 'x-content-type-options': 'nosniff' },
  })
  const ask = (path: string, init?: RequestInit) =>
    router.fetch(new Request(`http://gp.example${path}`, init))
  return { router, ask, logged: () => String(lines.read() ?? '') }
}

describe('the router', () => {
  it('answers a refusal with its status, code, act and wait', async () => {
    const { router, ask } = createTestRouter()
    router.get('/full', open, () => {
      throw new Refusal('unavailable', 'The disk is full', { retryAfterSeconds: 30 })
    })

    const reply = await ask('/full')

    expect(reply.status).toBe(503)
    expect(reply.headers.get('retry-after')).toBe('30')
    expect(await reply.json()).toEqual({
      error: { code: 'unavailable', message: 'The disk is full', act: 'wait' },
    })
  })

  it('tells the log about a bug, and the caller nothing of it', async () => {
    const { router, ask, logged } = createTestRouter()
    router.post('/broken', open, async ({ call }) => {
      await call.readBody(100)
      throw new Error('secret detail')
    })

    const reply = await ask('/broken?token=canary', { method: 'POST', body: 'canary' })

    expect(reply.status).toBe(500)
    const text = await reply.text()
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'internal', act: 'retry' } })
    expect(text).not.toMatch(/secret detail|router\.test/)
    const line = logged()
    expect(line).toContain('secret detail')
    expect(line).not.toContain('canary')
  })

  it('answers unknown paths and wrong methods as JSON', async () => {
    const { router, ask } = createTestRouter()
    router.get('/here', open, () => ({ json: {} }))

    const [missing, wrong] = await Promise.all([ask('/there'), ask('/here', { method: 'PUT' })])

    expect(await missing.json()).toMatchObject({ error: { code: 'not_found' } })
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('GET, HEAD')
    expect(await wrong.json()).toMatchObject({ error: { code: 'method_not_allowed' } })
  })

  it('names the methods of an address with a part that may be anything', async () => {
    const { router, ask } = createTestRouter()
    router.get('/lists/:id', open, () => ({ json: {} }))
    router.delete('/lists/:id', open, () => ({ json: {} }))

    const wrong = await ask('/lists/7', { method: 'PUT' })

    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('GET, DELETE, HEAD')
    expect((await ask('/lists/7/more', { method: 'PUT' })).status).toBe(404)
  })

  it('puts the security headers on whatever it answers', async () => {
    const { router, ask } = createTestRouter()
    router.get('/here', open, () => ({ body: 'x', headers: { 'content-type': 'text/plain' } }))

    const replies = await Promise.all([
      ask('/here'),
      ask('/there'),
      ask('/here', { method: 'PUT' }),
    ])

    for (const reply of replies) expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('refuses a body that is longer than the route takes', async () => {
    const { router, ask } = createTestRouter()
    router.post('/small', open, async ({ call }) => ({ json: (await call.readBody(4)).length }))

    const fits = await ask('/small', { method: 'POST', body: '1234' })
    const longer = await ask('/small', { method: 'POST', body: '12345' })

    expect(await fits.json()).toBe(4)
    expect(longer.status).toBe(413)
  })
})
