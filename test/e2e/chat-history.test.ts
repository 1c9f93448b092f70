import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { signatureFor } from '../support/chat-identity.ts'
import { startMailSink, type MailSink } from '../support/mail-sink.ts'
import { axeFindings } from './support/axe.ts'
import {
  focusedIn,
  launcherOf,
  openChatShop,
  saidOn,
  windowOf,
  write,
  type ChatShop,
} from './support/chat-shop.ts'
import { command } from './support/command.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

const DESKTOP = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const
const PHONE = { ...DESKTOP, viewport: { width: 390, height: 780 } }

describe.skipIf(!hasChromium)('earlier chats', () => {
  let stage: Stage
  let sink: MailSink
  let shop: ChatShop
  let contexts: BrowserContext[] = []
  let watched: Watch[] = []

  beforeAll(async () => {
    sink = await startMailSink()
    stage = await createStage({ mail: sink.settings })
    shop = await openChatShop(stage)
    return async () => {
      await stage.stop()
      await sink.stop()
    }
  })
  beforeEach(() => async () => {
    await Promise.all(contexts.map((context) => context.close()))
    contexts = []
    watched = []
    for (const { id, state } of await shop.conversations()) {
      if (state !== 'closed') await close(id)
    }
  })

  const close = (id: string) =>
    shop.operator.told('PATCH', `/chat/conversations/${id}`, { state: 'closed' })
  const errors = () => watched.flatMap((one) => one.errors)
  const inWindow = (page: Page, name: string) =>
    windowOf(page).getByRole('button', { name, exact: true })
  const entries = (page: Page) => windowOf(page).locator('.past li button')

  /** A page in a browser of its own. */
  async function device(options: object = DESKTOP): Promise<Page> {
    const context = await newShopper(stage.browser, options)
    context.setDefaultTimeout(8_000)
    contexts.push(context)
    watched.push(await watch(context))
    const page = await shop.open(context)
    const granted = { statistics: true, personalisation: true, marketing: true }
    await command(page, 'consent', granted)
    return page
  }

  async function signIn(page: Page, userId: string): Promise<void> {
    const signature = await signatureFor(stage.server, userId)
    const outcome = await command(page, 'identify', userId, {}, { signature })
    expect(outcome).toEqual({ ok: true })
  }

  async function opened(page: Page): Promise<void> {
    await launcherOf(page).click()
    await windowOf(page).waitFor()
  }

  async function toEarlier(page: Page): Promise<void> {
    await inWindow(page, 'More').click()
    await inWindow(page, 'Earlier chats').click()
    await windowOf(page).getByRole('heading', { name: 'Earlier chats' }).waitFor()
  }

  async function written(page: Page, text: string): Promise<void> {
    await write(page, text)
    await expect.poll(() => page.locator('gp-widget .receipt').textContent()).toMatch(/Sent|Seen/)
  }

  async function codeFor(address: string): Promise<string> {
    const found = () => sink.arrived.findLast(({ to }) => to.includes(address))
    await expect.poll(found).toBeDefined()
    return /^(\d{6})\r?$/m.exec(found()?.raw ?? '')?.[1] ?? ''
  }

  it('of a customer go on in the browser where they sign in next, and are hidden as they leave', async () => {
    const phone = await device(PHONE)
    await signIn(phone, 'ana-1')
    await opened(phone)
    await written(phone, 'Is the lamp in stock?')
    const laptop = await device()
    await signIn(laptop, 'ana-1')
    await opened(laptop)
    await expect.poll(() => saidOn(laptop)).toEqual(['> Is the lamp in stock?'])
    await written(laptop, 'And in green?')
    await shop.answer('Both, yes')
    const all = ['> Is the lamp in stock?', '> And in green?', 'Both, yes']
    await expect.poll(() => saidOn(phone)).toEqual(all)
    await expect.poll(() => saidOn(laptop)).toEqual(all)
    expect(await shop.conversations()).toHaveLength(1)

    await command(laptop, 'reset')
    await expect.poll(() => windowOf(laptop).count()).toBe(0)
    await opened(laptop)
    expect(await saidOn(laptop)).toEqual([])
    await toEarlier(laptop)
    await windowOf(laptop).getByText('There are no earlier chats here yet.').waitFor()
    await laptop.reload()
    await opened(laptop)
    expect(await saidOn(laptop)).toEqual([])
    expect(await saidOn(phone)).toEqual(all)
    expect(errors()).toEqual([])
  })

  it('count on each device what is unread, until it is read on one of them', async () => {
    const badge = (page: Page) => launcherOf(page).getAttribute('aria-label')
    const [phone, laptop] = [await device(PHONE), await device()]
    for (const page of [phone, laptop]) await signIn(page, 'gil-1')
    await opened(phone)
    await written(phone, 'Is the lamp in stock?')
    await opened(laptop)
    await expect.poll(() => saidOn(laptop)).toEqual(['> Is the lamp in stock?'])
    for (const page of [phone, laptop]) await command(page, 'closeChat')

    await shop.answer('Two are left')
    for (const page of [phone, laptop]) {
      await expect.poll(() => badge(page)).toContain('1 unread')
    }
    await laptop.reload()
    await expect.poll(() => badge(laptop)).toContain('1 unread')

    await opened(laptop)
    await expect.poll(() => saidOn(laptop)).toEqual(['> Is the lamp in stock?', 'Two are left'])
    for (const page of [phone, laptop]) {
      await expect.poll(() => badge(page)).not.toContain('unread')
    }
    expect(errors()).toEqual([])
  })

  it('of one customer are not shown to the next at the same browser, nor to who only says a name', async () => {
    const page = await device()
    await signIn(page, 'bea-1')
    await opened(page)
    await written(page, 'A secret of Bea’s')
    const tab = await contexts[0]?.newPage()
    await tab?.goto(page.url())
    await signIn(page, 'carla-1')
    for (const one of [page, tab]) {
      if (one === undefined) continue
      await expect.poll(() => one.getByText('A secret of Bea’s').count()).toBe(0)
      await opened(one)
      await toEarlier(one)
      await windowOf(one).getByText('There are no earlier chats here yet.').waitFor()
    }
    const unsigned = await device()
    await command(unsigned, 'identify', 'bea-1', {})
    await opened(unsigned)
    await toEarlier(unsigned)
    await windowOf(unsigned).getByText('There are no earlier chats here yet.').waitFor()
  })

  it('are listed with the newest first, and read, by keyboard alone', async () => {
    const page = await device()
    await signIn(page, 'dora-1')
    await opened(page)
    for (const text of ['First question', 'Second question']) {
      await written(page, text)
      const [newest] = await shop.conversations()
      await close(newest?.id ?? '')
      await inWindow(page, 'Start a new chat').click()
    }
    const other = await device()
    await signIn(other, 'dora-1')
    await launcherOf(other).focus()
    await other.keyboard.press('Enter')
    await expect.poll(() => focusedIn(other)).toBe('Write a message')
    await other.keyboard.press('Shift+Tab')
    for (let i = 0; i < 6 && (await focusedIn(other)) !== 'More'; i++) {
      await other.keyboard.press('Shift+Tab')
    }
    await other.keyboard.press('Enter')
    await expect.poll(() => focusedIn(other)).toMatch(/^Turn sound/)
    await other.keyboard.press('Tab')
    await other.keyboard.press('Enter')
    await expect.poll(() => entries(other).count()).toBe(2)
    const texts = await entries(other).locator('.last').allTextContents()
    expect(texts).toEqual(['You: Second question', 'You: First question'])
    await other.keyboard.press('Tab')
    await other.keyboard.press('Tab')
    await other.keyboard.press('Enter')
    await expect.poll(() => saidOn(other)).toEqual(['> First question'])
    await expect.poll(() => focusedIn(other)).toBe('Back')
    await other.keyboard.press('Enter')
    await expect.poll(() => entries(other).count()).toBe(2)
    await other.keyboard.press('Escape')
    await expect.poll(() => focusedIn(other)).toBe('Write a message')
    expect(errors()).toEqual([])
  })

  it('with an address are shown to who has the code that it was mailed, to read', async () => {
    const address = 'eva@mail.example'
    await shop.change({
      preChat: {
        isOn: true,
        fields: [
          {
            key: 'email',
            labels: { en: 'Your mail' },
            type: 'email',
            isRequired: true,
            choices: [],
          },
        ],
        asksConsent: false,
      },
    })
    const phone = await device(PHONE)
    await opened(phone)
    await windowOf(phone).getByLabel('Your mail').fill(address)
    await inWindow(phone, 'Begin the chat').click()
    await written(phone, 'Where is my parcel?')
    const laptop = await device()
    await opened(laptop)
    await toEarlier(laptop)
    await inWindow(laptop, 'Find chats by e-mail').click()
    await expect.poll(() => focusedIn(laptop)).toBe('E-mail')
    await laptop.keyboard.type('nobody')
    await laptop.keyboard.press('Enter')
    await windowOf(laptop).getByText('Write an e-mail address like').waitFor()
    await windowOf(laptop).getByLabel('E-mail').fill(address)
    await laptop.keyboard.press('Enter')
    await expect.poll(() => focusedIn(laptop)).toBe('Code of six digits')
    const code = await codeFor(address)
    await laptop.keyboard.type(code === '000000' ? '000001' : '000000')
    await laptop.keyboard.press('Enter')
    await windowOf(laptop).getByText('This code is wrong or too old.').waitFor()
    await windowOf(laptop).getByLabel('Code of six digits').fill(code)
    await laptop.keyboard.press('Enter')
    await expect.poll(() => entries(laptop).count()).toBe(1)
    await entries(laptop).click()
    await expect.poll(() => saidOn(laptop)).toEqual(['> Where is my parcel?'])
    expect(await windowOf(laptop).locator('textarea').count()).toBe(0)

    await command(laptop, 'reset')
    await opened(laptop)
    await toEarlier(laptop)
    await windowOf(laptop).getByText('There are no earlier chats here yet.').waitFor()
    await shop.change({ preChat: { isOn: false, fields: [], asksConsent: false } })
  })

  it.each([
    { name: 'phone-light', size: PHONE, colorScheme: 'light' },
    { name: 'phone-dark', size: PHONE, colorScheme: 'dark' },
    { name: 'desktop-light', size: DESKTOP, colorScheme: 'light' },
    { name: 'desktop-dark', size: DESKTOP, colorScheme: 'dark' },
  ] as const)('are sound to axe on $name', async ({ name, size, colorScheme }) => {
    const page = await device({ ...size, colorScheme })
    await signIn(page, `fay-${name}`)
    await opened(page)
    await written(page, 'Do you have the green lamp with the long cable in your shop in Medellín?')
    const [first] = await shop.conversations()
    await shop.answer('We do: two are left, and one more comes on Friday.')
    await close(first?.id ?? '')
    await inWindow(page, 'Start a new chat').click()
    await written(page, 'Hello again')
    const findings: string[] = []
    const look = async (state: string) => {
      const found = await axeFindings(page)
      findings.push(...found.map((one) => `${state}: ${one}`))
      const { PICTURES } = process.env
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `chat-${state}-${name}.png`) })
    }

    await inWindow(page, 'More').click()
    await inWindow(page, 'Earlier chats').waitFor()
    await look('menu')
    await inWindow(page, 'Earlier chats').click()
    await expect.poll(() => entries(page).count()).toBe(2)
    await look('list')
    await entries(page).nth(1).click()
    await inWindow(page, 'Back').waitFor()
    await look('reading')
    await inWindow(page, 'Back').click()
    await inWindow(page, 'Find chats by e-mail').click()
    await inWindow(page, 'Send the code').click()
    await look('email')
    await windowOf(page).getByLabel('E-mail').fill(`${name}@mail.example`)
    await inWindow(page, 'Send the code').click()
    await windowOf(page).getByLabel('Code of six digits').waitFor()
    await look('code')
    const { width } = (await windowOf(page).boundingBox()) ?? { width: 0 }
    const overflow = await windowOf(page).evaluate((one) => one.scrollWidth - one.clientWidth)

    expect([...findings, ...errors()]).toEqual([])
    expect(overflow).toBeLessThanOrEqual(0)
    expect(width).toBeLessThanOrEqual(size.viewport.width)
  })
})
