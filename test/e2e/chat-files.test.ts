import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Channel } from '#protocol/chat-channels.ts'
import { CHAT_ATTACHMENT_PATH } from '#protocol/names.ts'
import { chatPage, openChannel, type ChatPage } from '../support/chat.ts'
import { hasChromium } from '../support/chromium.ts'
import { pngOf } from '../support/image-headers.ts'
import { polyglots } from '../support/polyglots.ts'
import { openConsole, type OpenConsole } from './support/console.ts'

const TYPES = ['image/png', 'image/gif', 'image/jpeg', 'image/webp', 'application/pdf']
/** Of those that were taken, so many are opened in every way a page can. */
const OPENED = 20
const MOST_OF_A_CONVERSATION = 100
/** Of a header that says 16 by 16, and noise. */
const PNG = Buffer.concat([pngOf(16, 16), randomBytes(600_000)])

describe.skipIf(!hasChromium)('files in chats', () => {
  let stage: OpenConsole
  let channel: Channel

  beforeAll(async () => {
    stage = await openConsole({ path: '/console/conversations' })
    channel = await openChannel(stage.owner)
    await stage.owner.told('PUT', `/chat/channels/${channel.id}/seat`)
    return () => stage.stop()
  })

  it('never run, whatever else they are too', async () => {
    const all = polyglots()
    const taken: string[] = []
    const refused = new Set<number>()
    let page: ChatPage | undefined
    for (const [index, { name, content }] of all.entries()) {
      if (page === undefined || index % MOST_OF_A_CONVERSATION === 0) {
        page = chatPage(stage.server, channel.id)
        await page.begin()
      }
      const { status, json } = await page.upload(content, name)
      if (status === 201) taken.push((json as { fileKey: string }).fileKey)
      else refused.add(status)
    }
    expect([...refused]).toEqual([400])
    expect(all.length).toBeGreaterThan(300)
    expect(taken.length).toBeGreaterThan(all.length / 3)

    const urls = taken.map(
      (key) => stage.server.url + CHAT_ATTACHMENT_PATH.replace(':fileKey', key),
    )
    for (const url of urls) {
      const { status, headers } = await fetch(url)
      expect(status).toBe(200)
      expect(TYPES).toContain(headers.get('content-type'))
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename="[\w. -]*"; filename\*=UTF-8''[\w.%~!-]*$/,
      )
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(/default-src 'none'/)
      expect(policy).toMatch(/sandbox(;|$)/)
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    }
    const step = Math.floor(urls.length / OPENED)
    expect(await ranAny(urls.filter((_, index) => index % step === 0))).toEqual([])
  })

  /** What ran, of what a page of our own origin takes in by every means there is. */
  async function ranAny(urls: readonly string[]): Promise<string[]> {
    const bait = await stage.context.newPage()
    const ran: string[] = []
    bait.on('request', (request) => {
      if (request.url().endsWith('/ran')) ran.push(request.url())
    })
    bait.on('dialog', (dialog) => {
      ran.push(dialog.message())
      void dialog.dismiss()
    })
    await stage.context.route('**/bait', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Bait</title>' }),
    )
    await bait.goto(`${stage.server.url}/bait`)
    for (const url of urls) {
      await bait.evaluate(async (src) => {
        const made = ['iframe', 'embed', 'object', 'script', 'img', 'link'].map((name) => {
          const element = document.createElement(name)
          const address = { object: 'data', link: 'href' }[name] ?? 'src'
          if (name === 'link') element.setAttribute('rel', 'stylesheet')
          element.setAttribute(address, src)
          return element
        })
        const settled = made.map(
          (element) =>
            new Promise<unknown>((resolve) => {
              element.addEventListener('load', resolve)
              element.addEventListener('error', resolve)
              // A download that begins in a frame tells nobody.
              setTimeout(resolve, 150)
            }),
        )
        document.body.append(...made)
        await Promise.all(settled)
        for (const element of made) element.remove()
      }, url)
      // As an address of its own it is a download.
      await bait.goto(url).catch(() => undefined)
      if (bait.url().includes('/v1/')) ran.push(`shown: ${url}`)
    }
    if (await bait.evaluate(() => 'ran' in window)) ran.push('in the page')
    await bait.close()
    return ran
  }

  it('show the visitor how far they have come, and can be stopped', async () => {
    const page = await stage.context.newPage()
    await page.goto(`${stage.server.url}/c/${channel.id}`)
    await page.locator('gp-widget textarea.draft').fill('A picture follows')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('gp-widget .receipt').textContent()).toBe('Sent')
    const slowly = await lineOf(page)
    await slowly(true)
    const given = { name: 'lamp.png', mimeType: 'image/png', buffer: PNG }
    await page.locator('gp-widget input[type=file]').setInputFiles(given)
    await expect.poll(() => shareOn(page, 'gp-widget progress')).toBe('some')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => page.locator('gp-widget progress').count()).toBe(0)
    const isInDraft = await page
      .locator('gp-widget textarea.draft')
      .evaluate((it) => (it.getRootNode() as ShadowRoot).activeElement === it)
    expect(isInDraft).toBe(true)
    await slowly(false)
    await page.locator('gp-widget input[type=file]').setInputFiles({ ...given, name: 'two.png' })

    await expect.poll(() => page.getByAltText('two.png').count()).toBe(1)
    expect(await page.getByAltText('lamp.png').count()).toBe(0)
    await page.close()
  })

  it('are said to be refused where the shop takes none, also over a slow line', async () => {
    const page = await stage.context.newPage()
    await page.goto(`${stage.server.url}/c/${channel.id}`)
    await page.locator('gp-widget textarea.draft').fill('One too many')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('gp-widget .receipt').textContent()).toBe('Sent')
    await stage.owner.told('PATCH', `/chat/channels/${channel.id}`, {
      options: { ...channel.options, takesFiles: false },
    })
    const slowly = await lineOf(page)
    await slowly(true)
    const given = { name: 'lamp.png', mimeType: 'image/png', buffer: PNG }
    await page.locator('gp-widget input[type=file]').setInputFiles(given)

    await page.getByText('can be sent').waitFor()
    await slowly(false)
    await stage.owner.told('PATCH', `/chat/channels/${channel.id}`, { options: channel.options })
    await page.close()
  })

  it('show a member how far they have come, and can be stopped', async () => {
    const { page } = stage
    const visitor = chatPage(stage.server, channel.id)
    await visitor.begin('A drawing, please')
    await page.locator('.inbox-row').filter({ hasText: 'A drawing' }).first().click()
    const slowly = await lineOf(page)
    await slowly(true)
    const given = { name: 'drawing.png', mimeType: 'image/png', buffer: PNG }
    const field = page.getByLabel('Attach a file')
    await field.setInputFiles(given)
    await expect.poll(() => shareOn(page, '.composer-sending progress')).toBe('some')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.composer-sending').count()).toBe(0)
    await expect.poll(() => field.evaluate((it) => it === document.activeElement)).toBe(true)
    await slowly(false)
    await field.setInputFiles({ ...given, name: 'other.png' })

    const sent = (name: string) => page.getByRole('log').getByRole('link', { name })
    await sent('other.png').waitFor()
    expect(await sent('drawing.png').count()).toBe(0)
    expect(stage.watched.errors).toEqual([])
  })
})

/** A slow one, on demand. */
async function lineOf(page: Page): Promise<(isSlow: boolean) => Promise<void>> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  return async (isSlow) => {
    const uploadThroughput = isSlow ? 60_000 : -1
    const line = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput }
    await devtools.send('Network.emulateNetworkConditions', line)
  }
}

/** `some`: neither nothing yet nor all. */
async function shareOn(page: Page, progress: string): Promise<string> {
  const value = await page.locator(progress).evaluate((it) => Reflect.get(it, 'value'))
  return Number(value) > 0 && Number(value) < 1 ? 'some' : String(value)
}
