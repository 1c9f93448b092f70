import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { chatPage, openChannel, sayMany, textOf, type ChatPage } from '../support/chat.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectAccessible, openConsole, type OpenConsole } from './support/console.ts'

const SAID = 180
const NEWEST = 50
/** Names stand once above what one person says, so what was first may move by a line. */
const A_LINE_PX = 40

describe.skipIf(!hasChromium)('a long conversation in the console', () => {
  let stage: OpenConsole
  let page: Page
  let visitor: ChatPage

  beforeAll(async () => {
    stage = await openConsole({ path: '/console/conversations' })
    page = stage.page
    page.setDefaultTimeout(8_000)
    const channel = await openChannel(stage.owner, { name: 'Advice' })
    await stage.owner.told('PUT', `/chat/channels/${channel.id}/seat`)
    visitor = chatPage(stage.server, channel.id)
    const { conversation } = await visitor.begin('begun')
    await sayMany(visitor, SAID)
    await page.goto(`${stage.server.url}/console/conversations?id=${conversation.id}`)
    return () => stage.stop()
  }, 120_000)

  const log = () => page.getByRole('log')
  const texts = () => log().locator('.said-text').allTextContents()
  const earlier = () => page.getByRole('button', { name: 'Earlier messages' })
  const upTo = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, at) => `${first + at}`)

  const placeOf = (text: string, top?: number) =>
    log().evaluate(
      (box, [wanted, to]) => {
        if (to !== undefined) box.scrollTop = Number(to)
        const all = [...box.querySelectorAll('.said-text')]
        return all.find((one) => one.textContent === wanted)?.getBoundingClientRect().top ?? -1
      },
      [text, top] as const,
    )

  it('opens with what was said last, and goes back as one scrolls up, in its place', async () => {
    await expect.poll(texts).toContain(`${SAID}`)
    const [first = ''] = await texts()
    expect(await texts()).toEqual(upTo(Number(first), SAID))
    expect((await texts()).length).toBeLessThanOrEqual(NEWEST)
    await expectAccessible(page, 'a long conversation')
    const before = await placeOf(first, 0)
    await expect.poll(async () => (await texts()).length).toBeGreaterThan(NEWEST)

    expect(Math.abs((await placeOf(first)) - before)).toBeLessThan(A_LINE_PX)
  })

  it('is whole and in order after a cut, and the keyboard goes to its beginning', async () => {
    await page.context().setOffline(true)
    await visitor.post('/messages', { message: textOf(`${SAID + 1}`) })
    await page.context().setOffline(false)
    await expect.poll(texts, { timeout: 15_000 }).toContain(`${SAID + 1}`)
    while ((await earlier().count()) > 0) {
      const { length } = await texts()
      await earlier().focus()
      await page.keyboard.press('Enter')
      await expect.poll(async () => (await texts()).length).toBeGreaterThan(length)
    }

    expect(await texts()).toEqual(['begun', ...upTo(1, SAID + 1)])
    expect(await log().evaluate((box) => box === document.activeElement)).toBe(true)
    const { errors, violations } = stage.watched
    expect({ errors, violations }).toEqual({ errors: [], violations: [] })
  })
})
