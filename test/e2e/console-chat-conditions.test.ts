import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Audience } from '#protocol/audiences.ts'
import { deviceOf } from '../support/chat-identity.ts'
import { openChannel, textOf } from '../support/chat.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectAccessible, openConsole, PHONE, type OpenConsole } from './support/console.ts'

describe.skipIf(!hasChromium)('what the chat knows, among the conditions', () => {
  let stage: OpenConsole
  let page: Page
  /** As the console calls who has no name. */
  let talker: string

  beforeAll(async () => {
    stage = await openConsole({ path: '/console/audience' })
    page = stage.page
    page.setDefaultTimeout(8_000)
    const { id } = await openChannel(stage.owner)
    const [one, other] = [deviceOf(stage.server, id), deviceOf(stage.server, id)]
    await Promise.all([one.visit(), other.visit()])
    const { conversation } = await one.page.begin('Hola', { visitor: one.visitor })
    talker = one.visitor.id.slice(0, 6)
    const path = `/chat/conversations/${conversation.id}`
    await stage.owner.told('POST', `${path}/messages`, textOf('Con gusto'))
    await stage.owner.told('PATCH', path, { leadState: 'won', potential: 'high' })
    await stage.owner.told('PATCH', path, { state: 'closed' })
    await one.page.post('/ratings', { rating: 2 })
    return () => stage.stop()
  })

  const says = (text: string | RegExp) => page.getByText(text).first().waitFor()
  /** What has the focus, by its label or text. */
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: at } = document
      return at?.getAttribute('aria-label') ?? at?.textContent ?? ''
    })
  const made = async () =>
    (await stage.owner.told<{ items: readonly Audience[] }>('GET', '/audiences')).items

  async function add(words: string, name = 'Add condition'): Promise<void> {
    await page.getByRole('button', { name, exact: true }).first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name }).waitFor()
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name }).waitFor({ state: 'detached' })
  }

  async function tabTo(name: string): Promise<void> {
    for (let step = 0; step < 40; step += 1) {
      if ((await focused()) === name) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not lead to ${name}, but to ${await focused()}`)
  }

  it('is found and built by keyboard, with how many match', async () => {
    await says('2 of 2 match now')
    await add('waits in the')
    await says('1 of 2 matches now')
    await add('rating of a')
    await expect.poll(focused).toBe('Comparison')
    await page.keyboard.type('is at most')
    await tabTo('Number')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('1')
    await says('0 of 2 match now')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('2')
    await says('1 of 2 matches now')
    await add('Lead')
    await tabTo('won')
    await page.keyboard.press('Space')
    await add('Potential')
    await says('1 of 2 matches now')
    await expectAccessible(page, 'conditions of the chat')

    await page.getByLabel('Name', { exact: true }).first().focus()
    await page.keyboard.type('Unhappy winners')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Unhappy winners' }).waitFor()
    const [audience] = await made()
    expect(audience?.condition).toMatchObject({
      kind: 'all',
      of: [
        { kind: 'chat', did: 'talked' },
        { kind: 'chatRating', stars: { op: 'atMost', value: 2 } },
        { kind: 'leadState', values: expect.arrayContaining(['won']) },
        { kind: 'potential', values: ['high'] },
      ],
    })
  })

  it('is explained for somebody, part by part', async () => {
    await page.getByRole('button', { name: 'Check with somebody', exact: true }).click()
    await page.getByRole('button', { name: new RegExp(`Visitor ${talker}`) }).click()
    const seen = () => page.getByText(/^Seen: /).allTextContents()
    await expect
      .poll(async () => (await seen()).slice(1))
      .toEqual(['Seen: 2', 'Seen: “won”', 'Seen: “high”'])
    // The first one is when they talked.
    expect(await seen()).toHaveLength(4)
    await expectAccessible(page, 'explained by the chat')
  })

  it('reads as sentences in Spanish on a phone', async () => {
    const spanish = await stage.another({ locale: 'es' })
    await spanish.setViewportSize(PHONE)
    await spanish.goto(page.url())
    for (const words of [
      'cuya valoración de un chat',
      'cuyo contacto en el chat',
      'cuyo potencial',
    ]) {
      await spanish.getByText(new RegExp(words)).first().waitFor()
    }
    const talked = spanish.getByRole('option', { name: 'hablaron en el chat', selected: true })
    expect(await talked.count()).toBe(1)
    const tooWide = await spanish.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(tooWide).toBeLessThanOrEqual(0)
    await expectAccessible(spanish, 'conditions of the chat in Spanish')
  })
})
