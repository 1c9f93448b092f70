import { beforeAll, describe, expect, it } from 'vitest'
import type { Channel } from '#protocol/chat-channels.ts'
import { openChannel } from '../support/chat.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectAccessible, openConsole, PHONE, type OpenConsole } from './support/console.ts'

const WIDE = { width: 1440, height: 900 }

describe.skipIf(!hasChromium)('products in chats', () => {
  let stage: OpenConsole
  let channel: Channel

  beforeAll(async () => {
    stage = await openConsole({ path: '/console/conversations' })
    stage.page.setDefaultTimeout(8_000)
    channel = await openChannel(stage.owner)
    await stage.owner.told('PUT', `/chat/channels/${channel.id}/seat`)
    return () => stage.stop()
  })

  const dialog = () => stage.page.getByRole('dialog', { name: 'Send a product' })
  const field = () => stage.page.getByLabel('Write to the visitor')

  it('are found by keyboard, sent as a card, and lead the visitor to their page', async () => {
    const { page, owner, server } = stage
    const visitor = await stage.another()
    const chat = visitor.locator('gp-widget')
    await visitor.goto(`${server.url}/c/${channel.id}`)
    await chat.locator('textarea.draft').fill('Which lamp suits a desk?')
    await visitor.keyboard.press('Enter')
    await page.locator('.inbox-row').filter({ hasText: 'Which lamp' }).click()
    await page.getByRole('button', { name: 'Send a product' }).click()
    await dialog().getByText('No products yet').waitFor()
    await expectAccessible(page, 'no products to send')
    await page.keyboard.press('Escape')
    await owner.told('POST', '/products', {
      products: [
        {
          id: 'L-1',
          name: 'Lámpara de mesa',
          url: 'https://shop.example/lamps/1',
          price: { amount: 129_900, currency: 'COP' },
        },
        { id: 'B-1', name: 'Box without a page' },
      ],
    })

    await page.reload()
    await field().fill('/product')
    await page.keyboard.press('Enter')
    await dialog()
      .getByRole('button', { name: /^Lámpara/ })
      .waitFor()
    expect(await dialog().getByRole('button', { name: /^Box/ }).isDisabled()).toBe(true)
    await expectAccessible(page, 'products to send')
    await page.setViewportSize(PHONE)
    const isWide = () =>
      page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(await isWide()).toBe(false)
    await page.setViewportSize(WIDE)
    await dialog().getByRole('searchbox').fill('nothing of the kind')
    await dialog().getByText('Nothing found').waitFor()
    await dialog().getByRole('searchbox').fill('lampara')
    await dialog()
      .getByRole('button', { name: /^Lámpara/ })
      .waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')

    const card = chat.getByRole('link', { name: /Lámpara de mesa/ })
    await card.waitFor()
    expect(await card.getAttribute('href')).toBe('https://shop.example/lamps/1')
    await page.getByRole('log').getByRole('link', { name: 'Lámpara de mesa' }).waitFor()
    expect(await field().evaluate((it) => it === document.activeElement)).toBe(true)
    await owner.told('DELETE', '/products/L-1')
    await visitor.reload()
    await card.waitFor()
    expect(stage.watched.errors).toEqual([])
  })
})
