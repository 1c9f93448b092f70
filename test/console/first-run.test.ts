import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ExperienceSchema } from '#protocol/experiences.ts'
import type { StoredEventAnswer } from '#protocol/visitors.ts'
import type { Reply } from '#console/api.ts'
import { likelyCurrency } from '#console/first-run/likely.ts'
import { drawnPopup } from '#console/experiences/drawn-popup.ts'
import { createEventWatch } from '#console/first-run/event-watch.ts'
import { addOrigins } from '#console/first-run/add-origins.ts'
import { originIn, twinOf } from '#console/first-run/origin-in.ts'
import { refusalText } from '#console/refusals.ts'
import { stepAfter, stepAt, stepsOf, type ShopState } from '#console/first-run/steps.ts'
import {
  draftOf,
  faultsIn,
  freeKey,
  wishesIn,
  type OfferedTemplate,
} from '#console/experiences/template-draft.ts'
import { templateWords } from '#console/experiences/template-words.ts'
import { wordsIn } from '../support/console-words.ts'
import { TEMPLATES } from '#server/experiences/templates/templates.ts'

const SETTINGS = {
  name: 'Tea',
  consentMode: 'anonymous',
  timeZone: 'UTC',
  currency: 'EUR',
} as const
const NEW: ShopState = {
  settings: { ...SETTINGS, name: 'My shop' },
  origins: [],
  experiences: [{ key: 'demo-newsletter', state: 'active' }],
  hasEvent: false,
}
const doneOf = (state: Partial<ShopState>) =>
  stepsOf({ ...NEW, ...state }).flatMap(({ name, isDone }) => (isDone ? [name] : []))

describe('the steps of a new shop', () => {
  it.each([
    { what: 'nothing, as the first start leaves it', state: {}, done: [] },
    { what: 'its name', state: { settings: SETTINGS }, done: ['shop'] },
    {
      what: 'an origin',
      state: { origins: [{ id: '1', origin: 'https://tea.example', createdAt: 0 }] },
      done: ['origin'],
    },
    { what: 'an event', state: { hasEvent: true }, done: ['snippet'] },
    {
      what: 'an experience that runs',
      state: { experiences: [{ key: 'news', state: 'active' }] },
      done: ['experience'],
    },
    {
      what: 'no experience that is a draft',
      state: { experiences: [{ key: 'news', state: 'draft' }] },
      done: [],
    },
  ] as const)('have as done $what', ({ state, done }) => {
    expect(doneOf(state)).toEqual(done)
  })

  it('open at the first that is not done, or at the one in the address', () => {
    const steps = stepsOf({ ...NEW, settings: SETTINGS })

    expect(stepAt(steps, null)).toBe('origin')
    expect(stepAt(steps, 'shop')).toBe('shop')
    expect(stepAt(steps, 'nonsense')).toBe('origin')
    expect(stepAt(steps, 'done')).toBe('done')
    expect(
      stepAt(
        steps.map((step) => ({ ...step, isDone: true })),
        null,
      ),
    ).toBe('done')
  })

  it('end behind the last', () => {
    expect(stepAfter('shop')).toBe('origin')
    expect(stepAfter('experience')).toBe('done')
  })
})

describe('an address that is typed', () => {
  it.each([
    ['https://www.tea.example/cart?x=1', 'https://www.tea.example'],
    [' tea.example ', 'https://tea.example'],
    ['http://localhost:8080/shop', 'http://localhost:8080'],
    ['localhost:8080', 'http://localhost:8080'],
    ['127.0.0.1:5500/index.html', 'http://127.0.0.1:5500'],
    ['localhost.tea.example', 'https://localhost.tea.example'],
    ['tea', undefined],
    ['', undefined],
    ['ftp://tea.example/', undefined],
    ['https://', undefined],
  ])('%j is the origin %j', (typed, origin) => {
    expect(originIn(typed)).toBe(origin)
  })

  it.each([
    ['https://tea.example', 'https://www.tea.example'],
    ['https://www.tea.example', 'https://tea.example'],
    ['https://tea.com.co', 'https://www.tea.com.co'],
    ['https://shop.tea.example', undefined],
    ['http://localhost:8080', undefined],
    ['http://tea.localhost:8080', undefined],
    ['http://127.0.0.1', undefined],
  ])('%j has the twin %j', (origin, twin) => {
    expect(twinOf(origin)).toBe(twin)
  })
})

describe('listing a shop’s origins', () => {
  const listed = (origin: string) => ({ value: { id: '1', origin, createdAt: 0 } })
  const full = {
    refusal: 'conflict',
    detail: 'A shop lists at most 200 origins: remove one',
    waitSeconds: 0,
  } as const
  const TEA = ['https://tea.example', 'https://www.tea.example']

  it('adds each, in order', async () => {
    const asked: string[] = []
    const add = async (origin: string) => {
      asked.push(origin)
      return listed(origin)
    }

    expect(await addOrigins(add, TEA)).toEqual({ value: undefined })
    expect(asked).toEqual(TEA)
  })

  it('stops at the first that is refused, and says so', async () => {
    const asked: string[] = []
    const add = async (origin: string) => {
      asked.push(origin)
      return full
    }

    expect(await addOrigins(add, TEA)).toBe(full)
    expect(asked).toEqual(TEA.slice(0, 1))
    expect(refusalText(full, wordsIn(['en']))).toBe(
      'There are as many as there may be. Remove one first.',
    )
  })
})

describe('waiting for the first event', () => {
  const event = (url: string) => ({ url, type: 'page', name: null }) as StoredEventAnswer
  const reply = (...urls: string[]) => ({ value: { items: urls.map(event) } })

  function watching(...replies: Reply<{ items: StoredEventAnswer[] }>[]) {
    let now = 0
    let asked = 0
    let isSeen = true
    let tick = () => {}
    const watch = createEventWatch({
      readEvents() {
        asked += 1
        return Promise.resolve((replies.length > 1 ? replies.shift() : replies[0]) ?? reply())
      },
      every(_, act) {
        tick = act
        return () => (tick = () => {})
      },
      now: () => now,
      isSeen: () => isSeen,
      ownOrigin: 'https://gp.tea.example',
    })
    return {
      watch,
      asked: () => asked,
      look: (does: boolean) => {
        isSeen = does
      },
      pass: async (milliseconds: number) => {
        await setImmediate()
        now += milliseconds
        tick()
        await setImmediate()
      },
    }
  }

  it('finds the newest of the shop, and then asks no more', async () => {
    const { watch, pass, asked } = watching(
      reply(),
      reply('https://tea.example/b', 'https://tea.example/a'),
    )
    watch.start()
    await pass(2_000)
    await pass(2_000)
    await pass(2_000)

    expect(watch.arrived.value?.url).toBe('https://tea.example/b')
    expect(asked()).toBe(2)
  })

  it('does not take the demo shop on the same server for the shop', async () => {
    const { watch, pass } = watching(reply('https://gp.tea.example/demo/'))
    watch.start()
    await pass(2_000)

    expect(watch.arrived.value).toBeUndefined()
    expect(watch.isDemoOnly.value).toBe(true)
  })

  it('says that it takes long after a minute', async () => {
    const { watch, pass } = watching()
    watch.start()
    await pass(59_000)
    expect(watch.isLong.value).toBe(false)
    await pass(1_000)

    expect(watch.isLong.value).toBe(true)
  })

  it('goes on after a refusal', async () => {
    const refused = { refusal: 'offline', detail: '', waitSeconds: 0 } as const
    const { watch, pass } = watching(refused, reply('https://tea.example/'))
    watch.start()
    await pass(2_000)

    expect(watch.arrived.value?.url).toBe('https://tea.example/')
  })

  it('asks nothing while nobody looks', async () => {
    const { watch, pass, look, asked } = watching()
    watch.start()
    look(false)
    await pass(2_000)
    expect(asked()).toBe(1)
    look(true)
    await pass(2_000)

    expect(asked()).toBe(2)
  })

  it('ends when it is stopped', async () => {
    const { watch, pass, asked } = watching()
    watch.start()()
    await pass(2_000)

    expect(asked()).toBe(1)
  })
})

describe('a template', () => {
  const reader = { language: 'es', currency: 'COP' }
  const templateOf = (key: string): OfferedTemplate => {
    const found = TEMPLATES.find((template) => template.key === key)
    if (found === undefined) throw new Error(`There is no template ${key}`)
    return found
  }

  it.each([
    {
      key: 'newsletter-coupon',
      wishes: { heading: '10 % en tu primer pedido', code: 'WELCOME10' },
    },
    { key: 'free-shipping-bar', wishes: { amount: '' } },
    { key: 'cart-reminder', wishes: { heading: 'Tu carrito no está vacío', link: '/cart' } },
    {
      key: 'announcement-bar',
      wishes: { heading: 'Nuevo en la tienda esta semana', link: '/new' },
    },
  ])('of $key asks for what a shop must say itself', ({ key, wishes }) => {
    expect(wishesIn(templateOf(key).experience, reader)).toEqual(wishes)
  })

  it('is left as it is where nothing was changed', () => {
    const template = templateOf('exit-offer')

    expect(draftOf(template, wishesIn(template.experience, reader), reader)).toEqual(
      template.experience,
    )
  })

  it('says what was typed in every language, and no more what it had promised', () => {
    const template = templateOf('newsletter-coupon')
    const draft = draftOf(template, { heading: 'Té gratis', code: ' TE ' }, reader)
    const text = JSON.stringify(draft)

    expect(text).toContain('"Té gratis"')
    expect(text).toContain('"code":"TE"')
    expect(text).not.toContain('10%')
  })

  it('has its amount in the minor units of the shop’s currency', () => {
    const template = templateOf('free-shipping-bar')
    const ofShop = (currency: string, amount: string) =>
      JSON.stringify(draftOf(template, { amount }, { language: 'en', currency }))

    expect(ofShop('EUR', '49.90')).toContain('"amount":4990,"currency":"EUR"')
    expect(ofShop('CLP', '30000')).toContain('"amount":30000,"currency":"CLP"')
  })

  it.each(TEMPLATES.map(({ key }) => ({ key })))(
    'of $key is taken by the server and can be drawn',
    ({ key }) => {
      const template = templateOf(key)
      const wishes = { ...wishesIn(template.experience, reader), heading: 'Hola', amount: '50000' }
      const draft = draftOf(template, wishes, reader)
      const parsed = ExperienceSchema.parse(draft)

      expect(faultsIn(wishes)).toEqual([])
      expect(drawnPopup(draft.content)).toMatchObject({
        layout: parsed.content.layout,
        canClose: parsed.content.canClose,
        design: { blocks: 'blocks' in parsed.content.design ? parsed.content.design.blocks : [] },
      })
    },
  )

  it.each([
    { wishes: { heading: ' ' }, faults: ['heading'] },
    { wishes: { code: '' }, faults: ['code'] },
    { wishes: { amount: '-1' }, faults: ['amount'] },
    { wishes: { amount: '' }, faults: ['amount'] },
    { wishes: { link: 'data:text/html,x' }, faults: ['link'] },
    { wishes: { link: '//evil.example' }, faults: ['link'] },
  ])('is refused with $wishes', ({ wishes, faults }) => {
    expect(faultsIn(wishes)).toEqual(faults)
  })

  it('gets a key that is free', () => {
    expect(freeKey('news', [])).toBe('news')
    expect(freeKey('news', ['news', 'news-2'])).toBe('news-3')
  })

  it.each(TEMPLATES.map(({ key }) => ({ key })))('of $key has words in Spanish too', ({ key }) => {
    const template = templateOf(key)
    const [english, spanish] = ['en', 'es'].map((tag) => templateWords(template, wordsIn([tag])))

    expect(spanish?.name).not.toBe(english?.name)
    expect(spanish?.text).not.toBe(english?.text)
  })
})

it('guesses a currency by the region, where there is one', () => {
  expect(likelyCurrency(['es', 'es-CO'])).toBe('COP')
  expect(likelyCurrency(['en'])).toBeUndefined()
})
