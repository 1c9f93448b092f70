import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Channel } from '#protocol/chat-channels.ts'
import { hasChromium } from '../support/chromium.ts'
import { bringIn } from '../support/console-client.ts'
import { expectAccessible, openConsole, type OpenConsole } from './support/console.ts'

describe.skipIf(!hasChromium)('channels in the console', () => {
  let stage: OpenConsole
  let page: Page

  beforeAll(async () => {
    stage = await openConsole({ path: '/console/channels' })
    page = stage.page
    page.setDefaultTimeout(8_000)
    for (const name of ['oli', 'luz', 'ben']) {
      await bringIn(stage.server, stage.owner, {
        email: `${name}@shop.example`,
        roles: ['operator'],
      })
    }
    return () => stage.stop()
  })

  const heading = (name: string) =>
    page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  const says = (text: string | RegExp) => page.getByText(text).first().waitFor()
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const tab = (name: string) => page.getByRole('link', { name, exact: true }).click()
  const channels = async () =>
    (await stage.owner.told<{ items: readonly Channel[] }>('GET', '/chat/channels')).items

  it('are there once chat is turned on, which can be undone', async () => {
    await heading('Channels')
    await says('No channels yet')
    await button('Turn chat on').click()
    await page.getByRole('listitem').filter({ hasText: 'On your pages' }).waitFor()
    await button('Undo').click()
    await says('Chat is off')
    await button('Turn chat on').click()
    await says('Your pages use')
    await button('Join Chat').click()
    await says('You get its chats.')

    expect(await channels()).toMatchObject([{ name: 'Chat', isSeated: true, operatorsOnline: 1 }])
  })

  it('are made by keyboard alone, and archived with a way back', async () => {
    await button('New channel').press('Enter')
    await page.getByLabel('Name').waitFor()
    await page.keyboard.type('Advice')
    await page.keyboard.press('Enter')
    await heading('Advice')
    await page.goto(`${stage.server.url}/console/channels`)
    await button('Actions for Advice').press('Enter')
    await page.getByRole('menuitem', { name: 'Archive' }).waitFor()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await says('Advice is archived')
    await page.getByRole('link', { name: 'Advice' }).waitFor({ state: 'detached' })
    await button('Undo').click()
    await page.getByRole('link', { name: 'Advice' }).waitFor()
    await expectAccessible(page, 'channels')

    expect((await channels()).map(({ name }) => name)).toEqual(['Chat', 'Advice'])
  })

  it('get several operators at once, and somebody new by an invitation', async () => {
    await page.getByRole('link', { name: 'Advice' }).click()
    await heading('Advice')
    await button('Add operators').click()
    await page.getByLabel('Search by name or e-mail').fill('l')
    await page.getByLabel('luz@shop.example').first().check()
    await page.getByLabel('Search by name or e-mail').fill('')
    await page.getByLabel('oli@shop.example').first().check()
    await expectAccessible(page, 'adding operators')
    await button('Add 2 operators').click()
    await page.getByRole('row').filter({ hasText: 'luz@' }).waitFor()

    await button('Add operators').click()
    await button('Someone new').click()
    await page.getByLabel('E-mail').fill('new@shop.example')
    await button('Save & new').click()
    // Without a mail server the link is shown, this once.
    await says('No mail was sent')
    await page.getByLabel('E-mail').fill('newer@shop.example')
    await button('Save & close').click()
    await page.getByText('newer@shop.example').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('row').filter({ hasText: 'newer@shop.example' }).waitFor()
    await expectAccessible(page, 'operators')

    await button('Actions for oli@shop.example').click()
    await page.getByRole('menuitem', { name: 'Remove from channel' }).click()
    await button('Undo').click()
    await says('As it was before')

    const [, advice] = await channels()
    expect(advice?.operatorCount).toBe(3)
  })

  it('say what the shop writes, in each language, as the preview shows', async () => {
    await tab('Options')
    const welcome = page.getByLabel('Welcome message')
    await welcome.fill('What are you looking for?')
    await page.locator('.window-message').getByText('What are you looking for?').waitFor()
    await page.getByRole('combobox', { name: 'Add a language' }).fill('spa')
    await page.keyboard.press('Enter')
    await says('Empty: the text in English.')
    await welcome.fill('¿Qué buscas?')
    for (const group of ['Colours and place', 'Business hours', 'Before the chat']) {
      await page.getByText(group, { exact: true }).click()
    }
    await page.getByLabel('In business hours').check()
    await button('Add hours on Monday').click()
    await page.getByLabel('Ask before the chat begins').check()
    await button('Add a question').click()
    await page.getByRole('menuitem', { name: 'E-mail' }).click()
    await page.getByLabel('Ask for consent').check()
    await button('Save').click()
    await says('Before the chat: write what visitors consent to')
    await page.getByLabel('What visitors consent to').fill('Acepto')
    await page.getByLabel('Language of the texts').selectOption('en')
    await page.getByLabel('What visitors consent to').fill('I agree')
    // What is half behind the bar of a phone is measured as it shows.
    await page.evaluate(() => scrollTo(0, 0))
    await expectAccessible(page, 'options')
    await button('Save').click()
    await says(/^Saved$/)

    const [, advice] = await channels()
    expect(advice?.options).toMatchObject({
      texts: {
        en: { welcome: 'What are you looking for?', consent: 'I agree' },
        es: { welcome: '¿Qué buscas?', consent: 'Acepto' },
      },
      hours: {
        week: {
          mon: [
            { from: '09:00', to: '18:00' },
            { from: '19:00', to: '23:00' },
          ],
        },
      },
      preChat: { isOn: true, asksConsent: true, fields: [{ key: 'email', type: 'email' }] },
    })
  })

  it('tell whoever saves over another’s change, and lose neither', async () => {
    const [, advice] = await channels()
    await page.getByLabel('Name', { exact: true }).fill('Advice and sales')
    await stage.owner.told('PATCH', `/chat/channels/${advice?.id}`, { name: 'Sales' })
    await button('Save').click()
    await says('Somebody else has changed this channel meanwhile')

    expect((await channels())[1]?.name).toBe('Sales')
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Advice and sales')
    await button('Discard changes').click()
  })

  it('have a snippet and a link to copy', async () => {
    await tab('Widget')
    const [, advice] = await channels()
    const snippet = await page.getByLabel('Snippet').inputValue()
    const link = await page.getByLabel('Link', { exact: true }).inputValue()

    expect(snippet).toContain(`data-chat-channel="${advice?.id}"`)
    expect(link).toBe(`${stage.server.url}/c/${advice?.id}`)
    await expectAccessible(page, 'widget')
  })

  it('have canned replies, written with what is filled in', async () => {
    await page.goto(`${stage.server.url}/console/canned-replies`)
    await heading('Canned replies')
    await button('New canned reply').click()
    await page.getByLabel('Shortcut').fill('hello')
    await page.getByLabel('Text').fill('Hello ')
    await button('Visitor’s name').click()
    await says('Hello Sofía')
    await expectAccessible(page, 'a canned reply')
    await button('Save').click()
    await says('Hello {visitor.name}')
    await button('Actions for /hello').click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await says('No canned replies yet')
    await button('Undo').click()
    await says('Hello {visitor.name}')
    await expectAccessible(page, 'canned replies')

    const { text } = await stage.owner.ask('GET', '/chat/canned-replies')
    expect(text).toContain('"shortcut":"hello","text":"Hello {visitor.name}"')
  })

  it('give the reader as many chats as they take', async () => {
    await page.goto(`${stage.server.url}/console/account`)
    await page.getByLabel('Chats at once').fill('51')
    const section = page.getByRole('region', { name: 'Chats', exact: true })
    await section.getByRole('button', { name: 'Save' }).click()
    await says('Write a number from 1 to 50.')
    await page.getByLabel('Chats at once').fill('3')
    await page.getByLabel('Away').check()
    await section.getByRole('button', { name: 'Save' }).click()
    await says(/^Saved$/)
    await expectAccessible(page, 'own presence')

    const own = await stage.owner.told('GET', '/chat/presence')
    expect(own).toMatchObject({ presence: 'away', maxChats: 3 })
  })

  it('break no rule of the content policy', () => {
    expect(stage.watched.violations).toEqual([])
    expect(stage.watched.errors).toEqual([])
  })
})
