import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SecretKey, ShopAnswer } from '#protocol/shop.ts'
import { readRange } from '#server/core/outbound-address.ts'
import { hasChromium } from '../support/chromium.ts'
import { PASSWORD } from '../support/console-client.ts'
import { closeServer, listen } from '../support/listening.ts'
import { startMailSink, type MailSink } from '../support/mail-sink.ts'
import { expectAccessible, openConsole, type OpenConsole } from './support/console.ts'

/** Of each product its price, as the shop's feed tells them at present. */
let feedPrices: readonly string[] = []
const feedOf = (prices: readonly string[]) =>
  `<rss version="2.0"><channel>${prices
    .map((price, n) => `<item><id>p${n}</id><title>Tea ${n}</title><price>${price}</price></item>`)
    .join('')}</channel></rss>`

/** A server of the shop's, as webhooks and feeds see it. */
const told: { readonly headers: IncomingHttpHeaders; readonly path: string }[] = []
const receiver = createServer((request, response) => {
  const path = request.url ?? ''
  if (path === '/feed.xml') return void response.end(feedOf(feedPrices))
  told.push({ headers: request.headers, path })
  response.writeHead(path === '/gone' ? 410 : 200).end('taken')
})

describe.skipIf(!hasChromium)('the settings of a shop', () => {
  let opened: OpenConsole
  let sink: MailSink
  let receiverPort: number

  beforeAll(async () => {
    receiverPort = await listen(receiver)
    // Whoever is called lost takes the mail and says nothing.
    sink = await startMailSink((to) =>
      to.startsWith('lost') ? { at: 'message', code: 'drop' } : undefined,
    )
    const from = { address: 'shop@shop.example' }
    const settings = { host: '127.0.0.1', port: sink.port, isSecure: false, from }
    opened = await openConsole({
      server: {
        outboundAllow: ['127.0.0.0/8'].map(readRange).filter((range) => range !== undefined),
        mail: { ...settings, login: undefined, dkim: undefined },
      },
    })
    opened.page.setDefaultTimeout(5_000)
  })
  afterAll(async () => {
    await opened.stop()
    await sink.stop()
    await closeServer(receiver)
  })

  const button = (name: string | RegExp) => opened.page.getByRole('button', { name, exact: true })
  const inDialog = (name: string | RegExp) =>
    opened.page.getByRole('dialog').getByRole('button', { name, exact: true })
  const field = (label: string) => opened.page.getByLabel(label, { exact: true })
  const says = (text: string | RegExp) => opened.page.getByText(text).first().waitFor()
  const row = (text: string) => opened.page.getByRole('row').filter({ hasText: text })
  const shop = () => opened.owner.told<ShopAnswer>('GET', '/shop')

  async function open(path: string, title: string): Promise<void> {
    await opened.page.goto(`${opened.server.url}/console/settings${path}`)
    await opened.page.getByRole('heading', { level: 1, name: title }).waitFor()
    await expect.poll(() => opened.page.locator('.bones').count()).toBe(0)
  }

  it('are saved with a button, kept where they are refused, and put back by undo', async () => {
    const { page, server } = opened
    await open('', 'General')
    const save = button('Save').first()
    await expect.poll(() => save.getAttribute('aria-disabled')).toBe('true')

    await field('Name').fill(' ')
    await save.click()
    await says('Write a name')
    await expect.poll(() => hasFocus(field('Name'))).toBe(true)
    await expectAccessible(page, 'general-fault')

    await field('Name').fill('Tea & Co')
    await field('Currency').selectOption('COP')
    await field('Time zone').selectOption('America/Bogota')
    await field('Name').press('Enter')
    await says(/^Saved$/)
    expect(await shop()).toMatchObject({
      name: 'Tea & Co',
      currency: 'COP',
      timeZone: 'America/Bogota',
    })
    // The shell names the shop anew.
    await button(/Tea & Co/)
      .first()
      .waitFor()

    await button('Undo').click()
    await says('As it was before')
    expect((await shop()).name).toBe(server.shop.name)
    await expect.poll(() => field('Name').inputValue()).toBe(server.shop.name)
  })

  it('say what is sent before consent, and how user ids are believed', async () => {
    const { page, owner } = opened
    await open('', 'General')

    await page.getByRole('radio', { name: 'Send nothing' }).check()
    await button('Save').nth(2).click()
    await says(/^Saved$/)
    expect((await shop()).consentMode).toBe('off')

    await page.getByRole('radio', { name: 'A key of your own' }).check()
    await field('Public key').fill('no key')
    await button('Save').nth(4).click()
    await says('This is no public Ed25519 key')
    await expect.poll(() => field('Public key').inputValue()).toBe('no key')
    await page.getByRole('radio', { name: 'The identity secret' }).check()
    await page.getByRole('radio', { name: 'With a proof of your server' }).check()
    await button('Save').nth(4).click()
    await expect
      .poll(() => owner.told('GET', '/shop/identity'))
      .toMatchObject({ rule: 'required', jwtPublicKey: null })

    await button(/the secret|a secret/).click()
    await inDialog(/the secret|a secret/).click()
    await says('Copy it now')
    // A press beside it must not lose it.
    await page.mouse.click(2, 2)
    const secret = await page.locator('.secret-text').textContent()
    expect(secret).toMatch(/^ids_[\w-]{43}$/)
    await inDialog('Done').click()
    await expect.poll(() => page.getByText(secret ?? '').count()).toBe(0)
  })

  it('name the shop’s languages, and how long events are kept, with what would go', async () => {
    const { page } = opened
    await open('', 'General')
    await field('Add a language').fill('span')
    await page.getByRole('option', { name: /Spanish/ }).click()
    await button('Put first: Spanish').click()
    await button('Save').nth(1).click()
    await expect.poll(async () => (await shop()).languages).toEqual(['es', 'en'])

    await field('Keep events and sessions for').selectOption('12')
    await says(/What arrived before .* is deleted/)
    await says(/By now that is nothing/)
    await expectAccessible(page, 'retention')
    expect((await shop()).retentionMonths).toBeNull()
    await button('Save').nth(3).click()
    await expect.poll(async () => (await shop()).retentionMonths).toBe(12)
  })

  it('list origins, and take one back that was removed by mistake', async () => {
    const { page } = opened
    await open('/origins', 'Origins')
    await says('Any site may send events')

    await field('Address of your shop').fill('https://')
    await button('Add origin').click()
    await says('Write it like')
    // As it is copied from the address bar.
    await field('Address of your shop').fill('MyShop.com/cart?x=1')
    await button('Add origin').click()
    await row('https://myshop.com').waitFor()
    await expect.poll(() => field('Address of your shop').inputValue()).toBe('')
    await expectAccessible(page, 'origins')

    await button('Remove https://myshop.com').click()
    await says('Any site may send events')
    await button('Undo').click()
    await row('https://myshop.com').waitFor()
  })

  it('make a key that opens what was chosen, show it once, and revoke it', async () => {
    const { page, owner, server } = opened
    await open('/keys', 'Keys')
    await says('No secret key yet')

    await button('Make a key').click()
    await inDialog('Cancel').click()
    await expect.poll(() => hasFocus(button('Make a key'))).toBe(true)
    await button('Make a key').press('Enter')
    await field('Name').fill('Order sync')
    await inDialog('Make a key').click()
    await says('Choose at least one')
    await button('Sending events and orders').click()
    await page.getByRole('checkbox', { name: 'Read: jobs' }).check()
    await expectAccessible(page, 'key-scopes')
    await inDialog('Make a key').click()
    await says('Your new secret key')
    const key = (await page.locator('.secret-text').textContent()) ?? ''
    await inDialog('Done').click()

    const statusOf = async (path: string) =>
      (await fetch(server.url + path, { headers: { authorization: `Bearer ${key}` } })).status
    expect(await statusOf('/api/v1/jobs')).toBe(200)
    expect(await statusOf('/api/v1/webhooks')).toBe(403)
    const ending = key.slice(-4)
    await row(`…${ending}`).filter({ hasText: 'Write: events' }).waitFor()
    await button(`Rename …${ending}`).click()
    await field('Name').fill('Warehouse')
    await inDialog('Rename').click()
    await row('Warehouse').filter({ hasText: 'by you' }).waitFor()
    await expect
      .poll(() => owner.told('GET', '/keys'), { timeout: 5_000 })
      .toMatchObject({ items: [{ lastUsedAt: expect.any(Number) }] })
    await expectAccessible(page, 'keys')

    await button(`Revoke …${ending}`).click()
    await inDialog(`Revoke key …${ending}`).click()
    await says(`Key …${ending} is revoked`)
    expect(await owner.told<{ items: SecretKey[] }>('GET', '/keys')).toMatchObject({ items: [] })
    await expect.poll(() => statusOf('/api/v1/jobs'), { timeout: 10_000 }).toBe(401)
  })

  it('add a webhook, show what it was told, tell it again, pause and remove it', async () => {
    const { page } = opened
    await open('/webhooks', 'Webhooks')
    await says('No webhook yet')
    await button('Add webhook').click()
    await field('Address').fill('https://10.0.0.1/in')
    await inDialog('Add webhook').click()
    await says('inside a private network')
    await expectAccessible(page, 'webhook-fault')
    await field('Address').fill(`http://127.0.0.1:${receiverPort}/taken`)
    await inDialog('Add webhook').click()
    await says('Copy it now')
    await expect.poll(() => page.locator('.secret-text').textContent()).toMatch(/^whsec_/)
    await inDialog('Done').click()

    await page.getByRole('heading', { level: 1, name: '127.0.0.1' }).waitFor()
    await says('Nothing has been told yet')
    await button('Send a test').click()
    await row('Delivered').waitFor()
    expect(told.map(({ path }) => path)).toEqual(['/taken'])

    await button('Test').click()
    await says('What is sent')
    await expectAccessible(page, 'delivery')
    await inDialog('Tell it again now').click()
    await expect.poll(() => told.length).toBe(2)
    expect(told[1]?.headers['webhook-id']).toBe(told[0]?.headers['webhook-id'])
    await page.keyboard.press('Escape')
    await expect.poll(() => hasFocus(button('Test'))).toBe(true)

    const choose = async (name: string) => {
      await button('Actions').click()
      await page.getByRole('menuitem', { name }).click()
    }
    await choose('Pause')
    await button('Resume').waitFor()
    await choose('Remove')
    await inDialog(/Remove webhook to/).click()
    await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor()
    await says('No webhook yet')
  })

  it('add a feed, show what it brought and what is wrong with it, and put it back by undo', async () => {
    const { page } = opened
    feedPrices = ['1 EUR', '2 EUR', '3 EUR', 'much', '5 EUR']
    await open('/feeds', 'Catalogue feeds')
    await says('No feed yet')
    await button('Add feed').click()
    await field('Address of the file').fill('https://10.0.0.1/feed.xml')
    await inDialog('Add feed').click()
    await says('inside a private network')
    await expectAccessible(page, 'feed-fault')
    await field('Address of the file').fill(`http://127.0.0.1:${receiverPort}/feed.xml`)
    await page.getByRole('checkbox', { name: /Hide products/ }).check()
    await inDialog('Add feed').click()

    await page.getByRole('heading', { level: 1, name: '127.0.0.1' }).waitFor()
    await says('In order')
    await row('The price can’t be read').filter({ hasText: '4' }).waitFor()
    await expectAccessible(page, 'feed')

    feedPrices = ['1 EUR']
    await button('Fetch now').click()
    await says('less than half')
    await button('Accept it').click()
    await says('3 hidden in the last run')

    feedPrices = []
    await button('Fetch now').click()
    await says('The feed has no items')
    await expectAccessible(page, 'feed-failed')

    const choose = async (name: string) => {
      await button('Actions').click()
      await page.getByRole('menuitem', { name }).click()
    }
    await choose('Pause')
    await says('Nothing is fetched until you resume it')
    await button('Undo').click()
    await says('Resumed')
    const [before] = (await opened.owner.told<{ items: { id: string }[] }>('GET', '/feeds')).items
    await choose('Remove')
    await says('its products stay')
    await says('No feed yet')
    const removed = page.locator('.toast').filter({ hasText: 'its products stay' })
    await removed.getByRole('button', { name: 'Undo' }).click()
    await row('/feed.xml').waitFor()
    await expectAccessible(page, 'feeds')
    expect(await opened.owner.told('GET', '/feeds')).toMatchObject({
      items: [{ id: before?.id, products: 1, hidden: 3, hidesMissing: true, isOn: true }],
    })
  })

  it('send a test mail, and leave mails in doubt to somebody’s hand', async () => {
    const { page } = opened
    await open('/mail', 'Mail')
    await button('Check the connection').click()
    await says('The mail server answers')
    await button('Send a test mail').click()
    await row('ana@shop.example').filter({ hasText: 'Sent' }).waitFor()
    expect(sink.arrived.map(({ to }) => to)).toEqual([['ana@shop.example']])

    await field('To').fill('lost')
    await button('Send a test mail').click()
    await says('Write an e-mail address')
    await field('To').fill('lost@shop.example')
    await button('Send a test mail').click()
    await row('lost@shop.example').filter({ hasText: 'Uncertain' }).waitFor()
    await says('Nobody knows whether 1 mail has arrived')
    await expectAccessible(page, 'mail')

    // Whoever comes for it sees it first.
    await open('/mail', 'Mail')
    await expect.poll(() => row('@shop.example').count()).toBe(1)
    await button('Your mail settings work').click()
    await says('What it says')
    await inDialog('Send again, even if it arrives twice').click()
    await expect.poll(() => sink.arrived.length).toBe(3)
    expect(sink.arrived[2]?.messageId).toBe(sink.arrived[1]?.messageId)
  })

  it('show work that was given up, and where it is taken up again', async () => {
    const { page, owner } = opened
    await open('/jobs', 'Jobs')
    await says('Nothing was given up')
    const url = `http://127.0.0.1:${receiverPort}/gone`
    const { id } = await owner.told<{ id: string }>('POST', '/webhooks', {
      url,
      events: ['order.completed'],
    })
    await owner.ask('POST', `/webhooks/${id}/test`)
    await expect
      .poll(() => owner.told('GET', '/jobs?state=dead'))
      .toMatchObject({ items: [{ kind: 'webhook.deliver' }] })

    await open('/jobs', 'Jobs')
    await row('It answered 410').waitFor()
    await expectAccessible(page, 'jobs')
    await page.getByRole('link', { name: 'Open webhooks' }).click()
    await row('Gone').waitFor()
    await expectAccessible(page, 'webhooks')
    await page.getByRole('link', { name: url }).click()
    await says('it wants to be told no more')
    await expectAccessible(page, 'webhook')
    await button('Resume').click()
    await says('Resumed')
    expect(opened.watched.errors).toEqual([])
    expect(opened.watched.violations).toEqual([])
  })

  it('let whoever forgot their password choose another one, by a link in the mail', async () => {
    const { page, owner, server } = opened
    const before = sink.arrived.length
    await owner.told('POST', '/account/password-resets', { email: 'ana@shop.example' })
    await expect.poll(() => sink.arrived.length).toBe(before + 1)
    const mailed = sink.arrived[before]?.raw.replaceAll('=\r\n', '')
    const [path = ''] = mailed?.match(/\/console\/link#[\w-]{43}/) ?? []
    await page.goto(server.url + path)
    await page.getByRole('heading', { level: 1, name: 'Set a new password' }).waitFor()
    expect(page.url()).not.toContain('#')
    await expectAccessible(page, 'reset')

    await field('New password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await says('Your password is changed')
    await expectAccessible(page, 'reset-done')
    await field('Password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor()
    expect(await owner.ask('GET', '/account')).toMatchObject({ status: 401 })
  })
})

function hasFocus(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement)
}
