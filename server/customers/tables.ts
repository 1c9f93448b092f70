import { isNotNull } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import {
  ADDRESS_KINDS,
  CONSENT_CHANNELS,
  CONSENT_SOURCES,
  IMPORT_STATES,
  ORDER_STATUSES,
  type LineFault,
  type Mapping,
  type OrderStatus,
  type TraitValue,
} from '#protocol/customers.ts'
import { ENCODINGS } from '#protocol/imports.ts'
import { ORDER_SOURCES } from '#protocol/lists.ts'
import { PURPOSES } from '#protocol/names.ts'
import type { accountTables } from '../account/tables.ts'
import type { Kit } from '../db/columns.ts'

export interface OrderLine {
  readonly productId: string
  readonly name?: string
  readonly quantity: number
  /** Of one piece, minor units. */
  readonly price?: { readonly amount: number; readonly currency: string }
}

export function customersTables(
  k: Kit,
  { shops }: Pick<ReturnType<typeof accountTables>, 'shops'>,
) {
  const shopId = () =>
    k
      .long()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' })

  const customers = k.table(
    'customers',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      /** 16 random bytes: what the customer is called outside of the server. */
      publicId: k.bytes().notNull(),
      /** The shop's own id. Null: known by an address only. */
      userId: k.text(),
      /** In lower case. */
      email: k.text(),
      /** Digits, with a leading + where it was given. */
      phone: k.text(),
      firstName: k.text(),
      lastName: k.text(),
      /** Calendar date, `1990-04-01`. */
      birthOn: k.text(),
      languages: k.json<readonly string[]>().notNull(),
      tags: k.json<readonly string[]>().notNull(),
      attributes: k.json<Readonly<Record<string, TraitValue>>>().notNull(),
      /** By trait, when and by which event it was last told (trait-state.ts). */
      traitStamps: k.json<Readonly<Record<string, string>>>().notNull(),
      /** A server of the shop's has vouched for this customer. */
      isVerified: k.bool().notNull(),
      /**
       * The customer that this one has become, never one that has itself become another. The row stays, so that what
       * still arrives under its user id, and its addresses in lists, lead there.
       */
      mergedInto: k.long().references((): AnyPgColumn => customers.id, { onDelete: 'cascade' }),
      /** The earliest time at which it was told of. */
      createdAt: k.ms().notNull(),
      /** The latest. */
      updatedAt: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('customers_public_id').on(t.shopId, t.publicId),
      k.uniqueIndex('customers_user_id').on(t.shopId, t.userId),
      k.index('customers_row').on(t.shopId, t.id),
      k.index('customers_email').on(t.shopId, t.email).where(isNotNull(t.email)),
      k.index('customers_phone').on(t.shopId, t.phone).where(isNotNull(t.phone)),
      // Leads with what the reference asks for; the shop beside it, so that SQLite prefers it to its other indexes.
      k.index('customers_merged_into').on(t.mergedInto, t.shopId).where(isNotNull(t.mergedInto)),
    ],
  )

  const orders = k.table(
    'orders',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      orderId: k.text().notNull(),
      customerId: k.long().references(() => customers.id, { onDelete: 'set null' }),
      /** A row of `visitors`, which come later and are not referred to. */
      visitorId: k.long(),
      /** Minor units. Null: not told, or in a currency that is none. */
      total: k.long(),
      currency: k.text(),
      lines: k.json<readonly OrderLine[]>().notNull(),
      status: k.oneOf(ORDER_STATUSES).notNull(),
      /** When each status was first told. */
      statusTimes: k.json<Readonly<Partial<Record<OrderStatus, number>>>>().notNull(),
      source: k.oneOf(ORDER_SOURCES).notNull(),
      /** Told by a server of the shop's; a browser's word alone is not. */
      isVerified: k.bool().notNull(),
      /** When it was placed. */
      at: k.ms().notNull(),
      /** The event that placed it. Null: so far only its cancellation or return has arrived. */
      eventId: k.bytes(),
    },
    (t) => [
      k.uniqueIndex('orders_order_id').on(t.shopId, t.orderId),
      k.index('orders_row').on(t.shopId, t.id),
      k.index('orders_at').on(t.shopId, t.at),
      k.index('orders_status').on(t.shopId, t.status, t.at),
      k.index('orders_customer').on(t.customerId, t.shopId, t.at).where(isNotNull(t.customerId)),
      // All that figures of a time ask, so that no row is looked up.
      k
        .index('orders_placed')
        .on(t.shopId, t.at, t.status, t.currency, t.total, t.visitorId)
        .where(isNotNull(t.eventId)),
      k.index('orders_visitor').on(t.shopId, t.visitorId, t.at).where(isNotNull(t.visitorId)),
    ],
  )

  /** What was said of being written to, never changed: the newest of a purpose and channel holds. */
  const customerConsents = k.table(
    'customer_consents',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      customerId: k
        .long()
        .notNull()
        .references(() => customers.id, { onDelete: 'cascade' }),
      purpose: k.oneOf(PURPOSES).notNull(),
      channel: k.oneOf(CONSENT_CHANNELS).notNull(),
      isGranted: k.bool().notNull(),
      source: k.oneOf(CONSENT_SOURCES).notNull(),
      note: k.text(),
      at: k.ms().notNull(),
    },
    (t) => [k.index('customer_consents_customer').on(t.customerId, t.shopId, t.at)],
  )

  const contactLists = k.table(
    'contact_lists',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      publicId: k.bytes().notNull(),
      name: k.text().notNull(),
      createdAt: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('contact_lists_public_id').on(t.shopId, t.publicId),
      k.uniqueIndex('contact_lists_name').on(t.shopId, t.name),
    ],
  )

  const listId = () =>
    k
      .long()
      .notNull()
      .references(() => contactLists.id, { onDelete: 'cascade' })

  /**
   * Addresses, not customers: who has one is looked up when it is asked for, so that an address that is nobody's yet
   * counts from the moment that somebody gets it (ADR 0009).
   */
  const contactListMembers = k.table(
    'contact_list_members',
    {
      shopId: shopId(),
      listId: listId(),
      kind: k.oneOf(ADDRESS_KINDS).notNull(),
      value: k.text().notNull(),
      addedAt: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.listId, t.kind, t.value] }),
      k.index('contact_list_members_address').on(t.shopId, t.kind, t.value),
    ],
  )

  const listImports = k.table(
    'list_imports',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      publicId: k.bytes().notNull(),
      listId: listId(),
      state: k.oneOf(IMPORT_STATES).notNull(),
      encoding: k.oneOf(ENCODINGS).notNull(),
      delimiter: k.text().notNull(),
      /** Else the first line is already one of the list, and columns are numbered. */
      hasHeader: k.bool().notNull(),
      columns: k.json<readonly string[]>().notNull(),
      sample: k.json<readonly (readonly string[])[]>().notNull(),
      mapping: k.json<Mapping>().notNull(),
      /** About how many there are. */
      lines: k.int().notNull(),
      doneLines: k.int().notNull(),
      /** Records, which may have several lines: where to go on. */
      doneRecords: k.int().notNull(),
      added: k.int().notNull(),
      alreadyThere: k.int().notNull(),
      faultCount: k.int().notNull(),
      faults: k.json<readonly { readonly line: number; readonly fault: LineFault }[]>().notNull(),
      createdAt: k.ms().notNull(),
      /** Whoever runs it, and until when nobody else may. */
      leaseHolder: k.text(),
      leaseUntil: k.ms(),
    },
    (t) => [
      k.uniqueIndex('list_imports_public_id').on(t.shopId, t.publicId),
      k.index('list_imports_list').on(t.listId),
      k.index('list_imports_state').on(t.state, t.createdAt),
    ],
  )

  /** An uploaded file until it is read, so that any node can read it, and go on after one that died. */
  const listImportChunks = k.table(
    'list_import_chunks',
    {
      shopId: shopId(),
      importId: k
        .long()
        .notNull()
        .references(() => listImports.id, { onDelete: 'cascade' }),
      position: k.int().notNull(),
      bytes: k.bytes().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.importId, t.position] })],
  )

  return {
    customers,
    orders,
    customerConsents,
    contactLists,
    contactListMembers,
    listImports,
    listImportChunks,
  }
}
