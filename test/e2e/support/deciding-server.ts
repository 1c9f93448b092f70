import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Decisions } from '#protocol/experiences.ts'
import { CLAIMS_PATH, DECISIONS_PATH, EVENTS_PATH, SUBMISSIONS_PATH } from '#protocol/names.ts'
import { root } from '../../../scripts/root.mjs'
import { closeServer, listen } from './listening.ts'

const PUBLIC = join(root, 'dist/public')
const CORS = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
}

/** What a test says of the server: what it decides, and how it answers claims. */
export interface Script {
  decisions: Decisions
  claims: 'granted' | 'never' | 'late'
}

export interface DecidingServer {
  readonly origin: string
  readonly script: Script
  /** Names of the events that came, `page` for page views. */
  readonly names: () => readonly string[]
  readonly properties: (name: string) => readonly unknown[]
  readonly asked: (path: string) => number
  /** Answers the claims that wait. */
  readonly answerLate: () => void
  /** Forgets what came. */
  readonly reset: () => void
  readonly stop: () => Promise<void>
}

interface Came {
  readonly name?: string
  readonly type: string
  readonly properties?: unknown
}

/** The built tag, and a server that decides what it is told: what the page makes of it is what is tested. */
export async function createDecidingServer(host: string): Promise<DecidingServer> {
  const script: Script = { decisions: { epoch: 1, active: [] }, claims: 'granted' }
  const events: Came[] = []
  const asked: string[] = []
  let late: (() => void)[] = []

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://any')
    const answer = (value: unknown) => {
      response.writeHead(200, { ...CORS, 'content-type': 'application/json' })
      response.end(JSON.stringify(value))
    }
    const file = join(PUBLIC, pathname)
    if (pathname.endsWith('.js') && existsSync(file)) {
      response.writeHead(200, { ...CORS, 'content-type': 'text/javascript' })
      return void response.end(readFileSync(file))
    }
    void bodyOf(request).then((body) => {
      asked.push(pathname)
      if (pathname === EVENTS_PATH) {
        const came = body['events'] as Came[]
        events.push(...came)
        const results = came.map(() => ({ result: 'ok' }))
        answer({ results, decisions: script.decisions, now: Date.now() })
      } else if (pathname === CLAIMS_PATH) {
        const granted = { isGranted: true, claimId: 'claim-1', leaseMs: 30_000 }
        if (script.claims === 'late') late.push(() => answer(granted))
        else if (script.claims === 'granted') answer(granted)
      } else if (pathname === SUBMISSIONS_PATH) {
        answer({ thanks: [{ kind: 'heading', text: 'Thanks' }] })
      } else if (pathname === DECISIONS_PATH) {
        answer({ decisions: script.decisions, now: Date.now() })
      } else {
        response.writeHead(404, CORS).end()
      }
    })
  })
  const port = await listen(server)

  return {
    origin: `http://${host}:${port}`,
    script,
    names: () => events.map(({ name, type }) => name ?? type),
    properties: (name) => events.filter((one) => one.name === name).map((one) => one.properties),
    asked: (path) => asked.filter((one) => one === path).length,
    answerLate: () => {
      for (const answer of late.splice(0)) answer()
    },
    reset: () => {
      script.decisions = { epoch: 1, active: [] }
      script.claims = 'granted'
      events.length = asked.length = 0
      late = []
    },
    stop: () => {
      server.closeAllConnections()
      return closeServer(server)
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return text ? (JSON.parse(text) as Record<string, unknown>) : {}
}
