import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../db/transaction.ts'
import type { RecordedOrder } from '../customers/service.ts'
import type { Told } from '../webhooks/service.ts'

/** What a commit has to tell shops' servers of, by shop. */
export interface CommitFacts {
  readonly orders: readonly { readonly shopId: number; readonly recorded: RecordedOrder }[]
  /** Shops by the customers that it has made. */
  readonly customers: ReadonlyMap<number, number>
}

/** The same in the words of the management API. Customers are read: they have ids only inside. */
export async function factsOf(
  transaction: Transaction,
  { orders, customers }: CommitFacts,
  now: number,
): Promise<ReadonlyMap<number, readonly Told[]>> {
  const facts = new Map<number, Told[]>()
  const add = (shopId: number, fact: Told) => {
    facts.set(shopId, [...(facts.get(shopId) ?? []), fact])
  }
  for (const shopId of new Set(customers.values())) {
    const rows = [...customers].filter(([, shop]) => shop === shopId).map(([row]) => row)
    for (const customer of await namesOf(transaction, shopId, rows)) {
      add(shopId, { type: 'customer.created', data: customer, at: now })
    }
  }
  for (const { shopId, recorded } of orders) {
    add(shopId, { type: 'order.completed', data: orderData(recorded), at: recorded.order.at })
  }
  return facts
}

function orderData({ order, outcome }: RecordedOrder) {
  const { orderId, total, currency, lines, status, isVerified, at } = order
  return {
    orderId,
    total: total === null || currency === null ? null : { amount: total, currency },
    lines,
    status,
    at,
    /** False: a browser says so, and anybody can write one. */
    isVerified,
    /** True: a verified one took the place of what a browser had said, of which this was told before. */
    isReplacement: outcome === 'replaced',
  }
}

async function namesOf({ sql, t }: Transaction, shopId: number, rows: readonly number[]) {
  const { publicId, userId, email } = t.customers
  const found = await sql
    .select({ publicId, userId, email })
    .from(t.customers)
    .where(and(eq(t.customers.shopId, shopId), inArray(t.customers.id, [...rows])))
  return found.map((customer) => ({
    customerId: customer.publicId.toString('base64url'),
    userId: customer.userId,
    email: customer.email,
  }))
}
