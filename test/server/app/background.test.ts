import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Job } from '#protocol/jobs.ts'
import type { Mail, MailStatus, MailSummary } from '#protocol/mail.ts'
import type { Scope } from '#server/account/service.ts'
import { startMailSink, type MailSink } from '../../support/mail-sink.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let sink: MailSink
let server: TestServer
let key: string
beforeAll(async () => {
  sink = await startMailSink()
  const from = { address: 'shop@shop.example' }
  const way = { host: '127.0.0.1', port: sink.port, isSecure: false }
  server = await startServer({ mail: { ...way, login: undefined, from, dkim: undefined } })
  key = await newKey('mail:read', 'mail:write', 'jobs:read', 'jobs:write')
})
afterAll(async () => {
  await server.stop()
  await sink.stop()
})

const newKey = (...scopes: Scope[]) => server.account.createSecretKey(server.shop.id, scopes)

function ask(path: string, init: RequestInit = {}, as = key) {
  return fetch(`${server.url}/api/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${as}` },
  })
}
const post = (path: string, body: unknown = {}) =>
  ask(path, { method: 'POST', body: JSON.stringify(body) })

it('a test mail arrives, in the language asked for, and is seen in the outbox', async () => {
  const reply = await post('/mail/tests', { to: 'ana@shop.example', language: 'es' })
  expect(reply.status).toBe(200)
  const { id } = (await reply.json()) as Mail

  const found = async () => (await (await ask(`/mail/messages/${id}`)).json()) as Mail
  await expect.poll(found).toMatchObject({ state: 'sent', kind: 'test' })

  expect(sink.arrived).toMatchObject([{ to: ['ana@shop.example'] }])
  const listed = await (await ask('/mail/messages?state=sent')).json()
  expect((listed as { items: MailSummary[] }).items).toMatchObject([{ id }])
  expect((await post(`/mail/messages/${id}/resend`)).status).toBe(409)
  const done = (await (await ask('/jobs?state=done')).json()) as { items: Job[] }
  expect(done.items).toMatchObject([{ kind: 'mail.deliver', attempts: 1 }])
  expect((await post(`/jobs/${done.items[0]?.id}/retry`)).status).toBe(409)
})

it('the mail server is known, and asked whether it answers', async () => {
  const status = (await (await ask('/mail/status')).json()) as MailStatus

  expect(status).toMatchObject({ isConfigured: true, from: { address: 'shop@shop.example' } })
  expect(await (await post('/mail/checks')).json()).toEqual({ isReachable: true, problem: '' })
})

it.each([
  { method: 'GET', path: '/mail/status', scope: 'mail:write' },
  { method: 'POST', path: '/mail/checks', scope: 'mail:read' },
  { method: 'POST', path: '/mail/tests', scope: 'mail:read' },
  { method: 'GET', path: '/mail/messages', scope: 'mail:write' },
  { method: 'GET', path: '/mail/messages/1', scope: 'mail:write' },
  { method: 'POST', path: '/mail/messages/1/resend', scope: 'mail:read' },
  { method: 'GET', path: '/jobs', scope: 'jobs:write' },
  { method: 'GET', path: '/jobs/1', scope: 'jobs:write' },
  { method: 'POST', path: '/jobs/1/retry', scope: 'jobs:read' },
] as const)('nobody may $method $path without its scope', async ({ method, path, scope }) => {
  const init = { method, body: method === 'POST' ? '{}' : null }

  expect((await ask(path, init, await newKey(scope))).status).toBe(403)
  expect((await ask(path, init, server.key)).status).toBe(403)
  expect((await ask(path, init, 'sec_nobody')).status).toBe(401)
})

it.each([
  { path: '/mail/messages?state=odd' },
  { path: '/mail/messages?cursor=odd' },
  { path: '/mail/messages?limit=0' },
  { path: '/jobs?state=odd' },
  { path: '/jobs?cursor=odd' },
])('$path is refused', async ({ path }) => {
  expect((await ask(path)).status).toBe(400)
})
