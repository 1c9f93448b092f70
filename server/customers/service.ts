import type {
  ConsentRecord,
  CustomerAnswer,
  CustomerName,
  IdentityRule,
  OrderAnswer,
} from '#protocol/customers.ts'
import type { Account } from '../account/service.ts'
import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { ImportKind } from '../catalog/service.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Shop } from '../core/guards.ts'
import type { Log } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import { holdingNow, listConsents } from './consents.ts'
import { createCustomerImport } from './customer-import.ts'
import { createDirectory, type Directory } from './directory.ts'
import type { JudgeBuyers } from './list-orders.ts'
import { createOrderImport } from './order-import.ts'
import { createOrders, type Orders, type TellEvents } from './orders.ts'
import { findNamed, type CustomerRow, type Transaction } from './customer-store.ts'
import { familyOf, listIdsOf, namesOf } from './facts.ts'
import type { WhenListed } from './list-changes.ts'
import { createListImports, type ListImports } from './list-imports.ts'
import { createContactLists, type ContactLists } from './lists.ts'
import { mergeCustomers, type Merged } from './merge.ts'
import type { Order } from './order-change.ts'
import { listOrders } from './order-store.ts'
import { isProof } from './proof.ts'

export { isMeant } from './directory.ts'
export type { Buyer, JudgeBuyers } from './list-orders.ts'
export { OrderFilters } from './order-descriptions.ts'
export { customerFacts, factsOfCustomers, familyOf } from './facts.ts'
export {
  aliasCustomer,
  identifyCustomer,
  type Identification,
  type Identified,
} from './identify.ts'
export { mergeCustomers, type Merged } from './merge.ts'
export type { OrderTold } from './order-change.ts'
export type { ToldOrders } from './orders.ts'
export { noteStatus } from './order-audit.ts'
export { moveVisitorOrders, recordOrder, type RecordedOrder } from './order-store.ts'

/** What a shop knows of how a user id was claimed. */
export interface Proof {
  readonly rule: IdentityRule
  readonly isProven: boolean
}

export interface Customers extends ContactLists, ListImports, Directory, Orders {
  /** How files of customers and of orders are read. */
  readonly customerImport: ImportKind
  readonly orderImport: ImportKind
  /** To be asked before the transaction: a JWT takes its time. */
  readonly proofOf: (
    shop: Pick<Shop, 'id' | 'publicKey'>,
    claim: { readonly userId: string; readonly signature: string | undefined },
  ) => Promise<Proof>
  /** The customer that `name` is or has become, with its newest orders. */
  readonly readCustomer: (shopId: number, name: CustomerName) => Promise<CustomerAnswer>
  /** Makes one of two; refuses what is not there. Answers the one that is left. */
  readonly merge: (
    shopId: number,
    names: { readonly from: CustomerName; readonly into: CustomerName },
    by: Actor,
  ) => Promise<CustomerAnswer>
}

interface CustomersDeps {
  readonly db: Database
  readonly now: Clock
  readonly log: Pick<Log, 'error'>
  readonly account: Pick<Account, 'proofSettings'>
  /** Moves, in the same transaction, what slices behind this one keep by customer: visitors and profiles. */
  readonly whenMerged: (transaction: Transaction, shopId: number, merged: Merged) => Promise<void>
  /** The same of what they keep by contact list: audiences. */
  readonly whenListed: WhenListed
  readonly tellEvents: TellEvents
  readonly judgeBuyers: JudgeBuyers
}

const ORDERS_SHOWN = 100

export function createCustomers(deps: CustomersDeps): Customers {
  const { db, now, account, whenMerged, whenListed } = deps
  const orders = createOrders(deps)

  async function requireNamed(shopId: number, name: CustomerName): Promise<CustomerRow> {
    const found = await findNamed(
      db,
      shopId,
      'userId' in name ? name : { publicId: Buffer.from(name.customerId, 'base64url') },
    )
    if (found === undefined) throw new Refusal('not_found', 'There is no such customer')
    return found
  }

  async function readCustomer(shopId: number, name: CustomerName): Promise<CustomerAnswer> {
    const { id } = await requireNamed(shopId, name)
    const family = await familyOf(db, shopId, id)
    const [customer] = family
    if (customer === undefined) throw new Refusal('not_found', 'There is no such customer')
    const [listIds, newest] = await Promise.all([
      listIdsOf(db, shopId, family),
      listOrders(db, shopId, customer.id, ORDERS_SHOWN),
    ])
    const history = await listConsents(
      db,
      shopId,
      family.map((row) => row.id),
    )
    return answerOf(customer, { listIds, orders: newest, history })
  }

  return {
    ...createContactLists(deps),
    ...createListImports(deps),
    ...createDirectory(deps),
    ...orders,
    customerImport: createCustomerImport(whenListed),
    orderImport: createOrderImport(orders),

    async proofOf({ id, publicKey }, { userId, signature }) {
      const settings = await account.proofSettings(id)
      const { rule } = settings
      if (signature === undefined) return { rule, isProven: false }
      return { rule, isProven: await isProof({ publicKey, userId, signature }, settings, now) }
    },

    readCustomer,

    async merge(shopId, names, by) {
      const [from, into] = await Promise.all([
        requireNamed(shopId, names.from),
        requireNamed(shopId, names.into),
      ])
      await db.transaction(async (sql) => {
        const transaction = { sql, t: db.t }
        const pair = { from: from.id, into: into.id }
        const merged = await mergeCustomers(transaction, shopId, pair)
        if (merged === undefined) return
        await whenMerged(transaction, shopId, merged)
        await recordChange(transaction, shopId, {
          by,
          at: now(),
          action: 'customer.merged',
          object: { kind: 'customer', id: into.publicId.toString('base64url') },
          before: null,
          after: { from: from.publicId.toString('base64url') },
        })
      })
      return readCustomer(shopId, names.into)
    },
  }
}

interface AroundCustomer {
  readonly listIds: readonly string[]
  readonly orders: readonly Order[]
  readonly history: readonly ConsentRecord[]
}

function answerOf(
  customer: CustomerRow,
  { listIds, orders, history }: AroundCustomer,
): CustomerAnswer {
  const { publicId, languages, tags, attributes, isVerified, createdAt } = customer
  return {
    id: publicId.toString('base64url'),
    ...namesOf(customer),
    languages,
    tags,
    attributes,
    listIds,
    isVerified,
    createdAt,
    consents: holdingNow(history),
    orders: orders.map(orderAnswer),
  }
}

function orderAnswer({ orderId, at, status, total, currency, isVerified }: Order): OrderAnswer {
  const order = { orderId, at, status, isVerified }
  if (total === null || currency === null) return order
  return { ...order, total: { amount: total, currency } }
}
