import type { BrowserContext, BrowserContextOptions, Page, Request } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Channel } from '#protocol/chat-channels.ts'
import type { Chatbot } from '#protocol/chatbots.ts'
import { CHAT_LAUNCHER_PATH, DECISIONS_PATH } from '#protocol/names.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { axeFindings } from './support/axe.ts'
import { launcherOf, openChatShop, windowOf, type ChatShop } from './support/chat-shop.ts'
import { command } from './support/command.ts'
import { createStage, type Stage } from './support/stage.ts'
import { spyOnStorage } from './support/storage-spy.ts'
import { watch, type Watch } from './support/watch.ts'

const DESKTOP = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const
const FULL = { consent: 'full' }
const NOTE = { action: 'notify', texts: { en: 'Which lamp is yours?', ar: 'كيف نساعدك؟' } }
const OPEN = { action: 'open', afterSeconds: 10 }
const OPENS_MS = 12_000

describe.skipIf(!hasChromium)('what a channel’s rules do on a page', () => {
  let stage: Stage
  let shop: ChatShop
  let context: BrowserContext
  let watched: Watch
  let saved = 0

  beforeAll(async () => {
    stage = await createStage()
    shop = await openChatShop(stage)
    return () => stage.stop()
  })
  beforeEach(async () => {
    await visitor(DESKTOP)
    return () => context.close()
  })

  async function visitor(options: BrowserContextOptions): Promise<void> {
    context = await newShopper(stage.browser, options)
    context.setDefaultTimeout(8_000)
    await context.clock.install()
    watched = await watch(context)
  }

  async function anotherVisitor(options: BrowserContextOptions): Promise<void> {
    await context.close()
    await visitor(options)
  }

  /** What is known of a shop is kept for some seconds: they hold once a rule of their own for this does. */
  async function rule(...rules: readonly object[]): Promise<void> {
    const mark = `saved ${++saved}`
    const marking = { action: 'notify', pagePattern: '^/of-no-page$', texts: { en: mark } }
    await shop.operator.told('PUT', `/chat/channels/${shop.channelId}/rules`, {
      rules: [marking, ...rules],
    })
    const page = { url: 'https://shop.example/of-no-page', referrer: '', title: '' }
    const nobody = { visitor: null, session: null, consent: null, context: {} }
    const body = { key: stage.server.key, ...nobody, sentAt: Date.now(), page }
    const asked = async () => {
      const init = { method: 'POST', headers: { 'user-agent': 'Firefox/150.0' } }
      const sent = await fetch(stage.server.url + DECISIONS_PATH, {
        ...init,
        body: JSON.stringify(body),
      })
      return sent.text()
    }
    await expect.poll(asked, { timeout: 10_000, interval: 300 }).toContain(mark)
  }

  const noteOf = (page: Page) => page.locator('gp-widget .gp-note')
  const isOpen = (page: Page) => windowOf(page).isVisible()

  /** Long after its time; what opens a window is fetched first, which the page's clock does not hurry. */
  async function opensLate(page: Page): Promise<boolean> {
    await context.clock.runFor(OPENS_MS)
    const opening = windowOf(page).waitFor({ timeout: 1_500 })
    return opening.then(
      () => true,
      () => false,
    )
  }

  /** As single-page shops do. */
  async function goTo(page: Page, path: string): Promise<void> {
    await page.evaluate((to) => history.pushState({}, '', to), path)
  }

  const botNamed = (name: string) =>
    shop.operator.told<Chatbot>('POST', '/chat/chatbots', {
      name,
      steps: [{ kind: 'line', id: 'first', text: { en: `What about ${name}?` } }],
    })
  const openChat = async (page: Page) => {
    await command(page, 'openChat')
    await windowOf(page).waitFor()
  }

  /** Until the rule has begun to count. */
  async function opened(
    settings: Record<string, string> = FULL,
    more: Parameters<ChatShop['open']>[2] = {},
  ): Promise<Page> {
    const loaded = context.waitForEvent('response', (reply) =>
      reply.url().endsWith('chat-rules.js'),
    )
    const page = await shop.open(context, settings, more)
    await loaded
    await launcherOf(page).waitFor()
    return page
  }

  it('hide its launcher on pages, also those that it comes to without loading; the chat opens still', async () => {
    await rule({ action: 'hide', pagePattern: '^/checkout' })
    const page = await shop.open(context, FULL)
    await launcherOf(page).waitFor()

    await goTo(page, '/checkout/pay')
    await launcherOf(page).waitFor({ state: 'hidden' })
    expect(await command(page, 'openChat')).toMatchObject({ ok: true })
    await windowOf(page).waitFor()
    await command(page, 'closeChat')
    expect(await launcherOf(page).isVisible()).toBe(false)

    await goTo(page, '/lamps?sale=1')
    await launcherOf(page).waitFor()
    expect(watched.errors).toEqual([])
  })

  it('show a text in the visitor’s language, which opens the chat, and is not shown again', async () => {
    await rule({ ...NOTE, pagePattern: '^/lamps' })
    const page = await opened()

    await noteOf(page).waitFor()
    const text = page.getByRole('status').getByRole('button', { name: 'Which lamp is yours?' })
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
    await goTo(page, '/cart')
    await noteOf(page).waitFor({ state: 'detached' })
    await goTo(page, '/lamps')
    await text.click()
    await windowOf(page).waitFor()
    await noteOf(page).waitFor({ state: 'hidden' })

    const second = await opened()
    await context.clock.runFor(2_000)
    expect(await noteOf(second).isVisible()).toBe(false)
  })

  it('take a text away by keyboard for the whole session, in all its tabs', async () => {
    await rule(NOTE)
    const page = await opened()
    const second = await opened()
    await noteOf(second).waitFor()

    await noteOf(page).getByRole('button', { name: 'Close' }).focus()
    await page.keyboard.press('Escape')

    await noteOf(page).waitFor({ state: 'hidden' })
    await context.clock.runFor(1_000)
    await noteOf(second).waitFor({ state: 'hidden' })
    const named = () =>
      page.evaluate(() => document.querySelector('gp-widget')?.shadowRoot?.activeElement?.className)
    expect(await named()).toBe('gp-launcher')
  })

  it.each(['light', 'dark'] as const)('are sound to axe, %s and right to left', async (light) => {
    await rule(NOTE)
    const page = await opened(FULL, { language: 'ar', direction: 'rtl' })
    await page.emulateMedia({ colorScheme: light })

    await noteOf(page).getByText('كيف نساعدك؟').waitFor()
    expect(await axeFindings(page)).toEqual([])
    const box = await noteOf(page).boundingBox()
    expect(box?.x).toBe(20)
  })

  it('open the window by itself, without taking the focus, and once a session', async () => {
    await rule(OPEN)
    const page = await opened()
    await page.getByRole('link', { name: 'Ask us' }).focus()

    await context.clock.runFor(5_000)
    expect(await isOpen(page)).toBe(false)
    await context.clock.runFor(OPENS_MS)
    await windowOf(page).waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Ask us')
    await command(page, 'closeChat')

    const second = await opened()
    expect(await opensLate(second)).toBe(false)
    expect(watched.errors).toEqual([])
  })

  it('open it again at each page view before consent, and store nothing', async () => {
    await rule(OPEN)
    const touched = await spyOnStorage(context)
    for (const _ of ['first', 'second']) {
      const page = await opened({})
      await context.clock.runFor(OPENS_MS)
      await windowOf(page).waitFor()
      expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
      await page.close()
    }
    expect(touched.filter((what) => /\.set/.test(what))).toEqual([])
  })

  it('open it never on a small screen', async () => {
    await rule(OPEN)
    await anotherVisitor({ ...DESKTOP, viewport: { width: 390, height: 780 } })
    const page = await opened()

    expect(await opensLate(page)).toBe(false)
  })

  it.each(['dialog', 'div'] as const)(
    'open it never over a %s of the page’s, and once that is gone',
    async (name) => {
      await rule(OPEN)
      const page = await opened()
      await page.evaluate((kind) => {
        const it = document.createElement(kind)
        it.id = 'it'
        it.textContent = 'Cookies?'
        it.style.cssText = 'position:fixed;top:0'
        document.body.append(it)
        if (it instanceof HTMLDialogElement) it.showModal()
        else it.role = 'dialog'
      }, name)

      expect(await opensLate(page)).toBe(false)
      await page.evaluate(() => document.querySelector('#it')?.remove())
      await context.clock.runFor(1_000)
      await windowOf(page).waitFor()
    },
  )

  it('open it never while the visitor types', async () => {
    await rule(OPEN)
    const page = await opened()
    await page.evaluate(() => {
      const field = document.createElement('input')
      field.id = 'search'
      document.body.prepend(field)
    })
    await page.locator('#search').click()
    await page.keyboard.type('lam')

    expect(await opensLate(page)).toBe(false)
    await page.keyboard.type('ps')
    expect(await page.locator('#search').inputValue()).toBe('lamps')
  })

  it('open it only where somebody can answer, and nowhere that hides it', async () => {
    await shop.operator.told('PUT', '/chat/presence', { presence: 'away' })
    await rule(OPEN)
    const page = await shop.open(context, FULL)
    await launcherOf(page).waitFor()
    expect(await opensLate(page)).toBe(false)

    await shop.operator.told('PUT', '/chat/presence', { presence: 'online' })
    await rule({ action: 'hide' }, OPEN)
    const hidden = await shop.open(context, FULL)
    await context.clock.runFor(OPENS_MS)
    expect(await launcherOf(hidden).count()).toBe(0)
  })

  describe('let a bot talk', () => {
    it('of the page that the visitor came to without loading, and none where no rule names one', async () => {
      const [lamps, help] = [await botNamed('lamps'), await botNamed('help')]
      await rule(
        { action: 'show', pagePattern: '^/lamps', chatbotId: lamps.id },
        { action: 'show', pagePattern: '^/help', chatbotId: help.id },
      )
      const page = await shop.open(context, FULL)
      await launcherOf(page).waitFor()
      await openChat(page)
      const said = (name: string) => windowOf(page).getByText(`What about ${name}?`)
      await said('lamps').waitFor()
      await command(page, 'closeChat')

      await goTo(page, '/cart')
      await openChat(page)
      await said('lamps').waitFor({ state: 'detached' })
      await windowOf(page).locator('textarea.draft').waitFor()
      await command(page, 'closeChat')

      await goTo(page, '/help')
      await openChat(page)
      await said('help').waitFor()
      // What one is looking at stays, wherever the page goes below it.
      await goTo(page, '/lamps/2')
      await windowOf(page).locator('input.draft').fill('Everything')
      await page.keyboard.press('Enter')
      await expect
        .poll(async () => (await shop.conversations())[0])
        .toMatchObject({ state: 'bot', bot: { name: 'help' } })
      expect(watched.errors).toEqual([])
    })
  })

  describe('of a channel that a page names', () => {
    async function outlet(...rules: readonly object[]): Promise<Record<string, string>> {
      await rule({ action: 'hide' })
      const other = await shop.operator.told<Channel>('POST', '/chat/channels', { name: 'Outlet' })
      await shop.operator.told('PUT', `/chat/channels/${other.id}/rules`, { rules })
      return { ...FULL, 'chat-channel': other.id }
    }

    /** The page asks what its channel does there; as where somebody came from it tells of other pages, too. */
    const isOf = (request: Request, at: string) => {
      if (!request.url().endsWith(CHAT_LAUNCHER_PATH)) return false
      const { url } = request.postDataJSON() as { url: string }
      return url.endsWith(at)
    }
    const asking = (page: Page, at: string) => page.waitForRequest((request) => isOf(request, at))

    it('are not those of the page before, however late it is told of that one', async () => {
      const settings = await outlet({ action: 'hide', pagePattern: '^/slow' })
      let answer: () => void = () => undefined
      const late = new Promise<void>((resolve) => (answer = resolve))
      await context.route(`**${CHAT_LAUNCHER_PATH}`, async (route) => {
        if (isOf(route.request(), '/slow')) await late
        await route.continue()
      })
      const page = await opened(settings)

      const asksSlow = asking(page, '/slow')
      await goTo(page, '/slow')
      const slow = await asksSlow
      const next = asking(page, '/lamps/2')
      await goTo(page, '/lamps/2')
      await (await next).response()
      answer()
      await (await slow.response())?.finished()
      await context.clock.runFor(1_000)

      expect(await launcherOf(page).isVisible()).toBe(true)
    })

    it('let its bot talk where they name it', async () => {
      const bot = await botNamed('outlet')
      const settings = await outlet({ action: 'show', pagePattern: '^/sale', chatbotId: bot.id })
      await shop.operator.told('PUT', `/chat/channels/${settings['chat-channel']}/seat`)
      const page = await opened(settings)

      const asked = asking(page, '/sale')
      await goTo(page, '/sale')
      await (await asked).response()
      await openChat(page)
      await windowOf(page).getByText('What about outlet?').waitFor()
      expect(watched.errors).toEqual([])
    })
  })

  it('are those of the channel that a page names', async () => {
    await rule({ action: 'hide' })
    const other = await shop.operator.told<Channel>('POST', '/chat/channels', { name: 'Outlet' })
    await shop.operator.told('PUT', `/chat/channels/${other.id}/rules`, {
      rules: [
        { action: 'hide', pagePattern: '^/cart' },
        { ...NOTE, pagePattern: '^/lamps' },
      ],
    })

    const page = await opened({ ...FULL, 'chat-channel': other.id })
    await noteOf(page).waitFor()
    await goTo(page, '/cart')
    await launcherOf(page).waitFor({ state: 'hidden' })
    await noteOf(page).waitFor({ state: 'detached' })
    await goTo(page, '/lamps/2')
    await launcherOf(page).waitFor()
    await noteOf(page).waitFor()
    expect(watched.errors).toEqual([])
  })
})
