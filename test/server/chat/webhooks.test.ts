import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Channel } from '#protocol/chat-channels.ts'
import { ChatFactData, type ChatFactType } from '#protocol/chat-webhooks.ts'
import type { Webhook, WebhookDelivery, WebhookDeliveryDetails } from '#protocol/webhooks.ts'
import { readRange } from '#server/core/outbound-address.ts'
import { bringMember, chatPage, openChannel, textOf } from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const OWN_NET = ['127.0.0.0/8'].map(readRange).filter((it) => it !== undefined)
const TYPES: readonly ChatFactType[] = [
  'conversation.started',
  'conversation.assigned',
  'conversation.closed',
  'conversation.rated',
  'message.received',
]

eachDatabase('webhooks of the chat', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let ana: ConsoleClient & { readonly id: string }
  let channel: Channel
  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    const where = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    server = await startServer({ ...where, outboundAllow: OWN_NET })
    owner = await setUpOwner(server)
    ana = await bringMember(server, owner, 'ana-hooks')
    channel = await openChannel(owner, { operators: [ana.id] })
    await ana.told('PUT', `/chat/channels/${channel.id}/seat`)
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  /** Where nobody answers: what is to be told is read from the deliveries themselves. */
  const listen = (events: readonly ChatFactType[]) =>
    owner.told<Webhook>('POST', '/webhooks', { url: 'http://127.0.0.1:9/hook', events })
  async function toldOf({ id }: Webhook) {
    const { items } = await owner.told<{ items: WebhookDelivery[] }>(
      'GET',
      `/webhooks/${id}/deliveries?limit=100`,
    )
    const all = await Promise.all(
      items.map((one) =>
        owner.told<WebhookDeliveryDetails>('GET', `/webhook-deliveries/${one.id}`),
      ),
    )
    return all.map(({ body }) => body)
  }

  it('tell of a conversation from its beginning to its rating, and hold what the schema says', async () => {
    const webhook = await listen(TYPES)
    const page = chatPage(server, channel.id)
    const first = textOf('Hola, ¿tienen la olla?')
    const { conversation } = await page.begin('', { message: first })
    const path = `/chat/conversations/${conversation.id}`
    await page.post('/messages', { message: textOf('La de barro') })
    await ana.told('POST', `${path}/messages`, textOf('Sí, en dos tallas'))
    await ana.told('PATCH', path, { state: 'closed' })
    await page.post('/ratings', { rating: 5, comment: 'Muy amable' })

    const bodies = await toldOf(webhook)
    const facts = bodies.map((body) => JSON.parse(body) as { type: ChatFactType; data: object })
    expect(facts.map(({ type }) => type).toSorted()).toEqual(
      [...TYPES, 'message.received' as const].toSorted(),
    )
    for (const { type, data } of facts) {
      expect(ChatFactData[type].strict().parse(data)).toEqual(data)
    }
    const dataOf = (type: ChatFactType) => facts.find((one) => one.type === type)?.data
    expect(dataOf('conversation.assigned')).toMatchObject({
      conversation: { id: conversation.id, state: 'assigned', operator: { id: ana.id } },
    })
    expect(dataOf('conversation.closed')).toMatchObject({
      conversation: { state: 'closed' },
      by: 'team',
    })
    expect(dataOf('conversation.rated')).toMatchObject({ conversation: { rating: 5 } })
    expect(facts.filter(({ type }) => type === 'message.received')).toContainEqual(
      expect.objectContaining({
        data: expect.objectContaining({
          message: expect.objectContaining({ id: first.id, number: 1 }),
        }),
      }),
    )
  })

  it('hold nothing that anybody said, so that nothing redacted lives on in them', async () => {
    const webhook = await listen(TYPES)
    const page = chatPage(server, channel.id)
    const { conversation } = await page.begin('la-clave-secreta', {
      fields: { name: 'Sofía Secreta', email: 'sofia@secret.example' },
    })
    const path = `/chat/conversations/${conversation.id}`
    await ana.told('POST', `${path}/messages`, { ...textOf('nota-secreta'), kind: 'note' })
    await ana.told('DELETE', `${path}/messages/1`)
    await page.post('/endings')
    await page.post('/ratings', { rating: 1, comment: 'comentario-secreto' })

    const bodies = await toldOf(webhook)
    expect(bodies.length).toBeGreaterThanOrEqual(5)
    expect(bodies.filter((body) => /secret/i.test(body))).toEqual([])
  })

  it('tell of the same message once, however often it is sent, and of nothing that was refused', async () => {
    const webhook = await listen(['message.received', 'conversation.started'])
    const page = chatPage(server, channel.id)
    const message = textOf('Hola')
    await Promise.all([1, 2, 3].map(() => page.begin('', { message })))
    const wrong = { message: { ...textOf('x'), kind: 'attachment', fileKey: 'a'.repeat(43) } }
    expect((await page.post('/messages', wrong)).status).toBe(404)

    expect(await toldOf(webhook)).toHaveLength(2)
  })

  it('tell only those who asked for it', async () => {
    const webhook = await listen(['conversation.rated'])
    await chatPage(server, channel.id).begin()
    expect(await toldOf(webhook)).toEqual([])
  })
})
