import { createHmac } from 'node:crypto'
import { createAccount } from '#server/account/service.ts'
import type { Database } from '#server/db/database.ts'
import { documentOf, type ProfileDocument } from '#server/events/service.ts'
import { rowsOf } from './databases.ts'

export interface StoredVisitor {
  readonly id: number
  readonly publicId: string
  readonly customerId: number | null
  readonly joinedTo: number | null
  readonly isProven: boolean
  readonly note: unknown
}

/** A shop's visitors, in the order in which they came. */
export async function visitorsOf(db: Database, shopId: number): Promise<StoredVisitor[]> {
  const rows = await rowsOf<{
    id: number
    public_id: Buffer
    customer_id: number | null
    joined_to: number | null
    is_customer_proven: number | boolean
    note: unknown
  }>(
    db,
    `SELECT id, public_id, customer_id, joined_to, is_customer_proven, note FROM visitors
      WHERE shop_id = $1 ORDER BY id`,
    [shopId],
  )
  return rows.map((row) => ({
    id: row.id,
    publicId: row.public_id.toString('base64url'),
    customerId: row.customer_id,
    joinedTo: row.joined_to,
    isProven: Boolean(row.is_customer_proven),
    note: typeof row.note === 'string' ? JSON.parse(row.note) : row.note,
  }))
}

export interface StoredCustomer {
  readonly id: number
  readonly userId: string | null
  readonly mergedInto: number | null
  readonly email: string | null
}

export function customersOf(db: Database, shopId: number): Promise<StoredCustomer[]> {
  return rowsOf(
    db,
    `SELECT id, user_id AS "userId", merged_into AS "mergedInto", email FROM customers
      WHERE shop_id = $1 ORDER BY id`,
    [shopId],
  )
}

/** What the database keeps of a visitor or customer; undefined where that is nothing. */
export async function profileOf(
  db: Database,
  kind: 'visitor' | 'customer',
  subjectId: number | null | undefined,
): Promise<ProfileDocument | undefined> {
  const [row] = await rowsOf<{ document: string }>(
    db,
    `SELECT document FROM ${kind}_profiles WHERE subject_id = $1`,
    [subjectId ?? null],
  )
  return row === undefined ? undefined : documentOf(row.document)
}

/** How often each event is counted. */
export function countsOf(document: ProfileDocument | undefined): Record<string, number> {
  const events = Object.entries(document?.activity.events ?? {})
  return Object.fromEntries(events.map(([name, { count }]) => [name, count]))
}

/** What the shop's server signs for one of its people. */
export async function signatureOf(db: Database, shopId: number, userId: string): Promise<string> {
  const account = createAccount({ db, now: Date.now })
  const [{ publicKey }, secret] = await Promise.all([
    account.shopOf(shopId),
    account.identitySecret(shopId),
  ])
  return createHmac('sha256', secret).update(`${publicKey}:${userId}`).digest('hex')
}
