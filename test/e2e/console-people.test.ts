import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonPage } from '#protocol/people.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectAccessible, openConsole, type OpenConsole } from './support/console.ts'

const GRANTED = { statistics: true, personalisation: true, marketing: true }

describe.skipIf(!hasChromium)('people and what they did, in the console', () => {
  let opened: OpenConsole

  beforeAll(async () => {
    opened = await openConsole()
    opened.page.setDefaultTimeout(8_000)
    await sendAna()
    const { owner } = opened
    await owner.told('PUT', '/products/cup-1', {
      name: 'Blue cup',
      brand: 'Clay',
      categories: ['Kitchen'],
      price: { amount: 1_990, currency: 'EUR' },
      stock: 4,
    })
    await owner.told('POST', '/audiences', {
      name: 'Has a cart',
      condition: { kind: 'cartQuantity', count: { op: 'atLeast', value: 1 } },
    })
  })
  afterAll(async () => {
    await opened.stop()
  })

  const button = (name: string | RegExp) => opened.page.getByRole('button', { name, exact: true })
  const chip = (name: string) => opened.page.locator('.list-chip').filter({ hasText: name })
  const field = (label: string) => opened.page.getByLabel(label, { exact: true })
  const says = (text: string | RegExp) => opened.page.getByText(text).first().waitFor()
  const row = (text: string) => opened.page.getByRole('row').filter({ hasText: text })
  const menuItem = (name: string | RegExp) => opened.page.getByRole('menuitem', { name })

  async function open(path: string, title: string | RegExp): Promise<void> {
    await opened.page.goto(`${opened.server.url}/console/${path}`)
    await opened.page.getByRole('heading', { level: 1, name: title }).waitFor()
    await expect.poll(() => opened.page.locator('.bones').count()).toBe(0)
  }

  async function send(visitor: object, session: object, events: object[]): Promise<void> {
    const now = Date.now()
    const body = {
      key: opened.server.key,
      sentAt: now,
      visitor,
      session,
      consent: GRANTED,
      context: { device: 'desktop', locale: 'es-CO', timeZone: 'America/Bogota' },
      events: events.map((event, seq) => ({
        id: randomUUID(),
        type: 'track',
        // One after the other: what is of one time has no order that counts.
        at: now - events.length + seq,
        ageMs: events.length - seq,
        seq,
        page: { url: 'https://shop.example/', referrer: '', title: 'Shop' },
        ...event,
      })),
    }
    const reply = await fetch(`${opened.server.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': CHROME },
      body: JSON.stringify(body),
    })
    expect(reply.status).toBe(200)
  }

  async function sendAna(): Promise<void> {
    const session = { id: randomUUID(), startedAt: Date.now() }
    const cup = { product_id: 'cup-1', name: 'Blue cup', price: 19.9, currency: 'EUR', quantity: 2 }
    await send({ id: newId(16), token: newId(32) }, session, [
      {
        type: 'page',
        page: {
          url: 'https://shop.example/?utm_source=news&utm_medium=email',
          referrer: '',
          title: 'Home',
        },
      },
      {
        type: 'identify',
        userId: 'ana-42',
        traits: { firstName: 'Ana', lastName: 'Ruiz', email: 'ana@shop.example', size: 'M' },
      },
      {
        name: 'Order Completed',
        properties: { order_id: 'A-1001', total: 19.9, currency: 'EUR', products: [cup] },
      },
      { name: 'Gift Wrapped', properties: { colour: 'red', ribbon: true } },
      { name: 'Product Added', properties: cup },
      // Left out, with a warning.
      { name: '' },
    ])
    await send({ id: newId(16), token: newId(32) }, { ...session, id: randomUUID() }, [
      { type: 'page' },
    ])
  }

  it('are listed, narrowed, kept as a view and saved as a file', async () => {
    const { page } = opened
    await open('visitors', 'Visitors')
    await page.getByRole('link', { name: 'Ana Ruiz' }).waitFor()
    await chip('Has ordered').click()
    await chip('With a cart').click()
    await says(/in all.*Looked at/)
    await page.getByRole('link', { name: 'Ana Ruiz' }).waitFor()
    await expectAccessible(page, 'visitors')

    await button('Views').click()
    await menuItem('Save this view').click()
    await field('Name of the view').fill('Buyers')
    await page.keyboard.press('Enter')
    await says('Saved as “Buyers”')
    await open('visitors', 'Visitors')
    await expect.poll(() => chip('Has ordered').getAttribute('aria-pressed')).toBe('false')
    await button('Views').click()
    await page.getByRole('menuitemradio', { name: 'Buyers' }).click()
    await expect.poll(() => chip('Has ordered').getAttribute('aria-pressed')).toBe('true')
    await button('Views').click()
    await menuItem('Remove “Buyers”').click()
    await button('Undo').click()
    await button('Views').click()
    await page.getByRole('menuitemradio', { name: 'Buyers' }).waitFor()
    await page.keyboard.press('Escape')

    const saved = page.waitForEvent('download')
    await button('Save as CSV').click()
    expect((await saved).suggestedFilename()).toMatch(/^visitors-.*\.csv$/)
  })

  it('are told whole: who, what they did and why they are in an audience', async () => {
    const { page } = opened
    await open('customers', 'Customers')
    // By keyboard alone: the search, then down to the row.
    await field('Name, e-mail, phone or id').focus()
    await page.keyboard.type('ana@shop.example')
    const link = page.getByRole('link', { name: 'Ana Ruiz' })
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await link.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Ana Ruiz' }).waitFor()
    await row('A-1001').filter({ hasText: '€19.90' }).waitFor()
    await says('Gift Wrapped')
    await page
      .getByText('Gift Wrapped')
      .focus()
      .catch(() => undefined)
    await page.getByText('Gift Wrapped').click()
    await says('"red"')
    await field('Why').selectOption({ label: 'Has a cart' })
    await says('They are in it:')
    await expectAccessible(page, 'customer')
    await page.getByRole('link', { name: /^Visitor / }).click()
    await page.waitForURL(/\/visitor\?/)
    await page.getByText('Gift Wrapped').waitFor()
    await expectAccessible(page, 'visitor')
    await page.goBack()
    await page.waitForURL(/\/customer\?/)

    await button('Edit').click()
    await field('size (optional)').fill('L')
    await button('Save').click()
    await says(/^Saved$/)
    await page.locator('.fact-line').filter({ hasText: 'size' }).filter({ hasText: 'L' }).waitFor()
    await button('Undo').click()
    await page.locator('.fact-line').filter({ hasText: 'size' }).filter({ hasText: 'M' }).waitFor()
  })

  it('have orders and products in lists that open', async () => {
    const { page } = opened
    await open('orders', 'Orders')
    await field('Order number, name or e-mail').fill('A-10')
    await row('A-1001').filter({ hasText: 'Ana Ruiz' }).waitFor()
    await button('A-1001').click()
    await page.getByRole('dialog').getByText('Blue cup').waitFor()
    await expectAccessible(page, 'order')
    await page.keyboard.press('Escape')
    await open('products', 'Products')
    await field('Name, SKU, brand or category').fill('blue cup')
    await button('Blue cup').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Clay' }).waitFor()
    await expectAccessible(page, 'product')
    await page.getByRole('dialog').getByRole('button', { name: 'Clay' }).click()
    await expect.poll(() => chip('Clay').getAttribute('aria-pressed')).toBe('true')
    await row('Blue cup').waitFor()
  })

  it('have events that are looked up, defined, and sent by hand', async () => {
    const { page } = opened
    await open('events?name=Gift+Wrapped&property=colour&value=red', 'Events')
    await expect.poll(() => page.locator('.trail-event').count()).toBe(1)
    await expectAccessible(page, 'events')

    await open('events?tab=test', 'Events')
    await field('Name').fill('By hand')
    await button('Send event').click()
    await says('As it is stored')
    await page.locator('.explorer-json').filter({ hasText: '"colour": "blue"' }).waitFor()
    await expectAccessible(page, 'event-sent')

    await open('events?tab=definitions', 'Events')
    await button('Define a name').click()
    await field('Name').fill('Gift Wrapped')
    await page.getByLabel('Meaning').fill('Somebody asked for paper')
    await expectAccessible(page, 'event-defining')
    await button('Save').click()
    await button('Remove Gift Wrapped').click()
    await says('Nothing is defined yet')
    await button('Undo').click()
    await row('Somebody asked for paper').waitFor()
    await expectAccessible(page, 'event-definitions')

    await open('events?tab=warnings', 'Events')
    await row('Not in the shape of an event').filter({ hasText: 'Left out' }).waitFor()
    await expectAccessible(page, 'event-warnings')
    await open('events?tab=names', 'Events')
    await expectAccessible(page, 'event-names')
  })

  it('are seen while they are there, each at their place', async () => {
    const { page } = opened
    await open('live', 'Live')
    await row('Ana Ruiz').filter({ hasText: '2 items' }).waitFor({ timeout: 15_000 })
    await page.getByRole('link', { name: 'Events', exact: true }).last().click()
    await page.locator('.row-button').first().waitFor()
    expect(await page.locator('.row-button').count()).toBeGreaterThan(2)
  })

  it('are erased for ever after one question', async () => {
    const { page, owner } = opened
    await open('customers?search=ana%40shop.example', 'Customers')
    await page.getByRole('link', { name: 'Ana Ruiz' }).click()
    await page.getByRole('heading', { level: 1, name: 'Ana Ruiz' }).waitFor()
    await button('Actions').click()
    await menuItem(/Erase this person/).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Erase for ever' }).click()
    await says('It is being erased')
    await expect
      .poll(() => owner.told<PersonPage>('GET', '/customer-profiles?search=ana%40shop.example'))
      .toMatchObject({ items: [] })
  })
})

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

function newId(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}
