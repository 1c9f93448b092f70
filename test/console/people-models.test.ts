import { describe, expect, it } from 'vitest'
import type { CustomerAnswer } from '#protocol/customers.ts'
import type { TrailEvent } from '#protocol/people.ts'
import type { Condition } from '#protocol/targeting.ts'
import { EventSoughtSchema } from '#protocol/explorer.ts'
import { BatchSchema } from '#protocol/events.ts'
import { ConditionSchema } from '#protocol/targeting.ts'
import { propertiesIn, testBatch } from '#console/events/test-event.ts'
import { cartIn } from '#console/people/cart-in.ts'
import {
  addressOf,
  conditionIn,
  conditionText,
  EVERYBODY,
  filterIn,
  withBranch,
} from '#console/people/list-address.ts'
import { placeName, sourceName } from '#console/people/person-words.ts'
import { asksFor, isSame, PRESETS } from '#console/people/presets.ts'
import { sessionsIn } from '#console/people/sessions-in.ts'
import { changedTraits, fieldsOf, formerTraits } from '#console/people/trait-draft.ts'
import { webAddress } from '#console/people/web-address.ts'

const ANA: CustomerAnswer = {
  id: 'a'.repeat(22),
  firstName: 'Ana',
  email: 'ana@shop.example',
  languages: ['es'],
  tags: [],
  attributes: { size: 'M', age: 31, vip: true, colours: ['red', 'blue'] },
  listIds: [],
  isVerified: true,
  createdAt: 0,
  consents: [],
  orders: [],
}

describe('the address of a list', () => {
  it('holds what it is narrowed to, and comes back the same', () => {
    const condition: Condition = { kind: 'visitor', is: 'new' }
    const text = conditionText({ kind: 'all', of: [condition] })
    const address = addressOf('/console/visitors', { search: 'a&b', order: '', condition: text })
    const { searchParams } = new URL(address, 'https://shop.example')
    const filter = filterIn(searchParams, ['search', 'order', 'condition'])

    expect(filter).toEqual({ search: 'a&b', order: '', condition: text })
    expect(conditionIn(filter.condition)).toEqual({ kind: 'all', of: [condition] })
    expect(addressOf('/console/visitors', { search: '' })).toBe('/console/visitors')
  })

  it.each(['', '{', '[]', '"x"', '1'])('takes %s for no condition', (text) => {
    expect(conditionIn(text)).toEqual(EVERYBODY)
  })

  it('takes presets on and off without touching the rest', () => {
    const [first, second] = PRESETS
    if (first === undefined || second === undefined) throw new Error('There are presets')
    const own: Condition = { kind: 'list', listId: 'x' }
    const on = withBranch(
      { kind: 'all', of: [own, second.condition] },
      (it) => isSame(it, first.condition),
      first.condition,
    )
    const off = withBranch(on, (it) => isSame(it, first.condition), undefined)

    expect([asksFor(on, first), asksFor(on, second), asksFor(off, first)]).toEqual([
      true,
      true,
      false,
    ])
    expect(off).toEqual({ kind: 'all', of: [own, second.condition] })
  })

  it('has presets that the server takes', () => {
    for (const { condition } of PRESETS) {
      expect(ConditionSchema.safeParse(condition).success).toBe(true)
    }
  })
})

describe('a trail', () => {
  it('is cut where the visit changes, and keeps its order', () => {
    const event = (id: string, session: string | null) =>
      ({
        id,
        at: 5,
        session: session === null ? null : { id: session, startedAt: 1 },
      }) as TrailEvent
    const cut = sessionsIn([
      event('1', 'b'),
      event('2', 'b'),
      event('3', null),
      event('4', 'a'),
      event('5', 'b'),
    ])

    expect(cut.map(({ events }) => events.map(({ id }) => id).join(''))).toEqual([
      '12',
      '3',
      '4',
      '5',
    ])
    expect(new Set(cut.map(({ key }) => key)).size).toBe(4)
  })
})

describe('a customer that is edited', () => {
  it('tells only what changed, as the kind that it was, and what it was before', () => {
    const fields = {
      ...fieldsOf(ANA),
      firstName: '',
      age: '32',
      vip: 'false',
      size: 'M',
      shoe: '40',
    }
    const changed = changedTraits(ANA, fields)

    expect(changed).toEqual({ firstName: null, age: 32, vip: false, shoe: '40' })
    expect(formerTraits(ANA, changed)).toEqual({ firstName: 'Ana', age: 31, vip: true, shoe: null })
    expect(changedTraits(ANA, fieldsOf(ANA))).toEqual({})
  })

  it('keeps lists out of fields that hold a text', () => {
    expect(fieldsOf(ANA)).not.toHaveProperty('colours')
  })
})

describe('what a profile tells', () => {
  it('is read whatever it holds', () => {
    const profile = (cart: unknown) => ({ profile: { cart } }) as Parameters<typeof cartIn>[0]

    expect(cartIn({ profile: null })).toBeUndefined()
    expect(cartIn(profile({ items: [] }))).toBeUndefined()
    expect(cartIn(profile({ items: [{ productId: 'a', quantity: 2 }], value: 5 }))).toEqual({
      value: undefined,
      items: [{ productId: 'a', name: undefined, quantity: 2, price: undefined }],
    })
    expect(placeName({ country: '??', city: 'X' }, { locale: 'en' })).toBe('X, ??')
    expect(placeName({ country: 'CO' }, { locale: 'es' })).toBe('Colombia')
    expect(sourceName({ source: 'google', medium: 'cpc' })).toBe('google · cpc')
  })

  it.each([
    { text: 'https://shop.example/a', is: 'https://shop.example/a' },
    { text: ['java', 'script:alert(1)'].join(''), is: undefined },
    { text: 'data:text/html,x', is: undefined },
    { text: 'no address', is: undefined },
  ])('makes a link of $text only where it is of the web', ({ text, is }) => {
    expect(webAddress(text)).toBe(is)
  })
})

describe('a test event', () => {
  it.each([
    { text: '', is: {} },
    { text: '{"a": 1}', is: { a: 1 } },
    { text: '[1]', is: undefined },
    { text: '{a}', is: undefined },
    { text: 'null', is: undefined },
  ])('has the properties of $text', ({ text, is }) => {
    expect(propertiesIn(text)).toEqual(is)
  })

  it('is what a page would send', () => {
    const draft = {
      type: 'track',
      name: ' Hi ',
      properties: '',
      url: 'https://a.example/',
    } as const
    const batch = testBatch(draft, {}, { key: 'pub_x', id: 'e1', now: 5 })

    expect(BatchSchema.parse(batch).events).toEqual([
      expect.objectContaining({ name: 'Hi', id: 'e1', at: 5 }),
    ])
    expect(EventSoughtSchema.safeParse({ property: 'a"b' }).success).toBe(false)
  })
})
