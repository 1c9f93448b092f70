import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EVENTS_PATH, LIVE_PAGE_PATH } from '#protocol/names.ts'
import { hasChromium, launchChromium, newShopper } from '../support/chromium.ts'
import { startServer, type TestServer } from '../support/server.ts'

const isBuilt = existsSync(new URL('../../dist/manifest.json', import.meta.url))
const CANARY = '<img src=x onerror="window.__pwned = true"><script>window.__pwned = true</script>'

describe.skipIf(!hasChromium || !isBuilt)('the live page in a browser', () => {
  let browser: Browser
  let server: TestServer
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  beforeEach(async () => {
    server = await startServer({ isBuilt: true })
    page = await newPage()
  })
  afterEach(async () => {
    await page.context().close()
    await server.stop()
  })

  async function newPage(): Promise<Page> {
    const context = await newShopper(browser, { locale: 'en-GB', reducedMotion: 'reduce' })
    const fresh = await context.newPage()
    complaints = []
    fresh.on('console', (message) => {
      if (message.type() !== 'log') complaints.push(message.text())
    })
    fresh.on('pageerror', (error) => complaints.push(error.message))
    return fresh
  }

  async function openLive(): Promise<string> {
    const token = await server.account.createOneTimeLink(server.shop.id)
    const link = `${server.url}${LIVE_PAGE_PATH}#${token}`
    await page.goto(link)
    return link
  }

  async function send(name: string, properties: Record<string, unknown> = {}): Promise<void> {
    const at = Date.now()
    const event = {
      id: crypto.randomUUID(),
      type: 'track',
      name,
      properties,
      at,
      ageMs: 0,
      seq: 1,
      page: { url: `https://shop.example/${encodeURIComponent(name)}`, referrer: '', title: '' },
    }
    const reply = await fetch(`${server.url}${EVENTS_PATH}`, {
      method: 'POST',
      headers: { 'user-agent': await page.evaluate(() => navigator.userAgent) },
      body: JSON.stringify({
        key: server.key,
        sentAt: at,
        visitor: null,
        session: null,
        consent: null,
        context: {},
        events: [event],
      }),
    })
    expect(await reply.json()).toMatchObject({ results: [{ result: 'ok' }] })
  }

  it('opens with the link, drops it from the address, and shows events as they come', async () => {
    await openLive()
    await page.getByRole('link', { name: 'Open the demo shop' }).waitFor()
    await send('Tea Poured', { pot: { size: 2 } })

    const row = page.getByRole('button', { name: /Tea Poured/ })
    await row.click()

    await page.getByText('pot', { exact: true }).waitFor()
    expect(page.url()).toBe(`${server.url}${LIVE_PAGE_PATH}`)
    expect(await row.getAttribute('aria-expanded')).toBe('true')
    expect(complaints).toEqual([])
  })

  it('stays open on a reload, and says of a used link what to do', async () => {
    const link = await openLive()
    await page.getByText('Nothing has arrived yet').waitFor()
    await page.reload()
    await page.getByText('Nothing has arrived yet').waitFor()

    await page.context().close()
    page = await newPage()
    await page.goto(link)

    await page.getByText('This link has been used, or has expired').waitFor()
    expect(await page.getByRole('alert').textContent()).toContain('npm run shop -- --link')
  })

  it('is walked and opened with the keyboard alone', async () => {
    await openLive()
    await page.getByText('Nothing has arrived yet').waitFor()
    for (const name of ['First', 'Second', 'Third']) await send(name)
    await page.getByRole('button', { name: /Third/ }).waitFor()

    await page.getByRole('searchbox').focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    expect(await focused()).toContain('Third')
    await page.keyboard.press('j')
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Second'))
    await page.keyboard.press('j')
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('First'))
    await page.keyboard.press('k')
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Second'))
    await page.keyboard.press('Enter')

    await page.getByText('This event has no properties.').waitFor()
  })

  it('draws what a visitor wrote as text, whatever it is', async () => {
    await openLive()
    await page.getByText('Nothing has arrived yet').waitFor()
    await send(CANARY, { [CANARY.slice(0, 60)]: CANARY, list: [CANARY] })

    await page.locator('.row-button').click()
    await page.locator('.tree').waitFor()

    expect(await page.evaluate(() => Reflect.get(window, '__pwned'))).toBeUndefined()
    expect(await page.locator('main img, main script').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('comes back by itself when the server does', async () => {
    await server.stop()
    const dataDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
    server = await startServer({ isBuilt: true, dataDir })
    await openLive()
    await page.getByText('Nothing has arrived yet').waitFor()

    await server.stop()
    await page.getByText(/Connection lost|The server is restarting/).waitFor()
    server = await startServer({ isBuilt: true, dataDir, port: Number(new URL(server.url).port) })
    await page.getByText('Live', { exact: true }).and(page.locator('output')).waitFor()
    await send('After The Restart')

    await page.getByRole('button', { name: /After The Restart/ }).waitFor()
    expect(await page.getByText('Connection lost').count()).toBe(0)
    await rm(dataDir, { recursive: true, force: true })
  })

  it.each([390, 1024, 1440])('fits %i px, in light and dark', async (width) => {
    await page.setViewportSize({ width, height: 800 })
    await openLive()
    await page.getByText('Nothing has arrived yet').waitFor()
    await send('A Name That Is Much Longer Than Any Shop Would Ever Give To One Of Its Events', {
      long: 'x'.repeat(500),
    })
    await page.locator('.row-button').click()
    await page.locator('.tree').waitFor()

    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow).toBeLessThanOrEqual(0)
    }
  })

  it('speaks the reader’s language', async () => {
    await page.context().close()
    const context = await newShopper(browser, { locale: 'es-AR' })
    page = await context.newPage()
    await openLive()

    await page.getByText('Todavía no ha llegado nada').waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('es')
  })
})
