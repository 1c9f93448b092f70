import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Channel, ChannelOptions } from '#protocol/chat-channels.ts'
import type { Chatbot } from '#protocol/chatbots.ts'
import { hasChromium, newShopper } from '../support/chromium.ts'
import { pngOf } from '../support/image-headers.ts'
import { startMailSink, type MailSink } from '../support/mail-sink.ts'
import { launcherOf, openChatShop, windowOf, write, type ChatShop } from './support/chat-shop.ts'
import { createStage, type Stage } from './support/stage.ts'
import { watch, type Watch } from './support/watch.ts'

const PHONE = { viewport: { width: 390, height: 780 }, reducedMotion: 'reduce' } as const
/** As long as a language makes them, and words that no line holds. */
const LONG = 'مرحبا بكم في متجرنا للمصابيح الكهربائية والأثاث المنزلي، كيف يمكننا مساعدتكم اليوم؟'
const UNBROKEN = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'
const FILE_NAME = `${UNBROKEN.toLowerCase().replaceAll('ü', 'u')}.png`
type Asked = ChannelOptions['preChat']['fields'][number]
const field = (key: string, type: Asked['type'], choices: string[] = []) => ({
  key,
  type,
  isRequired: false,
  choices,
  labels: { ar: `${key} ${UNBROKEN}` },
})
const ASKING: Partial<ChannelOptions> = {
  preChat: {
    isOn: true,
    fields: [
      field('name', 'text'),
      field('mail', 'email'),
      field('phone', 'phone'),
      field('topic', 'choice', [UNBROKEN + UNBROKEN.slice(0, 50), LONG]),
    ],
    asksConsent: true,
  },
  texts: { ar: { consent: `${LONG} ${UNBROKEN}`, preChat: LONG, title: LONG.slice(0, 60) } },
}
const STEPS = [
  { id: 'hello', kind: 'text', text: { ar: LONG } },
  {
    id: 'topic',
    kind: 'question',
    text: { ar: UNBROKEN },
    answers: [
      { id: 'order', text: { ar: UNBROKEN + UNBROKEN.slice(0, 50) } },
      { id: 'shop', text: { ar: LONG }, url: 'https://shop.example/lamps' },
      { id: 'more', text: { ar: 'لا' } },
    ],
  },
  { id: 'mail', kind: 'email', text: { ar: 'E-mail?' } },
  { id: 'lines', kind: 'lines', text: { ar: UNBROKEN } },
]

describe.skipIf(!hasChromium)(
  'each part of a visitor’s chat, right to left on a strict page and a phone',
  () => {
    let stage: Stage
    let sink: MailSink
    let shop: ChatShop
    let context: BrowserContext
    let watched: Watch
    let page: Page
    let faults: string[]

    beforeAll(async () => {
      sink = await startMailSink()
      stage = await createStage({ mail: sink.settings })
      shop = await openChatShop(stage)
      return async () => {
        await stage.stop()
        await sink.stop()
      }
    })
    beforeEach(async () => {
      context = await newShopper(stage.browser, PHONE)
      context.setDefaultTimeout(8_000)
      watched = await watch(context)
      faults = []
      return () => context.close()
    })

    const button = (name: string) =>
      windowOf(page).getByRole('button', { name, exact: true }).first()

    /** A channel of its own: what is known of one is kept for some seconds. */
    async function channel(name: string, change: object = {}): Promise<Channel> {
      const made = await shop.operator.told<Channel>('POST', '/chat/channels', { name })
      const options = { ...made.options, ...change }
      return shop.operator.told<Channel>('PATCH', `/chat/channels/${made.id}`, { options })
    }

    async function opened({ id }: Channel): Promise<void> {
      const settings = { 'chat-channel': id }
      page = await shop.openStrictly(context, settings, { language: 'ar', direction: 'rtl' })
      await launcherOf(page).click()
      await windowOf(page).waitFor()
    }

    async function menu(name: string): Promise<void> {
      await button('More').click()
      await button(name).click()
    }

    /** Nothing stands out of the window or is cut off, no side is mixed up, no policy is broken. */
    async function look(state: string): Promise<void> {
      const { PICTURES } = process.env
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `part-${state}.png`) })
      const direction = await windowOf(page).getAttribute('dir')
      const found = [...(await outOfPlace(page)), ...watched.violations, ...watched.errors]
      if (direction !== 'rtl') found.push(`It is ${direction}`)
      faults.push(...found.map((one) => `${state}: ${one}`))
    }

    it('the form before it, with mistakes; the log, emoji, files, copy, end, rating and earlier chats', async () => {
      const asking = await channel('Asking', ASKING)
      await shop.operator.told('PUT', `/chat/channels/${asking.id}/seat`)
      await opened(asking)
      await button('Begin the chat').click()
      await windowOf(page).getByText('Fill in this field').waitFor()
      await look('form')
      await windowOf(page).getByRole('checkbox').check()
      await button('Begin the chat').click()
      await write(page, `${UNBROKEN} https://shop.example/${UNBROKEN}/${UNBROKEN}`)
      await windowOf(page).locator('.receipt').getByText('Sent').waitFor()
      await shop.answer(`${LONG} ${UNBROKEN}`)
      await windowOf(page).locator('.theirs .bubble', { hasText: UNBROKEN }).waitFor()
      await look('log')
      await button('Insert an emoji').click()
      await windowOf(page).locator('.emoji button').first().waitFor()
      await look('emoji')
      await page.keyboard.press('Escape')
      await page.locator('gp-widget input[type=file]').setInputFiles([
        { name: FILE_NAME, mimeType: 'image/png', buffer: pngOf(4_000, 300) },
        { name: `not-${FILE_NAME}`, mimeType: 'text/html', buffer: Buffer.from('<p>1</p>') },
      ])
      await windowOf(page).getByAltText(FILE_NAME).waitFor()
      await windowOf(page).getByText('Only pictures and PDFs').waitFor()
      await look('files')
      await button('More').click()
      await button('Get a copy by e-mail').waitFor()
      await look('menu')
      await button('Get a copy by e-mail').click()
      await button('Send the copy').click()
      await windowOf(page).getByText('Fill in this field').waitFor()
      await look('copy')
      await windowOf(page).getByLabel('E-mail').fill('ana@example.com')
      await button('Send the copy').click()
      await windowOf(page).getByText('The copy is on its way').waitFor()
      await look('copied')
      await button('Back').click()
      await menu('End the chat')
      await button('Send the rating').click()
      await windowOf(page).getByText('Fill in this field').waitFor()
      await look('rating')
      await windowOf(page).locator('.stars label').nth(4).click()
      await button('Send the rating').click()
      await windowOf(page).getByText('Thank you for your rating').waitFor()
      await look('rated')
      await button('Start a new chat').click()
      await write(page, LONG)
      await windowOf(page).locator('.receipt').getByText('Sent').waitFor()
      await menu('Earlier chats')
      await windowOf(page).locator('.past li button').nth(1).waitFor()
      await look('earlier')
      await windowOf(page).locator('.past li button').nth(1).click()
      await windowOf(page).locator('.theirs .bubble').first().waitFor()
      await look('reading')
      await button('Back').click()
      await button('Find chats by e-mail').click()
      await button('Send the code').click()
      await look('address')
      await windowOf(page).getByLabel('E-mail').fill('ana@example.com')
      await button('Send the code').click()
      await windowOf(page).getByLabel('Code of six digits').waitFor()
      await look('code')

      expect(faults).toEqual([])
    })

    it('a bot’s answers, its lines, and its way back to the start', async () => {
      const { id: chatbotId } = await shop.operator.told<Chatbot>('POST', '/chat/chatbots', {
        name: UNBROKEN.slice(0, 60),
        steps: STEPS,
      })
      const told = await channel('Told', { texts: { ar: { title: LONG.slice(0, 60) } } })
      await shop.operator.told('PUT', `/chat/channels/${told.id}/rules`, {
        rules: [{ action: 'show', chatbotId }],
      })
      await opened(told)
      await button('لا').waitFor()
      await look('bot')
      await button('لا').click()
      await windowOf(page).getByLabel('Your e-mail').fill('no address')
      await windowOf(page).getByLabel('Your e-mail').press('Enter')
      await windowOf(page).getByText('does not look like an e-mail').waitFor()
      await button('Start over').waitFor()
      await look('bot-line')
      await windowOf(page).getByLabel('Your e-mail').fill('ana@example.com')
      await windowOf(page).getByLabel('Your e-mail').press('Enter')
      await windowOf(page).locator('textarea.draft').waitFor()
      await look('bot-lines')

      expect(faults).toEqual([])
    })

    it('what is left where nobody is there', async () => {
      await opened(await channel('Empty', ASKING))
      await button('Send the message').click()
      await windowOf(page).getByText('Fill in this field').first().waitFor()
      await look('offline')

      expect(faults).toEqual([])
    })
  },
)

/** Every element of the window that stands out of it or holds more than its width; what is said to screen readers alone is left out. */
function outOfPlace(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const window = document.querySelector('gp-widget')?.shadowRoot?.querySelector('.window')
    if (!window) return ['There is no window']
    const { left, right } = window.getBoundingClientRect()
    const found = [window, ...window.querySelectorAll('*:not(.unseen)')].filter((one) => {
      const box = one.getBoundingClientRect()
      if (box.width === 0) return false
      if (box.left < left - 1 || box.right > right + 1) return true
      const { display, textOverflow } = getComputedStyle(one)
      if (display === 'inline' || textOverflow === 'ellipsis' || one.matches('select,svg *,.send'))
        return false
      return one.scrollWidth > one.clientWidth + 1
    })
    const names = found.map((one) => `${one.tagName} ${one.getAttribute('class') ?? ''}`)
    const isPageWide = document.documentElement.scrollWidth > innerWidth
    return isPageWide ? [...names, 'the page'] : names
  })
}
