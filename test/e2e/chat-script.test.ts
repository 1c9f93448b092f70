import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Channel } from '#protocol/chat-channels.ts'
import type { Chatbot } from '#protocol/chatbots.ts'
import { chatPage } from '../support/chat.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
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
const NAMES =
  'ready open close start end message unread availability assigned queue rating error'.split(' ')
const LISTENING = `<script>
  window.gp = Object.assign((...call) => void gp.q.push(call), { q: [] })
  window.heard = []
  for (const name of ${JSON.stringify(NAMES)}) gp('on', 'chat:' + name, (told) => void heard.push([name, told]))
</script>`

describe.skipIf(!hasChromium)('a shop’s page and its chat', () => {
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
    context = await newShopper(stage.browser, DESKTOP)
    context.setDefaultTimeout(8_000)
    watched = await watch(context)
    return () => context.close()
  })

  /** What the page was told by that name, in order. */
  const toldOf = (page: Page, name: string) =>
    page.evaluate(
      (of) =>
        (Reflect.get(window, 'heard') as [string, unknown][])
          .filter(([heard]) => heard === of)
          .map(([, told]) => told),
      name,
    )
  const change = (id: string, to: object) =>
    shop.operator.told('PATCH', `/chat/conversations/${id}`, to)
  const seat = (method: 'PUT' | 'DELETE') =>
    shop.operator.told(method, `/chat/channels/${shop.channelId}/seat`)

  it('hears of all that happens, from a call before the tag is there to a rating, by the operator’s alias', async () => {
    const own = { name: 'Ana María Secreta', alias: 'Lucía' }
    const rest = { languages: [], timeZone: null, preferences: {} }
    await shop.operator.told('PUT', '/account', { ...rest, ...own })
    await shop.change({ chatsPerOperator: 1 })
    const first = await chatPage(stage.server, shop.channelId).begin('I was here before')
    const page = await shop.open(context, {}, { head: LISTENING })

    expect(await command(page, 'sendMessage', 'Is it in stock?')).toMatchObject({ ok: true })
    await expect.poll(() => toldOf(page, 'start')).toHaveLength(1)
    await expect.poll(() => toldOf(page, 'queue')).toEqual([{ position: 1 }])
    expect(await windowOf(page).count()).toBe(0)
    await change(first.conversation.id, { state: 'closed' })
    await expect.poll(() => toldOf(page, 'assigned')).toEqual([{ operators: ['Lucía'] }])
    expect(await toldOf(page, 'queue')).toEqual([{ position: 1 }, { position: null }])

    await command(page, 'toggleChat')
    await windowOf(page).getByText('Lucía is answering').waitFor()
    await shop.answer('Two are left')
    await expect.poll(() => saidOn(page)).toEqual(['> Is it in stock?', 'Two are left'])
    expect(await windowOf(page).innerText()).not.toMatch(/Ana|Secreta|@/)
    await command(page, 'toggleChat')
    await expect.poll(() => windowOf(page).count()).toBe(0)
    expect(await toldOf(page, 'message')).toMatchObject([
      { author: 'visitor', kind: 'text', text: 'Is it in stock?' },
      { author: 'operator', kind: 'text', text: 'Two are left' },
    ])

    await seat('DELETE')
    await expect.poll(() => toldOf(page, 'availability')).toEqual([{ isAnyoneThere: false }])
    await command(page, 'sendMessage', 'And in green?')
    await seat('PUT')
    await expect.poll(() => toldOf(page, 'availability')).toHaveLength(2)
    await shop.answer('In green, too')

    const [{ id } = { id: '' }] = await shop.conversations()
    await change(id, { state: 'closed' })
    await expect.poll(() => toldOf(page, 'end')).toEqual([{ conversationId: id }])
    await command(page, 'openChat')
    await windowOf(page).locator('.stars label').nth(4).click()
    await windowOf(page).getByLabel('What was good').fill('Quick')
    await windowOf(page).getByRole('button', { name: 'Send the rating' }).click()
    await expect.poll(() => toldOf(page, 'rating')).toEqual([{ rating: 5, comment: 'Quick' }])
    for (const name of ['ready', 'start']) expect(await toldOf(page, name)).toHaveLength(1)
    for (const name of ['open', 'close']) expect(await toldOf(page, name)).not.toEqual([])
    expect(await toldOf(page, 'error')).toEqual([])

    await windowOf(page).getByRole('button', { name: 'Start a new chat' }).click()
    await write(page, 'One more')
    await expect.poll(() => toldOf(page, 'start')).toHaveLength(2)
    const [{ id: second } = { id: '' }] = await shop.conversations()
    await change(second, { isBlocked: true })
    await expect.poll(() => toldOf(page, 'error')).toEqual([{ reason: 'forbidden' }])
    await windowOf(page).getByText('You cannot write here any more').waitFor()
    await change(second, { isBlocked: false, state: 'closed' })
    await shop.change({ chatsPerOperator: 5 })
    expect(watched.errors).toEqual([])
  })

  it('has its title blink with who wrote while nobody looks, and back as it was', async () => {
    const page = await shop.open(context)
    await command(page, 'openChat', { message: 'Hello', send: true })
    await expect.poll(() => page.locator('gp-widget .receipt').textContent()).toBe('Sent')
    const lookAway = (isAway: boolean) =>
      page.evaluate((is) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => is })
        document.dispatchEvent(new Event('visibilitychange'))
      }, isAway)
    await lookAway(true)
    await shop.answer('Are you there?')

    for (const title of ['Lucía', 'A shop', 'Lucía']) {
      await expect.poll(() => page.title()).toBe(title)
    }
    expect(await command(page, 'chatState')).toMatchObject({ state: { unread: 1 } })
    await lookAway(false)
    expect(await page.title()).toBe('A shop')
    await expect
      .poll(() => command(page, 'chatState'))
      .toMatchObject({ state: { unread: 0, isOpen: true } })
  })

  it('lends emoji, put where the visitor writes', async () => {
    const page = await shop.open(context)
    await launcherOf(page).click()
    const draft = windowOf(page).locator('textarea.draft')
    await draft.fill('Thank you')
    await draft.evaluate((it: HTMLTextAreaElement) => it.setSelectionRange(5, 5))
    await windowOf(page).getByRole('button', { name: 'Insert an emoji' }).click()
    const group = windowOf(page).getByRole('group', { name: 'Insert an emoji' })
    await group.waitFor()
    await expect.poll(() => focusedIn(page)).toBe('😀')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await group.waitFor({ state: 'detached' })
    expect(await draft.inputValue()).toBe('Thank😁 you')
    await expect.poll(() => focusedIn(page)).toBe('Write a message')
    await page.keyboard.press('Enter')

    await expect.poll(() => saidOn(page)).toEqual(['> Thank😁 you'])
  })

  it('stands over what the page puts high, and under its open dialog', async () => {
    const page = await shop.open(context)
    await launcherOf(page).click()
    await windowOf(page).waitFor()
    const on = (selector: string) =>
      page.evaluate((found) => {
        const inChat = document.querySelector('gp-widget')?.shadowRoot?.querySelector(found)
        const { x = 0, y = 0, width = 0, height = 0 } = inChat?.getBoundingClientRect() ?? {}
        return document.elementFromPoint(x + width / 2, y + height / 2)?.tagName
      }, selector)
    await page.evaluate(() => {
      const high = document.createElement('section')
      high.style.cssText = 'position:fixed;inset:0;z-index:2000000000;background:#fff'
      document.body.append(high)
    })
    expect([await on('.gp-launcher'), await on('.window')]).toEqual(['GP-WIDGET', 'GP-WIDGET'])

    await page.evaluate(() => {
      const dialog = document.createElement('dialog')
      dialog.textContent = 'Pay'
      document.body.append(dialog)
      dialog.showModal()
    })
    expect([await on('.gp-launcher'), await on('.window')]).toEqual(['DIALOG', 'DIALOG'])
  })

  it('follows rules: a bot only where nobody is there, and nothing where a rule hides it, bot or not', async () => {
    const { id: chatbotId } = await shop.operator.told<Chatbot>('POST', '/chat/chatbots', {
      name: 'Guide',
      steps: [{ id: 'hello', kind: 'text', text: { en: 'I am the bot' } }],
    })
    const ruled = async (name: string) => {
      const { id } = await shop.operator.told<Channel>('POST', '/chat/channels', { name })
      await shop.operator.told('PUT', `/chat/channels/${id}/rules`, {
        rules: [
          { action: 'hide', pagePattern: '^/checkout', chatbotId },
          { action: 'show', chatbotId, botCondition: 'nobody_available' },
          { action: 'show' },
        ],
      })
      return id
    }
    const [staffed, empty] = [await ruled('Staffed'), await ruled('Empty')]
    await shop.operator.told('PUT', `/chat/channels/${staffed}/seat`)
    await shop.operator.told('DELETE', `/chat/channels/${empty}/seat`)

    const page = await shop.open(context, { 'chat-channel': staffed })
    await launcherOf(page).click()
    await windowOf(page).getByText('Hello! How can we help you?').waitFor()
    expect(await windowOf(page).getByText('I am the bot').count()).toBe(0)
    const alone = await shop.open(context, { 'chat-channel': empty, consent: 'full' })
    await launcherOf(alone).click()
    await windowOf(alone).getByText('I am the bot').waitFor()
    await command(alone, 'closeChat')
    await alone.evaluate(() => history.pushState({}, '', '/checkout'))
    await launcherOf(alone).waitFor({ state: 'hidden' })
    await alone.evaluate(() => history.pushState({}, '', '/lamps'))
    await launcherOf(alone).waitFor()
    expect(watched.errors).toEqual([])
  })
})
