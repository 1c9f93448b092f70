import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomBytes, randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import type { NewInvitation } from '#protocol/account.ts'
import type {
  CannedReply,
  Channel,
  ChannelInvitation,
  ChannelOperator,
  ChatSettings,
} from '#protocol/chat-channels.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import { CHAT_CONVERSATIONS_PATH } from '#protocol/names.ts'
import {
  bringIn,
  consoleClient,
  PASSWORD,
  setUpOwner,
  tokenIn,
  type ConsoleClient,
} from '../../support/console-client.ts'
import { eachDatabase, type FreshDatabase } from '../../support/databases.ts'
import { startServer, type TestServer } from '../../support/server.ts'

interface Items<Item> {
  readonly items: readonly Item[]
}

/** The smallest PNG. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

eachDatabase('channels', (fresh) => {
  let database: FreshDatabase
  let server: TestServer
  let owner: ConsoleClient
  let operator: ConsoleClient & { readonly id: string }
  let host: ConsoleClient & { readonly id: string }
  beforeAll(async () => {
    database = await fresh()
    const { url, file = '' } = database.address
    server = await startServer(
      url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url },
    )
    owner = await setUpOwner(server)
    operator = await bringIn(server, owner, { email: 'oli@shop.example', roles: ['operator'] })
    host = await bringIn(server, owner, { email: 'hana@shop.example', roles: ['host'] })
  })
  afterAll(async () => {
    await server.stop()
    await database.remove()
  })

  const channels = async (client = owner) =>
    (await client.told<Items<Channel>>('GET', '/chat/channels')).items
  const makeChannel = (name: string) => owner.told<Channel>('POST', '/chat/channels', { name })
  const log = async () =>
    (await owner.told<Items<{ action: string }>>('GET', '/audit-log?limit=100')).items

  describe('turned on', () => {
    it('makes one channel and selects it, however often and from however many sides it is asked', async () => {
      expect(await owner.told('GET', '/chat/settings')).toEqual({ isOn: false, channelId: null })

      const answers = await Promise.all(
        Array.from({ length: 6 }, () =>
          owner.told<ChatSettings>('PUT', '/chat/settings', { isOn: true }),
        ),
      )
      const [only, ...others] = await channels()

      expect(others).toEqual([])
      expect(only).toMatchObject({ name: 'Chat', isSelected: true, isOperator: true })
      expect(new Set(answers.map(({ channelId }) => channelId))).toEqual(new Set([only?.id]))
    })

    it('keeps its channel while it is off, and can’t have it archived while it is on', async () => {
      const [selected] = await channels()
      const path = `/chat/channels/${selected?.id}`

      expect(await owner.ask('PATCH', path, { isArchived: true })).toMatchObject({ status: 409 })
      const off = await owner.told<ChatSettings>('PUT', '/chat/settings', { isOn: false })
      expect(off).toEqual({ isOn: false, channelId: selected?.id })
      await owner.told('PATCH', path, { isArchived: true })
      expect(await channels()).toEqual([])
      // What it had is archived: it gets another.
      const on = await owner.told<ChatSettings>('PUT', '/chat/settings', { isOn: true })
      expect(on.channelId).not.toBe(selected?.id)
      expect(
        await owner.ask('PUT', '/chat/settings', { isOn: true, channelId: selected?.id }),
      ).toMatchObject({ status: 409 })
      await owner.told('PATCH', path, { isArchived: false })
      expect((await channels()).length).toBe(2)
    })
  })

  describe('a channel', () => {
    it('refuses a change of what somebody else has changed meanwhile', async () => {
      const { id, version } = await makeChannel('Sales')
      const path = `/chat/channels/${id}`
      await owner.told('PATCH', `${path}?version=${version}`, { name: 'Sales and advice' })

      const late = await owner.ask('PATCH', `${path}?version=${version}`, { name: 'Selling' })

      expect(late).toMatchObject({ status: 409 })
      expect((await owner.told<Channel>('GET', path)).name).toBe('Sales and advice')
    })

    it('keeps texts, hours and forms as they are said, and fills in what is not', async () => {
      const { id } = await makeChannel('Options')
      const span = [{ from: '09:00', to: '18:00' }]
      const hours = {
        timeZone: 'America/Bogota',
        week: { mon: span, tue: span, wed: span, thu: span, fri: span, sat: [], sun: [] },
        exceptions: [{ on: '2026-12-25', spans: [] }],
      }
      const en = { welcome: 'Hello', consent: 'I agree' }
      const texts = { en, es: { welcome: 'Hola', consent: 'Acepto' } }
      const preChat = {
        isOn: true,
        asksConsent: true,
        fields: [{ key: 'email', type: 'email', isRequired: true, labels: { en: 'E-mail' } }],
      }

      const { options } = await owner.told<Channel>('PATCH', `/chat/channels/${id}`, {
        options: { texts, hours, preChat, accent: '#0b6e4f' },
      })

      expect(options).toMatchObject({ texts, hours, accent: '#0b6e4f', chatsPerOperator: 5 })
      expect(options.preChat.fields).toEqual([{ ...preChat.fields[0], choices: [] }])
    })

    it.each([
      {
        what: 'a zone that nobody knows',
        options: { hours: { timeZone: 'Mars/Base', week: week() } },
      },
      {
        what: 'a day that ends before it begins',
        options: { hours: { timeZone: 'UTC', week: week({ from: '18:00', to: '09:00' }) } },
      },
      {
        what: 'two fields of one key',
        options: { preChat: preChat([field('a'), field('a')]) },
      },
      {
        what: 'a choice without choices',
        options: { preChat: preChat([{ ...field('a'), type: 'choice', choices: ['one'] }]) },
      },
      {
        what: 'consent without what is consented to',
        options: { preChat: { isOn: true, fields: [], asksConsent: true } },
      },
      {
        what: 'consent to what one language does not tell',
        options: {
          texts: { en: { consent: 'I agree' }, es: { welcome: 'Hola' } },
          preChat: { isOn: true, fields: [], asksConsent: true },
        },
      },
      { what: 'a colour that is none', options: { accent: 'red;background:url(//x)' } },
    ])('refuses $what', async ({ options }) => {
      const [selected] = await channels()
      const path = `/chat/channels/${selected?.id}`

      expect(await owner.ask('PATCH', path, { options })).toMatchObject({ status: 400 })
      expect((await owner.told<Channel>('GET', path)).options).toEqual(selected?.options)
    })

    it('takes a picture by what its bytes are, and serves it so that no browser runs it', async () => {
      const { id } = await makeChannel('Pictured')
      const path = `/chat/channels/${id}/avatar`
      const type = { 'content-type': 'image/png' }
      const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')

      expect(await owner.ask('PUT', path, svg, type)).toMatchObject({ status: 400 })
      expect(await owner.ask('PUT', path, PICTURE, type)).toMatchObject({ status: 204 })
      const { headers } = await owner.ask('GET', path)
      expect(headers.get('content-type')).toBe('image/png')
      expect(headers.get('content-security-policy')).toContain('sandbox')
      expect((await owner.told<Channel>('GET', `/chat/channels/${id}`)).hasAvatar).toBe(true)
      await owner.told('DELETE', path)
      expect(await owner.ask('GET', path)).toMatchObject({ status: 404 })
    })
  })

  describe('operators', () => {
    it('are added together, once each, and never a host', async () => {
      const { id } = await makeChannel('Support')
      const path = `/chat/channels/${id}/operators`
      const both = { memberIds: [operator.id, host.id] }

      expect(await owner.ask('POST', path, both)).toMatchObject({ status: 409 })
      const before = await owner.told<Items<ChannelOperator>>('GET', path)
      expect(before.items.map(({ name }) => name)).toEqual(['Ana'])
      const twice = { memberIds: [operator.id, operator.id] }
      await owner.told('POST', path, twice)
      const after = await owner.told<Items<ChannelOperator>>('POST', path, twice)
      expect(after.items.map(({ memberId }) => memberId)).toContain(operator.id)
      expect(after.items.length).toBe(2)
      await owner.told('DELETE', `${path}/${operator.id}`)
      expect(await owner.ask('DELETE', `${path}/${operator.id}`)).toMatchObject({ status: 404 })
    })

    it('see their own channels and nothing of the others', async () => {
      const own = await makeChannel('Theirs')
      const other = await makeChannel('Not theirs')
      await owner.told('POST', `/chat/channels/${own.id}/operators`, { memberIds: [operator.id] })

      expect((await channels(operator)).map(({ name }) => name)).toEqual(['Theirs'])
      expect(await operator.ask('GET', `/chat/channels/${own.id}`)).toMatchObject({ status: 200 })
      for (const path of ['', '/operators', '/avatar']) {
        const asked = await operator.ask('GET', `/chat/channels/${other.id}${path}`)
        expect(asked).toMatchObject({ status: 404 })
      }
      const changes = await operator.ask('PATCH', `/chat/channels/${own.id}`, { name: 'Mine' })
      expect(changes).toMatchObject({ status: 403 })
      expect(await host.ask('GET', '/chat/channels')).toMatchObject({ status: 403 })
    })

    it('are none any more once their roles let them answer no more, and again when they do', async () => {
      const ben = await bringIn(server, owner, { email: 'ben@shop.example', roles: ['operator'] })
      const { id } = await makeChannel('Roles')
      const path = `/chat/channels/${id}/operators`
      await owner.told('POST', path, { memberIds: [ben.id] })

      await owner.told('PUT', `/members/${ben.id}/roles`, { roles: ['host'] })

      const { items } = await owner.told<Items<ChannelOperator>>('GET', path)
      expect(items.map(({ name }) => name)).toEqual(['Ana'])
      expect((await owner.told<Channel>('GET', `/chat/channels/${id}`)).operatorCount).toBe(1)
      await owner.told('PUT', `/members/${ben.id}/roles`, { roles: ['operator'] })
      expect((await channels(ben)).map(({ name }) => name)).toEqual(['Roles'])
    })

    it('hand on what they have not answered when they are removed', async () => {
      const { id } = await makeChannel('Handed on')
      const path = `/chat/channels/${id}`
      await owner.told('POST', `${path}/operators`, { memberIds: [operator.id] })
      await operator.told('PUT', `${path}/seat`)
      const begun = await fetch(`${server.url}${CHAT_CONVERSATIONS_PATH}`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify({
          key: server.key,
          token: randomBytes(32).toString('base64url'),
          channelId: id,
          message: { id: randomUUID(), kind: 'text', text: 'Hello?' },
          visitor: null,
        }),
      })
      expect({ status: begun.status, text: await begun.clone().text() }).toMatchObject({
        status: 201,
      })
      const find = async () => {
        const list = await owner.told<Items<Conversation>>(
          'GET',
          `/chat/conversations?view=running&channel=${id}`,
        )
        return list.items
      }
      expect(await find()).toMatchObject([{ state: 'assigned', operator: { id: operator.id } }])
      expect(await owner.told<Channel>('GET', path)).toMatchObject({
        assignedCount: 1,
        operatorsOnline: 1,
        operatorsHere: [{ memberId: operator.id, hasPhoto: false }],
      })
      await owner.told('PUT', `${path}/seat`)

      await owner.told('DELETE', `${path}/operators/${operator.id}`)

      expect(await find()).toMatchObject([{ state: 'assigned', operator: { name: 'Ana' } }])
    })

    it('become it by accepting an invitation that brings them into channels', async () => {
      const one = await makeChannel('Invited')
      const two = await makeChannel('Withdrawn')
      const invitation = await owner.told<NewInvitation>('POST', '/invitations', {
        email: 'luz@shop.example',
        roles: ['operator'],
      })
      const draft = { invitationId: invitation.id }
      for (const { id } of [one, two]) {
        await owner.told('POST', `/chat/channels/${id}/invitations`, draft)
      }
      await owner.told('DELETE', `/chat/channels/${two.id}/invitations/${invitation.id}`)
      const waiting = await owner.told<Items<ChannelInvitation>>(
        'GET',
        `/chat/channels/${one.id}/invitations`,
      )
      expect(waiting.items.map(({ email }) => email)).toEqual(['luz@shop.example'])

      const luz = consoleClient(server, server.key)
      await luz.told('POST', '/account/accepted-links', {
        token: tokenIn(invitation.link),
        name: 'Luz',
        password: PASSWORD,
      })

      expect((await channels(luz)).map(({ name }) => name)).toEqual(['Invited'])
      const left = await owner.told<Items<unknown>>('GET', `/chat/channels/${one.id}/invitations`)
      expect(left.items).toEqual([])
      const spent = await owner.ask('POST', `/chat/channels/${two.id}/invitations`, draft)
      expect(spent).toMatchObject({ status: 404 })
    })
  })

  describe('canned replies', () => {
    it('have one meaning a shortcut in the whole shop, in whatever case it is typed', async () => {
      const draft = { shortcut: 'Envío', text: 'Hola {visitor.name}, sale hoy.' }
      const made = await owner.told<CannedReply>('POST', '/chat/canned-replies', draft)
      const other = await owner.told<CannedReply>('POST', '/chat/canned-replies', {
        shortcut: 'thanks',
        text: 'Thank you!',
      })

      const again = { ...draft, shortcut: 'ENVÍO' }
      expect(made).toMatchObject({ shortcut: 'envío', channelId: null })
      expect(await owner.ask('POST', '/chat/canned-replies', again)).toMatchObject({ status: 409 })
      const path = `/chat/canned-replies/${other.id}`
      expect(await owner.ask('PUT', path, again)).toMatchObject({ status: 409 })
      await owner.told('PUT', path, { shortcut: 'thanks', text: 'Thanks a lot!' })
      await owner.told('DELETE', path)
      expect(await owner.ask('DELETE', path)).toMatchObject({ status: 404 })
    })

    it('are shown to an operator as far as their channels go', async () => {
      const own = await makeChannel('With replies')
      const other = await makeChannel('With others')
      await owner.told('POST', `/chat/channels/${own.id}/operators`, { memberIds: [operator.id] })
      for (const [shortcut, channelId] of [
        ['own', own.id],
        ['other', other.id],
      ]) {
        await owner.told('POST', '/chat/canned-replies', { shortcut, text: 'Text', channelId })
      }

      const { items } = await operator.told<Items<CannedReply>>('GET', '/chat/canned-replies')

      const shortcuts = items.map(({ shortcut }) => shortcut)
      expect(shortcuts).toContain('own')
      expect(shortcuts).not.toContain('other')
      const draft = { shortcut: 'mine', text: 'Text' }
      expect(await operator.ask('POST', '/chat/canned-replies', draft)).toMatchObject({
        status: 403,
      })
    })
  })

  it('leaves what was changed, and nobody’s address, in the audit log', async () => {
    const actions = new Set((await log()).map(({ action }) => action))
    const { text } = await owner.ask('GET', '/audit-log?limit=100&objectKind=channel')

    for (const action of [
      'chat_settings.changed',
      'channel.created',
      'channel.changed',
      'channel.operators_added',
      'channel.operator_removed',
      'canned_reply.created',
      'canned_reply.changed',
      'canned_reply.removed',
    ]) {
      expect(actions).toContain(action)
    }
    expect(text).not.toContain('luz@shop.example')
  })
})

function week(span?: { readonly from: string; readonly to: string }) {
  const spans = span === undefined ? [] : [span]
  return { mon: spans, tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }
}

function field(key: string) {
  return { key, type: 'text', labels: { en: 'Question' } }
}

function preChat(fields: readonly object[]) {
  return { isOn: true, fields, asksConsent: false }
}
