import { randomUUID } from 'node:crypto'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Channel, ChannelOptions } from '#protocol/chat-channels.ts'
import { chatPage } from '../support/chat.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { startMailSink, type MailSink } from '../support/mail-sink.ts'
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
import { spoken } from './support/spoken.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

const DESKTOP = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const
const PHONE = { ...DESKTOP, viewport: { width: 390, height: 780 } }
const CONSENT = 'I agree that you answer me'
const ASKING: Partial<ChannelOptions> = {
  texts: { en: { consent: CONSENT } },
  preChat: {
    isOn: true,
    fields: [
      { key: 'order', labels: { en: 'Order' }, type: 'text', isRequired: true, choices: [] },
    ],
    asksConsent: true,
  },
}
const NOT_ASKING: Partial<ChannelOptions> = {
  texts: {},
  preChat: { isOn: false, fields: [], asksConsent: false },
}

describe.skipIf(!hasChromium)('what a visitor does in a chat', () => {
  let stage: Stage
  let sink: MailSink
  let shop: ChatShop
  let context: BrowserContext
  let watched: Watch

  beforeAll(async () => {
    sink = await startMailSink()
    stage = await createStage({ mail: sink.settings })
    shop = await openChatShop(stage)
    return async () => {
      await stage.stop()
      await sink.stop()
    }
  })
  beforeEach(async () => {
    await visitor(DESKTOP)
    return async () => {
      await context.close()
      for (const { id, state } of await shop.conversations()) {
        if (state !== 'closed') await close(id)
      }
    }
  })

  async function visitor(options: BrowserContextOptions): Promise<void> {
    context = await newShopper(stage.browser, options)
    context.setDefaultTimeout(8_000)
    watched = await watch(context)
  }

  const close = (id: string) =>
    shop.operator.told('PATCH', `/chat/conversations/${id}`, { state: 'closed' })
  const receipt = (page: Page) => page.locator('gp-widget .receipt')
  const seat = (method: 'PUT' | 'DELETE', id = shop.channelId) =>
    shop.operator.told(method, `/chat/channels/${id}/seat`)

  async function opened(page: Page): Promise<void> {
    await launcherOf(page).click()
    await windowOf(page).waitFor()
  }

  async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
    for (let step = 0; step < 20; step++) {
      if ((await focusedIn(page)) === name) return
      await page.keyboard.press(key)
    }
    throw new Error(`The keyboard does not reach “${name}”`)
  }

  async function mailTo(address: string): Promise<string> {
    const found = () => sink.arrived.find(({ to }) => to.includes(address))
    await expect.poll(found).toBeDefined()
    return (found()?.raw ?? '').replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=')
  }

  it('is opened by its address, in the channel that the page names', async () => {
    const second = await shop.operator.told<Channel>('POST', '/chat/channels', { name: 'Outlet' })
    await seat('PUT', second.id)
    const page = await shop.open(context, { 'chat-channel': second.id }, { hash: '#gp-chat' })
    await windowOf(page).waitFor()
    await write(page, 'From the outlet')
    await expect.poll(() => receipt(page).textContent()).toBe('Sent')

    expect((await shop.conversations())[0]).toMatchObject({ channelName: 'Outlet' })
  })

  it('asks first, is mailed, ended, rated and begun anew by keyboard alone', async () => {
    await shop.change(ASKING)
    const page = await shop.open(context)
    await launcherOf(page).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => focusedIn(page)).toBe('Order')
    await page.keyboard.press('Enter')
    await page.getByText('Fill in this field').first().waitFor()
    await page.keyboard.type('A-1042')
    await tabTo(page, CONSENT)
    await page.keyboard.press('Space')
    await tabTo(page, 'Begin the chat')
    await page.keyboard.press('Enter')
    await expect.poll(() => focusedIn(page)).toBe('Write a message')
    await page.keyboard.type('Where is it?')
    await page.keyboard.press('Enter')
    await expect.poll(() => receipt(page).textContent()).toBe('Sent')
    await tabTo(page, 'More', 'Shift+Tab')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Get a copy by e-mail')
    await page.keyboard.press('Enter')
    await expect.poll(() => focusedIn(page)).toBe('E-mail')
    await page.keyboard.type('sofia@example.com')
    await page.keyboard.press('Enter')
    await page.getByText('The copy is on its way').waitFor()
    await tabTo(page, 'Back')
    await page.keyboard.press('Enter')
    await tabTo(page, 'More', 'Shift+Tab')
    await page.keyboard.press('Enter')
    await tabTo(page, 'End the chat')
    await page.keyboard.press('Enter')
    await page.getByText('This chat has ended').waitFor()
    await tabTo(page, '1 of 5')
    for (const _ of [2, 3, 4]) await page.keyboard.press('ArrowRight')
    await tabTo(page, 'What was good, what was not? (optional)')
    await page.keyboard.type('Quick')
    await tabTo(page, 'Send the rating')
    await page.keyboard.press('Enter')
    await page.getByText('Thank you for your rating').waitFor()
    await tabTo(page, 'Start a new chat')
    await page.keyboard.press('Enter')
    await shop.change(NOT_ASKING)

    const [rated] = await shop.conversations()
    expect(rated).toMatchObject({ state: 'closed', rating: 4, ratingComment: 'Quick' })
    expect(rated?.visitor.fields).toMatchObject({ order: 'A-1042' })
    // Nobody has verified the address: what was said is not in it.
    expect(await mailTo('sofia@example.com')).not.toContain('Where is it?')
    expect(watched.errors).toEqual([])
  })

  it('tells how many wait before', async () => {
    await shop.change({ chatsPerOperator: 1 })
    const [first, second] = [1, 2].map(() => chatPage(stage.server, shop.channelId))
    const { conversation } = (await first?.begin('First')) ?? never()
    await second?.begin('Second')
    const page = await shop.open(context)
    await opened(page)
    await write(page, 'Third')
    await page.getByText('You are number 2 in line').waitFor()
    await close(conversation.id)
    await page.getByText('Somebody answers as soon as they can.', { exact: true }).waitFor()

    expect(await page.getByText('You are number').count()).toBe(0)
    await shop.change({ chatsPerOperator: 5 })
  })

  it('goes on by the link of an answer that was mailed, in any browser', async () => {
    await seat('DELETE')
    const form = { email: 'eva@example.com', name: 'Eva', text: 'Do you open on Sundays?' }
    const left = chatPage(stage.server, shop.channelId)
    await left.post('/offline-forms', { channelId: shop.channelId, id: randomUUID(), ...form })
    await seat('PUT')
    await shop.answer('Yes, from ten')
    const [link = ''] = /http\S+\/c\/\S+#\S+/.exec(await mailTo('eva@example.com')) ?? []
    const page = await context.newPage()
    await page.goto(link)
    const both = ['> Do you open on Sundays?', 'Yes, from ten']
    await expect.poll(() => saidOn(page)).toEqual(both)
    expect(page.url()).not.toContain('#')
    await write(page, 'See you then')
    await expect.poll(() => receipt(page).textContent()).toBe('Sent')

    expect((await shop.conversations())[0]).toMatchObject({ lastText: 'See you then' })
  })

  it('stands at the left of a page that is read from right to left', async () => {
    const page = await shop.open(context, {}, { direction: 'rtl' })
    await opened(page)

    expect(await windowOf(page).boundingBox()).toMatchObject({ x: 20, width: 400 })
    expect(await launcherOf(page).boundingBox()).toMatchObject({ x: 20 })
  })

  it('speaks the language of a page that names it in its own way', async () => {
    const page = await shop.open(context, {}, { language: 'es_MX' })
    await opened(page)

    expect(await page.getByPlaceholder('Escribe un mensaje').isVisible()).toBe(true)
  })

  it('keeps its place and colours whatever the page’s styles say', async () => {
    const head = `<style>
      *, gp-widget { display: none !important; z-index: 0 !important; transform: scale(2) !important;
        --x: 300px !important; --y: 9px !important; --left: 0 !important; --accent: #f00 !important; --ink: #f00 !important }
      html, body, #under { display: block !important; transform: none !important }
    </style>`
    const page = await shop.open(context, {}, { head })
    const launcher = launcherOf(page)
    await launcher.waitFor()

    expect(await launcher.boundingBox()).toEqual({ x: 1204, y: 724, width: 56, height: 56 })
    const colours = await launcher.evaluate((it) => {
      const { color, backgroundColor } = getComputedStyle(it)
      return [color, backgroundColor]
    })
    expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(27, 27, 24)'])
  })

  it('shows no button where the page hides it before it is drawn, and shows it when asked', async () => {
    const head = `<script>
      window.gp = Object.assign((...call) => void gp.q.push(call), { q: [] })
      gp('hideLauncher')
      new MutationObserver(() => {
        const button = document.querySelector('gp-widget')?.shadowRoot.querySelector('button')
        if (button && !button.hidden) window.wasShown = true
      }).observe(document, { subtree: true, childList: true })
    </script>`
    const page = await shop.open(context, {}, { head })
    await page.waitForFunction(() => document.querySelector('gp-widget') !== null)

    expect(await launcherOf(page).isVisible()).toBe(false)
    expect(await page.evaluate(() => Reflect.get(window, 'wasShown'))).toBeUndefined()
    await command(page, 'showLauncher')
    expect(await launcherOf(page).isVisible()).toBe(true)
  })

  it('leaves what is written in sight above a phone’s keyboard', async () => {
    await context.close()
    await visitor({ ...PHONE, hasTouch: true })
    const page = await shop.open(context)
    await opened(page)
    await page.locator('gp-widget textarea.draft').focus()
    await page.evaluate(() => {
      const { visualViewport } = window
      if (!visualViewport) return
      Object.defineProperty(visualViewport, 'height', { get: () => 420 })
      visualViewport.dispatchEvent(new Event('resize'))
    })

    await expect
      .poll(() => windowOf(page).boundingBox())
      .toEqual({ x: 0, y: 0, width: 390, height: 420 })
    const field = await page.locator('gp-widget textarea.draft').boundingBox()
    expect((field?.y ?? 0) + (field?.height ?? 0)).toBeLessThanOrEqual(420)
  })

  it('is spoken as it was checked', async () => {
    const heard: string[] = []
    const hear = async (page: Page, state: string) => {
      const told = (await spoken(page)).replaceAll(/\d{1,2}:\d\d.(AM|PM)/g, '<time>')
      heard.push(`— ${state}:`, told)
    }
    const page = await shop.open(context)
    await opened(page)
    await hear(page, 'opened')
    await write(page, 'Is it in stock?')
    await expect.poll(() => receipt(page).textContent()).toBe('Sent')
    await shop.answer('Two are left')
    await expect.poll(() => saidOn(page)).toHaveLength(2)
    await page.getByText('is answering').waitFor()
    await hear(page, 'answered')
    await page.getByRole('button', { name: 'More' }).click()
    await hear(page, 'menu')
    await page.getByRole('button', { name: 'End the chat' }).click()
    await page.getByRole('button', { name: 'Send the rating' }).waitFor()
    await hear(page, 'ended')
    await shop.change(ASKING)
    const asked = await another()
    await asked.getByRole('button', { name: 'Begin the chat' }).click()
    await hear(asked, 'form before the chat, sent empty')
    await shop.change(NOT_ASKING)
    await seat('DELETE')
    const offline = await another()
    await offline.getByRole('button', { name: 'Send the message' }).waitFor()
    await hear(offline, 'nobody is there')
    await seat('PUT')

    await expect(`${heard.join('\n')}\n`).toMatchFileSnapshot('../widgets/golden/chat.txt')
  })

  /** Of somebody who has said nothing yet. */
  async function another(): Promise<Page> {
    await context.close()
    await visitor(DESKTOP)
    const page = await shop.open(context)
    await opened(page)
    return page
  }
})

function never(): never {
  throw new Error('There is none')
}
