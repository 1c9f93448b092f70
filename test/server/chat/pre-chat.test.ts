import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ChannelOptions } from '#protocol/chat-channels.ts'
import { chatPage, conversationsOf, newToken, openChannel, textOf } from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const FIELDS = [
  { key: 'order', type: 'text', isRequired: true, labels: { en: 'Order' } },
  { key: 'email', type: 'email', isRequired: false, labels: { en: 'E-mail' } },
]
const GOOD = { order: ' 17 ', consent: true }

eachDatabase('the form before a chat', (fresh) => {
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
  })
  beforeEach(async () => {
    channelId = (await openChannel(owner, { name: randomUUID() })).id
    await ask({ isOn: true, asksConsent: true, fields: FIELDS })
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  const ask = (preChat: object) =>
    owner.told<{ options: ChannelOptions }>('PATCH', `/chat/channels/${channelId}`, {
      options: { texts: { en: { consent: 'I agree' } }, preChat },
    })
  const begin = (fields: object, token = newToken(), id: string = randomUUID()) =>
    chatPage(server, channelId, token).post('/conversations', {
      channelId,
      message: textOf('Hola', id),
      fields,
    })
  const leave = (more: object) =>
    chatPage(server, channelId).post('/offline-forms', {
      channelId,
      id: randomUUID(),
      email: 'eva@mail.example',
      text: 'Hola',
      ...more,
    })
  const begun = () => conversationsOf(owner, `?channel=${channelId}&view=all`)

  it.each([
    { what: 'a required answer is missing', fields: { consent: true }, named: 'fields.order' },
    { what: 'it is blank', fields: { order: '  ', consent: true }, named: 'fields.order' },
    {
      what: 'it is ticked, not said',
      fields: { order: true, consent: true },
      named: 'fields.order',
    },
    { what: 'an address is none', fields: { ...GOOD, email: 'eva' }, named: 'fields.email' },
    { what: 'nobody agreed', fields: { order: '17' }, named: 'fields.consent' },
    { what: 'they did not agree', fields: { ...GOOD, consent: false }, named: 'fields.consent' },
    { what: 'a word is no tick', fields: { ...GOOD, consent: 'yes' }, named: 'fields.consent' },
  ])('refuses to begin where $what, and says so', async ({ fields, named }) => {
    const reply = await begin(fields)

    const message = expect.stringMatching(new RegExp(`^${named}: `))
    expect(reply).toMatchObject({ status: 400, json: { error: { code: 'bad_request', message } } })
    expect(await begun()).toEqual([])
  })

  it('begins with what is required, and asks for nothing in one that runs', async () => {
    const token = newToken()
    const id = randomUUID()

    expect(await begin(GOOD, token, id)).toMatchObject({ status: 201 })
    expect(await begin({}, token)).toMatchObject({ status: 201 })
    expect(await begun()).toMatchObject([{ visitor: { fields: { order: ' 17 ', consent: true } } }])
    const [one] = await begun()
    await owner.told('PATCH', `/chat/conversations/${one?.id}`, { state: 'closed' })
    // Said before it ended: the answer had been lost.
    expect(await begin({}, token, id)).toMatchObject({ status: 201 })
    expect(await begin({}, token)).toMatchObject({ status: 400 })
  })

  it('asks for nothing while it is off', async () => {
    await ask({ isOn: false, asksConsent: true, fields: FIELDS })

    expect(await begin({})).toMatchObject({ status: 201 })
    expect(await leave({})).toMatchObject({ status: 201 })
  })

  it('asks who leaves an offline form for consent alone', async () => {
    const message = expect.stringMatching(/^fields\.consent: /)
    expect(await leave({})).toMatchObject({ status: 400, json: { error: { message } } })
    expect(await begun()).toEqual([])

    expect(await leave({ fields: { consent: true } })).toMatchObject({ status: 201 })
  })
})
