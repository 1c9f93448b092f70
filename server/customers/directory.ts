import { randomBytes } from 'node:crypto'
import {
  and,
  asc,
  eq,
  gt,
  isNull,
  like,
  or,
  sql as text,
  type AnyColumn,
  type SQL,
} from 'drizzle-orm'
import type {
  ConsentRecord,
  CustomerItem,
  CustomerPage,
  CustomerPatch,
} from '#protocol/customers.ts'
import { ILLEGAL_USER_IDS } from '#protocol/names.ts'
import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import { readEmail, readPhone } from './addresses.ts'
import { insertConsents, listConsents } from './consents.ts'
import { findNamed, lockCustomer, type CustomerRow, type Transaction } from './customer-store.ts'
import { familyOf, namesOf } from './facts.ts'
import { identifyCustomer, tell } from './identify.ts'
import type { WhenListed } from './list-changes.ts'
import { readTraits } from './traits.ts'

/** The shop's customers, as its server reads and writes them. */
export interface Directory {
  /** In the order in which they came. `search`: a name's beginning, or a whole address, number or user id. */
  readonly listCustomers: (shopId: number, query: CustomerQuery) => Promise<CustomerPage>
  /** Finds or makes the customer of that user id, and keeps what is told of it. Answers its id. */
  readonly putCustomer: (
    shopId: number,
    customer: { readonly userId: string; readonly traits: Readonly<Record<string, unknown>> },
  ) => Promise<string>
  readonly changeCustomer: (
    shopId: number,
    customerId: string,
    change: CustomerPatch & { readonly by: Actor },
  ) => Promise<void>
  /** All that was said, the newest first. */
  readonly listConsents: (shopId: number, customerId: string) => Promise<ConsentRecord[]>
}

export interface CustomerQuery {
  readonly search?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

interface DirectoryDeps {
  readonly db: Database
  readonly now: Clock
  /** Tells slices behind this one that what is known of customers has changed. */
  readonly whenListed: WhenListed
}

const ILLEGAL = new Set<string>(ILLEGAL_USER_IDS)

export function createDirectory({ db, now, whenListed }: DirectoryDeps): Directory {
  async function require(shopId: number, customerId: string): Promise<CustomerRow> {
    const publicId = Buffer.from(customerId, 'base64url')
    const found = await findNamed(db, shopId, { publicId })
    if (found === undefined) throw new Refusal('not_found', 'There is no such customer')
    return found
  }

  return {
    async listCustomers(shopId, { search, limit, cursor }) {
      const { customers } = db.t
      const rows = await db.sql
        .select()
        .from(customers)
        .where(
          and(
            eq(customers.shopId, shopId),
            isNull(customers.mergedInto),
            gt(customers.id, rowOfCursor(cursor)),
            search === undefined ? undefined : isMeant(db.t, search),
          ),
        )
        .orderBy(asc(customers.id))
        .limit(limit + 1)
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return { items: shown.map(itemOf), nextCursor: last === undefined ? null : String(last.id) }
    },

    async putCustomer(shopId, { userId, traits }) {
      const id = await db.transaction((sql) =>
        writeCustomer({ sql, t: db.t }, shopId, { userId, traits, at: now(), whenListed }),
      )
      const [customer] = await familyOf(db, shopId, id)
      if (customer === undefined) throw new Error('A customer that was written is gone')
      return customer.publicId.toString('base64url')
    },

    async changeCustomer(shopId, customerId, { traits, consents, by }) {
      const { id } = await require(shopId, customerId)
      await db.transaction(async (sql) => {
        const transaction = { sql, t: db.t }
        const row = await lockCustomer(transaction, shopId, id)
        if (row === undefined) throw new Refusal('not_found', 'There is no such customer')
        const said = { at: now(), eventId: randomBytes(16), isProven: true, userId: row.userId }
        await tell(transaction, shopId, row, said, readTraits(traits))
        await insertConsents(transaction, shopId, row.id, { consents, source: 'api', now: now() })
        await whenListed(transaction, shopId, [row.id])
        // What was told of a person is nothing for a log that is never erased.
        await recordChange(transaction, shopId, {
          by,
          at: now(),
          action: 'customer.changed',
          object: { kind: 'customer', id: row.publicId.toString('base64url') },
          before: null,
          after: {
            traits: Object.keys(traits).length,
            consents: consents.map(({ purpose, channel, isGranted }) => ({
              purpose,
              channel,
              isGranted,
            })),
          },
        })
      })
    },

    async listConsents(shopId, customerId) {
      const { id } = await require(shopId, customerId)
      const family = await familyOf(db, shopId, id)
      return listConsents(
        db,
        shopId,
        family.map((row) => row.id),
      )
    },
  }
}

interface Written {
  readonly userId: string
  readonly traits: Readonly<Record<string, unknown>>
  readonly at: number
  readonly whenListed: WhenListed
}

/** What the shop's own server or file says of a customer, which it so vouches for. */
export async function writeCustomer(
  transaction: Transaction,
  shopId: number,
  { userId, traits, at, whenListed }: Written,
): Promise<number> {
  if (ILLEGAL.has(userId.trim().toLowerCase())) {
    throw new Refusal('bad_request', `userId: “${userId}” stands for nobody`)
  }
  const identified = await identifyCustomer(transaction, shopId, {
    userId: userId.trim(),
    traits,
    isProven: true,
    rule: 'open',
    at,
    eventId: randomBytes(16),
    visitor: null,
  })
  if (identified.kind !== 'customer') throw new Error('A customer with a user id was not made')
  await whenListed(transaction, shopId, [identified.customerId])
  return identified.customerId
}

/** Whole addresses are indexed; names are read through, as far as a page needs. */
export function isMeant({ customers }: Database['t'], search: string): SQL | undefined {
  const [email, phone] = [readEmail(search), readPhone(search)]
  if (email !== undefined) return eq(customers.email, email)
  const beginning = `${search
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const begins = (column: AnyColumn) => text`${like(text`lower(${column})`, beginning)} ESCAPE '\\'`
  return or(
    eq(customers.userId, search.trim()),
    phone === undefined ? undefined : eq(customers.phone, phone),
    begins(customers.email),
    begins(customers.firstName),
    begins(customers.lastName),
    text`${like(text`lower(${customers.firstName} || ' ' || ${customers.lastName})`, beginning)} ESCAPE '\\'`,
  )
}

function itemOf(row: CustomerRow): CustomerItem {
  const { publicId, languages, tags, attributes, isVerified, createdAt } = row
  const id = publicId.toString('base64url')
  return { id, ...namesOf(row), languages, tags, attributes, isVerified, createdAt }
}

function rowOfCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,15}$/.test(cursor)) throw new Refusal('bad_request', 'The cursor is none of ours')
  return Number(cursor)
}
