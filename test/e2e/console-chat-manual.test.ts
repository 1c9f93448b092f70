import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LogAnswer } from '#protocol/chat.ts'
import type { Channel, ChannelOperator } from '#protocol/chat-channels.ts'
import type { ChannelRules } from '#protocol/chat-rules.ts'
import { chatPage, type ChatPage } from '../support/chat.ts'
import { hasChromium } from '../support/chromium.ts'
import { bringIn } from '../support/console-client.ts'
import { openConsole, type OpenConsole } from './support/console.ts'

/** What a manual of such a chat tells, from the first channel to the first answer, by whoever reads it at the console. */
describe.skipIf(!hasChromium)('a chat arranged by its manual', () => {
  let stage: OpenConsole
  let page: Page
  let visitor: ChatPage

  beforeAll(async () => {
    stage = await openConsole({ path: '/console/channels' })
    page = stage.page
    page.setDefaultTimeout(8_000)
    await bringIn(stage.server, stage.owner, { email: 'luz@shop.example', roles: ['operator'] })
    return () => stage.stop()
  })

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const says = (text: string | RegExp) => page.getByText(text).first().waitFor()
  const tab = (name: string) => page.getByRole('link', { name, exact: true }).click()
  const choose = (name: string) => page.getByRole('menuitem', { name }).click()
  const dialog = () => page.getByRole('dialog')
  const toast = (text: string) => page.locator('.toast', { hasText: text }).waitFor()

  async function advice(): Promise<Channel> {
    const { items } = await stage.owner.told<{ items: Channel[] }>('GET', '/chat/channels')
    const found = items.find(({ name }) => name === 'Advice')
    if (found === undefined) throw new Error('There is no such channel')
    return found
  }
  const of = async <T>(part: string) =>
    stage.owner.told<T>('GET', `/chat/channels/${(await advice()).id}/${part}`)

  it('channels: turned on, and another made by its name', async () => {
    await button('Turn chat on').click()
    await says('Your pages use')
    await button('New channel').click()
    await page.getByLabel('Name').fill('Advice')
    await button('Create channel').click()
    await page.getByRole('heading', { level: 1, name: 'Advice' }).waitFor()

    // Whoever makes it answers there.
    expect(await advice()).toMatchObject({ isOperator: true, operatorCount: 1 })
  })

  it('operators: added, invited, edited and removed', async () => {
    await button('Add operators').click()
    await page.getByLabel('luz@shop.example').first().check()
    await button('Add 1 operator').click()
    await page.getByRole('row').filter({ hasText: 'luz@' }).waitFor()
    await button('Add operators').click()
    await button('Someone new').click()
    await page.getByLabel('E-mail').fill('new@shop.example')
    await button('Save & new').click()
    await says('No mail was sent')
    await page.getByLabel('E-mail').fill('newer@shop.example')
    await button('Save & close').click()
    await page.keyboard.press('Escape')
    await page.getByRole('row').filter({ hasText: 'newer@shop.example' }).waitFor()

    await button('Actions for luz@shop.example').click()
    await choose('Change roles')
    await dialog().getByLabel('Admin').check()
    await dialog().getByRole('button', { name: 'Save' }).click()
    await dialog().waitFor({ state: 'detached' })
    const { items } = await of<{ items: ChannelOperator[] }>('operators')
    expect(items.map(({ name }) => name)).toContain('luz@shop.example')

    await button('Actions for luz@shop.example').click()
    await choose('Remove from channel')
    await page.getByRole('row').filter({ hasText: 'luz@' }).waitFor({ state: 'detached' })
    expect((await advice()).operatorCount).toBe(1)
  })

  it('options: what launcher and window say, and how they look', async () => {
    await tab('Options')
    await page.getByLabel('Welcome message').fill('What are you looking for?')
    await page.getByRole('textbox', { name: /^Launcher/ }).fill('Ask us')
    await page.getByLabel('Placeholder of the input').fill('Your question')
    await page.getByText('Colours and place', { exact: true }).click()
    await page.getByLabel('Window’s header').fill('#0b6e4f')
    await button('Save').click()
    await toast('Saved')

    expect((await advice()).options).toMatchObject({
      headerColour: '#0b6e4f',
      texts: { en: { launcher: 'Ask us', welcome: 'What are you looking for?' } },
    })
  })

  it('rules: by page, country and time, each action, in their order', async () => {
    await tab('Rules')
    for (const { action, pages, fill } of [
      { action: 'Show', pages: '^/contact' },
      {
        action: 'Show with a text',
        pages: '^/lamps',
        fill: () => dialog().getByLabel('Text in English').fill('Which lamp is yours?'),
      },
      {
        action: 'Open by itself',
        pages: '^/help',
        fill: () => dialog().getByLabel('Seconds on the page').fill('5'),
      },
      {
        action: 'Hide',
        pages: '',
        async fill() {
          await dialog().getByRole('combobox', { name: 'Countries' }).fill('Brazil')
          await page.keyboard.press('Enter')
        },
      },
    ]) {
      await button('Add rule').click()
      await dialog().getByLabel(action, { exact: true }).check()
      await dialog().getByLabel('Pages').fill(pages)
      await fill?.()
      await button('Apply').click()
      await dialog().waitFor({ state: 'detached' })
    }
    await button('Move rule 4').press('ArrowUp')
    await button('Save').click()
    await says('Every page, visitors from Brazil: hide the launcher')
    await expect.poll(async () => (await of<ChannelRules>('rules')).rules).toHaveLength(4)

    expect((await of<ChannelRules>('rules')).rules).toMatchObject([
      { action: 'show', pagePattern: '^/contact' },
      { action: 'notify', texts: { en: 'Which lamp is yours?' } },
      { action: 'hide', countries: ['BR'] },
      { action: 'open', afterSeconds: 5 },
    ])
  })

  it('join and leave: who has left gets none, who joins gets what comes', async () => {
    await page.goto(`${stage.server.url}/console/channels`)
    await button('Join Advice').click()
    await button('Leave Advice').click()
    await button('Join Advice').waitFor()
    expect((await advice()).isSeated).toBe(false)
    await button('Join Advice').click()
    await button('Leave Advice').waitFor()

    expect((await advice()).isSeated).toBe(true)
  })

  it('widget: a snippet for the shop’s pages, and a link to a page of its own', async () => {
    const { id } = await advice()
    await page.getByRole('link', { name: 'Advice' }).click()
    await tab('Widget')
    expect(await page.getByLabel('Snippet').inputValue()).toContain(`data-chat-channel="${id}"`)
    const link = await page.getByLabel('Link', { exact: true }).inputValue()

    const own = await stage.context.newPage()
    await own.goto(link)
    await own.locator('gp-widget').getByRole('dialog').waitFor()
    await own.locator('gp-widget').getByText('What are you looking for?').waitFor()
    expect(await own.locator('gp-widget textarea').getAttribute('placeholder')).toBe(
      'Your question',
    )
    await own.close()
  })

  it('requests: a visitor asks, and is answered', async () => {
    visitor = chatPage(stage.server, (await advice()).id)
    await visitor.begin('Is this in stock in blue?')
    await page.getByRole('link', { name: '1 chat waits for you' }).click()
    await page.locator('.inbox-row').filter({ hasText: 'Is this in stock' }).click()
    await page.getByLabel('Write to the visitor').fill('Yes, in every size')
    await page.keyboard.press('Enter')
    await page.getByRole('log').getByText('Yes, in every size').waitFor()

    const { json } = await visitor.post<LogAnswer>('/log')
    expect(json.messages.map(({ text, notice }) => text ?? notice)).toEqual([
      'Is this in stock in blue?',
      'joined',
      'Yes, in every size',
    ])
  })

  it('chatbots: one asks where nobody is there, and hands over to whoever comes', async () => {
    await page.goto(`${stage.server.url}/console/chatbots`)
    await button('New chatbot').click()
    await page.getByRole('heading', { name: 'Guide' }).waitFor()
    await says('Only if “My order”')
    await page.goto(`${stage.server.url}/console/channels`)
    await page.getByRole('link', { name: 'Advice' }).click()
    await tab('Rules')
    await button('Add rule').click()
    await dialog().getByLabel('Show', { exact: true }).check()
    await dialog().getByLabel('Chatbot', { exact: true }).selectOption('Guide')
    await dialog().getByLabel('The chatbot answers').selectOption('nobody_available')
    await button('Apply').click()
    await button('Save').click()
    await toast('Saved')

    const { id } = await advice()
    const own = await stage.another()
    const chat = own.locator('gp-widget')
    await own.goto(`${stage.server.url}/c/${id}`)
    await chat.getByText('What are you looking for?').waitFor()
    expect(await chat.getByText('I am the bot').count()).toBe(0)

    await stage.owner.told('DELETE', `/chat/channels/${id}/seat`)
    await own.reload()
    await chat.getByText('I am the bot').waitFor()
    await chat.getByRole('button', { name: 'My order' }).click()
    await chat.getByText('What is the number of your order?').waitFor()
    await stage.owner.told('PUT', `/chat/channels/${id}/seat`)
    await chat.getByLabel('Your answer').fill('77')
    await chat.getByLabel('Your answer').press('Enter')
    await chat.getByText('Somebody of our team takes over').waitFor()
    await page.getByRole('link', { name: '1 chat waits for you' }).click()
    await page.locator('.inbox-row').first().click()
    await page.getByRole('log').getByText('77', { exact: true }).waitFor()
    await page.getByLabel('Write to the visitor').fill('I look at order 77')
    await page.keyboard.press('Enter')

    await chat.getByText('I look at order 77').waitFor()
    expect(stage.watched.errors).toEqual([])
  })
})
