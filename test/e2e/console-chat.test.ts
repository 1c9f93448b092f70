import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LogAnswer } from '#protocol/chat.ts'
import type { Channel } from '#protocol/chat-channels.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import type { WireEvent } from '#protocol/events.ts'
import { EVENTS_PATH } from '#protocol/names.ts'
import {
  bringMember,
  chatPage,
  memberSocket,
  openChannel,
  outcomeOf,
  textOf,
  visitorSocket,
  type ChatPage,
} from '../support/chat.ts'
import { hasChromium } from '../support/chromium.ts'
import { batchOf, BROWSER, eventOf, newVisitor } from '../support/ingestion.ts'
import { expectAccessible, openConsole, type OpenConsole } from './support/console.ts'

describe.skipIf(!hasChromium)('conversations in the console', () => {
  let stage: OpenConsole
  let page: Page
  let channel: Channel
  let visitor: ChatPage

  beforeAll(async () => {
    stage = await openConsole({ path: '/console/conversations' })
    page = stage.page
    page.setDefaultTimeout(8_000)
    channel = await openChannel(stage.owner, { name: 'Advice' })
    await stage.owner.told('PUT', `/chat/channels/${channel.id}/seat`)
    await page.reload()
    return () => stage.stop()
  })

  const button = (name: string | RegExp, at: Page = page) =>
    at.getByRole('button', { name, exact: true })
  const row = (text: string) => page.locator('.inbox-row').filter({ hasText: text })
  const log = (at: Page = page) => at.getByRole('log')
  const write = (at: Page = page) => at.getByLabel('Write to the visitor')
  const heard = async () => {
    const { json } = await visitor.post<LogAnswer>('/log')
    return json.messages.map(({ text, notice }) => text ?? notice)
  }

  it('appear as a visitor writes, are counted, and opened by keyboard', async () => {
    await page.getByText('No conversations yet').waitFor()
    visitor = chatPage(stage.server, channel.id)
    await visitor.begin('Is this in stock in blue?', { fields: { name: 'Sofía' } })
    await row('Is this in stock').waitFor()
    await page.getByRole('link', { name: '1 chat waits for you' }).waitFor()
    expect(await page.title()).toBe('(1) Conversations · Granplaza')

    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await log().getByText('Is this in stock in blue?').waitFor()
    await page.getByRole('link', { name: 'No chat waits' }).waitFor()
  })

  it('are answered: both sides see it, and a note is for the team alone', async () => {
    await write().fill('Yes, in every size')
    await write().press('Enter')
    await log().getByText('Yes, in every size').waitFor()
    await button('Note').click()
    await page.getByLabel('Write a note for your team').fill('Asks about blue')
    await button('Add note').click()
    await log().getByText('Asks about blue').waitFor()
    await button('Reply').click()
    await visitor.post('/messages', { message: textOf('Great, thanks') })
    await log().getByText('Great, thanks').waitFor()

    expect(await heard()).toEqual([
      'Is this in stock in blue?',
      'joined',
      'Yes, in every size',
      'Great, thanks',
    ])
  })

  it('are the same at two places, where drafts stay and colleagues see each other', async () => {
    await write().fill('One more thing')
    await page.reload()
    await log().getByText('Great, thanks').waitFor()
    expect(await write().inputValue()).toBe('One more thing')

    await write().press('Enter')
    await log().getByText('One more thing').waitFor()
    await expectAccessible(page, 'a conversation')
  })

  it('take commands and canned replies after a slash', async () => {
    const reply = { shortcut: 'hours', text: 'We answer until six, {visitor.name}' }
    await stage.owner.told('POST', '/chat/canned-replies', reply)
    await write().fill('/ho')
    await page.getByRole('option', { name: /hours/ }).waitFor()
    await write().press('Enter')
    await write().press('Enter')
    await log().getByText('We answer until six').waitFor()
    await write().fill('/tag blue')
    await write().press('Enter')
    await log().getByText('Tagged blue').waitFor()
    await button('More actions').click()
    await page.getByRole('menuitem', { name: 'Mark as spam' }).waitFor()
    await page.keyboard.press('Escape')
    await button('Close').click()
    await log()
      .getByText(/closed/i)
      .first()
      .waitFor()
    await button('Undo').click()
    await write().waitFor()

    const { items } = await stage.owner.told<{ items: Conversation[] }>(
      'GET',
      '/chat/conversations?tag=blue',
    )
    expect(items[0]).toMatchObject({ state: 'assigned', tags: ['blue'], operator: { name: 'Ana' } })
  })

  it('stay in a window on other pages, in step with the page of conversations', async () => {
    await button('Open in a window').click()
    await page.getByRole('link', { name: 'Products', exact: true }).click()
    const window = page.getByRole('article', { name: /Chat with/ })
    await window.getByRole('log').getByText('We answer until six').waitFor()
    await visitor.post('/messages', { message: textOf('Still there?') })
    await window.getByText('Still there?').waitFor()
    const { conversation } = (await visitor.post<LogAnswer>('/log')).json
    const socket = visitorSocket(stage.server, {
      token: visitor.token,
      conversationId: conversation.id,
    })
    expect(await outcomeOf(socket)).toBe('open')
    socket.emit('chat:read', { number: conversation.lastNumber })
    await window.getByText('Seen').waitFor()
    socket.emit('chat:typing', { isTyping: true })
    await window.getByText(/is typing/).waitFor()
    socket.disconnect()
    await expectAccessible(page, 'a window')
    await window.getByRole('button', { name: 'Open in Conversations' }).click()
    await log().getByText('Still there?').waitFor()
  })

  it('show beside them what their visitor does and has in the cart, however much that is', async () => {
    const who = newVisitor()
    const session = { id: randomUUID(), startedAt: Date.now() }
    const does = async (...events: readonly Partial<WireEvent>[]) => {
      const at = Date.now()
      const sent = events.map((event) => eventOf({ ...event, at }))
      const more = { key: stage.server.key, visitor: who, session, sentAt: at }
      const init = { method: 'POST', headers: { 'user-agent': BROWSER } }
      const body = JSON.stringify(batchOf(sent, more))
      const { status } = await fetch(stage.server.url + EVENTS_PATH, { ...init, body })
      expect(status).toBe(200)
    }
    const goesTo = (path: string): Partial<WireEvent> => ({
      type: 'page',
      name: 'Page Viewed',
      page: { url: `https://shop.example${path}`, referrer: '', title: 'Lamps' },
    })
    const adds = (name: string): Partial<WireEvent> => ({
      name: 'Product Added',
      properties: { product_id: name, name, price: 9.9, quantity: 1 },
    })
    const pane = page.getByRole('complementary')
    const trail = pane.locator('.pane-trail li')

    await does(goesTo('/lamps'))
    await chatPage(stage.server, channel.id).begin('Which one is brighter?', { visitor: who })
    await row('Which one is brighter').click()
    // Told from when it is looked at, which the server hears of a moment later.
    const goOn = async () => {
      await does(goesTo('/lamps/green'))
      return trail
        .first()
        .innerText({ timeout: 500 })
        .catch(() => '')
    }
    await expect.poll(goOn, { interval: 200 }).toContain('/lamps/green')
    await does(adds('Green lamp'))
    await pane.getByRole('cell', { name: 'Green lamp' }).waitFor()
    await does(...Array.from({ length: 60 }, (_, at) => goesTo(`/lamps/${at}`)))
    await trail.getByText('/lamps/59').waitFor()
    for (const name of ['Blue lamp', 'White lamp']) {
      await does(adds(name))
      await pane.getByRole('cell', { name }).waitFor()
    }
    expect(await trail.count()).toBe(50)
    await row('Still there').click()
    await log().getByText('Still there?').waitFor()
  })

  it('is set away, and told to colleagues who look at the same', async () => {
    await button(/^Chat: /).click()
    await page.getByRole('menuitemradio', { name: /Away/ }).click()
    await button('Chat: Away').waitFor()
    const luis = await bringMember(stage.server, stage.owner, 'luis', ['admin'])
    const { id } = (await visitor.post<LogAnswer>('/log')).json.conversation
    const socket = memberSocket(stage.server, luis)
    expect(await outcomeOf(socket)).toBe('open')
    socket.emit('chat:look', { conversationIds: [id] })
    await page.getByText('Looking: luis@shop.example').waitFor()
    socket.disconnect()
  })

  it('reads on a phone as list, conversation and visitor', async () => {
    await page.setViewportSize({ width: 390, height: 780 })
    await log().waitFor()
    await button('About the visitor').click()
    await page.getByRole('complementary', { name: 'About the visitor' }).waitFor()
    await button('Back to the conversation').click()
    await button('Back to the list').click()
    await row('Still there').waitFor()
    const { errors, violations } = stage.watched
    expect({ errors, violations }).toEqual({ errors: [], violations: [] })
  })
})
