import { z } from 'zod'
import { ConsentSchema } from './events.ts'
import { DEVICE_CLASSES, EVENT_TYPES, PAGE_TYPES } from './names.ts'

const Json = z.record(z.string(), z.unknown())

/** A stored event, as the shop's own servers read it. */
export const StoredEventSchema = z
  .object({
    id: z.string(),
    type: z.enum(EVENT_TYPES),
    name: z.string().nullable(),
    /** When it happened, by the corrected clock of the sender. */
    at: z.int(),
    receivedAt: z.int(),
    visitorId: z.string().nullable(),
    url: z.string(),
    referrer: z.string().nullable(),
    title: z.string().nullable(),
    pageType: z.enum(PAGE_TYPES).nullable(),
    userId: z.string().nullable(),
    groupId: z.string().nullable(),
    properties: Json.nullable(),
    traits: Json.nullable(),
    /** A server of the shop's sent it. */
    isVerified: z.boolean(),
  })
  .meta({ id: 'StoredEvent' })
export type StoredEventAnswer = z.output<typeof StoredEventSchema>

/** Minor units by ISO code. */
const Amounts = z.record(z.string(), z.number())

export const VisitorAnswerSchema = z
  .object({
    id: z.string(),
    customerId: z.string().nullable(),
    /** A signature, or a server of the shop's, says that it is that customer. */
    isCustomerProven: z.boolean(),
    firstSeenAt: z.int(),
    lastSeenAt: z.int(),
    consent: ConsentSchema.nullable(),
    /** Where the first and the last visit that was not direct came from. */
    firstTouch: Json.nullable(),
    lastTouch: Json.nullable(),
    /** Null: no event with an identity yet. */
    profile: z
      .object({
        visits: z.int(),
        secondsOnSite: z.number(),
        orders: z.int(),
        spent: Amounts,
        /** As it is now, with its items. */
        cart: Json.nullable(),
        device: z.object({
          class: z.enum(DEVICE_CLASSES).exactOptional(),
          browser: z.string().exactOptional(),
          os: z.string().exactOptional(),
          screen: z.tuple([z.number(), z.number()]).readonly().exactOptional(),
          locale: z.string().exactOptional(),
          timeZone: z.string().exactOptional(),
        }),
        place: z
          .object({
            country: z.string().exactOptional(),
            region: z.string().exactOptional(),
            city: z.string().exactOptional(),
          })
          .nullable(),
        /** How often what was done, the most recent first. */
        events: z.array(
          z.object({ name: z.string(), count: z.int(), firstAt: z.int(), lastAt: z.int() }),
        ),
        /** Ids of audiences with the time of joining. */
        audiences: z.record(z.string(), z.int()),
      })
      .nullable(),
  })
  .meta({ id: 'Visitor' })
export type VisitorAnswer = z.output<typeof VisitorAnswerSchema>
