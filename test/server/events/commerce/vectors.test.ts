import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { canonicalEvents } from '#server/events/commerce/canonical-events.ts'
import { commerceOf } from '#server/events/commerce/commerce-of.ts'
import vectors from '../../../cases/commerce.json' with { type: 'json' }

const Properties = z.record(z.string(), z.unknown())
const vectorsShape = z.object({
  shopCurrency: z.string(),
  cases: z.array(
    z.object({
      name: z.string(),
      sent: z.object({ name: z.string(), properties: Properties.nullable() }),
      /** `as sent`: with the very properties that were sent. */
      canonical: z.array(
        z.looseObject({ properties: z.union([z.literal('as sent'), Properties]) }),
      ),
      /** Of each canonical event; null: none of e-commerce's. */
      commerce: z.array(Properties.nullable()),
    }),
  ),
})
const { shopCurrency, cases } = vectorsShape.parse(vectors)

describe('an event as shops send it', () => {
  it.each(cases)('is read: $name', ({ sent, canonical, commerce }) => {
    const events = canonicalEvents({ type: 'track', ...sent })
    const read = events.map(({ name, properties }) =>
      commerceOf(name ?? '', properties, shopCurrency),
    )

    expect(events).toEqual(
      canonical.map((event) => ({
        ...event,
        properties: event.properties === 'as sent' ? sent.properties : event.properties,
      })),
    )
    expect(read).toEqual(commerce.map((it) => it ?? undefined))
  })
})
