import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Known } from '#protocol/experiences.ts'
import type { Block, HtmlNode, PopupContent } from '#protocol/popup.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import {
  blocksPopup,
  createPopupStage,
  type PopupPage,
  type PopupStage,
} from './support/popup-page.ts'

const SHOP = {
  body: '<main><h1>Tea shop</h1><label>Search <input id="search"></label></main>',
}
const HEADING: Block = { kind: 'heading', text: 'A cup of tea' }
const CLOSING: Block = { kind: 'button', text: 'No', action: { do: 'close' }, look: 'quiet' }
const FORM: readonly Block[] = [
  HEADING,
  {
    kind: 'field',
    name: 'email',
    type: 'email',
    label: 'E-mail',
    isRequired: true,
    hint: 'Only for news',
  },
  { kind: 'field', name: 'name', type: 'text', label: 'Name', isRequired: false },
  { kind: 'field', name: 'news', type: 'checkbox', label: 'Send news', isRequired: true },
  { kind: 'button', text: 'Send', action: { do: 'submit' }, look: 'primary' },
]
const BAR = { layout: { kind: 'bar', edge: 'bottom' } } as const
const SLIDE = { layout: { kind: 'slideIn', corner: 'end' } } as const
const CART: Known = {
  pages: 1,
  cart: {
    quantity: 1,
    total: { amount: 3_000, currency: 'USD' },
    items: [{ id: 'tea', name: 'Sencha', quantity: 1, url: `${'javascript'}:alert(1)` }],
  },
}

describe.skipIf(!hasChromium)('a pop-up', () => {
  let browser: Browser
  let stage: PopupStage

  beforeAll(async () => {
    browser = await launchChromium()
    stage = await createPopupStage(browser)
    return async () => {
      await stage.stop()
      await browser.close()
    }
  })

  it('that is modal takes the focus, keeps it from the page, and gives it back', async () => {
    const { popup, page } = await visit()
    await page.locator('#search').focus()
    await popup.open({ content: blocksPopup([HEADING, CLOSING]) })
    expect(await focused(page)).toBe('box modal')
    const reached = new Set<string>()
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press(step < 8 ? 'Tab' : 'Shift+Tab')
      reached.add(await focused(page))
    }
    expect(reached).not.toContain('search')
    await popup.unmount()

    expect(await focused(page)).toBe('search')
  })

  it("takes the page's colours, however they are written", async () => {
    const { popup, page } = await visit()
    await page.evaluate(() => {
      const { style } = document.documentElement
      style.setProperty('--gp-accent', 'hsl(210, 100%, 30%)')
      style.setProperty('--gp-background', 'ivory')
      style.setProperty('--gp-text', 'light-dark(red, blue)')
    })
    await popup.open({ content: blocksPopup([HEADING, CLOSING]) })

    const painted = await page.evaluate(() => {
      const box = document.querySelector('gp-widget')?.shadowRoot?.querySelector('.box')
      if (!box) return []
      const tokens = getComputedStyle(box)
      return ['accent', 'background', 'text'].map((name) => tokens.getPropertyValue(`--gp-${name}`))
    })
    expect(painted).toEqual(['rgb(0 77 153)', 'rgb(255 255 240)', 'rgb(27 27 24)'])
    await popup.unmount()
  })

  it.each([
    { how: 'escape', act: (page: Page) => page.keyboard.press('Escape') },
    { how: 'backdrop', act: (page: Page) => page.mouse.click(5, 5) },
    { how: 'button', act: (page: Page) => page.getByRole('button', { name: 'Close' }).click() },
    { how: 'action', act: (page: Page) => page.getByRole('button', { name: 'No' }).click() },
  ])('says that it was closed by $how', async ({ how, act }) => {
    const { popup, page } = await visit()
    await popup.open({ content: blocksPopup([HEADING, CLOSING]) })
    await act(page)

    await expect.poll(() => popup.told()).toContainEqual({ what: 'closed', with: how })
  })

  it('stays while a text is marked from inside to outside of it', async () => {
    const { popup, page } = await visit()
    await popup.open({ content: blocksPopup([HEADING, CLOSING]) })
    const heading = await page.getByRole('heading', { name: 'A cup of tea' }).boundingBox()
    await page.mouse.move((heading?.x ?? 0) + 5, (heading?.y ?? 0) + 5)
    await page.mouse.down()
    await page.mouse.move(5, 5)
    await page.mouse.up()
    await page.getByRole('button', { name: 'No' }).click()

    expect(await closings(popup)).toEqual(['action'])
  })

  it('that must be answered ignores Escape, however often, and what lies beside it', async () => {
    const { popup, page } = await visit()
    await popup.open({ content: blocksPopup([HEADING, CLOSING], { canClose: false }) })
    for (const key of ['Escape', 'Escape', 'Escape']) await page.keyboard.press(key)
    await page.mouse.click(5, 5)
    // as the way back of a phone does
    await page.locator('gp-widget dialog').evaluate((dialog: HTMLDialogElement) => dialog.close())
    await expect.poll(() => page.locator('gp-widget dialog[open]').count()).toBe(1)
    expect(await page.getByRole('button', { name: 'Close' }).count()).toBe(0)
    expect(await closings(popup)).toEqual([])
    await page.getByRole('button', { name: 'No' }).click()

    expect(await closings(popup)).toEqual(['action'])
  })

  it.each([BAR, SLIDE])('in $layout never takes the focus and is told once', async (frame) => {
    const { popup, page } = await visit()
    await page.locator('#search').focus()
    await page.keyboard.type('gre')
    await popup.open({ content: blocksPopup([{ kind: 'text', text: 'Tea is here' }], frame) })
    await page.keyboard.type('en')
    await expect.poll(() => popup.told()).toEqual([{ what: 'shown' }])

    expect(await focused(page)).toBe('search')
    expect(await page.locator('#search').inputValue()).toBe('green')
    await expect.poll(() => page.getByRole('status').textContent()).toBe('Tea is here')
    expect(await page.getByRole('region', { name: 'Tea is here' }).count()).toBe(1)
  })

  it('that had the focus without taking it gives it back where it came from', async () => {
    const { popup, page } = await visit()
    await page.locator('#search').focus()
    await popup.open({ content: blocksPopup([HEADING, CLOSING], SLIDE) })
    await page.keyboard.press('Tab')
    expect(await focused(page)).toContain('button')
    await page.keyboard.press('Escape')
    expect(await closings(popup)).toEqual(['escape'])
    await popup.unmount()

    expect(await focused(page)).toBe('search')
  })

  it('keeps what is typed into it from the shop’s shortcuts', async () => {
    const { popup, page } = await visit()
    await page.evaluate(() => {
      document.addEventListener('keydown', ({ key }) => document.body.append(key))
    })
    await popup.open({ content: blocksPopup(FORM) })
    await page.getByLabel('E-mail').pressSequentially('/s')

    expect(await page.locator('body').textContent()).not.toContain('/')
  })

  it('says what is wrong beside each field, and goes to the first', async () => {
    const { popup, page } = await visit()
    await popup.open({ content: blocksPopup(FORM) })
    const email = page.getByLabel('E-mail')
    await email.fill('ana@')
    await page.getByRole('button', { name: 'Send' }).click()
    expect(await described(page, 'E-mail')).toBe(
      'Only for news Enter an e-mail like name@example.com.',
    )
    expect(await described(page, 'Send news')).toBe('This is required.')
    expect(await email.getAttribute('aria-invalid')).toBe('true')
    expect(await email.evaluate((field) => field.matches(':focus'))).toBe(true)
    await email.fill('ana@example.com')

    expect(await described(page, 'E-mail')).toBe('Only for news')
    expect((await popup.told()).filter(({ what }) => what === 'submitted')).toEqual([])
  })

  it('sends what was filled in, once, and says so meanwhile', async () => {
    const { popup, page } = await visit()
    await popup.open({ content: blocksPopup(FORM) })
    await fillIn(page)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Sending…' }).click({ force: true })
    const sent = (await popup.told()).filter(({ what }) => what === 'submitted')

    expect(sent).toEqual([{ what: 'submitted', with: { email: 'ana@example.com', news: true } }])
    expect(await page.getByRole('status').textContent()).toBe('Sending…')
  })

  it.each([
    { reason: 'offline', said: 'Not sent. Try again.' },
    { reason: 'invalid', said: 'Check what you entered.' },
  ] as const)('keeps the form where it could not be sent: $reason', async ({ reason, said }) => {
    const { popup, page } = await visit()
    await popup.open({ content: blocksPopup(FORM), outcome: { ok: false, reason } })
    await fillIn(page)
    await page.getByRole('button', { name: 'Send' }).click()
    await expect.poll(() => page.getByRole('alert').textContent()).toBe(said)

    expect(await page.getByLabel('E-mail').inputValue()).toBe('ana@example.com')
  })

  it('thanks in place of the form, to screen readers too', async () => {
    const { popup, page } = await visit()
    const thanks: readonly Block[] = [
      { kind: 'heading', text: 'Thank you' },
      { kind: 'coupon', code: 'TEA10' },
    ]
    await popup.open({ content: blocksPopup(FORM), outcome: { ok: true, thanks } })
    await fillIn(page)
    await page.getByRole('button', { name: 'Send' }).click()
    await expect.poll(() => page.getByText('TEA10').count()).toBe(1)

    expect(await page.locator('gp-widget form').count()).toBe(0)
    expect(await page.getByRole('status').textContent()).toBe('Thank you')
    expect(await page.getByRole('dialog', { name: 'Thank you' }).count()).toBe(1)
    expect(await focused(page)).toBe('body')
  })

  it('says thanks where the shop wrote none', async () => {
    const { popup, page } = await visit()
    await popup.open({ content: blocksPopup(FORM), outcome: { ok: true, thanks: [] } })
    await fillIn(page)
    await page.getByRole('button', { name: 'Send' }).click()

    await expect.poll(() => page.getByRole('heading').last().textContent()).toBe('Thank you!')
  })

  it.each([
    { permissions: ['clipboard-write', 'clipboard-read'], button: 'Copied', marked: '' },
    { permissions: [], button: 'Selected: copy it.', marked: 'TEA10' },
  ])('copies a code, or marks it and says so: $button', async ({ permissions, button, marked }) => {
    const { popup, page } = await visit({ permissions })
    if (permissions.length === 0) await denyClipboard(page)
    await popup.open({ content: blocksPopup([HEADING, { kind: 'coupon', code: 'TEA10' }]) })
    await page.getByRole('button', { name: 'Copy' }).click()
    await expect.poll(() => page.locator('gp-widget .coupon button').textContent()).toBe(button)
    await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe(marked)

    expect(await page.getByRole('status').textContent()).toBe(button)
    expect(await popup.told()).toContainEqual({ what: 'clicked', with: 'Copy' })
  })

  it('counts down to the end and no further', async () => {
    const { popup, page } = await visit()
    await page.clock.install({ time: 1_000_000_000_000 })
    const until = 1_000_000_000_000 + 90_061_000
    const countdown: Block = { kind: 'countdown', until, label: 'Ends in', over: 'It is over' }
    await popup.open({ content: blocksPopup([HEADING, countdown]) })
    const timer = page.getByRole('timer')
    await expect.poll(() => spaced(timer)).toBe('Ends in 01 day 01 hour 01 minute 01 second')
    await page.clock.runFor(1_000)
    expect(await spaced(timer)).toBe('Ends in 01 day 01 hour 01 minute 00 seconds')
    await page.clock.fastForward(90_060_000)

    expect(await page.getByText('It is over').count()).toBe(1)
    expect(await page.getByRole('status').textContent()).toBe('')
  })

  it('shows how far a cart is from its goal, and that it is reached', async () => {
    const { popup, page } = await visit()
    const goal: Block = {
      kind: 'goal',
      amount: 5_000,
      currency: 'USD',
      left: '{{left}} to go',
      reached: 'Reached',
    }
    const content = blocksPopup([goal], BAR)
    await popup.open({ content, known: CART })
    const bar = page.getByRole('progressbar', { name: '$20 to go' })
    expect(await bar.evaluate((one: HTMLProgressElement) => one.position)).toBe(0.6)
    await popup.update(content, cartOf(5_000, 'USD'))
    expect(await page.getByRole('progressbar', { name: 'Reached' }).count()).toBe(1)
    await popup.update(content, cartOf(5_000, 'EUR'))

    expect(await page.getByRole('progressbar').count()).toBe(0)
  })

  it('shows the cart without what could run, and nothing without a cart', async () => {
    const { popup, page } = await visit()
    const content = blocksPopup([HEADING, { kind: 'product', of: 'cart', most: 3 }], SLIDE)
    await popup.open({ content, known: CART })
    expect(await page.getByRole('listitem').textContent()).toContain('Sencha')
    expect(await page.getByRole('link').count()).toBe(0)
    await popup.update(content)

    expect(await page.getByRole('list').count()).toBe(0)
  })

  it('keeps what was typed when it changes under it', async () => {
    const { popup, page } = await visit()
    await popup.open({ content: blocksPopup(FORM) })
    await page.getByLabel('E-mail').fill('ana@example.com')
    const more: Block = { kind: 'text', text: 'Now with {{firstName|you}}' }
    await popup.update(blocksPopup([more, ...FORM.toReversed()]), { pages: 2, firstName: 'Ana' })

    expect(await page.getByText('Now with Ana').count()).toBe(1)
    expect(await page.getByLabel('E-mail').inputValue()).toBe('ana@example.com')
  })

  it.each([
    { url: '/sale', inNewTab: false, told: ['Go'], closed: [] },
    { url: '#teas', inNewTab: false, told: ['Go'], closed: ['action'] },
    { url: '/sale', inNewTab: true, told: ['Go'], closed: ['action'] },
  ])('tells of a link to $url, new tab $inNewTab', async ({ url, inNewTab, told, closed }) => {
    const { popup, page } = await visit()
    await page.evaluate(() => addEventListener('click', (event) => event.preventDefault()))
    const action = { do: 'link', url, inNewTab } as const
    await popup.open({
      content: blocksPopup([HEADING, { kind: 'button', text: 'Go', action, look: 'primary' }]),
    })
    await page.getByRole('link', { name: 'Go' }).click()

    expect((await popup.told()).filter(({ what }) => what === 'clicked')).toEqual(
      told.map((words) => ({ what: 'clicked', with: words })),
    )
    expect(await closings(popup)).toEqual(closed)
  })

  it('of own HTML sends its form, hears its buttons, and is dressed by its own style sheet alone', async () => {
    const { popup, page } = await visit()
    const tree: readonly HtmlNode[] = [
      { tag: 'h2', children: ['Hi {{firstName|you}}'] },
      {
        tag: 'p',
        children: [
          { tag: 'input', attributes: { name: 'email', 'aria-label': 'E-mail', required: '' } },
        ],
      },
      { tag: 'button', attributes: { 'data-gp-submit': '' }, children: ['Send'] },
      { tag: 'button', attributes: { 'data-gp-click': 'more' }, children: ['More'] },
      { tag: 'button', attributes: { 'data-gp-close': '' }, children: ['Leave'] },
    ]
    const css = 'button{display:none}:host{color:red}h2{color:rgb(1,2,3)}h2~button{display:block}'
    const content: PopupContent = {
      ...blocksPopup([]),
      design: { kind: 'tree', tree, css },
    }
    await popup.open({ content, known: { pages: 1, firstName: 'Ana' } })
    const heading = page.getByRole('heading', { name: 'Hi Ana' })
    expect(await heading.evaluate((one) => getComputedStyle(one).color)).toBe('rgb(1, 2, 3)')
    expect(await page.getByRole('button', { name: 'Close' }).isVisible()).toBe(true)
    await page.getByLabel('E-mail').fill('ana@example.com')
    await popup.update(content, { pages: 1, firstName: 'Ana' })
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('button', { name: 'Leave' }).click()

    expect(await popup.told()).toEqual([
      { what: 'shown' },
      { what: 'submitted', with: { email: 'ana@example.com' } },
      { what: 'clicked', with: 'more' },
      { what: 'closed', with: 'action' },
    ])
  })

  it.each([
    { what: 'a button', by: { tag: 'button', attributes: { 'data-gp-submit': '' } } },
    { what: 'any element', by: { tag: 'div', attributes: { 'data-gp-submit': '' } } },
    { what: 'Enter in a field', by: undefined },
  ])('of own HTML sends all its fields, once they are right, by $what', async ({ by }) => {
    const { popup, page } = await visit()
    const field = (name: string, more = {}): HtmlNode => {
      return { tag: 'input', attributes: { name, 'aria-label': name, ...more } }
    }
    const submitting = by ?? { tag: 'button', attributes: { 'data-gp-submit': '' } }
    const tree: readonly HtmlNode[] = [
      { tag: 'div', children: [field('email', { type: 'email', required: '' })] },
      { tag: 'button', attributes: { 'data-gp-click': 'more' }, children: ['More'] },
      { tag: 'section', children: [field('news', { type: 'checkbox' })] },
      { ...submitting, children: ['Go'] },
    ]
    await popup.open({ content: { ...blocksPopup([]), design: { kind: 'tree', tree, css: '' } } })
    const send = () =>
      by === undefined
        ? page.getByLabel('email').press('Enter')
        : page.getByText('Go', { exact: true }).click()
    await page.getByLabel('email').fill('ana@')
    await send()
    await page.getByLabel('email').fill('ana@example.com')
    await page.getByLabel('news').check()
    await send()

    expect(await popup.told()).toEqual([
      { what: 'shown' },
      { what: 'submitted', with: { email: 'ana@example.com', news: true } },
    ])
  })

  async function visit(options: BrowserContextOptions = {}) {
    const popup = await stage.visit({ reducedMotion: 'reduce', ...options }, SHOP)
    return { popup, page: popup.page }
  }
})

/** What has the focus: the page's element by its id, else ours by its class. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const host = document.activeElement
    const inner = host?.shadowRoot?.activeElement
    return inner?.className || host?.id || host?.tagName || ''
  })
}

async function closings(popup: PopupPage): Promise<readonly unknown[]> {
  const told = await popup.told()
  return told.filter(({ what }) => what === 'closed').map((one) => one.with)
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('Send news').check()
  await page.getByLabel('E-mail').fill('ana@example.com')
}

/** The texts that `aria-describedby` of a field names. */
function described(page: Page, label: string): Promise<string> {
  return page.getByLabel(label, { exact: true }).evaluate((field) => {
    const ids = (field.getAttribute('aria-describedby') ?? '').split(' ')
    const root = field.getRootNode()
    const text = (id: string) =>
      root instanceof ShadowRoot ? (root.getElementById(id)?.textContent ?? '') : ''
    return ids.map(text).join(' ').trim()
  })
}

async function spaced(timer: ReturnType<Page['getByRole']>): Promise<string> {
  const parts = await timer.evaluate((one) => {
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT)
    const texts: string[] = []
    while (walker.nextNode()) texts.push(walker.currentNode.textContent ?? '')
    return texts
  })
  return parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ')
}

function denyClipboard(page: Page): Promise<void> {
  return page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
  })
}

function cartOf(amount: number, currency: string): Known {
  return { pages: 1, cart: { quantity: 1, total: { amount, currency }, items: [] } }
}
