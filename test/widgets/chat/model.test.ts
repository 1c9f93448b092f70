import { describe, expect, it, vi } from 'vitest'
import type { LauncherAnswer } from '#protocol/chat-answers.ts'
import type { ChatRecord } from '#widgets/kit/chat-host.ts'
import { createChatModel } from '#widgets/chat/model.ts'
import { createLittleServer } from './chat-host.ts'

const RECORD: ChatRecord = { token: 'token-of-this-browser', conversationId: 'conversation' }

interface Opening {
  readonly what: string
  readonly look: Partial<LauncherAnswer>
  readonly stage: string
}

function open(given: { look?: Partial<LauncherAnswer>; record?: ChatRecord } = {}) {
  const server = createLittleServer(given)
  const alerts = {
    alert: (title: string) => void server.told.push(['alert', title]),
    calm: () => undefined,
  }
  const model = createChatModel(server.host, alerts, () => undefined, String)
  const texts = () => model.view().messages.map(({ text }) => text)
  const news = (name: string) =>
    server.told.flatMap(([told, what]) => (told === name ? [what] : []))
  /** Opened, begun and connected. */
  const begin = async () => {
    model.open()
    model.say('Hello')
    await vi.waitFor(() => expect(model.view().conversation).toBeDefined())
    server.ears()?.opened()
    await vi.waitFor(() => expect(model.view().isWhole).toBe(true))
  }
  return { server, model, texts, news, begin }
}

const numbersFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => String(first + at))

describe('a chat', () => {
  it('begins with the first message, and remembers nothing before', async () => {
    const { server, model, texts } = open()
    model.open()
    model.write('Hel')
    expect(server.posted).toEqual([])
    expect(server.remembered()).toBeUndefined()
    model.write('Hello')
    model.send()
    await vi.waitFor(() => expect(texts()).toEqual(['Hello']))

    expect(server.remembered()).toEqual(RECORD)
    expect(model.view().unsent).toEqual([])
  })

  it('moves up in the queue, and says so, though nothing else of it changes', async () => {
    const { server, model, news, begin } = open()
    await begin()
    const { conversation } = server
    for (const queuePosition of [2, 1]) {
      server
        .ears()
        ?.heard('chat:conversation', { conversation: { ...conversation, queuePosition } })
    }
    const older = { ...conversation, revision: conversation.revision - 1, queuePosition: 7 }
    server.ears()?.heard('chat:conversation', { conversation: older })

    expect(model.view().conversation?.queuePosition).toBe(1)
    expect(news('queue').slice(-2)).toEqual([{ position: 2 }, { position: 1 }])
  })

  it('shows what is written before it is sent, and sends it once when the network is back', async () => {
    const { server, model, texts } = open()
    server.isDown = true
    model.open()
    model.say('Is it in stock?')
    await vi.waitFor(() => expect(server.posted).toHaveLength(1))
    expect(model.view().unsent).toMatchObject([{ state: 'waiting' }])
    server.isDown = false
    await vi.waitFor(() => {
      server.runTimers()
      expect(texts()).toEqual(['Is it in stock?'])
    })

    expect(server.log).toHaveLength(1)
  })

  it('goes on where the browser remembers one, with all that was said', async () => {
    const { server, model, texts } = open({ record: RECORD })
    server.answer('Good morning', false)
    await vi.waitFor(() => expect(server.ears()).toBeDefined())
    server.ears()?.opened()
    await vi.waitFor(() => expect(texts()).toEqual(['Good morning']))

    expect(model.view().stage).toBe('talk')
  })

  it('shows of a long one what was said last, and what was before as it is wanted', async () => {
    const { server, model, texts, news } = open({ record: RECORD })
    for (let number = 1; number <= 230; number += 1) server.answer(`${number}`, false)
    await vi.waitFor(() => expect(server.ears()).toBeDefined())
    server.ears()?.opened()
    await vi.waitFor(() => expect(model.view().isWhole).toBe(true))
    expect(texts()).toEqual(numbersFrom(181, 230))
    expect(model.view().hasEarlier).toBe(true)
    model.readEarlier()
    // Pressed twice, or scrolled on meanwhile: read once.
    model.readEarlier()
    server.answer('231')
    await vi.waitFor(() => expect(texts()).toEqual(numbersFrom(81, 231)))
    model.readEarlier()
    await vi.waitFor(() => expect(texts()).toEqual(numbersFrom(1, 231)))

    expect(model.view().hasEarlier).toBe(false)
    // What was said long ago is news to nobody.
    expect(news('message')).toMatchObject([{ text: '231' }])
  })

  it('shows a message as taken back that was read after it was', async () => {
    const { server, model } = open({ record: RECORD })
    for (let number = 1; number <= 60; number += 1) server.answer(`${number}`, false)
    await vi.waitFor(() => expect(server.ears()).toBeDefined())
    server.ears()?.opened()
    await vi.waitFor(() => expect(model.view().messages).toHaveLength(50))
    const redaction = { ...server.answer('', false), kind: 'redaction', of: 3 } as const
    server.ears()?.heard('chat:messages', { messages: [redaction] })
    model.readEarlier()
    await vi.waitFor(() => expect(model.view().hasEarlier).toBe(false))

    expect(model.view().messages[2]).toMatchObject({ number: 3, isRedacted: true })
    expect(model.view().messages).toHaveLength(60)
  })

  it('counts as unread what came while it was closed, and no more once it was seen', async () => {
    const { server, model, begin, news } = open()
    await begin()
    model.close()
    server.answer('We have two left')
    expect(model.view().unread).toBe(1)
    model.open()
    model.seen()

    expect(model.view().unread).toBe(0)
    expect(news('chat:read')).toEqual([{ number: 2 }])
    expect(news('unread')).toEqual([{ count: 1 }, { count: 0 }])
  })

  it('counts what is unread of a long conversation, of which only the end is here', async () => {
    const { server, model } = open({ record: RECORD })
    for (let number = 1; number <= 60; number += 1) server.answer(`${number}`, false)
    server.conversation = { ...server.conversation, unread: 60 }
    await vi.waitFor(() => expect(server.ears()).toBeDefined())
    server.ears()?.opened()
    await vi.waitFor(() => expect(model.view().messages).toHaveLength(50))

    expect(model.view().unread).toBe(60)
    model.open()
    model.seen()
    expect(model.view().unread).toBe(0)
    model.close()
    server.answer('61')
    expect(model.view().unread).toBe(1)
  })

  it('tells the page of what is new, and not of what was said before', async () => {
    const { server, news } = open({ record: RECORD })
    server.answer('Yesterday', false)
    await vi.waitFor(() => expect(server.ears()).toBeDefined())
    server.ears()?.opened()
    await vi.waitFor(() => expect(news('start')).toHaveLength(1))
    server.answer('Today')

    expect(news('message')).toMatchObject([{ text: 'Today', author: 'operator' }])
    expect(news('alert')).toEqual(['Ana'])
  })

  it('fills a hole that a push left behind', async () => {
    const { server, texts, begin } = open()
    await begin()
    server.answer('lost on the way', false)
    server.answer('came')

    await vi.waitFor(() => expect(texts()).toEqual(['Hello', 'lost on the way', 'came']))
  })

  it('forgets a conversation that the server does not know, and begins another', async () => {
    const { server, model, texts } = open({ record: RECORD })
    await vi.waitFor(() => expect(server.ears()).toBeDefined())
    server.ears()?.failed('not_found')
    expect(server.remembered()?.conversationId).toBeUndefined()
    model.say('Hello again')

    await vi.waitFor(() => expect(texts()).toEqual(['Hello again']))
  })

  it('goes on by requests where no socket opens', async () => {
    const { server, model, texts } = open()
    model.say('Hello')
    await vi.waitFor(() => expect(server.ears()).toBeDefined())
    server.ears()?.failed(undefined)
    server.ears()?.failed(undefined)
    server.answer('You can hear me', false)
    await vi.waitFor(() => {
      server.runTimers()
      expect(texts()).toEqual(['Hello', 'You can hear me'])
    })
    model.say('I do')

    await vi.waitFor(() => expect(texts()).toContain('I do'))
  })

  it('begins anew after the end, and keeps the old one shut', async () => {
    const { server, model, begin } = open()
    await begin()
    const { conversation } = server
    const closed = { ...conversation, state: 'closed', revision: 9 } as const
    server.ears()?.heard('chat:conversation', { conversation: closed })
    expect(model.view().stage).toBe('ended')
    model.startAnew()

    expect(model.view()).toMatchObject({ stage: 'talk', messages: [], conversation: undefined })
  })

  const asksFirst = { isOn: true, asksConsent: true, fields: [] }
  const openings: readonly Opening[] = [
    { what: 'a form where nobody is there', look: { isAnyoneThere: false }, stage: 'offline' },
    { what: 'the form that comes before', look: { preChat: asksFirst }, stage: 'preChat' },
    { what: 'the chat itself', look: {}, stage: 'talk' },
  ]
  it.each(openings)('opens with $what', ({ look, stage }) => {
    expect(open({ look }).model.view().stage).toBe(stage)
  })

  it('sends what the form before it was told, with the first message', async () => {
    const preChat = { isOn: true, asksConsent: true, fields: [] }
    const { server, model } = open({ look: { preChat } })
    model.answerPreChat({ topic: 'Delivery', consent: true })
    model.say('Where is it?')
    await vi.waitFor(() => expect(server.posted).toHaveLength(1))

    expect(server.posted[0]?.given['fields']).toEqual({ topic: 'Delivery', consent: true })
  })

  it.each([{ isAnyoneThere: true }, { isAnyoneThere: false }])(
    'keeps what the page says for its visitor until the form was answered (%o)',
    async ({ isAnyoneThere }) => {
      const preChat = { isOn: true, asksConsent: true, fields: [] }
      const { server, model } = open({ look: { preChat, isAnyoneThere } })
      model.say('Where is it?')

      expect(model.view()).toMatchObject({ isOpen: true, draft: 'Where is it?', unsent: [] })
      expect(model.view().stage).toBe(isAnyoneThere ? 'preChat' : 'offline')
      model.answerPreChat({ consent: true })
      model.send()
      await vi.waitFor(() => expect(server.posted).toHaveLength(1))
      expect(server.posted[0]?.given).toMatchObject({ fields: { consent: true } })
    },
  )

  it('refuses a file of another kind before it is sent', async () => {
    const { server, model, begin } = open()
    await begin()
    model.attach(Object.assign(new Blob(['<svg/>'], { type: 'image/svg+xml' }), { name: 'a.svg' }))

    await vi.waitFor(() => {
      expect(model.view().files).toMatchObject([{ name: 'a.svg', state: 'refused' }])
    })
    expect(server.uploads).toEqual([])
  })

  it('shows how far a file has come, and forgets one that is stopped', async () => {
    const { model, begin, server } = open()
    await begin()
    server.holdsUploads = true
    model.attach(Object.assign(new Blob(['x'], { type: 'image/png' }), { name: 'a.png' }))
    await vi.waitFor(() => expect(server.uploads).toHaveLength(1))
    server.uploads[0]?.progressed(0.4)
    expect(model.view().files).toMatchObject([{ name: 'a.png', state: 'sending', share: 0.4 }])
    model.discard(model.view().files[0]?.id ?? '')

    await vi.waitFor(() => expect(server.uploads[0]?.signal.aborted).toBe(true))
    expect(model.view().files).toEqual([])
    expect(server.log.filter(({ kind }) => kind === 'attachment')).toEqual([])
  })
})
