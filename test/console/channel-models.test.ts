import { describe, expect, it } from 'vitest'
import type { NewInvitation } from '#protocol/account.ts'
import type { PreChatField } from '#protocol/chat-channels.ts'
import type { Refused } from '#console/api.ts'
import { createAddOperatorsModel, matches } from '#console/chat/add-operators-model.ts'
import { chatTagOf } from '#console/chat/chat-tag.ts'
import { languageRead, withoutLanguage, withText } from '#console/chat/channel-texts.ts'
import { found } from '#console/chat/found-replies.ts'
import { newField, preChatFault } from '#console/chat/pre-chat-fields.ts'
import { filledIn, unknownVariables } from '#console/chat/reply-variables.ts'
import {
  areHoursSound,
  copiedToOpenDays,
  shownEnd,
  usualHours,
  withSpan,
  writtenEnd,
} from '#console/chat/week-hours.ts'

const refused = (refusal: Refused['refusal']): Refused => ({ refusal, detail: '', waitSeconds: 0 })

function invitation(email: string, isMailed: boolean): NewInvitation {
  const link = `https://shop.example/console/link#${email}`
  return { id: email, email, roles: ['operator'], createdAt: 0, expiresAt: 1, link, isMailed }
}

describe('texts of a channel', () => {
  it('are read in the visitor’s language, else in the shop’s first one that has any, never mixed', () => {
    const texts = withText({}, 'es', 'welcome', 'Hola')
    const more = withText(texts, 'pt', 'title', 'Ajuda')

    expect(languageRead(more, ['en', 'pt', 'es'], 'es')).toBe('es')
    expect(languageRead(more, ['en', 'pt', 'es'], 'vi')).toBe('pt')
    expect(languageRead(more, ['en'], 'en')).toBe('es')
    expect(languageRead({}, ['en'], 'en')).toBeUndefined()
    expect(withoutLanguage(more, 'pt')).toEqual(texts)
  })

  it('leave no empty language behind', () => {
    const texts = withText({ en: { title: 'Help' } }, 'es', 'title', 'Ayuda')

    expect(withText(texts, 'es', 'title', '')).toEqual({ en: { title: 'Help' } })
  })
})

describe('business hours', () => {
  const hours = usualHours('America/Bogota')

  it('are copied to the days that are open, and open no other', () => {
    const long = [{ from: '08:00', to: '20:00' }]
    const week = copiedToOpenDays({ ...hours.week, mon: long }, 'mon')

    expect(week.fri).toEqual(long)
    expect(week.sun).toEqual([])
  })

  it('end at midnight, which a field of time shows as the day’s first minute', () => {
    expect(writtenEnd('00:00')).toBe('24:00')
    expect(shownEnd('24:00')).toBe('00:00')
    expect(withSpan([{ from: '09:00', to: '22:30' }]).at(-1)).toEqual({
      from: '23:00',
      to: '24:00',
    })
  })

  it('are sound when each time ends after it begins and each day is named once', () => {
    const christmas = { on: '2026-12-25', spans: [] }
    const backwards = { ...hours.week, tue: [{ from: '18:00', to: '09:00' }] }

    expect(areHoursSound({ ...hours, exceptions: [christmas] })).toBe(true)
    expect(areHoursSound({ ...hours, week: backwards })).toBe(false)
    expect(areHoursSound({ ...hours, exceptions: [christmas, christmas] })).toBe(false)
    expect(areHoursSound({ ...hours, exceptions: [{ on: '', spans: [] }] })).toBe(false)
  })
})

describe('the form before the chat', () => {
  const told = { language: 'en', label: 'Question' }

  it('gives each field a key of its own', () => {
    const kinds = ['email', 'text', 'choice', 'email'] as const
    const fields = kinds.reduce<PreChatField[]>(
      (all, kind) => [...all, newField(kind, all, told)],
      [],
    )

    expect(fields.map(({ key }) => key)).toEqual(['email', 'question', 'question_2', 'email_2'])
  })

  it.each([
    { what: 'a question in no language', change: { labels: {} }, fault: 'label' },
    { what: 'a choice of one', change: { type: 'choice', choices: ['a', ' '] }, fault: 'choices' },
    { what: 'consent to nothing', change: {}, fault: 'consent' },
  ] as const)('can’t be saved with $what', ({ change, fault }) => {
    const field = { ...newField('text', [], told), ...change }
    const fields = [{ ...field, choices: [...field.choices] }]

    expect(preChatFault({ preChat: { isOn: true, asksConsent: true, fields } }, {})).toBe(fault)
  })
})

describe('canned replies', () => {
  const reply = (shortcut: string, text: string) => {
    return { id: shortcut, shortcut, text, channelId: null, updatedAt: 0 }
  }

  it('are found by what their shortcut begins with before what they say', () => {
    const replies = [
      reply('thanks', 'Thank you'),
      reply('ship', 'We ship'),
      reply('bye', 'Shipped'),
    ]

    expect(found(replies, '/ship').map(({ id }) => id)).toEqual(['ship', 'bye'])
  })

  it('fill in what is known and name what nobody fills in', () => {
    const text = 'Hi {visitor.name}, {visitor.shoe_size} at {shop.name}'

    expect(filledIn(text, { 'visitor.name': 'Ana', 'shop.name': 'Casa' })).toBe(
      'Hi Ana, {visitor.shoe_size} at Casa',
    )
    expect(unknownVariables(text)).toEqual(['visitor.shoe_size'])
  })
})

it('names the channel in the tag only where the shop’s pages have another', () => {
  const tag = { server: 'https://chat.example', shopKey: 'pub_1' }

  expect(chatTagOf({ ...tag, channelId: undefined })).not.toContain('data-chat-channel')
  expect(chatTagOf({ ...tag, channelId: 'abc' })).toContain(' data-chat-channel="abc"></script>')
})

describe('adding operators', () => {
  function createTestModel(attached: Refused | undefined, isMailed = true) {
    const happened: string[] = []
    const model = createAddOperatorsModel({
      add: (memberIds) => {
        happened.push(`add ${memberIds.join()}`)
        return Promise.resolve({ value: undefined })
      },
      invite: ({ email }) => {
        happened.push(`invite ${email}`)
        return Promise.resolve({ value: invitation(email, isMailed) })
      },
      attach: (id) => {
        happened.push(`attach ${id}`)
        return Promise.resolve(attached ?? { value: { id, email: id, expiresAt: 1 } })
      },
      onAdded: (many) => void happened.push(`added ${many}`),
      onInvited: (email) => void happened.push(`invited ${email}`),
      close: () => void happened.push('closed'),
    })
    return { model, happened }
  }

  it('adds all that were chosen at once', async () => {
    const { model, happened } = createTestModel(undefined)
    for (const id of ['a', 'b', 'c', 'b']) model.toggle(id)

    await model.add()

    expect(happened).toEqual(['add a,c', 'added 2', 'closed'])
  })

  it('invites one after the other without closing', async () => {
    const { model, happened } = createTestModel(undefined)
    model.writeEmail('luz@shop.example')

    await model.inviteAndGoOn()

    expect(happened.at(-1)).toBe('invited luz@shop.example')
    expect(model.email.value).toBe('')
  })

  it('stays open while a link is in sight that is not seen again', async () => {
    const { model, happened } = createTestModel(undefined, false)
    model.writeEmail('luz@shop.example')

    await model.inviteAndClose()

    expect(happened).not.toContain('closed')
    expect(model.made.value.map(({ email }) => email)).toEqual(['luz@shop.example'])
  })

  it('keeps what was written, and the link, where the channel was refused', async () => {
    const { model, happened } = createTestModel(refused('forbidden'))
    model.writeEmail('luz@shop.example')

    await model.inviteAndClose()

    expect(happened).not.toContain('closed')
    expect(model.email.value).toBe('luz@shop.example')
    expect(model.made.value.length).toBe(1)
  })

  it('asks for a role that lets somebody answer', async () => {
    const { model, happened } = createTestModel(undefined)
    model.writeEmail('luz@shop.example')
    model.toggleRole('operator')
    model.toggleRole('host')

    await model.inviteAndClose()

    expect(model.fault.value).toMatchObject({ field: 'roles' })
    expect(happened).toEqual([])
  })

  it('finds members by any word of name or address, accents aside', () => {
    const luz = { name: 'Luz Ávila', email: 'l.avila@shop.example' }

    expect(matches('avi luz', luz)).toBe(true)
    expect(matches('l.avila@', luz)).toBe(true)
    expect(matches('vila', luz)).toBe(false)
  })
})
