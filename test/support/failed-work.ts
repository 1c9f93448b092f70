import { expect, vi } from 'vitest'
import type { MailSettings } from '#server/core/mail/settings.ts'
import { startMailSink } from './mail-sink.ts'
import type { TestServer } from './server.ts'

/** A mail server that takes nothing, so that what was sent has failed at once. */
export async function startRefusingMail(): Promise<{
  readonly settings: MailSettings
  readonly stop: () => Promise<void>
}> {
  const { port, stop } = await startMailSink(() => ({ at: 'recipient', code: 550 }))
  const from = { address: 'shop@shop.example' }
  const settings = { host: '127.0.0.1', port, isSecure: false, from }
  return { settings: { ...settings, login: undefined, dkim: undefined }, stop }
}

/** Leaves the shop a dead job, a webhook that it was about, and a mail that failed. */
export async function failSomeWork(server: TestServer, key: string): Promise<void> {
  const ask = askerOf(server, key)
  const events = ['order.completed']
  const url = 'https://shop.example/paused'
  const made = await ask('POST', '/webhooks', { url, events, state: 'paused' })
  await ask('POST', `/webhooks/${String(made.id)}/test`)
  await ask('POST', '/mail/tests', { to: 'nobody@shop.example' })
  await vi.waitFor(
    async () => {
      expect(await ask('GET', '/jobs?state=dead')).toMatchObject({ items: [{}] })
      expect(await ask('GET', '/mail/messages?state=failed')).toMatchObject({ items: [{}] })
    },
    { timeout: 15_000, interval: 20 },
  )
}

/** Nothing that was begun goes on by itself. */
export async function untilNoJobs(server: TestServer, key: string): Promise<void> {
  const ask = askerOf(server, key)
  await vi.waitFor(
    async () => {
      for (const state of ['waiting', 'running']) {
        expect(await ask('GET', `/jobs?state=${state}`)).toMatchObject({ items: [] })
      }
    },
    { timeout: 15_000, interval: 50 },
  )
}

function askerOf(server: TestServer, key: string) {
  return async (method: string, path: string, body?: unknown): Promise<{ id?: unknown }> => {
    const reply = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${text}`)
    return text === '' ? {} : Object(JSON.parse(text))
  }
}
