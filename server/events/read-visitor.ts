import { and, eq } from 'drizzle-orm'
import type { VisitorAnswer } from '#protocol/visitors.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import type { Consent } from '#protocol/events.ts'
import { documentOf } from './profile/document-text.ts'
import { profilePart } from './profile/parts.ts'
import { spentOf } from './profile/spent.ts'

/** What is known of a visitor; one that was joined to another is that other. */
export async function readVisitor(
  db: Database,
  shopId: number,
  visitorId: string,
): Promise<VisitorAnswer> {
  const { visitors } = db.t
  const named = eq(visitors.publicId, Buffer.from(visitorId, 'base64url'))
  const found = await findVisitor(db, shopId, named)
  const joinedTo = found?.joinedTo ?? null
  const row = joinedTo === null ? found : await findVisitor(db, shopId, eq(visitors.id, joinedTo))
  if (row === undefined) throw new Refusal('not_found', 'There is no such visitor')
  const { publicId, customerPublicId, firstTouch, lastTouch, ...rest } = row
  return {
    id: publicId.toString('base64url'),
    customerId: customerPublicId?.toString('base64url') ?? null,
    isCustomerProven: rest.isCustomerProven,
    firstSeenAt: rest.firstSeenAt,
    lastSeenAt: rest.lastSeenAt,
    consent: rest.consent,
    firstTouch: firstTouch === null ? null : { ...firstTouch },
    lastTouch: lastTouch === null ? null : { ...lastTouch },
    profile: profileAnswer(row),
  }
}

async function findVisitor({ sql, t }: Database, shopId: number, isIt: ReturnType<typeof eq>) {
  const { visitors, customers, visitorProfiles: profiles } = t
  const [found] = await sql
    .select({
      publicId: visitors.publicId,
      joinedTo: visitors.joinedTo,
      customerPublicId: customers.publicId,
      isCustomerProven: visitors.isCustomerProven,
      firstSeenAt: visitors.firstSeenAt,
      lastSeenAt: visitors.lastSeenAt,
      consent: visitors.consent,
      firstTouch: visitors.firstTouch,
      lastTouch: visitors.lastTouch,
      document: profiles.document,
      audiences: profiles.audiences,
    })
    .from(visitors)
    .leftJoin(customers, and(eq(customers.shopId, shopId), eq(customers.id, visitors.customerId)))
    .leftJoin(profiles, and(eq(profiles.shopId, shopId), eq(profiles.subjectId, visitors.id)))
    .where(and(eq(visitors.shopId, shopId), isIt))
  return found
}

interface ProfileColumns {
  readonly document: string | null
  readonly audiences: Readonly<Record<string, number>> | null
  readonly consent: Consent | null
}

/** A profile as the API tells it; null where there is none. */
export function profileAnswer({
  document,
  audiences,
  consent,
}: ProfileColumns): VisitorAnswer['profile'] {
  if (document === null) return null
  const part = profilePart(documentOf(document), consent)
  const { activity, visits, purchases, cart, device, place, secondsOnSite } = part
  const events = Object.entries(activity.events).map(([name, { count, firstAt, lastAt }]) => {
    return { name, count, firstAt, lastAt }
  })
  return {
    visits: visits.count,
    secondsOnSite,
    orders: purchases.orders.length + purchases.older.count,
    spent: spentOf(purchases),
    cart: cart === undefined ? null : { ...cart },
    device,
    place: place ?? null,
    events: events.toSorted((a, b) => b.lastAt - a.lastAt),
    audiences: audiences ?? {},
  }
}
