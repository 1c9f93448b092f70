import { z } from 'zod'

/** What sessions are told apart by. */
export const SESSION_DIMENSIONS = ['source', 'campaign', 'landing', 'device', 'country'] as const
export type SessionDimension = (typeof SESSION_DIMENSIONS)[number]

export const FIGURE_STEPS = ['hour', 'day', 'week', 'month'] as const
export type FigureStep = (typeof FIGURE_STEPS)[number]

/** Whoever put something in the cart and has not ordered so long after, has left it. */
export const CART_PATIENCE_MS = 3_600_000

const count = z.int()
/** Minor units by currency: amounts in two currencies have no sum. */
const Revenue = z.record(z.string(), z.number())

/** What sessions of a time came to. */
const FiguresSchema = z.object({
  /** Those of whom a session began in that time. */
  visitors: count,
  sessions: count,
  /** Sessions in which something was ordered. */
  ordered: count,
  /** Placed, and neither cancelled nor returned. */
  orders: count,
  revenue: Revenue,
  /** With something put in, and no order of the visitor’s within an hour. */
  cartsLeft: count,
})
export type Figures = Readonly<z.output<typeof FiguresSchema>>

/** Sessions that reached a step and every one before it. */
const FunnelSchema = z.object({
  sessions: count,
  product: count,
  cart: count,
  checkout: count,
  order: count,
})
export type Funnel = Readonly<z.output<typeof FunnelSchema>>

const PeriodSchema = z.object({
  /** Epoch ms; `end` itself is not in it. */
  start: z.int(),
  end: z.int(),
  totals: FiguresSchema,
  funnel: FunnelSchema,
  points: z.array(FiguresSchema.extend({ at: z.int() })),
})
export type Period = Readonly<z.output<typeof PeriodSchema>>

/** `GET /api/v1/figures`. */
export const FiguresAnswerSchema = z
  .object({
    /** Calendar dates of the shop, both in it. */
    from: z.string(),
    to: z.string(),
    timeZone: z.string(),
    step: z.enum(FIGURE_STEPS),
    now: PeriodSchema,
    /** As long, and just before; as far as the time has gone where it is not over. */
    before: PeriodSchema,
    /** What arrived before this time is counted; orders are counted at once. */
    asOf: z.int().nullable(),
    /** Events from before there were figures are still being counted. */
    filling: z.object({ done: z.int(), total: z.int() }).nullable(),
  })
  .meta({ id: 'Figures' })
export type FiguresAnswer = Readonly<z.output<typeof FiguresAnswerSchema>>

/** Sessions that have something in common. */
export const SessionGroupSchema = FunnelSchema.extend({
  /** A source and its medium, a campaign, a path, a device, a country’s code; empty: unknown, or none. */
  name: z.string(),
  ordered: count,
  /** Of orders whose visitor came by that session last. */
  orders: count,
  revenue: Revenue,
}).meta({ id: 'SessionGroup' })
export type SessionGroup = Readonly<z.output<typeof SessionGroupSchema>>

export const ProductFiguresSchema = z
  .object({
    productId: z.string(),
    /** By the catalogue; null: it does not know it. */
    name: z.string().nullable(),
    viewed: count,
    added: count,
    /** Pieces. */
    bought: count,
    revenue: Revenue,
  })
  .meta({ id: 'ProductFigures' })
export type ProductFigures = Readonly<z.output<typeof ProductFiguresSchema>>

export const ExperienceFiguresSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.string(),
    impressions: count,
    clicks: count,
    submissions: count,
    conversions: count,
    revenue: Revenue,
  })
  .meta({ id: 'ExperienceFigures' })
export type ExperienceFigures = Readonly<z.output<typeof ExperienceFiguresSchema>>
