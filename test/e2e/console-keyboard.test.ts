import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Audience } from '#protocol/audiences.ts'
import type { Experience } from '#protocol/experiences.ts'
import { CONSOLE_PATH } from '#protocol/names.ts'
import { did } from '../support/audience-server.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectAccessible, openConsole, type OpenConsole } from './support/console.ts'
import { keyboardOf, MOST_STOPS, stopAt, type Keyboard } from './support/keyboard.ts'
import { sendVisit } from './support/lively-shop.ts'

/** What the keyboard opens on a page of the navigation, and what then takes the focus until Escape. */
const OPENS: Readonly<Record<string, readonly [name: RegExp, role: 'dialog' | 'menu']>> = {
  Experiences: [/^Actions for/, 'menu'],
  Audiences: [/^Actions for/, 'menu'],
  'Contact lists': [/^New list/, 'dialog'],
  Orders: [/^A-1/, 'dialog'],
  Products: [/^Blue cup/, 'dialog'],
  Keys: [/^Make a key/, 'dialog'],
  Members: [/^Invite/, 'dialog'],
  'Catalogue feeds': [/^Add feed/, 'dialog'],
  Webhooks: [/^Add webhook/, 'dialog'],
  'Export and deletion': [/^Delete this shop/, 'dialog'],
}
/** Those that no other file asks axe about, filled as they are here. */
const ASKED_OF_AXE = [
  'Live',
  'Customers',
  'Orders',
  'Products',
  'Contact lists',
  'Set up',
  'Members',
  'Export and deletion',
]

describe.skipIf(!hasChromium)('the console by keyboard alone', () => {
  let stage: OpenConsole
  let page: Page
  let keyboard: Keyboard

  beforeAll(async () => {
    stage = await openConsole()
    page = stage.page
    page.setDefaultTimeout(8_000)
    keyboard = keyboardOf(page)
    const { owner } = stage
    const cup = { product_id: 'cup', name: 'Blue cup', price: 20, currency: 'EUR', quantity: 1 }
    await sendVisit(stage.server, {
      began: Date.now() - 60_000,
      device: 'desktop',
      steps: [
        { type: 'identify', userId: 'ana', traits: { firstName: 'Ana', lastName: 'Ruiz' } },
        { name: 'Product Viewed', properties: cup },
        { name: 'Gift Wrapped', properties: { colour: 'red' } },
        {
          name: 'Order Completed',
          properties: { order_id: 'A-1', total: 20, currency: 'EUR', products: [cup] },
        },
      ],
    })
    await owner.told('PUT', '/products/cup', { name: 'Blue cup' })
    await owner.told('POST', '/audiences', { name: 'Wrappers', condition: did('Gift Wrapped') })
    await owner.told('POST', '/lists', { name: 'Guests' })
    await owner.told('POST', '/origins', { origin: 'https://shop.example' })
    return () => stage.stop()
  })

  const press = (keys: string) => keyboard.press(keys)
  const nameAt = () => keyboard.nameAt()
  const tabTo = (...to: Parameters<Keyboard['tabTo']>) => keyboard.tabTo(...to)
  const enter = (...to: Parameters<Keyboard['enter']>) => keyboard.enter(...to)
  const choose = (item: string) => keyboard.choose(item)
  const heading = (name: string | RegExp) =>
    page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

  it('leads through every page, sees where it is at each stop, and is caught nowhere', async () => {
    await page.goto(`${stage.server.url}${CONSOLE_PATH}/account`)
    await heading('Your account')
    const names = await page.getByRole('navigation').getByRole('link').allTextContents()
    const unseen: string[] = []
    for (const name of names) {
      await tabTo(/^Skip to content/)
      await enter(new RegExp(`^${name}$`))
      await expect.poll(() => page.locator('[aria-current=page]').textContent()).toBe(name)
      await expect.poll(() => stopAt(page)).toMatchObject({ isHeading: true })
      await expect.poll(() => page.locator('.bones').count()).toBe(0)
      if (ASKED_OF_AXE.includes(name)) await expectAccessible(page, name)
      const opens = OPENS[name]
      if (opens !== undefined) await opensAndGivesBack(...opens)
      for (let stops = 0; ; stops += 1) {
        const stop = await stopAt(page)
        if (!stop.isInMain) break
        if (!stop.hasRing && !stop.isHeading) unseen.push(`${name}: ${stop.name}`)
        if (stops > MOST_STOPS) throw new Error(`Nothing leads out of ${name}`)
        await press('Tab')
      }
    }

    expect(names.length).toBeGreaterThan(18)
    expect(unseen).toEqual([])
    // Every page by every stop: it grows with the console.
  }, 180_000)

  async function opensAndGivesBack(name: RegExp, role: 'dialog' | 'menu'): Promise<void> {
    await enter(name)
    const opened = page.getByRole(role)
    await opened.waitFor()
    const isInside = () => opened.evaluate((element) => element.contains(document.activeElement))
    await expect.poll(isInside).toBe(true)
    for (let presses = 0; role === 'dialog' && presses < 4; presses += 1) {
      await press('Shift+Tab')
      expect({ name, isInside: await isInside() }).toEqual({ name, isInside: true })
    }
    await press('Escape')
    await opened.waitFor({ state: 'detached' })
    await expect.poll(nameAt).toMatch(name)
  }

  it('makes an experience: blocks, for whom, from when, and on', async () => {
    await page.goto(`${stage.server.url}${CONSOLE_PATH}/experiences`)
    await heading('Experiences')
    await enter(/^New experience/)
    await heading('New experience')
    await enter(/^From nothing/)
    await heading('New pop-up')
    const id = new URL(page.url()).searchParams.get('id') ?? ''

    await enter(/^Add a block/)
    await page.getByRole('menu').waitFor()
    await choose('Coupon')
    await page.getByRole('heading', { name: 'Coupon' }).waitFor()
    await tabTo(/^Code/)
    await press('Control+a')
    await page.keyboard.type('TEA10')
    await enter(/^All blocks/, 'Shift+Tab')
    await tabTo(/^Move Coupon 4/)
    await press('ArrowUp')
    await page.getByText('Coupon is now 3 of 4').waitFor({ state: 'attached' })
    await tabTo(/^Move Text/, 'Shift+Tab')
    await press('Delete')
    await enter(/^Targeting/, 'Shift+Tab')
    await enter(/^Add condition/)
    await page.getByRole('combobox', { name: 'Add condition' }).waitFor()
    await page.keyboard.type('returning')
    await press('Enter')
    await page.getByRole('combobox', { name: 'Add condition' }).waitFor({ state: 'detached' })
    await enter(/^When/, 'Shift+Tab')
    await tabTo(/^Starts/)
    // Each part of date and time by itself, in whatever order they stand.
    for (let part = 0; part < 6; part += 1) {
      await press('ArrowUp')
      await press('ArrowRight')
    }
    await enter(/^Activate/, 'Shift+Tab')
    await page.getByText('Active: it shows from the next page view on').waitFor()

    const made = await stage.owner.told<Experience>('GET', `/experiences/${id}`)
    expect(made).toMatchObject({
      state: 'active',
      startsAt: expect.any(Number),
      targeting: { kind: 'all', of: [{ kind: 'visitor' }] },
      content: {
        design: {
          blocks: [{ kind: 'heading' }, { kind: 'coupon', code: 'TEA10' }, { kind: 'button' }],
        },
      },
    })
  })

  it('makes an audience of two conditions, and opens who is in it', async () => {
    await page.goto(`${stage.server.url}${CONSOLE_PATH}/audiences`)
    await heading('Audiences')
    await enter(/^New audience/)
    await heading('New audience')
    await tabTo(/^Name$/)
    await page.keyboard.type('Looked and wrapped')
    for (const event of ['Product Viewed', 'Gift Wrapped']) {
      await enter(/^Add condition/)
      await page.getByRole('combobox', { name: 'Add condition' }).waitFor()
      await page.keyboard.type('did some')
      await press('Enter')
      await expect.poll(nameAt).toBe('Name')
      await page.keyboard.type(event)
    }
    await page.getByText('match now').or(page.getByText('matches now')).waitFor()
    await enter(/^Create audience/)
    await heading('Looked and wrapped')
    await page.getByRole('row').filter({ hasText: 'Ana Ruiz' }).waitFor()
    await enter(/^Ana Ruiz/)
    await heading('Ana Ruiz')

    const { items } = await stage.owner.told<{ items: Audience[] }>('GET', '/audiences')
    expect(items.find(({ name }) => name === 'Looked and wrapped')).toMatchObject({
      condition: { kind: 'all', of: [did('Product Viewed'), did('Gift Wrapped')] },
    })
  })

  it('narrows orders by amount and condition, keeps that as a view and takes it as a file', async () => {
    await order('Ben', ['B-1', 35], ['B-2', 80], ['B-3', 5])
    await order('Cleo', ['C-1', 40])
    await page.goto(`${stage.server.url}${CONSOLE_PATH}/orders`)
    await heading('Orders')
    await expect.poll(() => listed(/[ABC]-\d/)).toEqual(['A-1', 'B-1', 'B-2', 'B-3', 'C-1'])

    await tabTo(/^Total in USD, from/)
    await page.keyboard.type('35')
    await press('Tab')
    await page.keyboard.type('40.00')
    await press('Enter')
    await expect.poll(() => listed(/[ABC]-\d/)).toEqual(['B-1', 'C-1'])
    await enter(/^Any other condition/)
    await enter(/^Add condition/)
    await page.getByRole('combobox', { name: 'Add condition' }).waitFor()
    await page.keyboard.type('did some')
    await press('Enter')
    await expect.poll(nameAt).toBe('Name')
    await page.keyboard.type('Wrapped by Ben')
    await expect.poll(() => listed(/[ABC]-\d/)).toEqual(['B-1'])

    await keepView('Dear and wrapped')
    expect(await savedLines()).toEqual([expect.stringMatching(/^B-1,/)])
    await page.goto(`${stage.server.url}${CONSOLE_PATH}/orders`)
    await expect.poll(() => listed(/[ABC]-\d/)).toHaveLength(5)
    await enter(/^Views/)
    await choose('Dear and wrapped')
    await expect.poll(() => listed(/[ABC]-\d/)).toEqual(['B-1'])
  })

  it('narrows products by price and what became of them, and takes that as a file', async () => {
    const { owner } = stage
    for (const [id, name, amount] of [
      ['plate', 'White plate', 4_500],
      ['kettle', 'Red kettle', 8_000],
      ['spoon', 'Long spoon', 300],
    ] as const) {
      await owner.told('PUT', `/products/${id}`, { name, price: { amount, currency: 'USD' } })
    }
    await page.goto(`${stage.server.url}${CONSOLE_PATH}/products`)
    await heading('Products')
    await expect.poll(() => listed(/cup|plate|kettle|spoon/)).toHaveLength(4)

    await tabTo(/^Price in USD, from/)
    await page.keyboard.type('10')
    await press('Tab')
    await page.keyboard.type('45')
    await press('Tab')
    await expect.poll(() => listed(/cup|plate|kettle|spoon/)).toEqual(['plate'])
    await keepView('Middling')
    expect(await savedLines()).toEqual([expect.stringContaining('White plate')])
    await tabTo(/^Price in USD, from/)
    await press('Delete')
    await press('Tab')
    await press('Delete')
    await press('Enter')
    await expect.poll(() => listed(/cup|plate|kettle|spoon/)).toHaveLength(4)
    await tabTo(/^What became of it/)
    await page.keyboard.type('Bought')
    await expect.poll(() => listed(/cup|plate|kettle|spoon/)).toEqual(['cup'])
  })

  /** What the rows of the list are called, by the alphabet. */
  async function listed(name: RegExp): Promise<string[]> {
    const rows = await page.getByRole('row').allTextContents()
    return rows.flatMap((row) => name.exec(row)?.[0] ?? []).toSorted()
  }

  async function keepView(name: string): Promise<void> {
    await enter(/^Views/, 'Shift+Tab')
    await choose('Save this view')
    await expect.poll(nameAt).toMatch(/^Name of the view/)
    await page.keyboard.type(name)
    await press('Enter')
    await page.getByText(`Saved as “${name}”`).waitFor()
  }

  /** Of the list's file, without what stands above the columns. */
  async function savedLines(): Promise<string[]> {
    const saving = page.waitForEvent('download')
    await enter(/^Save as CSV/, 'Shift+Tab')
    const text = await readFile(await (await saving).path(), 'utf8')
    return text.trimEnd().split('\r\n').slice(1)
  }

  async function order(who: string, ...orders: readonly (readonly [string, number])[]) {
    await sendVisit(stage.server, {
      began: Date.now() - 30_000,
      device: 'desktop',
      steps: [
        { type: 'identify', userId: who, traits: { firstName: who } },
        { name: `Wrapped by ${who}`, properties: {} },
        ...orders.map(([id, total]) => ({
          name: 'Order Completed',
          properties: { order_id: id, total, currency: 'USD' },
        })),
      ],
    })
  }

  it('breaks nothing on the way', () => {
    expect(stage.watched.errors).toEqual([])
    expect(stage.watched.violations).toEqual([])
  })
})
