import { describe, expect, it, vi } from 'vitest'
import type { Audience } from '#protocol/audiences.ts'
import type { ListImport } from '#protocol/customers.ts'
import type { Condition } from '#protocol/targeting.ts'
import type { Refused, Reply } from '#console/api.ts'
import { createAudienceModel } from '#console/audiences/audience-model.ts'
import { growthLine, grownBy } from '#console/audiences/growth-line.ts'
import type { AudienceDraft } from '#console/audiences/requests.ts'
import { askersOf, freeName } from '#console/audiences/used-by.ts'
import { createImportModel } from '#console/lists/import-model.ts'
import { estimateWords, marginWords } from '#console/targeting/estimate-words.ts'
import { nameOfCustomer, newestVisitors } from '#console/targeting/person.ts'
import { wordsIn } from '../support/console-words.ts'

const en = wordsIn(['en-GB'])
const everybody: Condition = { kind: 'all', of: [] }
const returning: Condition = { kind: 'visitor', is: 'returning' }
const unfinished: Condition = { kind: 'audience', audienceId: '' }
const refusedWith = (refusal: Refused['refusal'], detail: string): Refused => ({
  refusal,
  detail,
  waitSeconds: 0,
})

describe('an audience while it is written', () => {
  const stored = { name: 'Regulars', condition: everybody, isTold: true }
  const begin = (reply: (draft: AudienceDraft) => Reply<Audience>) => {
    const save = vi.fn(async (draft: AudienceDraft) => reply(draft))
    const onSaved = vi.fn()
    return { save, onSaved, model: createAudienceModel({ stored, save, onSaved }) }
  }

  it('is sent once it is whole, and tells what was there before', async () => {
    const { model, save, onSaved } = begin((draft) => ({ value: { ...draft } as Audience }))
    model.write(unfinished)
    model.rename(' ')

    expect(await model.save()).toBeUndefined()
    expect(model.nameFault.value).toBe('audience.fault.name')
    model.rename(' Loyal ')
    expect(await model.save()).toBeUndefined()
    expect({ sent: save.mock.calls.length, isChecked: model.isChecked.value }).toEqual({
      sent: 0,
      isChecked: true,
    })
    model.write(returning)
    await model.save()
    expect(onSaved).toHaveBeenCalledWith(
      { name: 'Loyal', condition: returning, isTold: true },
      stored,
    )
    expect([model.isChanged.value, model.isChecked.value]).toEqual([false, false])
  })

  it('keeps what was written where the server refuses, and says where', async () => {
    const replies = [
      refusedWith('conflict', 'There is an audience “Loyal” already'),
      refusedWith('bad_request', 'condition.of.0: x'),
    ]
    const { model } = begin(() => replies.shift() ?? refusedWith('internal', ''))
    model.rename('Loyal')

    await model.save()
    expect([model.nameFault.value, model.refused.value]).toEqual([
      'audience.fault.taken',
      undefined,
    ])
    await model.save()
    expect(model.refused.value?.detail).toBe('condition.of.0: x')
    expect(model.name.value).toBe('Loyal')
    model.write(returning)
    expect(model.refused.value).toBeUndefined()
  })

  it('tells webhooks or not, as somebody chose, and nothing of it gets lost by another change', async () => {
    const { model, save } = begin((draft) => ({ value: { ...draft } as Audience }))
    model.rename('Loyal')
    await model.save()
    expect(save).toHaveBeenLastCalledWith({ name: 'Loyal', condition: everybody, isTold: true })
    model.tell(false)
    expect(model.isChanged.value).toBe(true)
    await model.save()

    expect(save.mock.lastCall?.[0].isTold).toBe(false)
    model.tell(true)
    model.discard()
    expect([model.isTold.value, model.isChanged.value]).toEqual([false, false])
  })

  it('takes what somebody else saved, unless it was changed here', () => {
    const { model } = begin(() => refusedWith('internal', ''))
    model.adopt({ name: 'Others', condition: returning, isTold: true })
    expect(model.name.value).toBe('Others')
    model.rename('Mine')
    model.adopt({ name: 'Theirs', condition: everybody, isTold: true })
    expect(model.name.value).toBe('Mine')
    model.discard()
    expect([model.name.value, model.condition.value]).toEqual(['Theirs', everybody])
  })
})

describe('the growth of an audience', () => {
  it('is a line from nothing, by the days between', () => {
    const days = [
      { on: '2026-03-01', members: 0 },
      { on: '2026-03-02', members: 5 },
      { on: '2026-03-05', members: 10 },
    ]

    expect(growthLine(days, 80, 20)).toEqual([
      { x: 0, y: 20 },
      { x: 20, y: 10 },
      { x: 80, y: 0 },
    ])
    expect(grownBy(days)).toBe(10)
  })

  it('is level on the first day, and nothing where nobody counted', () => {
    const first = [{ on: '2026-03-01', members: 3 }]

    expect(growthLine(first, 80, 20).map(({ x }) => x)).toEqual([0, 80])
    expect([grownBy(first), grownBy([]), growthLine([], 80, 20)]).toEqual([
      undefined,
      undefined,
      [],
    ])
  })
})

describe('what asks for an audience', () => {
  it('is found at any depth, among experiences and audiences', () => {
    const asking: Condition = {
      kind: 'not',
      of: { kind: 'any', of: [{ kind: 'audience', audienceId: '7' }] },
    }
    const found = askersOf(
      [
        { id: '7', name: 'Asked', condition: everybody },
        { id: '8', name: 'Asks', condition: asking },
      ],
      [{ id: 'x', name: 'Pop-up', targeting: asking }],
    )

    expect(found.get('7')).toEqual([
      { kind: 'experience', id: 'x', name: 'Pop-up' },
      { kind: 'audience', id: '8', name: 'Asks' },
    ])
    expect(found.get('8')).toBeUndefined()
  })

  it('a copy has a name of its own', () => {
    expect(freeName('A', ['A', 'A (2)'])).toBe('A (3)')
  })
})

describe('how many match', () => {
  const sample = { isExact: false, of: 48_123, lookedAt: 1_500 }

  it.each([
    {
      estimate: { ...sample, isExact: true, matching: 1_241, atLeast: 1_241, atMost: 1_241 },
      says: '1,241 of 48,123 match now',
      margin: undefined,
    },
    {
      estimate: { ...sample, matching: 1_241, atLeast: 1_003, atMost: 1_522 },
      says: 'About 1,240 of 48,100 match now',
      margin: 'By a sample of 1,500: between 1,000 and 1,520',
    },
    {
      estimate: { ...sample, matching: 0, atLeast: 0, atMost: 123 },
      says: 'Hardly any of 48,100 match now',
      margin: 'By a sample of 1,500: between 0 and 123',
    },
  ])('is told as exactly as it is known: $says', ({ estimate, says, margin }) => {
    expect(estimateWords(estimate, en)).toBe(says)
    expect(marginWords(estimate, en)).toBe(margin)
  })
})

describe('whom a condition is explained for', () => {
  it('is called by the best there is', () => {
    const id = 'abcdefghijklmnop'
    expect(nameOfCustomer({ id, firstName: 'Ana', email: 'ana@shop.example' })).toBe('Ana')
    expect(nameOfCustomer({ id, lastName: '', email: 'ana@shop.example' })).toBe('ana@shop.example')
    expect(nameOfCustomer({ id })).toBe('abcdef')
  })

  it('is offered once, with the page they were on last', () => {
    const url = 'https://shop.example/shoes?token=1'
    const events = [
      { visitorId: 'a', at: 3, url },
      { visitorId: null, at: 2, url },
      { visitorId: 'a', at: 1, url: 'no address' },
    ]

    expect(newestVisitors(events)).toEqual([{ id: 'a', at: 3, path: '/shoes' }])
  })
})

describe('a file that is read into a list', () => {
  const uploaded = { id: 'i', state: 'uploaded', mapping: { email: 'Mail' } } as ListImport
  const file = new Blob(['Mail\nana@shop.example\n'])

  it('is looked at, mapped, started, and followed to its end', async () => {
    const waiting: (() => void)[] = []
    const states = ['running', 'running', 'done'] as const
    const start = vi.fn(async () => ({ value: { ...uploaded, state: 'running' } as ListImport }))
    const onDone = vi.fn()
    let at = 0
    const model = createImportModel({
      upload: async () => ({ value: uploaded }),
      start,
      read: async () => ({ value: { ...uploaded, state: states[at++] } as ListImport }),
      onDone,
      after: (_, act) => {
        waiting.push(act)
        return () => undefined
      },
    })

    await model.upload(file)
    expect([model.step.value, model.mapping.value]).toEqual(['columns', { email: 'Mail' }])
    model.map('email', '')
    expect(model.hasColumn.value).toBe(false)
    model.map('phone', 'Tel')
    await model.start()
    expect(start).toHaveBeenCalledWith('i', { email: undefined, phone: 'Tel' })
    for (let round = 0; round < 3; round += 1) {
      expect(model.step.value).toBe('running')
      waiting.shift()?.()
      await vi.waitFor(() => expect(at).toBe(round + 1))
      await Promise.resolve()
    }
    await vi.waitFor(() => expect(model.step.value).toBe('done'))
    expect(onDone).toHaveBeenCalledOnce()
  })

  it('stays where it was when it is refused', async () => {
    const model = createImportModel({
      upload: async () => refusedWith('bad_request', 'The file is empty'),
      start: async () => refusedWith('conflict', ''),
      read: async () => refusedWith('offline', ''),
      onDone: () => undefined,
      after: () => () => undefined,
    })

    await model.upload(file)
    expect([model.step.value, model.refused.value?.refusal]).toEqual(['choose', 'bad_request'])
  })
})
