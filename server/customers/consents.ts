import { and, desc, inArray, eq } from 'drizzle-orm'
import type { ConsentRecord, ConsentSource, CustomerPatch } from '#protocol/customers.ts'
import { padded } from '../db/padded.ts'
import type { Transaction } from './customer-store.ts'

const MOST_SHOWN = 1_000

/** Adds to what was said; nothing that was said before is changed. */
export async function insertConsents(
  { sql, t }: Transaction,
  shopId: number,
  customerId: number,
  {
    consents,
    source,
    now,
  }: {
    readonly consents: readonly CustomerPatch['consents'][number][]
    readonly source: ConsentSource
    readonly now: number
  },
): Promise<void> {
  if (consents.length === 0) return
  await sql.insert(t.customerConsents).values(
    consents.map(({ purpose, channel, isGranted, at = now, note = null }) => ({
      shopId,
      customerId,
      purpose,
      channel,
      isGranted,
      source,
      note,
      at,
    })),
  )
}

/** All that was said of a customer and of those that have become it, the newest first. */
export async function listConsents(
  { sql, t }: Transaction,
  shopId: number,
  customerIds: readonly number[],
): Promise<ConsentRecord[]> {
  const { customerConsents: consents } = t
  if (customerIds.length === 0) return []
  const rows = await sql
    .select()
    .from(consents)
    .where(and(eq(consents.shopId, shopId), inArray(consents.customerId, padded([...customerIds]))))
    .orderBy(desc(consents.at), desc(consents.id))
    .limit(MOST_SHOWN)
  return rows.map(({ purpose, channel, isGranted, at, source, note }) => ({
    purpose,
    channel,
    isGranted,
    at,
    source,
    ...(note !== null && { note }),
  }))
}

/** Of the newest first, what holds now. */
export function holdingNow(history: readonly ConsentRecord[]): ConsentRecord[] {
  const byKind = new Map<string, ConsentRecord>()
  for (const record of history) {
    const kind = `${record.purpose} ${record.channel}`
    if (!byKind.has(kind)) byKind.set(kind, record)
  }
  return [...byKind.values()]
}
