import { and, count, desc, eq, inArray, isNull, max } from 'drizzle-orm'
import type { CustomerAnswer, OrderAnswer } from '#protocol/customers.ts'
import type { Person } from '#protocol/people.ts'
import { profileAnswer } from '../events/service.ts'
import { padded } from '../db/padded.ts'
import type { FoundPerson } from './find-person.ts'
import type { Handle } from './store.ts'

interface ReadDeps {
  readonly handle: Handle
  readonly readCustomer: (
    shopId: number,
    name: { readonly customerId: string },
  ) => Promise<CustomerAnswer>
}

const MOST_SHOWN = 50

/** All that is known of somebody; what grows with time, by its newest. */
export async function readPerson(
  { handle, readCustomer }: ReadDeps,
  shopId: number,
  found: FoundPerson,
): Promise<Person> {
  const { kind, publicId, visitors } = found
  const profile = await profileOf(handle, shopId, found)
  const customer = await customerOf({ handle, readCustomer }, shopId, found)
  const [newest] = visitors
  const consent = newest?.consent ?? profile?.consent ?? null
  const answer = profileAnswer({
    document: profile?.document ?? null,
    audiences: profile?.audiences ?? null,
    consent,
  })
  const touches = visitors.flatMap(({ firstTouch }) => firstTouch ?? [])
  const firstTouch = touches.toSorted((a, b) => a.at - b.at)[0] ?? null
  const lastTouch = visitors.find((one) => one.lastTouch !== null)?.lastTouch ?? null
  const firsts = visitors.map(({ firstSeenAt }) => firstSeenAt)
  return {
    kind,
    id: publicId.toString('base64url'),
    customer,
    orders: customer === null ? await ordersOf(handle, shopId, found.id) : [],
    firstSeenAt: Math.min(...firsts, customer?.createdAt ?? Infinity),
    lastSeenAt: Math.max(
      newest?.lastSeenAt ?? 0,
      profile?.lastAt ?? 0,
      firsts[0] ?? customer?.createdAt ?? 0,
    ),
    consent,
    firstTouch: firstTouch === null ? null : { ...firstTouch },
    lastTouch: lastTouch === null ? null : { ...lastTouch },
    profile: answer,
    visitors: visitors.slice(0, MOST_SHOWN).map((visitor) => ({
      id: visitor.publicId.toString('base64url'),
      firstSeenAt: visitor.firstSeenAt,
      lastSeenAt: visitor.lastSeenAt,
      isProven: visitor.isCustomerProven,
    })),
    audiences: await audiencesOf(handle, shopId, profile?.audiences ?? {}),
    experiences: await experiencesOf(handle, shopId, found),
  }
}

async function profileOf({ sql, t }: Handle, shopId: number, { kind, id }: FoundPerson) {
  const profiles = kind === 'visitor' ? t.visitorProfiles : t.customerProfiles
  const [found] = await sql
    .select({
      document: profiles.document,
      consent: profiles.consent,
      audiences: profiles.audiences,
      lastAt: profiles.lastAt,
    })
    .from(profiles)
    .where(and(eq(profiles.shopId, shopId), eq(profiles.subjectId, id)))
  return found
}

async function customerOf(
  { handle, readCustomer }: ReadDeps,
  shopId: number,
  { customerIds }: FoundPerson,
): Promise<CustomerAnswer | null> {
  const [id] = customerIds
  if (id === undefined) return null
  const { customers } = handle.t
  const [row] = await handle.sql
    .select({ publicId: customers.publicId })
    .from(customers)
    .where(and(eq(customers.shopId, shopId), eq(customers.id, id)))
  return row === undefined
    ? null
    : readCustomer(shopId, { customerId: row.publicId.toString('base64url') })
}

/** Of a visitor who is nobody's. */
async function ordersOf(
  { sql, t }: Handle,
  shopId: number,
  visitor: number,
): Promise<OrderAnswer[]> {
  const { orders } = t
  const rows = await sql
    .select({
      orderId: orders.orderId,
      at: orders.at,
      status: orders.status,
      total: orders.total,
      currency: orders.currency,
      isVerified: orders.isVerified,
    })
    .from(orders)
    .where(and(eq(orders.shopId, shopId), eq(orders.visitorId, visitor)))
    .orderBy(desc(orders.at))
    .limit(MOST_SHOWN)
  return rows.map(({ total: amount, currency, ...order }) =>
    amount === null || currency === null ? order : { ...order, total: { amount, currency } },
  )
}

async function audiencesOf(
  { sql, t }: Handle,
  shopId: number,
  joined: Readonly<Record<string, number>>,
): Promise<Person['audiences']> {
  if (Object.keys(joined).length === 0) return []
  const rows = await sql
    .select({ id: t.audiences.id, name: t.audiences.name })
    .from(t.audiences)
    .where(and(eq(t.audiences.shopId, shopId), isNull(t.audiences.archivedAt)))
  return rows
    .flatMap(({ id, name }) => {
      const since = joined[String(id)]
      return since === undefined ? [] : [{ id: String(id), name, since }]
    })
    .toSorted((a, b) => b.since - a.since)
}

/** By impressions, as far as those are kept. */
async function experiencesOf(
  { sql, t }: Handle,
  shopId: number,
  { kind, id, customerIds }: FoundPerson,
): Promise<Person['experiences']> {
  const { impressions, experiences } = t
  const [customerId] = customerIds
  // A visitor's impressions become the customer's when it is known who they are.
  const whose =
    customerId === undefined
      ? and(eq(impressions.kind, kind), eq(impressions.subjectId, id))
      : and(eq(impressions.kind, 'customer'), inArray(impressions.subjectId, padded(customerIds)))
  const lastAt = max(impressions.at)
  const rows = await sql
    .select({ id: experiences.id, name: experiences.name, impressions: count(), lastAt })
    .from(impressions)
    .innerJoin(
      experiences,
      and(eq(experiences.shopId, shopId), eq(experiences.id, impressions.experienceId)),
    )
    .where(and(eq(impressions.shopId, shopId), whose))
    .groupBy(experiences.id, experiences.name)
    .orderBy(desc(lastAt))
    .limit(MOST_SHOWN)
  return rows.map((row) => ({ ...row, id: String(row.id), lastAt: Number(row.lastAt) }))
}
