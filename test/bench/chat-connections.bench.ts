import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { CHAT_SETTINGS_PATH, CONSOLE_CHAT_NAMESPACE, SOCKET_PATH } from '#protocol/names.ts'
import { serveBareChat } from './support/bare-chat.ts'
import { playVisitors } from './support/chat-visitors.ts'
import { memoryOf } from './support/memory.ts'
import { ownerCookie } from './support/owner-session.ts'
import { openBenchServer } from './support/own-server.ts'
import { percentile } from './support/percentiles.ts'
import { LOAD_CORE, pinTo } from './support/pinning.ts'
import { playRole, startRole, type Played, type Role } from './support/roles.ts'
import { kilobytes, milliseconds, printTable, ratio, whole } from './support/table.ts'

// 2,000 visitors connected to one process, each with a conversation: how long what they say takes to an operator, and what
// a connection holds, beside socket.io alone, which stores nothing. Visitors are processes of their own on the other core.

const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 2_000)
const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 2_000)
const PROCESSES = 4
const AIM_MS = 100

interface Measured {
  readonly latencies: readonly number[]
  readonly acknowledged: number
  /** Of a connection: of the heap and beside it, and as the system counts it. */
  readonly heapBytes: number
  readonly systemBytes: number
}

if (!playRole({ serve, bare: serveBareChat, visitors: playVisitors })) await bench()

async function bench(): Promise<void> {
  if (!pinTo(LOAD_CORE)) console.log('Not pinned: server and load share cores, so trust no figure.')
  const bare = await measured('bare')
  const ours = await measured('serve')
  const row = (name: string, { latencies, acknowledged, heapBytes, systemBytes }: Measured) => [
    name,
    milliseconds(percentile(latencies, 0.5)),
    milliseconds(percentile(latencies, 0.99)),
    milliseconds(Math.max(...latencies)),
    `${whole(latencies.length)} of ${whole(acknowledged)}`,
    kilobytes(heapBytes),
    kilobytes(systemBytes),
  ]
  console.log(
    `${whole(CONNECTIONS)} visitors, ${whole(MESSAGES)} messages in 20 s, aim ${AIM_MS} ms`,
  )
  printTable(
    ['', 'visitor → operator', 'p99', 'slowest', 'heard', 'heap a connection', 'resident'],
    [
      row('Granplaza', ours),
      row('socket.io alone', bare),
      [
        'ratio',
        '',
        '',
        '',
        '',
        ratio(ours.heapBytes, bare.heapBytes),
        ratio(ours.systemBytes, bare.systemBytes),
      ],
    ],
  )
}

async function measured(name: 'serve' | 'bare'): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'granplaza-bench-'))
  const server = await startRole(name, folder)
  const [port = '', key = '', token = ''] = server.ready.split(' ')
  const operator = await openOperator(port, key, token)
  const latencies: number[] = []
  operator.on('chat:messages', ({ messages }: { messages: { readonly text?: string }[] }) => {
    const now = performance.timeOrigin + performance.now()
    for (const { text } of messages) if (Number(text) > 0) latencies.push(now - Number(text))
  })
  const share = Math.ceil(CONNECTIONS / PROCESSES)
  const visitors: Played[] = []
  for (let at = 0; at < PROCESSES; at += 1) {
    const given = JSON.stringify({ port, key, visitors: share })
    visitors.push(await startRole('visitors', given))
  }
  const before = await held(server)
  for (const some of visitors) await some.ask('open')
  const after = await held(server)
  // Warm, and told apart: what follows is counted.
  await visitors[0]?.ask(String(Math.ceil(MESSAGES / 20)))
  latencies.length = 0
  const parts = visitors.map((some) => some.ask(String(Math.ceil(MESSAGES / PROCESSES))))
  const acknowledged = (await Promise.all(parts)).reduce((sum, part) => sum + Number(part), 0)
  // The last one's push may be behind its acknowledgement.
  await new Promise((resolve) => setTimeout(resolve, 500))
  for (const some of visitors) await some.stop()
  operator.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
  return {
    latencies,
    acknowledged,
    heapBytes: (after.heap - before.heap) / (share * PROCESSES),
    systemBytes: (after.system - before.system) / (share * PROCESSES),
  }
}

async function held(server: Played): Promise<{ readonly heap: number; readonly system: number }> {
  const [heap, system] = (await server.ask('memory')).split(' ').map(Number)
  return { heap: heap ?? 0, system: system ?? 0 }
}

/** The real server, with its chat on; says `port key token`, of the link by which its owner signs in. */
async function serve(dataDir: string): Promise<Role> {
  const server = await openBenchServer(dataDir)
  const { port, shop, members, account } = server
  const secret = await account.createSecretKey(shop.id, ['conversations:write'])
  const made = await fetch(`http://127.0.0.1:${port}${CHAT_SETTINGS_PATH}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${secret}` },
    body: JSON.stringify({ isOn: true }),
  })
  if (!made.ok) throw new Error(await made.text())
  const token = await members.links.createSetupLink(shop.id)
  return { ready: [port, shop.publicKey, token].join(' '), ask: memoryOf, stop: server.stop }
}

async function openOperator(port: string, key: string, token: string): Promise<Socket> {
  const cookie = token === '' ? '' : await ownerCookie(port, token)
  const socket = io(`http://127.0.0.1:${port}${CONSOLE_CHAT_NAMESPACE}`, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    reconnection: false,
    auth: { shop: key },
    extraHeaders: { cookie, origin: `http://localhost:${port}` },
  })
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', reject)
  })
}
