import { isNotNull } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { DEFINED_KINDS, DEFINED_TYPES } from '#protocol/lists.ts'
import { DEVICE_CLASSES, DROP_REASONS, EVENT_TYPES, PAGE_TYPES } from '#protocol/names.ts'
import type { VisitorNote } from '#protocol/customers.ts'
import type { Consent, Context } from '#protocol/events.ts'
import type { accountTables } from '../account/tables.ts'
import type { customersTables } from '../customers/tables.ts'
import type { Kit } from '../db/columns.ts'
import type { Touch } from './attribution.ts'
import type { DevicePart, PlacePart } from './profile-shape.ts'

/** What the page told of its surroundings, and what the browser's name says. */
export type SessionContext = Context & Pick<DevicePart, 'browser' | 'os'>

/** What can become of an event that arrived; a stored one can have a remark as well. */
export const OUTCOMES = ['stored', ...DROP_REASONS] as const
export type Outcome = (typeof OUTCOMES)[number]

export function eventsTables(
  k: Kit,
  {
    shops,
    customers,
  }: Pick<ReturnType<typeof accountTables>, 'shops'> &
    Pick<ReturnType<typeof customersTables>, 'customers'>,
) {
  const shopId = () =>
    k
      .long()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' })

  const visitors = k.table(
    'visitors',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      /** 16 bytes made by the browser. */
      publicId: k.bytes().notNull(),
      /**
       * Another tab's identity won: what still arrives under this one belongs to that visitor. A row with it stands for
       * nobody and has neither events nor sessions.
       */
      joinedTo: k.long(),
      /** Who it is; a customer that became another may still stand here until somebody looks (`mergedInto`). */
      customerId: k.long().references(() => customers.id, { onDelete: 'set null' }),
      /** A signature, or a server of the shop's, says so: the customer's profile may be told. */
      isCustomerProven: k.bool().notNull().default(false),
      /** What was said of it where that could not be believed. */
      note: k.json<VisitorNote>(),
      consent: k.json<Consent>(),
      firstTouch: k.json<Touch>(),
      lastTouch: k.json<Touch>(),
      firstSeenAt: k.ms().notNull(),
      lastSeenAt: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('visitors_public_id').on(t.shopId, t.publicId),
      k.index('visitors_seen').on(t.shopId, t.lastSeenAt),
      k.index('visitors_row').on(t.shopId, t.id),
      // Leads with what the reference asks for; the shop beside it, so that SQLite prefers it to its other indexes.
      k.index('visitors_customer').on(t.customerId, t.shopId).where(isNotNull(t.customerId)),
      // A join looks for those joined before, which are few of all.
      k.index('visitors_joined_to').on(t.shopId, t.joinedTo).where(isNotNull(t.joinedTo)),
    ],
  )

  /**
   * The SHA-256 of each token that proves a visitor. The first one is bound by the visitor's first batch; a `next`
   * one waits until its first use, which revokes those before it.
   */
  const visitorTokens = k.table(
    'visitor_tokens',
    {
      tokenHash: k.bytes().notNull(),
      shopId: shopId(),
      visitorId: k
        .long()
        .notNull()
        .references(() => visitors.id, { onDelete: 'cascade' }),
      state: k.oneOf(['next', 'active', 'revoked']).notNull(),
      createdAt: k.ms().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.shopId, t.visitorId, t.tokenHash] })],
  )

  const sessions = k.table(
    'sessions',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      visitorId: k
        .long()
        .notNull()
        .references(() => visitors.id, { onDelete: 'cascade' }),
      /** 16 bytes made by the browser. */
      publicId: k.bytes().notNull(),
      /**
       * Another row of the visitor: tabs that opened together began a session each before they knew of one another.
       * A row with it has no events; what still arrives under its id belongs to that session.
       */
      sameAs: k.long(),
      startedAt: k.ms().notNull(),
      lastSeenAt: k.ms().notNull(),
      /**
       * The least (received − sent) seen, ms: the best guess of how far the client's clock is behind. What makes no
       * difference to a time is not written down.
       */
      clockOffset: k.long().notNull(),
      touch: k.json<Touch>(),
      device: k.oneOf(DEVICE_CLASSES),
      context: k.json<SessionContext>(),
      /** By the address it came from, which is kept nowhere. */
      place: k.json<PlacePart>(),
    },
    (t) => [
      k.uniqueIndex('sessions_public_id').on(t.shopId, t.visitorId, t.publicId),
      k.index('sessions_started').on(t.shopId, t.visitorId, t.startedAt),
      k.index('sessions_seen').on(t.shopId, t.lastSeenAt),
    ],
  )

  /**
   * Each event's 16 bytes, unique per shop: what makes an event stored once however often it is sent. Of a verified one
   * a byte more, so that nobody who guesses its id can claim it with the public key. A table of its own, because
   * PostgreSQL can't hold a unique index over events that are partitioned by time.
   */
  const eventIds = k.table(
    'event_ids',
    { shopId: k.long().notNull(), id: k.bytes().notNull() },
    (t) => [k.primaryKey({ columns: [t.shopId, t.id] })],
  )

  /** Partitioned by `receivedAt` on PostgreSQL. No foreign keys: they would cost a look-up an event. */
  const events = k.table(
    'events',
    {
      seq: k.partitionedSerial(),
      shopId: k.long().notNull(),
      id: k.bytes().notNull(),
      /** Null: sent without an identity. */
      visitorId: k.long(),
      sessionId: k.long(),
      type: k.oneOf(EVENT_TYPES).notNull(),
      name: k.text(),
      /** When it happened, by the corrected client clock. */
      at: k.ms().notNull(),
      receivedAt: k.ms().notNull(),
      /** Order within the visitor's browser. */
      clientSeq: k.long().notNull(),
      url: k.text().notNull(),
      referrer: k.text(),
      title: k.text(),
      pageType: k.oneOf(PAGE_TYPES),
      /** The shop's own id of a person, as sent; not yet of anyone known. */
      userId: k.text(),
      groupId: k.text(),
      properties: k.json<Record<string, unknown>>(),
      traits: k.json<Record<string, unknown>>(),
      /** Sent with a secret key. */
      verified: k.bool().notNull(),
    },
    // Both in order of arrival, newest first when read backwards. SQLite keeps the row's number in every index anyhow.
    (t) =>
      k.dialect === 'sqlite'
        ? [
            k.index('events_visitor').on(t.shopId, t.visitorId),
            k.index('events_newest').on(t.shopId),
          ]
        : [
            k.index('events_visitor').on(t.shopId, t.visitorId, t.seq),
            k.index('events_newest').on(t.shopId, t.seq),
          ],
  )

  /**
   * How many events were stored, left out or changed, by day (UTC, days since the epoch) and by what became of them.
   * Each process counts in a lane of its own, for on PostgreSQL two nodes would wait for one row's lock at every commit.
   */
  const ingestionCounts = k.table(
    'ingestion_counts',
    {
      shopId: shopId(),
      day: k.int().notNull(),
      outcome: k.oneOf(OUTCOMES).notNull(),
      lane: k.int().notNull(),
      count: k.long().notNull(),
      lastDetail: k.text(),
      lastAt: k.ms().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.shopId, t.day, t.outcome, t.lane] })],
  )

  /**
   * How many events of each name arrived, by day (UTC, days since the epoch): counted behind ingestion, by a reader that
   * follows the events' numbers (`name-tally.ts`).
   */
  const eventNameDays = k.table(
    'event_name_days',
    {
      shopId: shopId(),
      day: k.int().notNull(),
      type: k.oneOf(EVENT_TYPES).notNull(),
      /** Empty: without a name; of a `track`, which always has one: those beyond the limit together. */
      name: k.text().notNull(),
      count: k.long().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.shopId, t.day, t.type, t.name] })],
  )

  /** The number of the last event that was counted. */
  const eventNameCursors = k.table('event_name_cursors', {
    shopId: k
      .long()
      .primaryKey()
      .references(() => shops.id, { onDelete: 'cascade' }),
    upTo: k.long().notNull(),
  })

  /** What the shop's people agreed that an event or an attribute means. */
  const definitions = k.table(
    'definitions',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      /** 16 random bytes. */
      publicId: k.bytes().notNull(),
      kind: k.oneOf(DEFINED_KINDS).notNull(),
      name: k.text().notNull(),
      description: k.text().notNull(),
      type: k.oneOf(DEFINED_TYPES),
      owner: k.text().notNull(),
      updatedAt: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('definitions_public_id').on(t.shopId, t.publicId),
      k.uniqueIndex('definitions_name').on(t.shopId, t.kind, t.name),
    ],
  )

  return {
    eventNameDays,
    eventNameCursors,
    definitions,
    visitors,
    visitorTokens,
    sessions,
    eventIds,
    events,
    ingestionCounts,
    visitorProfiles: profileTable(k, 'visitor_profiles', shops, visitors),
    customerProfiles: profileTable(k, 'customer_profiles', shops, customers),
  }
}

type Shops = ReturnType<typeof accountTables>['shops']

/**
 * A profile is one row: some typed columns to search by, and a document that only the reducer reads. A visitor's own
 * profile stays its own when it is joined to a customer, whose profile is that of all its visitors together: what an
 * unsigned identify may not tell is told by neither.
 */
function profileTable(
  k: Kit,
  name: 'visitor_profiles' | 'customer_profiles',
  shops: Shops,
  subjects: { readonly id: AnyPgColumn },
) {
  return k.table(
    name,
    {
      /** The visitor's or the customer's row, so that a profile is found without an index of its own. */
      subjectId: k
        .long()
        .primaryKey()
        .references(() => subjects.id, { onDelete: 'cascade' }),
      shopId: k
        .long()
        .notNull()
        .references(() => shops.id, { onDelete: 'cascade' }),
      /** Grows with each commit. */
      version: k.long().notNull(),
      /** See `documentText`: no database has to understand it. */
      document: k.text().notNull(),
      /** The newest choice that came with events. */
      consent: k.json<Consent>(),
      /** Audience ids with the time of joining (epoch ms). */
      audiences: k.json<Record<string, number>>().notNull(),
      /** When a condition may turn by time alone. */
      reconsiderAt: k.ms(),
      lastAt: k.ms().notNull(),
      visits: k.long().notNull(),
      orders: k.long().notNull(),
    },
    (t) => [k.index(`${name}_due`).on(t.reconsiderAt).where(isNotNull(t.reconsiderAt))],
  )
}
