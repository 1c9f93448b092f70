import { and, eq, inArray } from 'drizzle-orm'
import { padded } from '../../db/padded.ts'
import type { Transaction } from '../../db/transaction.ts'
import { commerceOf } from '../commerce/commerce-of.ts'
import { stampIdOf } from './document.ts'
import type { ProfileInput } from './profile-event.ts'

const CHUNK = 256

/** The rows of a visitor's events, at most `limit`. */
export async function eventRowsOf(
  { sql, t }: Transaction,
  shopId: number,
  visitorRow: number,
  limit: number,
): Promise<number[]> {
  const rows = await sql
    .select({ seq: t.events.seq })
    .from(t.events)
    .where(and(eq(t.events.shopId, shopId), eq(t.events.visitorId, visitorRow)))
    .limit(limit)
  return rows.map(({ seq }) => seq)
}

/** The rows of the events of all visitors that are the customer, at most `limit`. */
export async function eventRowsOfCustomer(
  { sql, t }: Transaction,
  shopId: number,
  customerRow: number,
  limit: number,
): Promise<number[]> {
  const { events, visitors } = t
  const rows = await sql
    .select({ seq: events.seq })
    .from(visitors)
    .innerJoin(events, and(eq(events.shopId, shopId), eq(events.visitorId, visitors.id)))
    .where(and(eq(visitors.shopId, shopId), eq(visitors.customerId, customerRow)))
    .limit(limit)
  return rows.map(({ seq }) => seq)
}

/** Stored events as the reducer wants them: what it once made of them, it makes of these. */
export async function storedInputs(
  { sql, t }: Transaction,
  shopId: number,
  seqs: readonly number[],
): Promise<ProfileInput[]> {
  const [shop] = await sql
    .select({ currency: t.shops.currency })
    .from(t.shops)
    .where(eq(t.shops.id, shopId))
  const inputs: ProfileInput[] = []
  for (let from = 0; from < seqs.length; from += CHUNK) {
    const rows = await sql
      .select({
        id: t.events.id,
        at: t.events.at,
        type: t.events.type,
        name: t.events.name,
        url: t.events.url,
        pageType: t.events.pageType,
        properties: t.events.properties,
        isVerified: t.events.verified,
        sessionRow: t.events.sessionId,
      })
      .from(t.events)
      .where(
        and(
          eq(t.events.shopId, shopId),
          inArray(t.events.seq, padded(seqs.slice(from, from + CHUNK))),
        ),
      )
    for (const { id, sessionRow, ...event } of rows) {
      const commerce =
        event.type === 'track' && event.name !== null
          ? commerceOf(event.name, event.properties, shop?.currency ?? '')
          : undefined
      inputs.push({
        sessionRow,
        event: {
          ...event,
          id: stampIdOf({ id, isVerified: event.isVerified }),
          ...(commerce !== undefined && { commerce }),
        },
      })
    }
  }
  return inputs
}
