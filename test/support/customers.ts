import { randomBytes } from 'node:crypto'
import { createAccount } from '#server/account/service.ts'
import { createLog } from '#server/core/log.ts'
import {
  createCustomers,
  customerFacts,
  identifyCustomer,
  mergeCustomers,
  recordOrder,
  type Customers,
  type Identification,
  type Identified,
  type Merged,
  type OrderTold,
  type RecordedOrder,
} from '#server/customers/service.ts'
import type { Database } from '#server/db/database.ts'
import { insertShop, NOW } from './ingestion.ts'

export interface TestCustomers {
  readonly shopId: number
  readonly customers: Customers
  readonly account: ReturnType<typeof createAccount>
  readonly clock: { now: number }
  /** What slices behind this one were told of. */
  readonly merges: Merged[]
  readonly identify: (said?: Partial<Identification>) => Promise<Identified>
  readonly identified: (said?: Partial<Identification>) => Promise<number>
  readonly merge: (from: number, into: number) => Promise<Merged | undefined>
  readonly order: (told?: Partial<OrderTold>) => Promise<RecordedOrder>
  readonly facts: (customerId: number) => ReturnType<typeof customerFacts>
}

/** Customers of one shop of `db`, a new one unless given. */
export async function startCustomers(db: Database, ofShop?: number): Promise<TestCustomers> {
  const shopId = ofShop ?? (await insertShop(db))
  const clock = { now: NOW }
  const now = () => clock.now
  const merges: Merged[] = []
  const account = createAccount({ db, now })
  const customers = createCustomers({
    db,
    now,
    log: createLog('silent'),
    account,
    whenMerged: async (_, __, merged) => void merges.push(merged),
    whenListed: async () => undefined,
    tellEvents: async () => undefined,
    judgeBuyers: () => Promise.reject(new Error('Profiles are of no customer alone')),
  })
  const inTransaction = <T>(work: (transaction: Pick<Database, 'sql' | 't'>) => Promise<T>) =>
    db.transaction((sql) => work({ sql, t: db.t }))
  const identify = (said: Partial<Identification> = {}) =>
    inTransaction((transaction) => identifyCustomer(transaction, shopId, identification(said)))

  return {
    shopId,
    customers,
    account,
    clock,
    merges,
    identify,
    async identified(said) {
      const found = await identify(said)
      if (found.kind !== 'customer') throw new Error(`It stayed a ${found.kind}`)
      return found.customerId
    },
    merge: (from, into) =>
      inTransaction((transaction) => mergeCustomers(transaction, shopId, { from, into })),
    order: (told = {}) =>
      inTransaction((transaction) => recordOrder(transaction, shopId, orderTold(told))),
    facts: (customerId) => customerFacts(db, shopId, customerId),
  }
}

export function identification(said: Partial<Identification> = {}): Identification {
  return {
    userId: '42',
    traits: {},
    isProven: false,
    rule: 'open',
    at: NOW,
    eventId: randomBytes(16),
    visitor: null,
    ...said,
  }
}

function orderTold(told: Partial<OrderTold> = {}): OrderTold {
  return {
    what: 'placed',
    orderId: 'A-1',
    customerId: null,
    visitorId: 7,
    total: 4_990,
    currency: 'EUR',
    lines: [{ productId: 'mug-1', quantity: 1 }],
    status: 'new',
    source: 'event',
    isVerified: false,
    at: NOW,
    eventId: randomBytes(16),
    ...told,
  }
}
