import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LogAnswer } from '#protocol/chat.ts'
import type { Channel, ChannelOperator } from '#protocol/chat-channels.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import { CONSOLE_PATH } from '#protocol/names.ts'
import { bringMember, chatPage, openChannel, type ChatPage } from '../support/chat.ts'
import { hasChromium } from '../support/chromium.ts'
import { openConsole, type OpenConsole } from './support/console.ts'
import { keyboardOf, MOST_STOPS, stopAt, type Keyboard } from './support/keyboard.ts'

const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe.skipIf(!hasChromium)('chat in the console by keyboard alone', () => {
  let stage: OpenConsole
  let page: Page
  let keyboard: Keyboard

  beforeAll(async () => {
    stage = await openConsole({ path: '/console/channels' })
    page = stage.page
    page.setDefaultTimeout(8_000)
    keyboard = keyboardOf(page)
    await bringMember(stage.server, stage.owner, 'oli')
    await page.reload()
    return () => stage.stop()
  })

  const heading = (name: string) =>
    page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  const says = (text: string | RegExp) => page.getByText(text).first().waitFor()
  const channelOf = async (name: string) => {
    const { items } = await stage.owner.told<{ items: Channel[] }>('GET', '/chat/channels')
    const found = items.find((channel) => channel.name === name)
    if (found === undefined) throw new Error(`There is no channel ${name}`)
    return found
  }

  /** What was just pressed may be gone: the focus is not. */
  async function keepsItsPlace(after: string): Promise<void> {
    await expect
      .poll(async () => (await stopAt(page)).name !== '', {
        message: `The focus after ${after}`,
        timeout: 2_000,
      })
      .toBe(true)
  }

  /** Takes back what was said to be done, whatever else is still said. */
  async function undo(what: RegExp): Promise<void> {
    const said = page.locator('.toast').filter({ hasText: what })
    await said.waitFor()
    const isThere = () => said.evaluate((toast) => toast.contains(document.activeElement))
    await keyboard.tabTo(/^Undo$/)
    while (!(await isThere())) {
      await keyboard.press('Tab')
      await keyboard.tabTo(/^Undo$/)
    }
    await keyboard.press('Enter')
    await said.waitFor({ state: 'detached' })
    await keepsItsPlace(`undoing ${what}`)
  }

  it('makes a channel, adds an operator, takes them out and back in', async () => {
    await heading('Channels')
    await keyboard.enter(/^Turn chat on/)
    await says('Your pages use')
    await keepsItsPlace('turning chat on')
    await keyboard.enter(/^Dismiss/)
    await keepsItsPlace('a message was put away')
    await keyboard.enter(/^New channel/)
    await expect.poll(keyboard.nameAt).toMatch(/^Name/)
    await keyboard.type('Advice')
    await keyboard.press('Enter')
    await heading('Advice')
    await keepsItsPlace('making a channel')

    await keyboard.enter(/^Add operators/)
    await expect.poll(keyboard.nameAt).toMatch(/^Search by name/)
    await keyboard.type('oli')
    await keyboard.tabTo(/^oli@/)
    await keyboard.press('Space')
    await keyboard.enter(/^Add 1 operator/)
    await page.getByRole('row').filter({ hasText: 'oli@' }).waitFor()
    await keepsItsPlace('adding an operator')
    await keyboard.enter(/^Actions for oli@/)
    await keyboard.choose('Remove from channel')
    await page.getByRole('row').filter({ hasText: 'oli@' }).waitFor({ state: 'detached' })
    await keepsItsPlace('removing an operator')
    await undo(/answers here no more/)
    await page.getByRole('row').filter({ hasText: 'oli@' }).waitFor()

    const { id } = await channelOf('Advice')
    const path = `/chat/channels/${id}/operators`
    const { items } = await stage.owner.told<{ items: ChannelOperator[] }>('GET', path)
    expect(items.map(({ name }) => name)).toContain('oli@shop.example')
  })

  it('changes each kind of option, saves, undoes and discards', async () => {
    const { id, options } = await channelOf('Advice')
    const coloured = { options: { ...options, headerColour: '#123456' } }
    await stage.owner.told('PATCH', `/chat/channels/${id}`, coloured)
    await page.reload()
    await heading('Advice')
    await keyboard.enter(/^Options$/)
    await page.getByLabel('Welcome message').waitFor()

    await keyboard.tabTo(/^Add a language/)
    await keyboard.type('spa')
    await keyboard.press('Enter')
    await says('Language of the texts')
    await keyboard.tabTo(/^Welcome message/)
    await keyboard.type('¿Qué buscas?')
    await keyboard.enter(/^Remove the texts in Spanish/, 'Shift+Tab')
    await keepsItsPlace('removing a language')
    await keyboard.tabTo(/^Welcome message/)
    await keyboard.type('¿En qué te ayudo?')
    await picture()

    await keyboard.enter(/^Colours and place/)
    // What it opens is the browser’s own.
    await keyboard.tabTo(/^Launcher and buttons/)
    await keyboard.enter(/^Reset/)
    await keepsItsPlace('a colour was reset')
    await keyboard.tabTo(/^(Right|Left)$/)
    await keyboard.press('ArrowDown')
    await keyboard.tabTo(/^Pixels from below/)
    await keyboard.press('Control+a')
    await keyboard.type('64')
    await keyboard.tabTo(/^Show the launcher/)
    await keyboard.press('Space')
    await hours()
    await questions()

    await keyboard.enter(/^Save$/)
    await says(/^Saved$/)
    expect(await keyboard.nameAt()).toBe('Save')
    expect((await channelOf('Advice')).options).toMatchObject({
      texts: { es: { welcome: '¿En qué te ayudo?' } },
      headerColour: null,
      position: 'start',
      offset: { block: 64 },
      isLauncherShown: false,
      hours: {
        timeZone: 'Europe/Madrid',
        week: { mon: [{ from: '08:30', to: '18:00' }], tue: [] },
      },
      preChat: { isOn: true, fields: [{ type: 'email' }] },
    })
    await undo(/Saved/)
    await expect
      .poll(async () => (await channelOf('Advice')).options)
      .toMatchObject({ position: 'end', hours: null, headerColour: '#123456' })
    await keyboard.tabTo(/^Name/)
    await keyboard.type(' 2')
    await keyboard.enter(/^Discard changes/)
    await keepsItsPlace('discarding')
    expect((await channelOf('Advice')).name).toBe('Advice')
  })

  async function picture(): Promise<void> {
    const choosing = page.waitForEvent('filechooser')
    await keyboard.enter(/^Choose a picture/)
    const chosen = {
      name: 'team.png',
      mimeType: 'image/png',
      buffer: Buffer.from(PICTURE, 'base64'),
    }
    await (await choosing).setFiles(chosen)
    await says('The picture is changed')
    await keyboard.enter(/^Remove$/)
    await says('The picture is removed')
    await keepsItsPlace('removing a picture')
  }

  async function hours(): Promise<void> {
    await keyboard.enter(/^Business hours/)
    await keyboard.tabTo(/^At any time/)
    await keyboard.press('ArrowDown')
    await keyboard.tabTo(/^Time zone/)
    await keyboard.press('Control+a')
    await keyboard.type('Madrid')
    await keyboard.press('Enter')
    await keyboard.tabTo(/^Monday, from/)
    await keyboard.type('0830')
    await keyboard.enter(/^Add hours on Monday/)
    await keyboard.enter(/^Remove the hours from 19:00 on Monday/, 'Shift+Tab')
    await keepsItsPlace('removing hours')
    await keyboard.tabTo(/^Open on Tuesday/)
    await keyboard.press('Space')
    await keyboard.enter(/^Add a day/)
    await keyboard.enter(/^Remove day 1/, 'Shift+Tab')
    await keepsItsPlace('removing a day')
  }

  async function questions(): Promise<void> {
    await keyboard.enter(/^Before the chat/)
    await keyboard.tabTo(/^Ask before the chat/)
    await keyboard.press('Space')
    for (const kind of ['E-mail', 'Phone']) {
      await keyboard.enter(/^Add a question/)
      await keyboard.choose(kind)
      await keepsItsPlace(`adding a question for ${kind}`)
    }
    await keyboard.enter(/^Remove “Your phone number”/, 'Shift+Tab')
    await keepsItsPlace('removing a question')
  }

  it.each(['Operators', 'Options', 'Widget'])(
    'sees where it is at each stop of %s',
    async (tab) => {
      await keyboard.enter(/^Skip to content/)
      await keyboard.enter(new RegExp(`^${tab}$`))
      await page.locator('[aria-current=true]', { hasText: tab }).waitFor()
      await expect.poll(() => page.locator('.bones').count()).toBe(0)
      const unseen: string[] = []
      let stops = 0
      for (let stop = await stopAt(page); stop.isInMain; stop = await stopAt(page)) {
        if (!stop.hasRing && !stop.isHeading) unseen.push(stop.name)
        if (stops > MOST_STOPS) throw new Error(`Nothing leads out of ${tab}`)
        stops += 1
        await keyboard.press('Tab')
      }

      expect(stops).toBeGreaterThan(3)
      expect(unseen).toEqual([])
    },
  )

  it('copies its snippet, and archives it with a way back', async () => {
    await keyboard.enter(/^Widget$/, 'Shift+Tab')
    await page.getByLabel('Snippet').waitFor()
    await keyboard.enter(/^Copy snippet/)
    await page
      .getByText(/^Copied$|could not/i)
      .first()
      .waitFor({ state: 'attached' })
    await keepsItsPlace('copying')
    await keyboard.enter(/^Back to channels/, 'Shift+Tab')
    await heading('Channels')
    await keyboard.enter(/^Actions for Advice/)
    await keyboard.choose('Archive')
    await page.getByRole('link', { name: 'Advice' }).waitFor({ state: 'detached' })
    await keepsItsPlace('archiving')
    await undo(/Advice is archived/)
    await page.getByRole('link', { name: 'Advice' }).waitFor()
    expect((await channelOf('Advice')).isArchived).toBe(false)
  })

  it('answers, notes, tags, transfers, takes over, closes and reopens a conversation', async () => {
    const { owner, server } = stage
    const { id } = await openChannel(owner, { name: 'Repairs' })
    await owner.told('POST', '/chat/canned-replies', { shortcut: 'hours', text: 'Until six' })
    const visitor: ChatPage = chatPage(server, id)
    const { conversation } = await visitor.begin('My lamp flickers')
    const stands = () => owner.told<Conversation>('GET', `/chat/conversations/${conversation.id}`)
    const log = page.getByRole('log')
    await page.goto(`${server.url}${CONSOLE_PATH}/conversations`)
    await page.locator('.inbox-row').filter({ hasText: 'My lamp flickers' }).waitFor()

    await keyboard.press('j')
    await keyboard.press('Enter')
    await expect.poll(keyboard.nameAt).toBe('Write to the visitor')
    await keyboard.type('Which bulb is in it?')
    await keyboard.press('Enter')
    await log.getByText('Which bulb is in it?').waitFor()
    await keyboard.type('/ho')
    await page.getByRole('option', { name: /hours/ }).waitFor()
    await keyboard.press('Enter')
    await keyboard.press('Enter')
    await log.getByText('Until six').waitFor()

    await keyboard.tabTo(/^Note$/, 'Shift+Tab')
    await keyboard.press('Space')
    await keyboard.tabTo(/^Write a note/)
    await keyboard.type('An old lamp')
    await keyboard.enter(/^Add note/)
    await log.getByText('An old lamp').waitFor()
    await keepsItsPlace('a note')
    await keyboard.tabTo(/^Reply$/, 'Shift+Tab')
    await keyboard.press('Space')

    await keyboard.enter(/^More actions/, 'Shift+Tab')
    await keyboard.choose('Tags…')
    await expect.poll(keyboard.nameAt).toMatch(/^Tags/)
    await keyboard.type('light')
    await keyboard.press('Enter')
    await log.getByText('Tagged light').waitFor()
    await keepsItsPlace('tagging')
    await keyboard.enter(/^More actions/, 'Shift+Tab')
    await keyboard.choose('Transfer…')
    await expect.poll(keyboard.nameAt).toMatch(/^To/)
    await page.getByRole('option', { name: 'The team of Advice' }).waitFor({ state: 'attached' })
    await keyboard.type('The team of Advice')
    await keyboard.enter(/^Transfer$/)
    await log.getByText('Transferred to Advice').waitFor()
    await keepsItsPlace('a transfer')
    await keyboard.enter(/^Take/, 'Shift+Tab')
    await page.getByText('with you').waitFor()
    await keepsItsPlace('taking it')

    await keyboard.enter(/^Close$/)
    await says('This conversation is closed')
    await keepsItsPlace('closing')
    await keyboard.enter(/^Reopen/, 'Shift+Tab')
    await keyboard.tabTo(/^Write to the visitor/)
    await keyboard.type('/close')
    await keyboard.press('Enter')
    await says('This conversation is closed')
    await keepsItsPlace('closing by a command')

    expect(await stands()).toMatchObject({ state: 'closed', tags: ['light'] })
    const { json } = await visitor.post<LogAnswer>('/log')
    const texts = json.messages.flatMap(({ text }) => text ?? [])
    expect(texts).toEqual(['My lamp flickers', 'Which bulb is in it?', 'Until six'])
    expect(stage.watched.errors).toEqual([])
    expect(stage.watched.violations).toEqual([])
  })
})
