import { z } from 'zod'
import { DEVICE_CLASSES, PAGE_TYPES } from '#protocol/names.ts'
import { INTERACTIONS, KNOWN_LEADS, KNOWN_POTENTIALS } from '#protocol/leaf.ts'

/**
 * What a visitor did, one by one, as a test tells it: the truth of which `factsOf` makes the tallies that conditions
 * read. In JSON, instants are texts.
 */
export const HistorySchema = z.strictObject({
  now: instant().default(Date.parse('2026-11-22T12:00:00Z')),
  shopTimeZone: z.string().default('Europe/Vienna'),
  page: z
    .strictObject({
      url: z.string(),
      referrer: z.string().default(''),
      title: z.string().default(''),
      type: z.enum(PAGE_TYPES).exactOptional(),
    })
    .exactOptional(),
  session: z.strictObject({ startedAt: instant(), touch: touch().exactOptional() }).exactOptional(),
  /** False: what is told happened, but the visitor can't be recognised. */
  isKnown: z.boolean().default(true),
  visits: z.array(instant()).default([]),
  secondsOnSite: z.number().default(0),
  firstTouch: touch().exactOptional(),
  lastTouch: touch().exactOptional(),
  pages: list({ path: z.string(), type: z.enum(PAGE_TYPES).exactOptional() }),
  events: list({
    name: z.string(),
    properties: z.record(z.string(), scalar()).default({}),
    amount: money().exactOptional(),
  }),
  items: list({ product: z.string(), did: z.enum(INTERACTIONS) }),
  products: z.record(z.string(), product()).default({}),
  orders: z.array(z.strictObject({ at: instant(), total: money() })).default([]),
  cart: z
    .strictObject({
      value: money().exactOptional(),
      items: z.array(z.strictObject({ product: z.string(), quantity: z.number() })).default([]),
    })
    .exactOptional(),
  customer: z
    .strictObject({
      userId: z.string().exactOptional(),
      email: z.string().exactOptional(),
      phone: z.string().exactOptional(),
      firstName: z.string().exactOptional(),
      lastName: z.string().exactOptional(),
      birthOn: z.string().exactOptional(),
      language: z.string().exactOptional(),
      rfmCluster: z.string().exactOptional(),
      createdAt: instant(),
      tags: z.array(z.string()).default([]),
      attributes: z.record(z.string(), z.union([scalar(), z.array(scalar())])).default({}),
      listIds: z.array(z.string()).default([]),
    })
    .exactOptional(),
  chat: z
    .strictObject({
      talkedAt: instant().exactOptional(),
      waitingSince: instant().exactOptional(),
      rating: z.int().exactOptional(),
      leadState: z.enum(KNOWN_LEADS).exactOptional(),
      potential: z.enum(KNOWN_POTENTIALS).exactOptional(),
    })
    .exactOptional(),
  device: z
    .strictObject({
      class: z.enum(DEVICE_CLASSES).exactOptional(),
      browser: z.string().exactOptional(),
      os: z.string().exactOptional(),
      screen: z.tuple([z.number(), z.number()]).exactOptional(),
      locale: z.string().exactOptional(),
      timeZone: z.string().exactOptional(),
    })
    .exactOptional(),
  place: z
    .strictObject({
      country: z.string().exactOptional(),
      region: z.string().exactOptional(),
      city: z.string().exactOptional(),
    })
    .exactOptional(),
  consent: z
    .strictObject({
      statistics: z.boolean(),
      personalisation: z.boolean(),
      marketing: z.boolean(),
    })
    .nullable()
    .default(null),
  audienceIds: z.array(z.string()).default([]),
})
export type History = z.infer<typeof HistorySchema>

/** A list of what happened, each in the running session or before it. */
function list<Shape extends z.ZodRawShape>(shape: Shape) {
  const entry = z.strictObject({ ...shape, at: instant(), inSession: z.boolean().default(false) })
  return z.array(entry).default([])
}

function instant() {
  return z.union([z.int(), z.iso.datetime().transform((text) => Date.parse(text))])
}

function scalar() {
  return z.union([z.string(), z.number(), z.boolean()])
}

function money() {
  return z.strictObject({ amount: z.number(), currency: z.string() })
}

function product() {
  return z.strictObject({
    name: z.string().exactOptional(),
    categories: z.array(z.string()).default([]),
    brand: z.string().exactOptional(),
    price: money().exactOptional(),
    attributes: z.record(z.string(), scalar()).default({}),
  })
}

function touch() {
  return z.strictObject({
    at: instant().default(0),
    source: z.string(),
    medium: z.string(),
    campaign: z.string().exactOptional(),
    term: z.string().exactOptional(),
    content: z.string().exactOptional(),
    clickId: z.strictObject({ name: z.string(), value: z.string() }).exactOptional(),
    referrer: z.string().exactOptional(),
    landing: z.string().default('/'),
  })
}
