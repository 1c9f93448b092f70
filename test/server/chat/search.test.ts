import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Conversation } from '#protocol/chat-conversations.ts'
import { chatPage, openChannel } from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

/** More than a search looks through at once. */
const MANY = 300

eachDatabase('a search among many conversations', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let clock = Date.UTC(2026, 10, 23, 9)
  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    const on = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    server = await startServer({ ...on, now: () => clock })
    owner = await setUpOwner(server)
    const { id } = await openChannel(owner)
    for (let at = 0; at < MANY; at += 1) {
      // Some at the same moment.
      if (at % 3 === 0) clock += 1
      const isNeedle = at === 0 || at === 7 || at === MANY - 1
      await chatPage(server, id).begin(isNeedle ? `Una agúja, ${at}` : `Paja, ${at}`)
    }
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  /** What was said in each, page by page. */
  async function found(search: string, limit: number): Promise<(string | null)[]> {
    const said: (string | null)[] = []
    for (let cursor = ''; ;) {
      const query = `?limit=${limit}&search=${search}${cursor && `&cursor=${cursor}`}`
      const { items, nextCursor } = await owner.told<{
        items: Conversation[]
        nextCursor: string | null
      }>('GET', `/chat/conversations${query}`)
      said.push(...items.map(({ lastText }) => lastText))
      if (nextCursor === null) return said
      cursor = nextCursor
    }
  }

  it.each([1, 2, 50])('finds all, the newest first, %d a page', async (limit) => {
    const all = [`Una agúja, ${MANY - 1}`, 'Una agúja, 7', 'Una agúja, 0']
    expect(await found('aguja', limit)).toEqual(all)
  })

  it('finds nothing that nobody said', async () => {
    expect(await found('martillo', 50)).toEqual([])
  })

  it('goes on where a page ended, each once', async () => {
    const said = await found('paja', 40)

    expect(said).toHaveLength(MANY - 3)
    expect(new Set(said).size).toBe(MANY - 3)
  })
})
