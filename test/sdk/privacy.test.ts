import { describe, expect, it } from 'vitest'
import { openPage } from './shop-page.ts'

const FULL = { consent: 'full' }

describe('what leaves the page', () => {
  it('holds no e-mail, card or token from address, referrer, title and properties', async () => {
    const page = await openPage({
      settings: FULL,
      url: 'https://shop.example/u/ana@example.com?email=ana@example.com&token=s3cr3t&q=shoes#pw',
      referrer: 'https://shop.example/reset?code=s3cr3t',
      html: '',
      prepare: ({ document }) => {
        document.title = 'Hello ana@example.com'
      },
    })
    void page.gp.track('Viewed', {
      email: 'ana@example.com',
      note: 'my card is 4111 1111 1111 1111',
      jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc',
      password: 's3cr3t',
      nested: [{ mail: 'ana@example.com', price: 5 }],
      order_id: '20261122-000123',
    })
    await page.pass(3_000)

    const sent = JSON.stringify(page.batches)
    for (const secret of ['ana@', 's3cr3t', '4111', 'eyJ']) expect(sent).not.toContain(secret)
    expect(page.events()[1]).toMatchObject({
      properties: { nested: [{ price: 5 }], order_id: '20261122-000123' },
      page: { url: 'https://shop.example/u/redacted?q=shoes' },
    })
  })

  it('holds the traits that the shop names', async () => {
    const page = await openPage({ settings: FULL })
    void page.gp.identify('u1', { email: 'ana@example.com' })
    await page.pass(3_000)

    expect(page.events()[1]?.traits).toEqual({ email: 'ana@example.com' })
  })

  it('is a copy: the shop may change its objects', async () => {
    const page = await openPage()
    const properties = { price: 1 }
    void page.gp.track('A', properties)
    properties.price = 2
    await page.pass(3_000)

    expect(page.events()[1]?.properties).toEqual({ price: 1 })
  })

  it('is plain, whatever was passed', async () => {
    const circle: Record<string, unknown> = { price: 1 }
    circle['self'] = circle
    const page = await openPage()
    void page.gp.track('A', {
      circle: 0,
      date: new Date(0),
      big: 10n,
      run: () => 1,
      symbol: Symbol('x'),
      nan: Number.NaN,
      nothing: undefined,
      list: [undefined, () => 1, 1],
      invalid: new Date(Number.NaN),
      '__proto__ ': 1,
      constructor: 1,
    })
    void page.gp.track('B', circle)
    await page.pass(3_000)

    const [, a, b] = page.events()
    expect(a?.properties).toEqual({
      circle: 0,
      date: '1970-01-01T00:00:00.000Z',
      big: '10',
      nan: null,
      list: [null, null, 1],
      '__proto__ ': 1,
    })
    expect(b?.properties).toMatchObject({ price: 1 })
  })
})
