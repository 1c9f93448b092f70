import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Conversation } from '#protocol/chat-conversations.ts'
import { deviceOf } from '../../support/chat-identity.ts'
import { chatPage, openChannel, textOf } from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const HOME = 'https://shop.example/'
const LAMPS = 'https://shop.example/lamps'
const CART = 'https://shop.example/cart'

eachDatabase('the page that a visitor writes from', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let channelId: string
  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    server = await startServer(
      url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url },
    )
    owner = await setUpOwner(server)
    channelId = (await openChannel(owner)).id
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  const pageOf = async (id: string) => {
    const read = await owner.told<Conversation>('GET', `/chat/conversations/${id}`)
    const { pageUrl, pageTitle } = read.visitor
    return { pageUrl, pageTitle }
  }
  const at = (url: string) => ({ url, title: `Title of ${url}` })
  const seen = (url: string) => ({ pageUrl: url, pageTitle: `Title of ${url}` })

  it('follows what their browser has told of since, at each message', async () => {
    const device = deviceOf(server, channelId)
    await device.visit(HOME)
    const { conversation } = await device.page.begin('Hola', {
      visitor: device.visitor,
      page: at(LAMPS),
    })
    // What came before it began says less than the page itself.
    await device.page.post('/messages', { message: textOf('¿Hay alguien?') })
    expect(await pageOf(conversation.id)).toEqual(seen(LAMPS))
    await device.visit(CART)
    expect(await pageOf(conversation.id)).toEqual(seen(LAMPS))

    await device.page.post('/messages', { message: textOf('¿Y el envío?') })
    expect(await pageOf(conversation.id)).toEqual(seen(CART))
  })

  it('is what another tab says that begins the one that runs', async () => {
    const page = chatPage(server, channelId)
    const { conversation } = await page.begin('Hola', { page: at(HOME) })
    await page.begin('Desde otra', { page: at(CART) })
    expect(await pageOf(conversation.id)).toEqual(seen(CART))
    await page.begin('Desde ninguna')

    expect(await pageOf(conversation.id)).toEqual(seen(CART))
  })

  it('stays where it began for whom no event is known of', async () => {
    const page = chatPage(server, channelId)
    const { conversation } = await page.begin('Hola', { page: at(HOME) })
    await deviceOf(server, channelId).visit(CART)
    await page.post('/messages', { message: textOf('Sigo aquí') })

    expect(await pageOf(conversation.id)).toEqual(seen(HOME))
  })
})
