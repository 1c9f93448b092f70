import { describe, expect, it } from 'vitest'
import { openPage } from './shop-page.ts'

const FULL = { consent: 'full' }

describe('what leaves the page', () => {
  // What only looks private the server takes out: test/server/ingestion/redaction.test.ts.
  it('holds nothing that is named as a secret, in addresses and properties', async () => {
    const page = await openPage({
      settings: FULL,
      url: 'https://shop.example/u?userEmail=ana@example.com&resetToken=s3cr3t&q=a+secret&x=1#pw=s3cr3t',
      referrer: 'https://shop.example/sign-in?password=s3cr3t',
    })
    void page.gp.track('Viewed', { password: 's3cr3t', nested: [{ cvv: 's3cr3t', price: 5 }] })
    await page.pass(3_000)

    const sent = JSON.stringify(page.batches)
    for (const secret of ['ana@', 's3cr3t']) expect(sent).not.toContain(secret)
    expect(page.events()[1]).toMatchObject({ properties: { nested: [{ price: 5 }] } })
    expect(page.events()[1]?.page.url).toContain('q=a+secret&x=1')
  })

  it('holds no query of other sites', async () => {
    const page = await openPage({ referrer: 'https://search.example/find?q=ana#more' })

    expect(page.events()[0]?.page.referrer).toBe('https://search.example/find')
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
    })
    expect(b?.properties).toMatchObject({ price: 1 })
  })
})
