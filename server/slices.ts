import { createAccount, type Account } from './account/service.ts'
import type { Bus } from './core/bus.ts'
import type { Clock } from './core/clock.ts'
import type { Place } from './core/country.ts'
import type { Log } from './core/log.ts'
import {
  createCustomers,
  customerFacts,
  type CustomerFacts,
  type Customers,
} from './customers/service.ts'
import type { Database } from './db/database.ts'
import { createEvents, moveCustomer, type Events, type EventsFacts } from './events/service.ts'
import { createIngestion, type Ingestion } from './ingestion/service.ts'
import { createExperiences, experienceAskingFor, type Experiences } from './experiences/service.ts'
import { createTargeting, type CustomerParts, type Targeting } from './targeting/service.ts'

export interface Slices {
  readonly account: Account
  readonly customers: Customers
  readonly events: Events
  readonly targeting: Targeting
  readonly experiences: Experiences
  readonly ingestion: Ingestion
}

interface SlicesDeps {
  readonly db: Database
  readonly bus: Bus<EventsFacts>
  readonly log: Log
  readonly now: Clock
  /** Whether browsers reach us by https. */
  readonly isSecure: boolean
  readonly lookUpPlace: (address: string) => Place
}

/** The slices, each handed what it needs of others: the only place that knows them all. */
export function createSlices({ db, bus, log, now, isSecure, lookUpPlace }: SlicesDeps): Slices {
  const account = createAccount({ db, now })
  const events = createEvents({ db, now })
  const targeting = createTargeting({
    db,
    log,
    now,
    customerParts,
    askerElsewhere: experienceAskingFor,
  })
  const experiences = createExperiences({ db, now })
  const held = (transaction: Pick<Database, 'sql' | 't'>) => ({
    ...transaction,
    holds: db.raw.dialect === 'postgres',
  })
  const customers = createCustomers({
    db,
    now,
    log,
    account,
    async whenMerged(transaction, shopId, merged) {
      await moveCustomer(transaction, shopId, merged, now())
      const from = { kind: 'customer', shopId, id: merged.from } as const
      const into = { kind: 'customer', shopId, id: merged.into } as const
      await targeting.forget(transaction, from)
      await experiences.onPages.move(held(transaction), { from, into })
      await targeting.customersChanged(held(transaction), shopId, [merged.into])
    },
    whenListed: (transaction, shopId, customerIds) =>
      targeting.customersChanged(held(transaction), shopId, customerIds),
  })
  const ingestion = createIngestion({
    db,
    bus,
    log,
    now,
    isSecure,
    lookUpPlace,
    customers,
    targeting,
    experiences: experiences.onPages,
  })
  return { account, customers, events, targeting, experiences, ingestion }
}

const customerParts: CustomerParts = async (transaction, shopId, customerIds) => {
  const parts = new Map<number, CustomerFacts>()
  for (const id of customerIds) {
    const facts = await customerFacts(transaction, shopId, id)
    if (facts !== undefined) parts.set(id, facts)
  }
  return parts
}
