import { and, eq, inArray, or } from 'drizzle-orm'
import { padded } from '../db/padded.ts'
import type { Database } from '../db/database.ts'
import type { Transaction } from '../db/transaction.ts'
import type { FoundPerson } from './find-person.ts'

/** What others are told in the transaction that erases, before it does. */
export interface Forgetting {
  /** By their numbers. */
  readonly whenEventsGo: Told<readonly number[]>
  readonly whenVisitorGoes: Told<number>
  readonly whenCustomersGo: Told<readonly number[]>
}

type Told<What> = (transaction: Handle, shopId: number, what: What) => Promise<void>
type Handle = Pick<Transaction, 'sql' | 't'>

interface Erased extends Pick<FoundPerson, 'customerIds' | 'kind'> {
  readonly visitors: readonly Pick<FoundPerson['visitors'][number], 'id'>[]
}

interface ErasingDeps extends Forgetting {
  readonly db: Database
}

interface Erasing {
  readonly signal: AbortSignal
  readonly report: (erased: number) => Promise<void>
}

/** So few that nobody else waits long for the one writer. */
const EVENTS_AT_ONCE = 500

/**
 * Erases a person: browsers with their events, the customer, what was seen and filled in. Orders stay without their
 * person, for the shop has to account for them. Can be begun again at any time.
 */
export async function erasePerson(
  deps: ErasingDeps,
  shopId: number,
  { customerIds, visitors, kind }: Erased,
  { signal, report }: Erasing,
): Promise<void> {
  const { db } = deps
  let erased = 0
  for (const { id } of visitors) {
    for (;;) {
      signal.throwIfAborted()
      const count = await db.transaction((sql) => eraseEvents(deps, { sql, t: db.t }, shopId, id))
      erased += count
      if (count > 0) await report(erased)
      if (count < EVENTS_AT_ONCE) break
    }
    await db.transaction((sql) =>
      eraseVisitor(deps, { sql, t: db.t, holds: db.raw.dialect === 'postgres' }, shopId, id),
    )
  }
  // A visitor that is erased leaves the customer, whose other browsers and orders nobody asked about.
  if (kind === 'visitor' || customerIds.length === 0) return
  signal.throwIfAborted()
  await db.transaction(async (sql) => {
    const transaction = { sql, t: db.t }
    await deps.whenCustomersGo(transaction, shopId, customerIds)
    await eraseCustomer(transaction, shopId, customerIds)
  })
}

async function eraseEvents(
  { whenEventsGo }: Forgetting,
  { sql, t }: Handle,
  shopId: number,
  visitor: number,
): Promise<number> {
  const { events, eventIds } = t
  const some = await sql
    .select({ seq: events.seq, id: events.id, isVerified: events.verified })
    .from(events)
    .where(and(eq(events.shopId, shopId), eq(events.visitorId, visitor)))
    .limit(EVENTS_AT_ONCE)
  if (some.length === 0) return 0
  // A verified one is known by a byte more.
  const known = some.map(({ id, isVerified }) => (isVerified ? Buffer.concat([id, ONE]) : id))
  const numbers = some.map(({ seq }) => seq)
  await whenEventsGo({ sql, t }, shopId, numbers)
  await sql
    .delete(events)
    .where(and(eq(events.shopId, shopId), inArray(events.seq, padded(numbers))))
  await sql
    .delete(eventIds)
    .where(and(eq(eventIds.shopId, shopId), inArray(eventIds.id, padded(known))))
  return some.length
}

const ONE = Buffer.of(1)

/** With what arrived behind the events that were erased: who holds the row keeps ingestion from it. */
async function eraseVisitor(
  deps: Forgetting,
  transaction: Transaction,
  shopId: number,
  visitor: number,
): Promise<void> {
  const { sql, t, holds } = transaction
  const { visitors, orders, formSubmissions: forms } = t
  if (holds) {
    await sql
      .select({ id: visitors.id })
      .from(visitors)
      .where(and(eq(visitors.shopId, shopId), eq(visitors.id, visitor)))
      .for('update')
  }
  while ((await eraseEvents(deps, transaction, shopId, visitor)) > 0);
  await deps.whenVisitorGoes(transaction, shopId, visitor)
  await eraseSubject(transaction, shopId, 'visitor', [visitor])
  await sql
    .update(orders)
    .set({ visitorId: null })
    .where(and(eq(orders.shopId, shopId), eq(orders.visitorId, visitor)))
  await sql.delete(forms).where(and(eq(forms.shopId, shopId), eq(forms.visitorRow, visitor)))
  await sql
    .delete(visitors)
    .where(
      and(
        eq(visitors.shopId, shopId),
        or(eq(visitors.id, visitor), eq(visitors.joinedTo, visitor)),
      ),
    )
}

async function eraseCustomer(
  transaction: Handle,
  shopId: number,
  customerIds: readonly number[],
): Promise<void> {
  const { sql, t } = transaction
  const { customers, contactListMembers: members } = t
  const ids = padded(customerIds)
  const rows = await sql
    .select({ userId: customers.userId, email: customers.email, phone: customers.phone })
    .from(customers)
    .where(and(eq(customers.shopId, shopId), inArray(customers.id, ids)))
  for (const row of rows) {
    for (const kind of ['userId', 'email', 'phone'] as const) {
      const value = row[kind]
      if (value === null) continue
      await sql
        .delete(members)
        .where(and(eq(members.shopId, shopId), eq(members.kind, kind), eq(members.value, value)))
    }
  }
  await eraseSubject(transaction, shopId, 'customer', customerIds)
  await sql.delete(customers).where(and(eq(customers.shopId, shopId), inArray(customers.id, ids)))
}

/** What hangs on somebody by a number without a foreign key. */
async function eraseSubject(
  { sql, t }: Handle,
  shopId: number,
  kind: 'visitor' | 'customer',
  subjectIds: readonly number[],
): Promise<void> {
  for (const table of [t.audienceMembers, t.impressions, t.frequencyClaims, t.frequencyStops]) {
    await sql
      .delete(table)
      .where(
        and(
          eq(table.shopId, shopId),
          eq(table.kind, kind),
          inArray(table.subjectId, padded(subjectIds)),
        ),
      )
  }
}
