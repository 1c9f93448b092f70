import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LogAnswer } from '#protocol/chat.ts'
import {
  bringMember,
  chatPage,
  conversationsOf,
  logOf,
  openChannel,
  type ChatPage,
} from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const CARD = {
  productId: 'lamp-1',
  name: 'Lamp',
  url: 'https://shop.example/lamp',
  imageUrl: 'https://cdn.example/lamp.webp',
  price: { amount: 12_900, currency: 'EUR' },
}
const SCRIPT = ['javascript', 'alert(1)'].join(':')
const HOSTILE = '<img src=x onerror=alert(1)> "\'`${1} 👩‍👧 مصباح'

eachDatabase('a card of a product', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let channelId: string
  let page: ChatPage
  let id: string

  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    server = await startServer(
      url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url },
    )
    owner = await setUpOwner(server)
    channelId = (await openChannel(owner)).id
    page = chatPage(server, channelId)
    id = (await page.begin()).conversation.id
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  const send = (product: object, by = owner) =>
    by.ask('POST', `/chat/conversations/${id}/messages`, {
      kind: 'product',
      id: randomUUID(),
      product,
    })
  const cards = async () => {
    const { json } = await page.post<LogAnswer>('/log', { after: 0 })
    return json.messages.flatMap((message) => message.product ?? [])
  }

  it('is shown to its visitor as it was sent, whatever it is called', async () => {
    const named = { ...CARD, name: HOSTILE }
    expect(await send(named)).toMatchObject({ status: 201 })
    expect(await cards()).toContainEqual(named)
    expect(JSON.stringify(await conversationsOf(owner))).toContain(JSON.stringify(HOSTILE))
  })

  it.each([
    { what: 'leads into a script', product: { ...CARD, url: SCRIPT } },
    { what: 'leads into data', product: { ...CARD, url: 'data:text/html,<script>1</script>' } },
    { what: 'leads nowhere', product: { ...CARD, url: '/lamp' } },
    { what: 'has a script for a picture', product: { ...CARD, imageUrl: SCRIPT } },
    { what: 'has data for a picture', product: { ...CARD, imageUrl: 'data:image/svg+xml,<svg/>' } },
    {
      what: 'costs less than nothing',
      product: { ...CARD, price: { amount: -1, currency: 'EUR' } },
    },
    { what: 'costs in no currency', product: { ...CARD, price: { amount: 1, currency: '€' } } },
    { what: 'has no name', product: { ...CARD, name: '' } },
    { what: 'has a name without an end', product: { ...CARD, name: 'x'.repeat(201) } },
    { what: 'has half of a character', product: { ...CARD, name: 'Lamp \ud83d' } },
    { what: 'brings more along', product: { ...CARD, html: '<b>' } },
  ])('is refused where it $what, and nothing is stored', async ({ product }) => {
    const before = await cards()
    const reply = await send(product)
    expect(reply).toMatchObject({ status: 400, json: { error: { code: 'bad_request' } } })
    expect(await cards()).toEqual(before)
  })

  it('is sent by nobody but who answers there: no visitor, host or operator of another channel', async () => {
    const before = await cards()
    const message = { kind: 'product', id: randomUUID(), product: CARD }
    expect(await page.post('/messages', { message })).toMatchObject({ status: 400 })
    const host = await bringMember(server, owner, 'host', ['host'])
    expect(await send(CARD, host)).toMatchObject({ status: 403 })
    const elsewhere = await bringMember(server, owner, 'elsewhere')
    expect(await send(CARD, elsewhere)).toMatchObject({ status: 404 })
    expect(await cards()).toEqual(before)
  })

  it('is taken back whole', async () => {
    await send({ ...CARD, name: 'A mistake' })
    const { messages } = await logOf(owner, id)
    const sent = messages.find(({ product }) => product?.name === 'A mistake')

    const path = `/chat/conversations/${id}/messages/${sent?.number}`
    expect(await owner.ask('DELETE', path)).toMatchObject({ status: 204 })

    expect(JSON.stringify(await cards())).not.toContain('A mistake')
    expect(JSON.stringify(await logOf(owner, id))).not.toContain('A mistake')
    expect(JSON.stringify(await conversationsOf(owner))).not.toContain('A mistake')
  })
})
