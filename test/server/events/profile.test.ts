import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOf, documentText } from '#server/events/profile/document-text.ts'
import { newDocument } from '#server/events/profile/document.ts'
import type { ProfileEvent } from '#server/events/profile/profile-event.ts'
import { mergeProfiles, reduce } from '#server/events/profile/reduce.ts'
import { secondsOnSite } from '#server/events/profile/visits.ts'
import { profileEvents } from '../../support/profile-events.ts'

const DAY_MS = 86_400_000

describe('a profile', () => {
  it('is the same whatever the order and the batches', () => {
    fc.assert(
      fc.property(profileEvents, fc.nat(), fc.integer({ min: 1, max: 7 }), (events, salt, size) => {
        const shuffled = shuffle(events, salt)
        expect(fold(batches(shuffled, size))).toEqual(fold([events]))
      }),
      { numRuns: 300 },
    )
  })

  it('merged of two is that of all their events', () => {
    fc.assert(
      fc.property(profileEvents, fc.nat(), (events, salt) => {
        const mine = events.filter((_, i) => hash(i, salt) % 2 === 0)
        const theirs = events.filter((event) => !mine.includes(event))
        const merged = fold([mine])
        mergeProfiles(merged, fold([theirs]))
        expect(merged).toEqual(fold([events]))
      }),
      { numRuns: 300 },
    )
  })

  it('is read from its text as it was, and goes on from there', () => {
    fc.assert(
      fc.property(
        profileEvents,
        fc.nat(),
        fc.integer({ min: 1, max: 30 }),
        (events, salt, size) => {
          let read = newDocument()
          for (const batch of batches(shuffle(events, salt), size)) {
            reduce(read, batch)
            read = documentOf(documentText(read))
          }
          expect(read).toEqual(fold([events]))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('stays within its bounds, the oldest going first', () => {
    const events = Array.from({ length: 1_200 }, (_, i) => productViewed(i))
    const { activity } = fold([events])

    expect(Object.keys(activity.products)).toHaveLength(500)
    expect(Object.keys(activity.pages)).toHaveLength(200)
    expect(Object.keys(activity.events)).toHaveLength(200)
    expect(activity.occurrences).toHaveLength(100)
    expect(activity.products['p1199']).toBeDefined()
    expect(activity.products['p0']).toBeUndefined()
    expect(JSON.stringify(activity).length).toBeLessThan(400_000)
  })

  it('keeps ninety days', () => {
    const views = Array.from({ length: 200 }, (_, day) => pageViewed(day * DAY_MS))
    const tally = fold([views]).activity.events['Page Viewed']

    expect(tally?.count).toBe(200)
    expect(tally?.recentAt).toHaveLength(20)
    expect(Object.keys(tally?.days ?? {})).toHaveLength(71)
  })

  it('has nothing in its cart after an order, whatever was bought', () => {
    const shoe = { productId: 'shoe', quantity: 2, categories: [], attributes: {} }
    const step = (at: number, cart: 'add' | 'empty') => ({
      ...productViewed(at),
      at,
      name: cart === 'add' ? 'Product Added' : 'Order Completed',
      commerce: { cart, products: [shoe] },
    })

    expect(fold([[step(1, 'add'), step(2, 'empty')]]).cart?.items).toEqual([])
    expect(fold([[step(1, 'empty'), step(2, 'add')]]).cart?.items).toMatchObject([{ quantity: 2 }])
  })

  it('keeps where a product in the cart is and how it looks, unless that is too long', () => {
    const url = 'https://shop.example/shoe'
    const imageUrl = `https://shop.example/${'x'.repeat(500)}.jpg`
    const shoe = { productId: 'shoe', quantity: 1, categories: [], attributes: {} }
    const added = (at: number, product: object) => ({
      ...pageViewed(at),
      type: 'track' as const,
      name: 'Product Added',
      commerce: { cart: 'add' as const, products: [{ ...shoe, ...product }] },
    })
    const { cart } = fold([[added(1, { url, imageUrl })], [added(2, {})]])

    expect(cart?.items).toEqual([{ ...shoe, quantity: 2, url }])
  })

  it('counts the time between a session’s start and its newest event', () => {
    const session = { id: 's1', startedAt: 1_000 }
    const events = [2_000, 61_000, 31_000].map((at) => ({ ...pageViewed(at), session }))
    expect(secondsOnSite(fold([events]))).toBe(60)
  })

  it('is not led astray by keys that mean something to JavaScript', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const events = names.map((name, i) => ({
      ...productViewed(i),
      type: 'track' as const,
      name,
      properties: { [name]: 1 },
    }))
    const document = fold([events])

    expect(Object.keys(document.activity.events).toSorted()).toEqual(names.toSorted())
    expect(Object.getPrototypeOf(document.activity.events)).toBe(Object.prototype)
    expect(documentOf(documentText(document))).toEqual(document)
  })
})

function fold(parts: readonly (readonly ProfileEvent[])[]) {
  const draft = newDocument()
  for (const part of parts) if (part.length > 0) reduce(draft, part)
  return draft
}

function batches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
    all.slice(i * size, (i + 1) * size),
  )
}

function shuffle<T>(all: readonly T[], salt: number): T[] {
  return all
    .map((value, i) => ({ value, rank: hash(i, salt) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ value }) => value)
}

function hash(i: number, salt: number): number {
  return Math.imul(i ^ salt, 0x9e37_79b1) >>> 4
}

function pageViewed(at: number): ProfileEvent {
  return {
    id: `view-${at}`,
    at,
    type: 'page',
    name: null,
    url: 'https://shop.example/',
    pageType: null,
    properties: null,
    isVerified: false,
  }
}

/** A view of another product on another page, and a custom event of another name, every second. */
function productViewed(i: number): ProfileEvent {
  const isPage = i % 3 === 0
  const isCustom = i % 3 === 1
  return {
    ...pageViewed(i * 1_000),
    id: `e${i}`,
    type: isPage ? 'page' : 'track',
    name: isCustom ? `Custom ${i}` : 'Product Viewed',
    url: `https://shop.example/p/${i}?a=1`,
    commerce: {
      products: [{ productId: `p${i}`, quantity: 1, categories: [], attributes: {} }],
      ...(!isCustom && { interaction: 'viewed' as const }),
    },
  }
}
