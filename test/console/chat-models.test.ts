import { describe, expect, it } from 'vitest'
import type { MemberDraft, Message } from '#protocol/chat.ts'
import type { OwnPresence } from '#protocol/chat-channels.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import { createChatWindows } from '#console/chat/chat-windows.ts'
import { listedNow } from '#console/chat/conversation-list.ts'
import { createDrafts } from '#console/chat/drafts.ts'
import { inboxPlaceIn } from '#console/chat/inbox-addresses.ts'
import { logLines } from '#console/chat/log-lines.ts'
import { commandIn, suggestionsFor } from '#console/chat/slash-commands.ts'
import type { TeamListener } from '#console/chat/team-connection.ts'
import { createTeamModel } from '#console/chat/team-model.ts'
import { textParts } from '#console/chat/text-links.ts'

const ANA = 'ana'
const TODAY = '2026-11-22'

function conversation(id: string, known: Partial<Conversation> = {}): Conversation {
  return {
    id,
    channelId: 'advice',
    channelName: 'Advice',
    revision: 1,
    state: 'queued',
    isOffline: false,
    isSpam: false,
    isBlocked: false,
    visitor: {
      visitorId: null,
      customerId: null,
      name: null,
      email: null,
      language: null,
      country: null,
      pageUrl: null,
      pageTitle: null,
      fields: {},
    },
    operator: null,
    bot: null,
    reason: null,
    colleagues: [],
    tags: [],
    leadState: 'none',
    potential: 'none',
    followUpOn: null,
    rating: null,
    ratingComment: null,
    lastNumber: 1,
    readByTeam: 0,
    readByVisitor: 0,
    unread: 1,
    lastText: 'Hola',
    lastAuthor: 'visitor',
    lastAt: 1_000,
    beganAt: 1_000,
    firstAnsweredAt: null,
    closedAt: null,
    ...known,
  }
}

function message(number: number, more: Partial<Message> = {}): Message {
  return {
    number,
    id: `message-${number}`,
    author: { kind: 'visitor' },
    at: Date.UTC(2026, 10, 22, 12) + number * 1_000,
    kind: 'text',
    text: `${number}`,
    ...more,
  }
}

function memoryOf() {
  const kept = new Map<string, string>()
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  }
}

/** A team whose server keeps what is sent, and answers when it is let. */
function teamOf({ isInSight = true }: { readonly isInSight?: boolean } = {}) {
  let clock = 0
  let ids = 0
  const told: string[] = []
  const sent: MemberDraft[] = []
  const memory = memoryOf()
  const seat: OwnPresence = {
    presence: 'online',
    maxChats: null,
    channels: [{ id: 'advice', name: 'Advice', isSeated: true, wasIdle: false }],
  }
  let listener: TeamListener | undefined
  const open = () =>
    createTeamModel({
      memberId: ANA,
      drafts: createDrafts(memory, 'shop'),
      now: () => clock,
      after: () => () => undefined,
      newId: () => `draft-${(ids += 1)}`,
      readRunning: async () => ({ value: { items: [] } }),
      readPresence: async () => ({ value: seat }),
      isInSight: () => isInSight,
      connect(given) {
        listener = given
        return {
          async send(_, draft) {
            sent.push(draft)
            return { message: message(sent.length, { id: draft.id }) }
          },
          resume: async (id) => ({
            messages: [],
            hasMore: false,
            conversation: conversation(id),
          }),
          typing: (id, isTyping) => told.push(`typing ${id} ${isTyping}`),
          read: (id, number) => told.push(`read ${id} ${number}`),
          look: (all) => told.push(`look ${all.join(' ')}`),
          active: () => told.push('active'),
          stop: () => told.push('stop'),
        }
      },
    })
  const model = open()
  const server = () => {
    if (listener === undefined) throw new Error('Nobody has connected')
    return listener
  }
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  return {
    model,
    open,
    told,
    sent,
    server,
    settle,
    pass: (ms: number) => {
      clock += ms
    },
  }
}

describe('what a member is told of chats', () => {
  it('waits for them where it is theirs or in a channel of theirs, and nowhere else', async () => {
    const { model, server, settle } = teamOf()
    server().onConnected()
    await settle()
    const tell = server().told['chat:conversation']
    tell({ conversation: conversation('queued') })
    tell({ conversation: conversation('foreign', { channelId: 'returns' }) })
    tell({
      conversation: conversation('luis', {
        state: 'assigned',
        operator: { id: 'luis', name: 'Luis' },
      }),
    })
    tell({ conversation: conversation('spam', { isSpam: true }) })

    expect(model.waiting.value.map(({ id }) => id)).toEqual(['queued'])
  })

  it('counts what was given to a member until they look, though others have read it', async () => {
    const { model, server, settle } = teamOf()
    server().onConnected()
    await settle()
    const own = conversation('one', { unread: 0, operator: { id: ANA, name: 'Ana' } })
    server().told['chat:conversation']({ conversation: own })
    const before = model.waiting.value.length
    server().told['chat:ring']({ conversationId: 'one', memberId: ANA })
    const rung = model.waiting.value.map(({ id }) => id)
    model.read('one')

    expect({ before, rung, after: model.waiting.value }).toEqual({
      before: 0,
      rung: ['one'],
      after: [],
    })
  })

  it('keeps the newest of a conversation, in whatever order it is told', () => {
    const { model, server } = teamOf()
    const tell = server().told['chat:conversation']
    tell({ conversation: conversation('one', { revision: 3, lastText: 'newer' }) })
    tell({ conversation: conversation('one', { revision: 2, lastText: 'older' }) })

    expect(model.known.value.get('one')?.lastText).toBe('newer')
  })

  it('calls once for a message, and never for what is before their eyes', async () => {
    const { model, server, settle } = teamOf()
    server().onConnected()
    await settle()
    const calls: string[] = []
    model.onCall(({ kind, conversation: { id } }) => calls.push(`${kind} ${id}`))
    const tell = server().told['chat:conversation']
    tell({ conversation: conversation('one') })
    server().told['chat:ring']({ conversationId: 'one', memberId: ANA })
    tell({ conversation: conversation('one', { revision: 2, unread: 2, lastNumber: 2 }) })
    model.open('one')
    tell({ conversation: conversation('one', { revision: 3, unread: 3, lastNumber: 3 }) })

    expect(calls).toEqual(['chat one', 'message one'])
    expect(model.fresh.value.size).toBe(0)
  })

  it('tells of activity once a minute, and at once where they count as gone', async () => {
    const { model, server, settle, told, pass } = teamOf()
    server().onConnected()
    await settle()
    for (const seconds of [0, 30, 31]) {
      pass(seconds * 1_000)
      model.active()
    }
    expect(told.filter((one) => one === 'active')).toHaveLength(2)

    model.setPresence({ presence: 'offline', maxChats: null, channels: [] })
    pass(2_000)
    model.active()
    expect(told.filter((one) => one === 'active')).toHaveLength(3)
  })

  it('tells of what was done before it could tell anybody, unless that is long ago', async () => {
    const { model, server, told, pass } = teamOf()
    const tellings = () => told.filter((one) => one === 'active').length
    model.active()
    expect(tellings()).toBe(0)
    pass(2_000)
    server().onConnected()
    expect(tellings()).toBe(1)

    server().onLost()
    model.active()
    pass(60_000)
    server().onConnected()
    expect(tellings()).toBe(1)
  })
})

describe('a thread', () => {
  it('is one for all who show it, and sends what is written in order', async () => {
    const { model, server, settle, sent } = teamOf()
    server().onConnected()
    const here = model.open('one')
    const there = model.open('one')
    expect(there.thread).toBe(here.thread)
    await settle()
    here.thread.write('first')
    here.thread.send()
    here.thread.setNote(true)
    here.thread.write(' second ')
    there.thread.send()
    await settle()

    expect(sent.map((draft) => ('text' in draft ? [draft.kind, draft.text] : []))).toEqual([
      ['text', 'first'],
      ['note', 'second'],
    ])
    here.close()
    expect(there.thread.messages.value).toHaveLength(2)
  })

  it('keeps drafts and what has not arrived over a reload, and never tells the visitor of a note', async () => {
    const { model, open, server, settle, sent, told } = teamOf()
    const before = model.open('one').thread
    before.write('not sent yet')
    before.send()
    before.setNote(true)
    before.write('half a note')
    expect(told.filter((one) => one.startsWith('typing'))).toEqual([
      'typing one true',
      'typing one false',
    ])

    const after = open().open('one').thread
    expect([after.text.value, after.isNote.value]).toEqual(['half a note', true])
    server().onConnected()
    await settle()
    expect(sent).toMatchObject([{ text: 'not sent yet' }])
  })
})

describe('the list', () => {
  const place = inboxPlaceIn(new URLSearchParams('view=mine'))
  const mine = { state: 'assigned', operator: { id: ANA, name: 'Ana' } } as const

  it('follows what was told: what came is put in, what went is left out, the open one stays', () => {
    const listed = [conversation('a', mine), conversation('b', mine), conversation('c', mine)]
    const told = new Map(
      [
        conversation('a', { ...mine, revision: 2, lastAt: 3_000 }),
        conversation('b', { revision: 2, state: 'closed' }),
        conversation('c', { revision: 2, state: 'closed' }),
        conversation('d', { ...mine, lastAt: 2_000 }),
        conversation('e', { lastAt: 2_000 }),
      ].map((one) => [one.id, one] as const),
    )
    const shown = listedNow(listed, told, {
      place: { ...place, id: 'b' },
      memberId: ANA,
      today: TODAY,
    })

    expect(shown.map(({ id }) => id)).toEqual(['a', 'd', 'b'])
  })

  it('of what is due has nothing of tomorrow', () => {
    const due = inboxPlaceIn(new URLSearchParams('view=follow_up'))
    const told = new Map(
      [
        conversation('today', { followUpOn: TODAY, lastAt: 3_000 }),
        conversation('tomorrow', { followUpOn: '2026-11-23', lastAt: 2_000 }),
        conversation('late', { followUpOn: '2025-12-31' }),
      ].map((one) => [one.id, one] as const),
    )
    const shown = listedNow([], told, { place: due, memberId: ANA, today: TODAY })

    expect(shown.map(({ id }) => id)).toEqual(['today', 'late'])
  })
})

describe('the log', () => {
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

  it('has a line a day, one name a stretch, and forgets what was taken back', () => {
    const lines = logLines(
      [
        message(1),
        message(2),
        message(3, { kind: 'note', author: { kind: 'operator', id: ANA } }),
        message(4, { author: { kind: 'operator', id: ANA } }),
        message(5, { kind: 'redaction', of: 2 }),
        message(6, { at: Date.UTC(2026, 10, 23) }),
      ],
      dayOf,
    )

    expect(
      lines.map((line) =>
        line.kind === 'said' ? [line.key, line.isContinued, line.isRedacted] : line.kind,
      ),
    ).toEqual([
      'day',
      ['1', false, false],
      ['2', true, true],
      ['3', false, false],
      ['4', false, false],
      'day',
      ['6', false, false],
    ])
  })

  it.each([
    ['see https://a.example/x?y=1.', ['see ', 'https://a.example/x?y=1', '.']],
    ['data:text/html,hello', ['data:text/html,hello']],
    ['(http://a.example/)', ['(', 'http://a.example/', ')']],
  ])('links addresses of the web alone: %s', (text, parts) => {
    expect(textParts(text).map((part) => part.text)).toEqual(parts)
  })
})

describe('what follows a slash', () => {
  const reply = { id: '1', shortcut: 'close', text: 'Bye', channelId: null, updatedAt: 0 }

  it('is offered while it is one word: a reply of that very name before commands', () => {
    expect(suggestionsFor('/close', [reply]).map(({ kind }) => kind)).toEqual(['reply', 'command'])
    expect(suggestionsFor('/close it', [reply])).toEqual([])
    expect(suggestionsFor('1/2', [reply])).toEqual([])
  })

  it('is done where it is a command, and said where it is none', () => {
    expect(commandIn('/tag blue, urgent')).toEqual({ command: 'tag', rest: 'blue, urgent' })
    expect(commandIn('/home/ana is a path')).toBeUndefined()
  })
})

describe('windows', () => {
  it('are three at most, come again after a reload, and are never pushed out by what comes', () => {
    const memory = memoryOf()
    const windows = createChatWindows(memory, 'shop')
    for (const id of ['a', 'b', 'c', 'd']) windows.open(id)
    windows.announce('e')
    windows.toggle('b')

    expect(createChatWindows(memory, 'shop').shown.value).toEqual([
      { id: 'b', isMinimised: true },
      { id: 'c', isMinimised: false },
      { id: 'd', isMinimised: false },
    ])
  })
})
