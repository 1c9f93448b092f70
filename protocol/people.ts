import { z } from 'zod'
import { SUBJECT_KINDS } from './audiences.ts'
import { CustomerAnswerSchema, OrderAnswerSchema } from './customer-answers.ts'
import type { CustomerAnswer, OrderAnswer } from './customers.ts'
import { DEVICE_CLASSES } from './names.ts'
import { StoredEventSchema, VisitorAnswerSchema } from './visitors.ts'

/** A condition in an address, as JSON; one that is longer belongs into an audience. */
export const MAX_CONDITION_CHARS = 6_000

/** Minor units by ISO code. */
const AmountsSchema = z.record(z.string(), z.number())
const MoneySchema = z.object({ amount: z.number(), currency: z.string() })

const TouchSchema = z.object({ source: z.string(), medium: z.string() })

/** A visitor or a customer in a list. */
export const PersonItemSchema = z
  .object({
    kind: z.enum(SUBJECT_KINDS),
    id: z.string(),
    /** Who it is, where that is known; of a visitor, the customer it was joined to. */
    name: z.string().nullable(),
    email: z.string().nullable(),
    customerId: z.string().nullable(),
    firstSeenAt: z.int(),
    lastSeenAt: z.int(),
    visits: z.int(),
    orders: z.int(),
    spent: AmountsSchema,
    cart: z.object({ quantity: z.number(), value: MoneySchema.exactOptional() }).nullable(),
    /** ISO 3166-1 alpha-2. */
    country: z.string().nullable(),
    city: z.string().nullable(),
    device: z.enum(DEVICE_CLASSES).nullable(),
    /** Of the last visit that was not direct. */
    source: TouchSchema.nullable(),
  })
  .meta({ id: 'Person' })
export type PersonItem = Readonly<z.output<typeof PersonItemSchema>>

export const PersonPageSchema = z.object({
  items: z.array(PersonItemSchema),
  nextCursor: z.string().nullable(),
  /** How many were looked at for this page. With a condition a page may hold fewer than asked for, and yet not be the last. */
  lookedAt: z.int(),
})
export type PersonPage = Readonly<z.output<typeof PersonPageSchema>>

/** All that is known of a visitor, or of a customer over all visitors joined to it. */
export const PersonSchema = z
  .object({
    kind: z.enum(SUBJECT_KINDS),
    id: z.string(),
    /** Null: nobody knows who the visitor is. */
    customer: CustomerAnswerSchema.nullable(),
    /** The visitor's own orders, where it is no customer. */
    orders: z.array(OrderAnswerSchema),
    firstSeenAt: z.int(),
    lastSeenAt: z.int(),
    /** The newest choice on the page. */
    consent: VisitorAnswerSchema.shape.consent,
    firstTouch: VisitorAnswerSchema.shape.firstTouch,
    lastTouch: VisitorAnswerSchema.shape.lastTouch,
    profile: VisitorAnswerSchema.shape.profile,
    /** Browsers that turned out to be this one person, the last seen first; at most 50. */
    visitors: z.array(
      z.object({
        id: z.string(),
        firstSeenAt: z.int(),
        lastSeenAt: z.int(),
        /** A signature, or a server of the shop's, says that it is that customer. */
        isProven: z.boolean(),
      }),
    ),
    audiences: z.array(z.object({ id: z.string(), name: z.string(), since: z.int() })),
    /** Experiences that they have seen, the last seen first. */
    experiences: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        impressions: z.int(),
        lastAt: z.int(),
      }),
    ),
  })
  .meta({ id: 'WholePerson' })
export type Person = Readonly<
  Omit<z.output<typeof PersonSchema>, 'customer' | 'orders'> & {
    customer: CustomerAnswer | null
    orders: readonly OrderAnswer[]
  }
>

/** A stored event with the session in which it happened. */
export const TrailEventSchema = StoredEventSchema.extend({
  session: z
    .object({
      id: z.string(),
      startedAt: z.int(),
      device: z.enum(DEVICE_CLASSES).nullable(),
      country: z.string().nullable(),
      city: z.string().nullable(),
      source: TouchSchema.nullable(),
    })
    .nullable(),
}).meta({ id: 'TrailEvent' })
export type TrailEvent = Readonly<z.output<typeof TrailEventSchema>>

/** Somebody who did something in the last minutes. */
export interface LivePerson {
  readonly id: string
  /** The customer's, where it is known. */
  readonly name: string | null
  readonly lastSeenAt: number
  readonly startedAt: number
  /** Of the last event that has one. */
  readonly url: string | null
  readonly country: string | null
  readonly city: string | null
  readonly device: (typeof DEVICE_CLASSES)[number] | null
  readonly source: string | null
  readonly cart: {
    readonly quantity: number
    readonly value?: { readonly amount: number; readonly currency: string }
  } | null
}
