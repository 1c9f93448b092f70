import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { EVENTS_PATH } from '#protocol/names.ts'
import type { Role } from './roles.ts'

/** The peer: Hono under the same adapter, which parses the batch and sends it back, and no more. */
export async function serveEcho(): Promise<Role> {
  const app = new Hono()
  app.post(EVENTS_PATH, async (c) => c.json(await c.req.json()))
  const port = await new Promise<number>((resolve) => {
    serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => resolve(info.port))
  })
  return { ready: String(port) }
}
