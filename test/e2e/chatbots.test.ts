import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Channel } from '#protocol/chat-channels.ts'
import type { Chatbot, ChatbotSummary } from '#protocol/chatbots.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { ruleWithBot } from '../support/chat-rules.ts'
import { openChannel } from '../support/chat.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectAccessible, openConsole, PHONE, type OpenConsole } from './support/console.ts'

describe.skipIf(!hasChromium)('chatbots', () => {
  let stage: OpenConsole
  let page: Page
  let channel: Channel
  let dataDir: string

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'granplaza-'))
    stage = await openConsole({ path: '/console/chatbots', server: { dataDir } })
    page = stage.page
    page.setDefaultTimeout(10_000)
    channel = await openChannel(stage.owner, { name: 'Advice' })
    return async () => {
      await stage.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  })

  const button = (name: string | RegExp, at: Page = page) =>
    at.getByRole('button', { name, exact: true })
  const preview = () => page.locator('.bot-preview-frame')
  const steps = () => page.locator('.bot-step-kind').allTextContents()
  const newest = async () => {
    const { items } = await stage.owner.told<{ items: ChatbotSummary[] }>('GET', '/chat/chatbots')
    return stage.owner.told<Chatbot>('GET', `/chat/chatbots/${items[0]?.id}`)
  }

  it('begin with an example, which plays beside its steps', async () => {
    await page.getByText('No chatbots yet').waitFor()
    await expectAccessible(page, 'no chatbots')
    await button('New chatbot').click()
    await page.getByRole('heading', { name: 'Guide' }).waitFor()
    await preview().getByRole('button', { name: 'My order' }).click()
    await preview().getByText('What is the number of your order?').waitFor()
    await preview().getByLabel('Your answer').fill('77')
    await preview().getByRole('button', { name: 'Send' }).click()
    await preview().getByText('Which e-mail address may we answer to?').waitFor()
    await preview().getByLabel('Your e-mail').fill('no address')
    await preview().getByRole('button', { name: 'Send' }).click()
    await preview().getByText('does not look like an e-mail address').waitFor()

    expect(await steps()).toHaveLength(7)
    await expectAccessible(page, 'a chatbot')
  })

  it('are written by keyboard: moved, removed and brought back, with conditions in plain words', async () => {
    const grip = page.getByRole('button', { name: /^Move step 3,/ })
    await grip.focus()
    await page.keyboard.press('ArrowUp')
    expect((await steps())[1]).toBe('Step 2: Free text, one line')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Delete')
    expect(await steps()).toHaveLength(6)
    await button('Add a step').click()
    await page.getByRole('menuitem', { name: /^Phone number/ }).click()
    await page.getByLabel('Text', { exact: true }).fill('Which number may we call?')
    await button('Undo').click()
    expect(await steps()).toHaveLength(8)
    expect((await steps())[2]).toBe('Step 3: Free text, one line')
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toMatch(/^Which number/)

    await page.getByRole('checkbox', { name: 'My order' }).check()
    await page.getByText('Only if “My order”').last().waitFor()
    await button('Save').click()
    await page.getByText('Saved').waitFor()

    const { steps: stored, version } = await newest()
    expect(version).toBe(2)
    expect(stored.at(-1)).toMatchObject({
      kind: 'phone',
      text: { en: 'Which number may we call?' },
      when: { topic: ['order'] },
    })
  })

  it('are moved by the mouse, and tried out in a language that is read from right to left', async () => {
    const before = await steps()
    const grip = (place: number) =>
      page.getByRole('button', { name: new RegExp(`^Move step ${place},`) })
    const kind = (text = '') => text.replace(/^.*: /, '')
    await grip(3).dragTo(grip(1), { targetPosition: { x: 10, y: 2 } })
    await expect.poll(async () => kind((await steps())[0])).toBe(kind(before[2]))
    await grip(1).dragTo(grip(3), { targetPosition: { x: 10, y: 30 } })
    await expect.poll(steps).toEqual(before)

    await page.getByRole('combobox', { name: 'Add a language' }).fill('Arab')
    await page.keyboard.press('Enter')
    await preview().locator('.window[dir=rtl]').waitFor()
    await page.getByRole('button', { name: /^Step 1:/ }).click()
    await page.getByLabel('Text', { exact: true }).fill('مرحبا بكم في متجرنا')
    await preview().locator('.theirs').getByText('مرحبا بكم في متجرنا').waitFor()
    await expectAccessible(page, 'a chatbot in Arabic')
    await button('Discard changes').click()
  })

  it('are told in Spanish', async () => {
    const spanish = await stage.another({ locale: 'es' })
    await spanish.goto(page.url())
    await spanish.getByRole('button', { name: /^Mover el paso 1, / }).waitFor()
    const kinds = spanish.locator('.bot-step-kind')
    expect((await kinds.allTextContents()).every((kind) => /^Paso \d: /.test(kind))).toBe(true)
    await spanish.getByRole('button', { name: 'Añadir un paso' }).waitFor()
    await expectAccessible(spanish, 'a chatbot in Spanish')
    await spanish.close()
  })

  it('are not saved over what somebody else has written meanwhile', async () => {
    const { id } = await newest()
    await page.getByLabel('Name').fill('Mine')
    await stage.owner.told('PATCH', `/chat/chatbots/${id}`, { name: 'Theirs' })
    await button('Save').click()
    await page.getByText('Somebody else has changed this chatbot').waitFor()
    expect(await newest()).toMatchObject({ name: 'Theirs' })
    await button('Discard changes').click()
  })

  it('fit on a phone', async () => {
    await page.setViewportSize(PHONE)
    const isWide = () =>
      page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(await isWide()).toBe(false)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('talk with a visitor until an operator takes over, and both see all of it', async () => {
    const db = await openDatabase({ file: join(dataDir, 'granplaza.db'), role: 'command' })
    await ruleWithBot(db, { channel, bot: await newest() })
    await db.close()
    const visitor = await stage.another()
    await visitor.goto(`${stage.server.url}/c/${channel.id}`)
    const chat = visitor.locator('gp-widget')
    await chat.getByText('I am the bot of this shop').waitFor()
    await chat.getByText('Theirs · Bot').first().waitFor()
    await page.goto(`${stage.server.url}/console/conversations`)
    await page.getByText('No conversations yet').waitFor()

    await chat.getByRole('button', { name: 'My order' }).click()
    await chat.getByLabel('Your answer').fill('77')
    await chat.getByLabel('Your answer').press('Enter')
    await chat.getByText('Which e-mail address').waitFor()
    await page.getByText('Theirs · Bot talks').waitFor()
    await visitor.reload()
    await chat.getByText('Which e-mail address').waitFor()
    await stage.owner.told('PUT', `/chat/channels/${channel.id}/seat`)
    await chat.getByRole('button', { name: 'Start over' }).click()
    await chat.getByRole('button', { name: 'My order' }).click()
    await chat.getByLabel('Your answer').fill('78')
    await chat.getByLabel('Your answer').press('Enter')
    await chat.getByText('Somebody of our team takes over').waitFor()

    await page.locator('.inbox-row').first().click()
    await page.getByRole('log').getByText('78', { exact: true }).waitFor()
    await page.getByLabel('Write to the visitor').fill('I look at order 78')
    await page.getByLabel('Write to the visitor').press('Enter')
    await chat.getByText('I look at order 78').waitFor()
    await chat.locator('textarea.draft').fill('Thank you')
    await chat.locator('textarea.draft').press('Enter')
    await page.getByRole('log').getByText('Thank you').last().waitFor()
    expect(await chat.getByRole('button', { name: 'Start over' }).count()).toBe(0)
    expect(stage.watched.errors).toEqual([])
  })
})
