import { isNotNull } from 'drizzle-orm'
import { DEVICE_CLASSES } from '#protocol/names.ts'
import { SESSION_DIMENSIONS } from '#protocol/figures.ts'
import type { accountTables } from '../account/tables.ts'
import type { Kit } from '../db/columns.ts'

/** `all` has one name, which is empty. */
export const DIMENSIONS = ['all', ...SESSION_DIMENSIONS] as const
export type Dimension = (typeof DIMENSIONS)[number]

/**
 * Sums are kept twice: by quarter of an hour, on which every zone's days begin and end, and by day (UTC), so that a long
 * range is not thousands of rows.
 */
export const GRAINS = ['quarter', 'day'] as const
export type Grain = (typeof GRAINS)[number]

/** What is worked out from events, which remain the truth (ADR 0027). No row of another table is referred to. */
export function dashboardTables(
  k: Kit,
  { shops }: Pick<ReturnType<typeof accountTables>, 'shops'>,
) {
  const shopId = () =>
    k
      .long()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' })

  /** How far the shop's events have been counted. */
  const figureCursors = k.table('figure_cursors', {
    shopId: k
      .long()
      .primaryKey()
      .references(() => shops.id, { onDelete: 'cascade' }),
    /** The last event's. */
    seq: k.long().notNull(),
    /** Grows with each step: of two nodes that took the same one, one has done it. */
    turn: k.long().notNull(),
    /** Everything that arrived before this time is counted. */
    asOf: k.ms().notNull(),
  })

  /** Visitors whose events became another's: their sessions are counted anew. */
  const figureChanges = k.table(
    'figure_changes',
    { shopId: shopId(), visitorId: k.long().notNull() },
    (t) => [k.primaryKey({ columns: [t.shopId, t.visitorId] })],
  )

  /** One row a session that has events. */
  const sessionFigures = k.table(
    'session_figures',
    {
      shopId: shopId(),
      sessionId: k.long().notNull(),
      visitorId: k.long().notNull(),
      /** Its first event's time. */
      beganAt: k.ms().notNull(),
      /**
       * When the visitor's session before began: the visitors of a range are its sessions with none of theirs before in it,
       * so that nobody has to be counted apart.
       */
      previousAt: k.ms(),
      /** Bits of `STEPS`. */
      steps: k.int().notNull(),
      /** When something was first put in the cart. */
      cartAt: k.ms(),
      source: k.text().notNull(),
      campaign: k.text(),
      landing: k.text().notNull(),
      device: k.oneOf(DEVICE_CLASSES),
      country: k.text(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.sessionId] }),
      k.index('session_figures_began').on(t.shopId, t.beganAt, t.previousAt),
      k.index('session_figures_visitor').on(t.shopId, t.visitorId, t.beganAt),
      k
        .index('session_figures_cart')
        .on(t.shopId, t.cartAt, t.visitorId)
        .where(isNotNull(t.cartAt)),
    ],
  )

  /** Sessions by when they began and by something that they have in common. */
  const sessionSums = k.table(
    'session_sums',
    {
      shopId: shopId(),
      dimension: k.oneOf(DIMENSIONS).notNull(),
      grain: k.oneOf(GRAINS).notNull(),
      startAt: k.ms().notNull(),
      name: k.text().notNull(),
      sessions: k.long().notNull(),
      /** Those that reached this step of the funnel, and all before it. */
      product: k.long().notNull(),
      cart: k.long().notNull(),
      checkout: k.long().notNull(),
      /** To the order: the word alone is one of SQL's. */
      toOrder: k.long().notNull(),
      /** Those with an order, whatever else they did. */
      ordered: k.long().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.shopId, t.dimension, t.grain, t.startAt, t.name] })],
  )

  const productSums = k.table(
    'product_sums',
    {
      shopId: shopId(),
      grain: k.oneOf(GRAINS).notNull(),
      startAt: k.ms().notNull(),
      productId: k.text().notNull(),
      viewed: k.long().notNull(),
      added: k.long().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.shopId, t.grain, t.startAt, t.productId] })],
  )

  /** What was bought, of orders that count: those that were placed and neither cancelled nor returned. */
  const orderLines = k.table(
    'order_lines',
    {
      shopId: shopId(),
      orderId: k.text().notNull(),
      position: k.int().notNull(),
      at: k.ms().notNull(),
      productId: k.text().notNull(),
      quantity: k.long().notNull(),
      /** Of all pieces, minor units; null: not told. */
      amount: k.long(),
      currency: k.text(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.orderId, t.position] }),
      k.index('order_lines_at').on(t.shopId, t.at, t.productId, t.currency, t.quantity, t.amount),
    ],
  )

  return { figureCursors, figureChanges, sessionFigures, sessionSums, productSums, orderLines }
}
