import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { freshSqlite, type FreshDatabase } from '../../support/databases.ts'
import {
  batchOf,
  eventOf,
  newVisitor,
  startIngestion,
  storedEvents,
  type SenderOptions,
  type TestIngestion,
} from '../../support/ingestion.ts'

let database: FreshDatabase
let db: Database
let test: TestIngestion

beforeAll(async () => {
  database = await freshSqlite()
  db = await database.open()
})
afterAll(async () => {
  await db.close()
  await database.remove()
})
beforeEach(async () => {
  test = await startIngestion(db)
})

async function propertiesKept(properties: object, options?: SenderOptions): Promise<unknown> {
  await test.send(batchOf([eventOf({ properties: { ...properties } })]), options)
  const [event] = await storedEvents(db, test.shopId)
  return JSON.parse(String(event?.properties))
}

describe('what is stored of somebody', () => {
  it('holds the addresses by which to reach them, and no secret', async () => {
    const traits = {
      email: 'ana@example.com',
      phone: '+34 600 111 222',
      plan: 'gold',
      password: 'hunter2',
      card: '4111 1111 1111 1111',
    }
    const visitor = newVisitor()
    await test.send(batchOf([eventOf({ type: 'identify', userId: '42', traits })], { visitor }), {
      consentMode: 'full',
    })

    const [event] = await storedEvents(db, test.shopId)
    const { email, phone, plan } = traits
    expect(JSON.parse(String(event?.['traits']))).toEqual({ email, phone, plan })
  })
})

describe('what is stored of an event', () => {
  it.each([
    { what: 'an e-mail address', value: 'write to ana@example.com' },
    { what: 'an encoded e-mail address', value: 'ana%2540example.com' },
    { what: 'a card number', value: 'my card is 4111 1111 1111 1111' },
    { what: 'a card number in one', value: '4111111111111111' },
    { what: 'a JSON web token', value: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc' },
    { what: 'a random token', value: 'x9Kq2ZpL7vR4tY8mW3nB6cD1' },
    { what: 'a long hexadecimal number', value: '5f4dcc3b5aa765d61d8327deb882cf99' },
  ])('holds no property that looks like $what', async ({ value }) => {
    const kept = await propertiesKept({ note: value, list: [value, 1], deep: { value, price: 5 } })

    expect(kept).toEqual({ list: [null, 1], deep: { price: 5 } })
  })

  it('holds no property whose name says that it is secret', async () => {
    const kept = await propertiesKept({ password: 'hunter2', card: { cvv: 123, brand: 'Visa' } })

    expect(kept).toEqual({ card: { brand: 'Visa' } })
  })

  it('holds addresses without what is private in them', async () => {
    const kept = await propertiesKept({ image_url: 'https://cdn.example/a.jpg?token=x&w=80' })

    expect(kept).toEqual({ image_url: 'https://cdn.example/a.jpg?w=80' })
  })

  it('holds no e-mail, card or token of address, referrer and title', async () => {
    const page = {
      url: 'https://shop.example/u/ana@example.com?email=ana@example.com&token=s3cr3t&q=shoes#pw',
      referrer: 'https://shop.example/reset?code=s3cr3t',
      title: 'Hello ana@example.com',
    }
    await test.send(batchOf([eventOf({ page })]))

    expect(await storedEvents(db, test.shopId)).toMatchObject([
      {
        url: 'https://shop.example/u/redacted?q=shoes',
        referrer: 'https://shop.example/reset',
        title: null,
      },
    ])
  })

  it('holds what is innocent as it was sent', async () => {
    const properties = {
      order_id: '20261122-000123',
      product_id: '7f9c24e8-3b12-4fef-91e0-56a2d5a1c0de',
      name: 'Blue mug, 350 ml',
      empty: '',
      price: 12.5,
      nothing: null,
      items: [{ sku: 'MUG-1', sale: false }, []],
    }

    expect(await propertiesKept(properties)).toEqual(properties)
  })

  it('holds the traits that the shop names', async () => {
    const traits = { email: 'ana@example.com' }
    await test.send(batchOf([eventOf({ type: 'identify', userId: 'u1', traits })]))

    const [event] = await storedEvents(db, test.shopId)
    expect(JSON.parse(String(event?.traits))).toEqual(traits)
  })

  it('holds all that the shop’s own server sends', async () => {
    const properties = { email: 'ana@example.com' }

    expect(await propertiesKept(properties, { isVerified: true })).toEqual(properties)
  })
})
