import { expect, it } from 'vitest'
import { CHAT_RECONNECTING } from '#protocol/names.ts'
import {
  chatPage,
  logOf,
  memberSocket,
  openChannel,
  sayMany,
  visitorSocket,
} from '../support/chat.ts'
import { chatTab, type ChatTab } from '../support/chat-client.ts'
import { setUpOwner, consoleClient } from '../support/console-client.ts'
import { freshSqlite } from '../support/databases.ts'
import { forkServer } from '../support/forked-server.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { startServer } from '../support/server.ts'
import { dirname } from 'node:path'

const isLong = process.env['TEST_LONG'] === '1'
const COUNTS = isLong
  ? { messages: 20_000, cuts: 1_000, freezes: 300, kills: 50 }
  : { messages: 1_000, cuts: 100, freezes: 20, kills: 5 }
const HEARTBEAT_MS = 400
const PUBLIC_URL = 'http://localhost:4780'
/** Said before the tabs come: they begin with what was said last, and read back meanwhile. */
const SAID_BEFORE = 350
/** So often, as chance will have it. */
const READS_BACK = 0.05
/** At once in all outboxes, so that cuts find something under way. */
const UNDER_WAY = 40

it('loses, doubles and reorders nothing, whatever the network and the server do', async () => {
  const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000)
  const random = mulberry(seed)
  const database = await freshSqlite()
  const environment = {
    ...database.environment,
    PUBLIC_URL,
    HEARTBEAT_MS: String(HEARTBEAT_MS),
  }
  const first = await startServer({
    dataDir: dirname(database.address.file ?? ''),
    publicUrl: PUBLIC_URL,
  })
  const owner = await setUpOwner(first)
  const channel = await openChannel(owner)
  await owner.told('PUT', `/chat/channels/${channel.id}/seat`)
  const page = chatPage(first, channel.id)
  const { conversation } = await page.begin('Hola')
  await sayMany(page, SAID_BEFORE)
  await first.stop()

  let server = await forkServer(environment)
  const proxy = await startFaultProxy(server.port)
  const at = { url: proxy.url, key: first.key }
  const again = { reconnection: true, ...CHAT_RECONNECTING }
  const visitor = () =>
    visitorSocket(at, { token: page.token, conversationId: conversation.id }, again)
  const member = () => memberSocket(at, { cookie: owner.cookie, origin: PUBLIC_URL }, again)
  const tabs: ChatTab[] = [
    chatTab(visitor()),
    chatTab(visitor()),
    chatTab(member(), { conversationId: conversation.id }),
    chatTab(member(), { conversationId: conversation.id }),
  ]
  const said: string[][] = tabs.map(() => [])
  const faults = faultsOf(random)

  let count = 0
  const unsent = () => tabs.reduce((sum, { log }) => sum + log.unsent().length, 0)
  while (count < COUNTS.messages) {
    while (count < COUNTS.messages && unsent() < UNDER_WAY) {
      const index = Math.floor(random() * tabs.length)
      const text = `${index} ${said[index]?.length}`
      said[index]?.push(text)
      tabs[index]?.say(text)
      count += 1
      if (random() < READS_BACK) void tabs[index]?.log.readEarlier()
      const due = faults.due(count)
      for (const fault of due) {
        if (fault === 'kill') {
          await server.end('SIGKILL')
          server = await forkServer(environment)
          proxy.leadTo(server.port)
          for (const tab of tabs) tab.serverIsBack()
        } else if (fault === 'delay') proxy.delay(random(), 20 + random() * 80)
        else if (fault === 'half-close') proxy.halfClose(random())
        else proxy[fault](random())
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await expect
    .poll(() => tabs.map(({ log }) => [log.unsent().length, log.isWhole()]), {
      timeout: 60_000,
      interval: 100,
    })
    .toEqual(tabs.map(() => [0, true]))
  // Whoever has said all may not have heard all yet: asked for once more, as every half minute.
  for (const { log } of tabs) {
    log.connected()
    while (log.hasEarlier()) await log.readEarlier()
  }
  const client = consoleClient({ url: `http://localhost:${server.port}` }, first.key, owner.cookie)
  const stored = await wholeLog(client, conversation.id)
  const shown = stored.filter(({ kind, notice }) => kind !== 'note' && notice !== 'assigned')
  await expect
    .poll(() => tabs.map(({ log }) => log.messages().length), { timeout: 60_000 })
    .toEqual([shown.length, shown.length, stored.length, stored.length])
  for (const { log } of tabs) expect(log.hasEarlier()).toBe(false)
  const texts = (messages: readonly { readonly text?: string }[]) =>
    messages.flatMap(({ text }) => text ?? [])
  const recoveries = tabs.flatMap((tab) => tab.recoveries).toSorted((one, other) => one - other)
  for (const tab of tabs) tab.close()
  await proxy.close()
  await server.end('SIGTERM')
  await database.remove()

  const slowest = recoveries.at(-1)?.toFixed(0)
  // Several faults may meet on one way back.
  const late = recoveries.filter((milliseconds) => milliseconds > 3_000).length
  process.stdout.write(
    `seed ${seed}: ${count} messages, ${recoveries.length} connections, slowest back in step after ${slowest} ms, ` +
      `${late} after more than 3 s\n`,
  )
  const all = texts(stored)
  expect(all).toHaveLength(count + 1 + SAID_BEFORE)
  for (const { log } of tabs) expect(texts(log.messages())).toEqual(all)
  for (const [index, own] of said.entries()) {
    expect(all.filter((text) => text.startsWith(`${index} `))).toEqual(own)
  }
})

async function wholeLog(client: ReturnType<typeof consoleClient>, conversationId: string) {
  const { messages, hasMore } = await logOf(client, conversationId)
  const all = [...messages]
  for (let isMore = hasMore; isMore;) {
    const next = await logOf(client, conversationId, all.at(-1)?.number ?? 0)
    all.push(...next.messages)
    isMore = next.hasMore
  }
  return all
}

type Fault = 'cut' | 'freeze' | 'delay' | 'half-close' | 'kill'

/** All faults, spread over the messages by chance. */
function faultsOf(random: () => number): { readonly due: (count: number) => Fault[] } {
  const { messages, cuts, freezes, kills } = COUNTS
  const all: { readonly at: number; readonly fault: Fault }[] = []
  const spread = (fault: Fault, times: number) => {
    for (let time = 0; time < times; time += 1) {
      all.push({ fault, at: 1 + Math.floor(random() * (messages - 1)) })
    }
  }
  spread('cut', cuts)
  spread('freeze', freezes)
  spread('kill', kills)
  spread('delay', freezes)
  spread('half-close', freezes)
  return { due: (count) => all.filter(({ at }) => at === count).map(({ fault }) => fault) }
}

/** Small, and the same for a seed everywhere. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
