import { randomUUID } from 'node:crypto'
import type { WireEvent } from '#protocol/events.ts'
import { eventOf } from './ingestion.ts'

/** Each is at several browsers, so that their profiles are changed from all sides. */
export const PEOPLE = 8

/** What a visitor does next: it says who it is, looks at a page, fills a cart and orders. */
export function shopEvents(writer: number): WireEvent[] {
  const { name: _, ...identify } = eventOf({ type: 'identify', userId: `u-${writer % PEOPLE}` })
  const { name: __, ...viewed } = eventOf({ type: 'page' })
  const product = { product_id: `p-${writer}`, price: 9.9, quantity: 1 }
  return [
    viewed,
    identify,
    eventOf({ name: 'add_to_cart', properties: { items: [{ item_id: 'hat' }, product] } }),
    eventOf({ name: 'Order Completed', properties: { order_id: randomUUID(), total: 9.9 } }),
    eventOf(),
  ]
}
