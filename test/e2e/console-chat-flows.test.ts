import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LogAnswer } from '#protocol/chat.ts'
import type { Channel, OwnPresence } from '#protocol/chat-channels.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import { bringMember, chatPage, openChannel, textOf, type ChatPage } from '../support/chat.ts'
import { hasChromium } from '../support/chromium.ts'
import { startMailSink, type MailSink } from '../support/mail-sink.ts'
import { networkOf } from './support/chat-shop.ts'
import { expectAccessible, openConsole, type OpenConsole } from './support/console.ts'

const MINUTE = 60_000
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe.skipIf(!hasChromium)('what a team does with conversations', () => {
  let stage: OpenConsole
  let sink: MailSink
  /** Ana’s, who owns the shop. */
  let page: Page
  /** Of Luis, who answers in both channels. */
  let his: Page
  let advice: Channel
  let repairs: Channel
  let visitor: ChatPage
  let conversationId: string
  let later = 0

  beforeAll(async () => {
    sink = await startMailSink()
    stage = await openConsole({
      path: '/console/conversations',
      server: {
        mail: sink.settings,
        now: () => Date.now() + later,
      },
    })
    const { owner, server } = stage
    page = stage.page
    const luis = await bringMember(server, owner, 'luis')
    advice = await openChannel(owner, { name: 'Advice', operators: [luis.id] })
    repairs = await openChannel(owner, { name: 'Repairs', operators: [luis.id] })
    await owner.told('PUT', `/chat/channels/${advice.id}/seat`)
    visitor = chatPage(server, advice.id)
    const { conversation } = await chatPage(server, repairs.id).begin('A broken switch')
    const tags = ['warranty', 'switches']
    const past = { tags, state: 'closed' }
    await owner.told('PATCH', `/chat/conversations/${conversation.id}`, past)
    const begun = await visitor.begin('My lamp flickers', { fields: { name: 'Sofía' } })
    conversationId = begun.conversation.id
    for (const { id } of [advice, repairs]) await luis.told('PUT', `/chat/channels/${id}/seat`)
    his = await stage.another({ of: luis })
    await heed(his)
    for (const one of [page, his]) one.setDefaultTimeout(8_000)
    await page.goto(`${server.url}/console/conversations?id=${conversationId}`)
    return async () => {
      await stage.stop()
      await sink.stop()
    }
  })

  const button = (name: string | RegExp, at: Page = page) =>
    at.getByRole('button', { name, exact: true })
  const log = (at: Page = page) => at.getByRole('log')
  const write = (at: Page = page) => at.getByLabel('Write to the visitor')
  const dialog = (at: Page = page) => at.getByRole('dialog')
  const heard = async () => {
    const { json } = await visitor.post<LogAnswer>('/log')
    return json.messages.map(({ text, notice, attachment }) => text ?? attachment?.name ?? notice)
  }
  const stands = () =>
    stage.owner.told<Conversation>('GET', `/chat/conversations/${conversationId}`)

  async function choose(action: string | RegExp, at: Page = page): Promise<void> {
    await button('More actions', at).click()
    await at.getByRole('menuitem', { name: action }).click()
  }

  async function to(whom: RegExp, at: Page = page): Promise<void> {
    const options = dialog(at).getByRole('option', { name: whom })
    await options.waitFor({ state: 'attached' })
    const label = (await options.textContent()) ?? ''
    await dialog(at).getByLabel('To').selectOption({ label })
  }

  it('go to a colleague, whose console rings, tells and counts', async () => {
    await log().getByText('My lamp flickers').waitFor()
    await his.getByRole('link', { name: 'Conversations', exact: true }).first().click()
    await button(/^Chat: /, his).click()
    await his.getByRole('menuitem', { name: 'Turn sound off' }).waitFor()
    await his.keyboard.press('Escape')
    await look(his, true)
    await choose('Transfer…')
    await to(/^luis/)
    await dialog().getByRole('button', { name: 'Transfer' }).click()

    await his.getByRole('link', { name: '1 chat waits for you' }).waitFor()
    await expect.poll(() => his.title()).toBe('(1) Conversations · Granplaza')
    await expect.poll(() => his.evaluate(() => Reflect.get(window, 'tones'))).toBe(2)
    const told = () => his.evaluate(() => Reflect.get(window, 'notifications'))
    await expect.poll(told).toEqual(['New chat: My lamp flickers'])
    await look(his, false)
    await his.locator('.inbox-row').filter({ hasText: 'My lamp flickers' }).click()
    await log(his).getByText('Given to luis@shop.example').waitFor()
    await expect.poll(() => his.title()).not.toContain('(1)')
  })

  it('are taken over, and invite whoever else should help', async () => {
    await write(his).fill('Which bulb is in it?')
    await write(his).press('Enter')
    await log().getByText('Which bulb is in it?').waitFor()
    await button('Take over').click()
    await page.getByText('with you').waitFor()
    await choose('Invite a colleague…')
    await to(/^luis/)
    await dialog().getByRole('button', { name: 'Invite' }).click()
    await page.getByText('also luis@shop.example').waitFor()

    expect(await stands()).toMatchObject({ operator: { name: 'Ana' }, state: 'assigned' })
    await button('Take over', his).waitFor()
  })

  it('are tagged with what is in use already, and found by it', async () => {
    await choose('Tags…')
    await dialog().getByLabel('Tags').fill('light, warr')
    await expect
      .poll(() => dialog().locator('.tags-choice').allTextContents())
      .toEqual(['warranty'])
    await dialog().getByRole('button', { name: 'warranty' }).click()
    expect(await dialog().getByLabel('Tags').inputValue()).toBe('light, warranty')
    await expectAccessible(page, 'tags')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await log().getByText('Tagged light and warranty').waitFor()
    await page.getByLabel('Tag', { exact: true }).selectOption('light')
    await expect.poll(() => page.locator('.inbox-row').count()).toBe(1)
    await page.getByLabel('Tag', { exact: true }).selectOption('')

    expect((await stands()).tags.toSorted()).toEqual(['light', 'warranty'])
  })

  it('show files, and nothing more of what was taken back', async () => {
    await page.getByLabel('Attach a file').setInputFiles({
      name: 'bulb.png',
      mimeType: 'image/png',
      buffer: Buffer.from(PICTURE, 'base64'),
    })
    const picture = log().locator('.said-file img')
    await expect
      .poll(() => picture.evaluate((it) => it instanceof HTMLImageElement && it.naturalWidth))
      .toBe(1)
    await write().fill('The code is 1234')
    await write().press('Enter')
    const said = log().locator('.said').filter({ hasText: 'The code is 1234' })
    await said.getByRole('button', { name: 'Take back this message' }).click()
    await log().getByText('This message was taken back').waitFor()
    await log(his).getByText('This message was taken back').waitFor()

    expect(await heard()).toContain('bulb.png')
    expect((await heard()).join()).not.toContain('1234')
    expect(await log().textContent()).not.toContain('1234')
  })

  it('are mailed, whole', async () => {
    await choose('Mail a transcript…')
    await dialog().getByLabel('To the address').fill('sofia@example.com')
    await dialog().getByRole('button', { name: 'Send' }).click()
    await page.getByText('The transcript is on its way').waitFor()

    const mailed = () => sink.arrived.find(({ to: [address] }) => address === 'sofia@example.com')
    await expect.poll(mailed).toBeDefined()
    const raw = mailed()?.raw ?? ''
    expect(raw).toContain('My lamp flickers')
    expect(raw).not.toContain('1234')
  })

  it('keep what could not be sent, and send it once, when told to', async () => {
    const cut = await networkOf(page.context())
    await page.reload()
    await log().getByText('My lamp flickers').waitFor()
    await cut(true)
    await page.getByText('Connection lost').waitFor()
    await write().fill('Try another bulb')
    await write().press('Enter')
    await log().getByText('Sending…').waitFor()
    await visitor.post('/endings')
    await cut(false)
    await log().getByText('Not sent').waitFor()
    await button('Reopen').click()
    await write().waitFor()
    await log().getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => log().getByText('Not sent').count()).toBe(0)

    const sent = (await heard()).filter((text) => text === 'Try another bulb')
    expect(sent).toHaveLength(1)
  })

  it('are closed, reopened, marked and blocked, each with a way back', async () => {
    await button('Close').click()
    await page.getByText('This conversation is closed').waitFor()
    await button('Reopen').click()
    await write().waitFor()
    await choose('Mark as spam')
    await page.locator('.thread-head').getByText('Spam').waitFor()
    // Closing and opening have a way back, too, which still stand there.
    const marked = page.locator('.toast').filter({ hasText: 'Marked as spam' })
    await marked.getByRole('button', { name: 'Undo' }).click()
    await write().waitFor()
    await expect.poll(() => page.locator('.thread-head').getByText('Spam').count()).toBe(0)
    await choose('Block visitor')
    await page.locator('.thread-head').getByText('Blocked').waitFor()
    const refused = await visitor.post('/messages', { message: textOf('Hear me') })
    expect(refused.status).toBe(403)
    await choose('Unblock visitor')
    await expect.poll(() => page.locator('.thread-head').getByText('Blocked').count()).toBe(0)

    expect((await visitor.post('/messages', { message: textOf('Thanks') })).status).toBe(201)
    expect(await stands()).toMatchObject({ isSpam: false, isBlocked: false, state: 'assigned' })
  })

  it('stay where they are while their visitor has another one there, and say so', async () => {
    const there = await chatPage(stage.server, repairs.id, visitor.token).begin('And a switch')
    await choose('Transfer…')
    await to(/Repairs/)
    await dialog().getByRole('button', { name: 'Transfer' }).click()
    await page.getByText('This visitor has another open conversation in that channel').waitFor()
    await page.keyboard.press('Escape')

    expect((await stands()).channelName).toBe('Advice')
    const path = `/chat/conversations/${there.conversation.id}`
    await stage.owner.told('PATCH', path, { state: 'closed' })
  })

  it('go to another channel’s team', async () => {
    await choose('Transfer…')
    await to(/Repairs/)
    await dialog().getByRole('button', { name: 'Transfer' }).click()
    await log().getByText('Transferred to Repairs').waitFor()

    await expect.poll(async () => (await stands()).channelName).toBe('Repairs')
    await expect.poll(async () => (await stands()).operator?.name).toBe('luis@shop.example')
  })

  it('come no more to who did nothing for half an hour, until they join again', async () => {
    const path = `/chat/channels/${advice.id}`
    const { options } = await stage.owner.told<Channel>('GET', path)
    await stage.owner.told('PATCH', path, { options: { ...options, rejoins: false } })
    await page.goto(`${stage.server.url}/console/channels`)
    await button(/^Chat: Online/).waitFor()
    await button('Leave Advice').waitFor()
    await page.getByText('2 of 2 there').waitFor()
    later = 31 * MINUTE
    await stage.server.chat.sweep()
    const card = page.locator('.join-again-card')
    await card.getByText('you left Advice').waitFor()
    // What the channel's own card says is true, too.
    await button('Join again: Advice').waitFor()
    expect(await button('Leave Advice').count()).toBe(0)
    await page.getByText('2 of 2 there').waitFor({ state: 'detached', timeout: 4_000 })
    await expectAccessible(page, 'a card to join again')
    await card.getByRole('button', { name: 'Join again' }).click()
    await card.waitFor({ state: 'detached' })
    await button('Leave Advice').waitFor()

    await button(/^Chat: Online/).waitFor()
    const { channels } = await stage.owner.told<OwnPresence>('GET', '/chat/presence')
    expect(channels.find(({ id }) => id === advice.id)).toMatchObject({ isSeated: true })
    const { errors, violations } = stage.watched
    expect({ errors, violations }).toEqual({ errors: [], violations: [] })
  })
})

/** Counts the tones that a page begins and the notifications that it shows, which nobody here hears or sees. */
async function heed(page: Page): Promise<void> {
  await page.context().grantPermissions(['notifications'])
  await page.addInitScript(() => {
    Reflect.set(window, 'tones', 0)
    Reflect.set(window, 'notifications', [])
    class Heard extends OscillatorNode {
      override start(when?: number) {
        Reflect.set(window, 'tones', Number(Reflect.get(window, 'tones')) + 1)
        super.start(when)
      }
    }
    Reflect.set(window, 'OscillatorNode', Heard)
    const shown = Reflect.get(window, 'notifications') as string[]
    class Noted extends EventTarget {
      static permission = 'granted'
      constructor(title: string, { body }: { body: string }) {
        super()
        shown.push(`${title}: ${body}`)
      }
      close() {}
    }
    Reflect.set(window, 'Notification', Noted)
    Object.defineProperty(document, 'visibilityState', {
      get: () => (Reflect.get(window, 'isElsewhere') === true ? 'hidden' : 'visible'),
    })
  })
  await page.reload()
}

/** Whoever sits there looks at another tab, or back. */
function look(page: Page, isElsewhere: boolean): Promise<void> {
  return page.evaluate((is) => {
    Reflect.set(window, 'isElsewhere', is)
    document.dispatchEvent(new Event('visibilitychange'))
  }, isElsewhere)
}
