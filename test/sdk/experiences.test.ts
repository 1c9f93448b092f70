import { describe, expect, it } from 'vitest'
import type { ClaimAnswer, Decision, Decisions, Known, Trigger } from '#protocol/experiences.ts'
import { CLAIMS_PATH, DECISIONS_PATH, SUBMISSIONS_PATH } from '#protocol/names.ts'
import type { PopupContent } from '#protocol/popup.ts'
import type { MountedWidget, WidgetHost } from '#widgets/kit/host.ts'
import { ALL, define, openPage, type Asked, type PageOptions, type ShopPage } from './shop-page.ts'

type Host = WidgetHost<PopupContent>
type Layout = PopupContent['layout']

const GRANTED: ClaimAnswer = { isGranted: true, claimId: 'claim-1', leaseMs: 30_000 }
const MODAL: Layout = { kind: 'modal' }
const BAR: Layout = { kind: 'bar', edge: 'top' }
const BEFORE_CONSENT = { consent: 'anonymous' }

describe('an experience', () => {
  it('is claimed, drawn, and told of once it is seen', async () => {
    const { page, drawn } = await openWith([decision('hello')])

    expect(page.asked).toMatchObject([
      {
        path: CLAIMS_PATH,
        body: {
          key: 'pk_test',
          experienceId: 'e-hello',
          variantId: 'v-hello',
          pageViewId: expect.stringMatching(/^[\w-]{8,40}$/),
        },
      },
    ])
    expect(page.names()).toEqual(['page'])
    drawn[0]?.shown()
    drawn[0]?.shown()
    await page.pass(0)

    expect(page.names()).toEqual(['page', 'Experience Shown'])
    expect(page.events()[1]?.properties).toEqual({
      experience_id: 'e-hello',
      variant_id: 'v-hello',
      claim_id: 'claim-1',
    })
  })

  it('that is not for this visitor costs the page no more than the tag', async () => {
    const { page, loaded } = await openWith([])

    expect(loaded).toEqual([])
    expect(page.asked).toEqual([])
  })

  it.each([
    ['refuses', () => Response.json({ isGranted: false, reason: 'frequency' })],
    ['fails', () => new Response('', { status: 503 })],
    ['answers nonsense', () => new Response('<!doctype html>')],
    ['is not reached', () => Promise.reject(new TypeError('offline'))],
  ])('is not drawn where the server %s', async (_, answerTo) => {
    const { page, drawn } = await openWith([decision('hello')], { answerTo })
    await page.pass(60_000)

    expect(drawn).toEqual([])
    expect(page.names()).toEqual(['page'])
    expect(hostsOn(page)).toBe(0)
  })

  it('is not drawn by an answer that comes too late', async () => {
    let answer: (response: Response) => void = () => {}
    const late = new Promise<Response>((resolve) => {
      answer = resolve
    })
    const { page, drawn } = await openWith([decision('hello')], { answerTo: () => late })
    await page.pass(5_000)
    answer(Response.json(GRANTED))
    await page.pass(60_000)

    expect(drawn).toEqual([])
    expect(page.names()).toEqual(['page'])
  })

  it('is not drawn on the route that follows the one it was claimed on', async () => {
    let answer: (response: Response) => void = () => {}
    const late = new Promise<Response>((resolve) => {
      answer = resolve
    })
    const shown = [decision('hello')]
    const { page, drawn, decide } = await openWith(shown, { answerTo: () => late })
    decide([])
    page.navigate('/next')
    await page.pass(100)
    answer(Response.json(GRANTED))
    await page.pass(5_000)

    expect(drawn).toEqual([])
  })

  it('leaves with its route', async () => {
    const { page, drawn, unmounted, decide } = await openWith([decision('hello')])
    drawn[0]?.shown()
    decide([])
    page.navigate('/next')
    await page.pass(5_000)

    expect(unmounted).toEqual(['hello'])
    expect(hostsOn(page)).toBe(0)
    expect(page.names()).toEqual(['page', 'Experience Shown', 'page'])
  })

  it('is asked for at once on the next route', async () => {
    const { page, drawn } = await openWith([decision('hello')])
    page.navigate('/next')
    await page.pass(100)

    expect(page.names()).toEqual(['page', 'page'])
    expect(drawn).toHaveLength(2)
    const [first, second] = page.asked
    expect(first?.body['pageViewId']).not.toBe(second?.body['pageViewId'])
  })

  it('is not shown by the answer to a route that the visitor has left', async () => {
    let answer = () => {}
    const { page, drawn, decide } = await openWith([], {}, (reply) => {
      return new Promise((resolve) => {
        answer = () => resolve(reply())
      })
    })
    decide([decision('hello')])
    page.navigate('/next')
    await page.pass(10)
    answer()
    await page.pass(10)
    expect(drawn).toEqual([])

    await page.pass(5_000)
    answer()
    await page.pass(10)
    expect(drawn).toHaveLength(1)
  })

  it('tells the page what becomes of it', async () => {
    const { page, drawn } = await openWith([decision('hello')])
    const heard: unknown[] = []
    const told: unknown[] = []
    for (const what of ['shown', 'clicked', 'closed'] as const) {
      await page.gp.on(`experience:${what}`, (detail) => heard.push([what, detail]))
      page.window.document.addEventListener(`gp:experience-${what}`, (event) => {
        told.push([what, (event as CustomEvent).detail])
      })
    }
    drawn[0]?.shown()
    drawn[0]?.clicked('Go')
    drawn[0]?.closed('escape')
    await page.pass(3_000)

    const ids = { experienceId: 'e-hello', variantId: 'v-hello', key: 'hello' }
    expect(heard).toEqual([
      ['shown', { ...ids, claim_id: 'claim-1' }],
      ['clicked', { ...ids, what: 'Go' }],
      ['closed', { ...ids, how: 'escape' }],
    ])
    expect(told).toEqual(heard)
    expect(page.names().slice(1)).toEqual([
      'Experience Shown',
      'Experience Clicked',
      'Experience Closed',
    ])
    expect(hostsOn(page)).toBe(0)
  })

  it('that fails leaves nothing on the page', async () => {
    const mount = () => {
      throw new Error('broken')
    }
    const { page } = await openWith([decision('hello')], {
      chunks: { popup: { mount, ready: async () => undefined } },
    })
    await page.pass(5_000)

    expect(hostsOn(page)).toBe(0)
    expect(page.names()).toEqual(['page'])
  })
})

describe('of several experiences', () => {
  it('the first in order is shown, the others wait for its place', async () => {
    const all = [decision('first'), decision('second'), decision('bar', { layout: BAR })]
    const { page, drawn } = await openWith(all)
    expect(keysOf(drawn)).toEqual(['first', 'bar'])

    drawn[0]?.closed('button')
    await page.pass(10)
    expect(keysOf(drawn)).toEqual(['first', 'bar', 'second'])
    expect(page.asked).toHaveLength(3)
  })

  it('the next has its turn where one is refused', async () => {
    const answerTo = ({ body }: Asked) =>
      Response.json(
        body['experienceId'] === 'e-first' ? { isGranted: false, reason: 'stopped' } : GRANTED,
      )
    const { drawn } = await openWith([decision('first'), decision('second')], { answerTo })

    expect(keysOf(drawn)).toEqual(['second'])
  })

  it('none is shown twice on one page view', async () => {
    const { page, drawn } = await openWith([decision('first', { triggers: [onEvent('A')] })])
    void page.gp.track('A')
    await page.pass(10)
    drawn[0]?.closed('button')
    void page.gp.track('A')
    await page.pass(5_000)

    expect(drawn).toHaveLength(1)
  })
})

describe('when the active set changes', () => {
  it('what was shown stays where the shop has changed nothing, and is updated', async () => {
    const bar = decision('bar', { layout: BAR })
    const { page, drawn, updates, decide } = await openWith([decision('modal'), bar])
    for (const host of drawn) host.shown()
    await page.pass(10)
    decide([bar], { known: { pages: 7 } })
    void page.gp.track('A')
    await page.pass(4_000)
    decide([], { known: { pages: 8 } })
    void page.gp.track('A')
    await page.pass(4_000)

    expect(hostsOn(page)).toBe(2)
    expect(updates.slice(-2)).toEqual([
      ['modal', 8],
      ['bar', 8],
    ])
  })

  it.each([
    ['a bar', BAR],
    ['a slide-in', { kind: 'slideIn', corner: 'end' }],
    ['a modal', MODAL],
  ] satisfies [string, Layout][])('%s that the shop has stopped goes', async (_, layout) => {
    const { page, drawn, unmounted, decide } = await openWith([decision('one', { layout })])
    decide([])
    drawn[0]?.shown()
    await page.pass(4_000)
    expect(hostsOn(page)).toBe(1)
    decide([], { epoch: 2 })
    void page.gp.track('A')
    await page.pass(4_000)

    expect(unmounted).toEqual(['one'])
    expect(hostsOn(page)).toBe(0)
    expect(page.names().filter((name) => name === 'Experience Closed')).toEqual([])
  })

  it('a modal that somebody has typed in stays, though the shop has stopped it', async () => {
    const { page, drawn, decide } = await openWith([decision('modal')])
    drawn[0]?.shown()
    drawn[0]?.root.append(page.window.document.createElement('input'))
    const typed = new page.window.Event('input', { bubbles: true, composed: true })
    drawn[0]?.root.querySelector('input')?.dispatchEvent(typed)
    decide([], { epoch: 2 })
    void page.gp.track('A')
    await page.pass(4_000)

    expect(hostsOn(page)).toBe(1)
  })

  it('what the page itself has removed makes place for the next', async () => {
    const all = [decision('first'), decision('second')]
    const { page, drawn, unmounted } = await openWith(all)
    page.window.document.querySelector('gp-widget')?.remove()
    void page.gp.track('A')
    await page.pass(4_000)
    expect(keysOf(drawn)).toEqual(['first', 'second'])
    expect(unmounted).toEqual(['first'])

    page.window.document.querySelector('gp-widget')?.remove()
    expect(await page.gp.show('first')).toEqual({ ok: true })
    expect(keysOf(drawn)).toEqual(['first', 'second', 'first'])
  })

  it('a bar that was shown as often as it may be stays', async () => {
    const { page, drawn, decide } = await openWith([decision('bar', { layout: BAR })])
    decide([])
    drawn[0]?.shown()
    await page.pass(4_000)

    expect(page.names()).toEqual(['page', 'Experience Shown'])
    expect(hostsOn(page)).toBe(1)
  })

  it('what has not been shown yet is not shown any more', async () => {
    const late = decision('late', { triggers: [{ on: 'delay', seconds: 10 }] })
    const { page, drawn, decide } = await openWith([late])
    decide([])
    void page.gp.track('A')
    await page.pass(60_000)

    expect(drawn).toEqual([])
  })
})

describe('with consent', () => {
  it('an answer that says it goes by its own events alone takes nothing back, any other does', async () => {
    const late = decision('late', { triggers: [{ on: 'delay', seconds: 10 }] })
    const later = decision('later', { triggers: [{ on: 'delay', seconds: 20 }], layout: BAR })
    const { page, drawn, decide } = await openWith([late, later])
    decide([], { isPartial: true })
    void page.gp.track('A')
    await page.pass(12_000)
    expect(keysOf(drawn)).toEqual(['late'])

    decide([])
    void page.gp.track('B')
    await page.pass(60_000)
    expect(keysOf(drawn)).toEqual(['late'])
  })
})

describe('before consent, when each answer goes by its own events', () => {
  const settings = BEFORE_CONSENT

  it('what was active on this page view stays so until the route changes', async () => {
    const bar = decision('bar', { layout: BAR })
    const late = decision('late', { triggers: [{ on: 'delay', seconds: 10 }] })
    const { page, drawn, decide } = await openWith([bar, late], { settings })
    decide([])
    drawn[0]?.shown()
    await page.pass(5_000)
    void page.gp.track('A')
    await page.pass(10_000)
    expect(keysOf(drawn)).toEqual(['bar', 'late'])
    expect(hostsOn(page)).toBe(2)

    page.navigate('/next')
    await page.pass(60_000)
    expect(drawn).toHaveLength(2)
    expect(hostsOn(page)).toBe(0)
  })

  it('a later answer adds to it and updates it, and what it does not say is known still', async () => {
    const bar = decision('bar', { layout: BAR })
    const known = { pages: 3 }
    const { page, drawn, updates, decide } = await openWith([bar], { settings }, undefined, {
      known,
    })
    const second = { ...decision('second'), priority: 2 }
    decide([decision('first'), second, { ...bar, content: { ...bar.content, label: 'new' } }])
    void page.gp.track('A')
    await page.pass(4_000)

    expect(updates).toContainEqual(['new', 3])
    expect(keysOf(drawn)).toEqual(['bar', 'second'])
    decide([])
    drawn[1]?.closed('button')
    await page.pass(4_000)
    expect(keysOf(drawn)).toEqual(['bar', 'second', 'first'])
  })

  it('the first answer after it is the whole truth', async () => {
    const late = decision('late', { triggers: [{ on: 'delay', seconds: 10 }] })
    const { page, drawn, decide } = await openWith([late], { settings })
    decide([])
    await page.gp.consent(ALL)
    void page.gp.track('A')
    await page.pass(60_000)

    expect(drawn).toEqual([])
  })
})

describe('a trigger', () => {
  it.each<[string, Trigger, (page: ShopPage) => unknown]>([
    ['some seconds', { on: 'delay', seconds: 5 }, (page) => page.pass(5_000)],
    ['an event of the page', onEvent('Size Chart'), (page) => page.gp.track('Size Chart')],
    [
      'an event in the dataLayer',
      onEvent('add_to_cart'),
      (page) => page.window.dataLayer?.push({ event: 'add_to_cart', ecommerce: {} }),
    ],
    [
      'a click on an element',
      { on: 'click', selector: '.help' },
      (page) => page.window.document.querySelector<HTMLElement>('b')?.click(),
    ],
    [
      'a pointer over an element',
      { on: 'hover', selector: '.help' },
      (page) => {
        const over = new page.window.Event('pointerover', { bubbles: true })
        page.window.document.querySelector('b')?.dispatchEvent(over)
      },
    ],
    [
      'the pointer out through the top',
      { on: 'exit' },
      (page) => page.fire('document', 'mouseout', { relatedTarget: null, clientY: -1 }),
    ],
  ])('is %s, once and not before', async (_, trigger, act) => {
    const { page, drawn } = await openWith([decision('late', { triggers: [trigger] })], {
      html: '<p class="help"><b>Help</b></p>',
      prepare: (window) => void (window.dataLayer = []),
    })
    await page.pass(1_000)
    expect(drawn).toEqual([])

    void act(page)
    void act(page)
    await page.pass(10_000)
    expect(drawn).toHaveLength(1)
  })

  it.each<[string, Trigger, Known]>([
    ['pages of the session', { on: 'pages', count: 3 }, { pages: 3 }],
    [
      'the value of the cart',
      { on: 'cartValue', amount: 5_000, currency: 'EUR' },
      { pages: 1, cart: { quantity: 1, total: { amount: 5_000, currency: 'EUR' }, items: [] } },
    ],
  ])('is %s as the server knows them', async (_, trigger, known) => {
    const shown = [decision('late', { triggers: [trigger] })]
    const { page, drawn, decide } = await openWith(shown, {}, undefined, { known: { pages: 2 } })
    expect(drawn).toEqual([])

    decide(shown, { known })
    void page.gp.track('A')
    await page.pass(3_000)
    expect(drawn).toHaveLength(1)
  })

  it('is an event that came before the server’s answer', async () => {
    const early = decision('early', { triggers: [onEvent('Product Viewed')] })
    const { drawn } = await openWith([early], {
      prepare: (window) =>
        void (window.gp = Object.assign(() => {}, { q: [['track', 'Product Viewed']] })),
    })

    expect(drawn).toHaveLength(1)
  })

  it.each([
    ['a modal waits', MODAL, 0],
    ['a bar does not wait', BAR, 1],
  ] satisfies [string, Layout, number][])(
    'comes while somebody types on the page: %s until they pause',
    async (_, layout, atOnce) => {
      const late = decision('late', { layout, triggers: [onEvent('A')] })
      const { page, drawn } = await openWith([late], { html: '<input id="q">' })
      const key = new page.window.KeyboardEvent('keydown', { bubbles: true, composed: true })
      page.window.document.querySelector('#q')?.dispatchEvent(key)
      void page.gp.track('A')
      await page.pass(1_000)
      expect(drawn).toHaveLength(atOnce)
      page.window.document.querySelector('#q')?.dispatchEvent(key)
      await page.pass(1_500)
      expect(drawn).toHaveLength(atOnce)

      await page.pass(4_000)
      expect(drawn).toHaveLength(1)
    },
  )

  it('is none of the route before', async () => {
    const late = decision('late', { triggers: [onEvent('A'), { on: 'delay', seconds: 10 }] })
    const { page, drawn, decide } = await openWith([late])
    await page.pass(8_000)
    decide([decision('late', { triggers: [onEvent('A'), { on: 'delay', seconds: 20 }] })])
    page.navigate('/next')
    await page.pass(8_000)
    expect(drawn).toEqual([])

    await page.pass(12_000)
    expect(drawn).toHaveLength(1)
  })

  it('that no browser understands leaves the others alone', async () => {
    const triggers: Trigger[] = [
      { on: 'visible', selector: '<<<' },
      { on: 'delay', seconds: 1 },
    ]
    const { page, drawn } = await openWith([decision('late', { triggers })])
    await page.pass(1_000)

    expect(drawn).toHaveLength(1)
    expect(page.warnings).toEqual([])
  })

  it('does not fire on a page that nobody sees, but when it is seen', async () => {
    const late = decision('late', { triggers: [{ on: 'delay', seconds: 5 }] })
    const { page, drawn } = await openWith([late])
    define(page.window.document, 'hidden', true)
    await page.pass(6_000)
    expect(page.asked).toEqual([])

    define(page.window.document, 'hidden', false)
    page.fire('document', 'visibilitychange')
    await page.pass(10)
    expect(drawn).toHaveLength(1)
  })
})

describe('what may change the answer', () => {
  it('is sent at once where it is an event', async () => {
    const { page } = await openWith([], {}, undefined, { watch: ['Product Added'] })
    void page.gp.track('Other')
    await page.pass(100)
    expect(page.names()).toEqual(['page'])

    void page.gp.track('Product Added', { product_id: 'p-1' })
    await page.pass(100)
    expect(page.names()).toEqual(['page', 'Other', 'Product Added'])
  })

  it('is asked for once where it is the time', async () => {
    const answerTo = ({ path }: Asked) =>
      path === DECISIONS_PATH
        ? Response.json({ decisions: { epoch: 1, active: [decision('hello')] }, now: 61_000 })
        : Response.json(GRANTED)
    const { page, drawn } = await openWith([], { answerTo }, undefined, { reconsiderAt: 60_000 })
    await page.pass(50_000)
    expect(page.asked).toEqual([])

    await page.pass(600_000)
    expect(page.asked.filter(({ path }) => path === DECISIONS_PATH)).toMatchObject([
      { body: { key: 'pk_test', page: { url: 'https://shop.example/' }, context: {} } },
    ])
    expect(drawn).toHaveLength(1)
  })

  it('is not asked for after the tag has left', async () => {
    const { page } = await openWith([], {}, undefined, { reconsiderAt: 60_000 })
    await page.gp.destroy()
    await page.pass(600_000)

    expect(page.asked).toEqual([])
  })
})

describe('a form', () => {
  it('is one submission however often it is sent, and says thanks once it is stored', async () => {
    const thanks = [{ kind: 'heading', text: 'Thanks' }]
    let isReached = false
    const answerTo = ({ path }: Asked) => {
      if (path === CLAIMS_PATH) return Response.json(GRANTED)
      return isReached ? Response.json({ thanks }) : Promise.reject(new TypeError('offline'))
    }
    const { page, drawn } = await openWith([decision('form')], { answerTo })
    const fields = { email: 'ana@example.com', news: true }
    expect(await drawn[0]?.submit(fields)).toEqual({ ok: false, reason: 'offline' })
    isReached = true
    expect(await drawn[0]?.submit(fields)).toEqual({ ok: true, thanks })
    expect(await drawn[0]?.submit({ email: 'eva@example.com' })).toEqual({ ok: true, thanks })
    await page.pass(3_000)

    const bodies = page.asked.filter(({ path }) => path === SUBMISSIONS_PATH)
    expect(bodies[0]?.body).toMatchObject({ experienceId: 'e-form', variantId: 'v-form', fields })
    const ids = bodies.map(({ body }) => body['submissionId'])
    expect(ids[0]).toBe(ids[1])
    expect(ids[2]).not.toBe(ids[1])
    expect(page.names().filter((name) => name === 'Experience Submitted')).toHaveLength(2)
  })

  it.each([
    [400, 'invalid'],
    [413, 'invalid'],
    [429, 'offline'],
    [503, 'offline'],
  ])('that is answered %i is %s', async (status, reason) => {
    const answerTo = ({ path }: Asked) =>
      path === CLAIMS_PATH ? Response.json(GRANTED) : new Response('{}', { status })
    const { drawn } = await openWith([decision('form')], { answerTo })

    expect(await drawn[0]?.submit({})).toEqual({ ok: false, reason })
  })
})

describe('gp.show and gp.dismiss', () => {
  const manual = decision('manual', { triggers: [{ on: 'manual' }] })

  it('show and remove an active experience', async () => {
    const { page, drawn } = await openWith([manual])
    const shown = page.gp.show('manual')
    await page.pass(100)
    expect(await shown).toEqual({ ok: true })
    expect(await page.gp.show('manual')).toEqual({ ok: true })
    expect(drawn).toHaveLength(1)

    expect(await page.gp.dismiss('manual')).toEqual({ ok: true })
    await page.pass(3_000)
    expect(hostsOn(page)).toBe(0)
    expect(page.names()).toEqual(['page', 'Experience Closed'])
  })

  it('wait for the first answer', async () => {
    let answer = () => {}
    const decided: Decision[] = [manual]
    const { page, drawn } = await openWith(decided, {}, (reply) => {
      return new Promise((resolve) => {
        answer = () => resolve(reply())
      })
    })
    const shown = page.gp.show('manual')
    await page.pass(1_000)
    answer()
    await page.pass(100)

    expect(await shown).toEqual({ ok: true })
    expect(drawn).toHaveLength(1)
  })

  it('say why not', async () => {
    const answerTo = () => Response.json({ isGranted: false, reason: 'frequency' })
    const { page } = await openWith([manual], { answerTo })

    expect(await page.gp.show('other')).toMatchObject({ ok: false, reason: 'not_active' })
    expect(await page.gp.dismiss('manual')).toMatchObject({ ok: false, reason: 'not_shown' })
    expect(await page.gp.show('manual')).toEqual({
      ok: false,
      reason: 'frequency',
      message: expect.stringContaining('as often as'),
    })
    expect(page.warnings).toEqual([])
  })

  it('say that the place is taken, and that the server does not answer', async () => {
    const { page } = await openWith([decision('first'), manual])
    expect(await page.gp.show('manual')).toMatchObject({ reason: 'place_taken' })

    const silent = await openWith([], {}, () => new Promise(() => {}))
    const shown = silent.page.gp.show('manual')
    await silent.page.pass(20_000)
    expect(await shown).toMatchObject({ reason: 'no_answer' })
  })
})

describe('gp.destroy', () => {
  it('removes what is drawn, and what waits', async () => {
    const late = decision('late', { triggers: [{ on: 'delay', seconds: 5 }] })
    const { page, drawn, unmounted } = await openWith([decision('hello'), late])
    await page.gp.destroy()
    await page.pass(60_000)

    expect(drawn).toHaveLength(1)
    expect(unmounted).toEqual(['hello'])
    expect(hostsOn(page)).toBe(0)
  })
})

describe('gp.destroy while an answer is on its way', () => {
  it('lets it bring nothing back', async () => {
    const answers: (() => void)[] = []
    const { page, drawn } = await openWith([decision('hello')], {}, (reply) => {
      return new Promise((resolve) => {
        answers.push(() => resolve(reply()))
      })
    })
    answers.pop()?.()
    await page.pass(100)
    expect(drawn).toHaveLength(1)
    void page.gp.track('A')
    await page.pass(4_000)
    await page.gp.destroy()
    for (const answer of answers) answer()
    await page.pass(60_000)

    expect(drawn).toHaveLength(1)
    expect(hostsOn(page)).toBe(0)
  })

  it('lets the part of the tag that comes too late show nothing', async () => {
    let come = () => {}
    const late = new Promise<void>((resolve) => {
      come = resolve
    })
    const change: PageOptions['change'] = (browser) => ({
      ...browser,
      load: async (url) => {
        if (url.endsWith('/experiences.js')) await late
        return browser.load(url)
      },
    })
    const { page } = await openWith([decision('hello')], { change })
    await page.gp.destroy()
    come()
    await page.pass(60_000)

    expect(page.asked).toEqual([])
    expect(hostsOn(page)).toBe(0)
  })
})

interface Opened {
  readonly page: ShopPage
  /** What widgets were given, in the order they were drawn. */
  readonly drawn: readonly Host[]
  readonly updates: readonly unknown[]
  readonly loaded: readonly string[]
  readonly unmounted: readonly unknown[]
  /** What the server decides from now on. */
  readonly decide: (active: readonly Decision[], more?: Partial<Decisions>) => void
}

/** A page with consent, unless its settings are `BEFORE_CONSENT`, whose server decides as told; `hold` keeps its answers back. */
async function openWith(
  active: readonly Decision[],
  options: PageOptions = {},
  hold: (reply: () => Response) => Promise<Response> | Response = (reply) => reply(),
  more: Partial<Decisions> = {},
): Promise<Opened> {
  const drawn: Host[] = []
  const updates: unknown[] = []
  const loaded: string[] = []
  const unmounted: unknown[] = []
  let decisions: Decisions = { epoch: 1, active, ...more }
  let now = 0
  const mount = (host: Host): MountedWidget<PopupContent> => {
    host.root.append('Drawn')
    return {
      show: () => drawn.push(host),
      update: (content, known) => updates.push([content.label, known?.pages]),
      unmount: async () => {
        unmounted.push(host.content.label)
      },
    }
  }
  const page = await openPage({
    settings: { consent: 'full' },
    answerTo: () => Response.json(GRANTED),
    chunks: { popup: { mount, ready: async () => undefined } },
    change: (browser) => ({
      ...browser,
      load: (url) => {
        loaded.push(url)
        return browser.load(url)
      },
    }),
    reply: ({ events, visitor }) => {
      const results = events.map(() => ({ result: 'ok' }))
      now += 1
      const said = visitor === null ? { ...decisions, isPartial: true } : decisions
      return hold(() => Response.json({ results, decisions: said, now }))
    },
    ...options,
  })
  const opened: Opened = {
    page,
    drawn,
    updates,
    loaded,
    unmounted,
    decide: (next, rest) => {
      decisions = { epoch: 1, active: next, ...rest }
    },
  }
  if (options.settings !== BEFORE_CONSENT) await page.gp.consent(ALL)
  await page.pass(10)
  return opened
}

function decision(
  key: string,
  { triggers = [{ on: 'load' }], layout = MODAL }: { triggers?: Trigger[]; layout?: Layout } = {},
): Decision {
  return {
    experienceId: `e-${key}`,
    key,
    kind: 'popup',
    variantId: `v-${key}`,
    priority: 0,
    triggers,
    frequency: { per: 'pageView', times: 1, stopAfter: [], gapSeconds: 0 },
    content: {
      layout,
      theme: {},
      label: key,
      canClose: true,
      design: { kind: 'blocks', blocks: [{ kind: 'heading', text: key }] },
    },
  }
}

function onEvent(name: string): Trigger {
  return { on: 'event', name }
}

function keysOf(drawn: readonly Host[]): unknown[] {
  return drawn.map(({ content }) => content.label)
}

function hostsOn(page: ShopPage): number {
  return page.window.document.querySelectorAll('gp-widget').length
}
