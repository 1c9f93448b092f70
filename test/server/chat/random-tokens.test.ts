import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chatPage, newToken, openChannel, type ChatPage } from '../../support/chat.ts'
import { setUpOwner } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const IS_LONG = process.env.TEST_LONG === '1'
const TOKENS = IS_LONG ? 1_000_000 : 500
const AT_ONCE = 50

eachDatabase('a conversation whose id is known', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let page: ChatPage
  let bodyWith: (token: string) => string
  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    server = await startServer(
      url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url },
    )
    const channel = await openChannel(await setUpOwner(server))
    page = chatPage(server, channel.id)
    const { conversation } = await page.begin('A secret')
    const { key } = server
    bodyWith = (token) => JSON.stringify({ key, token, conversationId: conversation.id, after: 0 })
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  it(`is opened by none of ${TOKENS} tokens that somebody thought up`, async () => {
    // It is there, for who has its own.
    expect(JSON.stringify(await page.post('/log', { after: 0 }))).toContain('A secret')
    const outcomes = new Map<string, number>()
    let left = TOKENS
    const guess = async () => {
      for (; left > 0;) {
        left -= 1
        const reply = await fetch(`${server.url}/v1/chat/log`, {
          method: 'POST',
          headers: { 'content-type': 'text/plain' },
          body: bodyWith(newToken()),
        })
        const outcome = `${reply.status} ${(await reply.text()).includes('secret')}`
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, guess))

    expect([...outcomes]).toEqual([['404 false', TOKENS]])
  }, 1_800_000)
})
