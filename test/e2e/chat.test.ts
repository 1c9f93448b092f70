import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { axeFindings } from './support/axe.ts'
import {
  focusedIn,
  launcherOf,
  networkOf,
  openChatShop,
  saidOn,
  windowOf,
  write,
  type ChatShop,
} from './support/chat-shop.ts'
import { callOnly, command } from './support/command.ts'
import { createStage, type Stage } from './support/stage.ts'
import { spyOnStorage } from './support/storage-spy.ts'
import { watch, type Watch } from './support/watch.ts'

const WRITES = /\.(setItem|put|add|open)|=$/
const DESKTOP = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const
const PHONE = { ...DESKTOP, viewport: { width: 390, height: 780 } }
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe.skipIf(!hasChromium)('a visitor’s chat', () => {
  let stage: Stage
  let shop: ChatShop
  let context: BrowserContext
  let watched: Watch

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
    watched = await watch(context)
  }

  async function opened(page: Page): Promise<void> {
    await launcherOf(page).click()
    await expect.poll(() => windowOf(page).isVisible()).toBe(true)
  }

  it('goes both ways, and stands there after a reload and in a second tab', async () => {
    const page = await shop.open(context)
    await opened(page)
    await write(page, 'Is the lamp in stock?')
    expect(await saidOn(page)).toEqual(['> Is the lamp in stock?'])
    await expect.poll(() => page.locator('gp-widget .receipt').textContent()).toBe('Sent')
    await shop.answer('Yes, two are left: https://lamps.example/two')
    const both = ['> Is the lamp in stock?', 'Yes, two are left: https://lamps.example/two']
    await expect.poll(() => saidOn(page)).toEqual(both)
    await page.reload()
    await opened(page)
    await expect.poll(() => saidOn(page)).toEqual(both)
    const tab = await shop.open(context)
    await opened(tab)
    await write(tab, 'I take both')
    const all = [...both, '> I take both']
    await expect.poll(() => saidOn(page)).toEqual(all)
    await expect.poll(() => saidOn(tab)).toEqual(all)

    const link = page.getByRole('link', { name: 'https://lamps.example/two' })
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow ugc')
    expect(await shop.conversations()).toHaveLength(1)
    expect(watched.errors).toEqual([])
  })

  it('stores nothing and opens no socket before something is sent', async () => {
    const touched = await spyOnStorage(context)
    const page = await shop.open(context)
    const sockets: string[] = []
    page.on('websocket', (socket) => void sockets.push(socket.url()))
    await opened(page)
    expect(await windowOf(page).boundingBox()).toMatchObject({ x: 860, width: 400 })
    await page.locator('gp-widget textarea.draft').fill('Not yet sent')
    await command(page, 'closeChat')

    expect(touched.filter((what) => WRITES.test(what))).toEqual([])
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
    expect(sockets).toEqual([])
    await opened(page)
    await write(page, 'Now')
    await expect.poll(() => sockets.length).toBe(1)
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['gp:chat'])
    expect(sockets.join()).not.toContain(await page.evaluate(() => localStorage['gp:chat']))
  })

  it('is one conversation, however quickly it is opened, and in two tabs at once', async () => {
    const before = (await shop.conversations()).length
    const [one, other] = [await shop.open(context), await shop.open(context)]
    for (const page of [one, other]) {
      for (const _ of Array.from({ length: 5 })) await callOnly(page, 'openChat')
      await expect.poll(() => windowOf(page).count()).toBe(1)
    }
    await Promise.all([write(one, 'From one'), write(other, 'From the other')])
    const sorted = async (page: Page) => (await saidOn(page)).toSorted()
    const both = ['> From one', '> From the other']
    await expect.poll(() => sorted(one)).toEqual(both)
    await expect.poll(() => sorted(other)).toEqual(both)

    expect((await shop.conversations()).length - before).toBe(1)
    expect(await saidOn(one)).toEqual(await saidOn(other))
  })

  it('sends once what was written without a network, and says that it is away', async () => {
    const cut = await networkOf(context)
    const page = await shop.open(context)
    await opened(page)
    await write(page, 'Hello')
    await expect.poll(() => saidOn(page)).toEqual(['> Hello'])
    await expect.poll(() => page.locator('gp-widget .receipt').textContent()).toBe('Sent')
    await cut(true)
    await expect.poll(() => page.getByText('No connection').isVisible()).toBe(true)
    await write(page, 'In the tunnel')
    await cut(false)
    await expect.poll(() => page.locator('gp-widget .receipt').textContent()).toBe('Sent')
    await shop.answer('Welcome back')

    await expect.poll(() => saidOn(page)).toEqual(['> Hello', '> In the tunnel', 'Welcome back'])
  })

  it('takes pictures and no pages, is ended, rated, and begun anew', async () => {
    const page = await shop.open(context)
    await opened(page)
    await write(page, 'Look at this')
    const files = page.locator('gp-widget input[type=file]')
    await files.setInputFiles([
      { name: 'lamp.png', mimeType: 'image/png', buffer: Buffer.from(PICTURE, 'base64') },
      { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<script>1</script>') },
    ])
    await expect.poll(() => page.getByAltText('lamp.png').count()).toBe(1)
    await expect.poll(() => page.getByText('Only pictures and PDFs').count()).toBe(1)
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('button', { name: 'End the chat' }).click()
    await page.getByText('This chat has ended').waitFor()
    await page.locator('gp-widget .stars label').nth(3).click()
    await page.getByRole('button', { name: 'Send the rating' }).click()
    await page.getByText('Thank you for your rating').waitFor()
    expect((await shop.conversations())[0]).toMatchObject({ state: 'closed', rating: 4 })
    await page.getByRole('button', { name: 'Start a new chat' }).click()
    await write(page, 'One more thing')

    await expect.poll(() => saidOn(page)).toEqual(['> One more thing'])
  })

  it('counts what came while it was closed, and tells the page', async () => {
    const page = await shop.open(context)
    await page.evaluate(() => {
      const heard: string[] = []
      Reflect.set(window, 'heard', heard)
      const gp = Reflect.get(window, 'gp') as (...call: unknown[]) => unknown
      for (const name of ['open', 'close', 'start', 'unread', 'message']) {
        gp('on', `chat:${name}`, () => void heard.push(name))
      }
    })
    await command(page, 'openChat', { message: 'Hello', send: true })
    await expect.poll(() => page.locator('gp-widget .receipt').textContent()).toBe('Sent')
    await command(page, 'closeChat')
    await shop.answer('Are you there?')
    const launcher = launcherOf(page)
    await expect.poll(() => launcher.getAttribute('aria-label')).toContain('1 unread')
    expect(await command(page, 'chatState')).toMatchObject({
      ok: true,
      state: { isOpen: false, isRunning: true, unread: 1 },
    })
    await page.getByRole('link', { name: 'Ask us' }).click()
    await expect.poll(() => launcher.getAttribute('aria-label')).not.toContain('unread')

    const heard = await page.evaluate(() => Reflect.get(window, 'heard') as string[])
    expect(new Set(heard)).toEqual(new Set(['open', 'close', 'start', 'unread', 'message']))
  })

  it('is used by keyboard alone, and leaves in sight what the page has focused', async () => {
    const page = await shop.open(context)
    await launcherOf(page).waitFor()
    await page.locator('#under').focus()
    const overlap = () =>
      page.evaluate(() => {
        const mine = document.querySelector('gp-widget')?.shadowRoot?.querySelector('button')
        const [a, b] = [mine, document.querySelector('#under')].map((one) =>
          one?.getBoundingClientRect(),
        )
        return (
          !!a && !!b && a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top
        )
      })
    await expect.poll(overlap).toBe(false)
    await launcherOf(page).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => focusedIn(page)).toBe('Write a message')
    await page.keyboard.type('By hand')
    await page.keyboard.press('Enter')
    await expect.poll(() => saidOn(page)).toEqual(['> By hand'])
    await page.keyboard.press('Escape')

    await expect.poll(() => windowOf(page).count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('GP-WIDGET')
  })

  it('fills a phone, keeps the page behind it still, and is sound to axe in either light', async () => {
    await context.close()
    await visitor({ ...PHONE, hasTouch: true })
    const page = await shop.open(context)
    await opened(page)
    await write(page, 'Hello')
    await expect.poll(() => page.locator('gp-widget .receipt').textContent()).toBe('Sent')
    await shop.answer('Good morning')
    await expect.poll(() => saidOn(page)).toEqual(['> Hello', 'Good morning'])

    expect(await windowOf(page).boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 780 })
    expect(await page.evaluate(() => document.body.inert)).toBe(true)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await axeFindings(page)).toEqual([])
    }
    await page.getByRole('button', { name: 'Close the chat' }).click()
    expect(await page.evaluate(() => document.body.inert)).toBe(false)
  })

  it('breaks no policy, on a strict page of the shop’s and on its own', async () => {
    const page = await shop.openStrictly(context)
    await opened(page)
    await write(page, 'On a strict page')
    await expect.poll(() => page.locator('gp-widget .receipt').textContent()).toBe('Sent')
    const own = await context.newPage()
    await own.goto(shop.ownPage)
    await expect.poll(() => windowOf(own).isVisible()).toBe(true)
    expect(await own.evaluate(() => Object.keys(localStorage))).toEqual([])
    await write(own, 'On a page of its own')
    await expect.poll(() => own.locator('gp-widget .receipt').textContent()).toBe('Sent')

    expect(await windowOf(own).boundingBox()).toMatchObject({ x: 0, y: 0, width: 1280 })
    expect(watched.violations).toEqual([])
    expect(watched.errors).toEqual([])
  })

  it('is left a message where nobody is there', async () => {
    await shop.operator.told('DELETE', `/chat/channels/${shop.channelId}/seat`)
    const page = await shop.open(context)
    await opened(page)
    await page.getByRole('button', { name: 'Send the message' }).click()
    await expect.poll(() => focusedIn(page)).toBe('E-mail')
    await page.getByLabel('E-mail').fill('ana@example.com')
    await page.getByLabel('Message').fill('Do you ship to Cali?')
    await page.getByRole('button', { name: 'Send the message' }).click()
    await expect.poll(() => saidOn(page)).toEqual(['> Do you ship to Cali?'])
    await shop.operator.told('PUT', `/chat/channels/${shop.channelId}/seat`)

    const [newest] = await shop.conversations()
    expect(newest).toMatchObject({ isOffline: true, visitor: { email: 'ana@example.com' } })
  })
})
