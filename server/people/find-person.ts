import { and, eq } from 'drizzle-orm'
import type { SubjectKind } from '#protocol/audiences.ts'
import { Refusal } from '../core/errors.ts'
import { familyOf } from '../customers/service.ts'
import { findVisitorRow, listVisitorsOf, type Handle, type VisitorRow } from './store.ts'

/** Whom a page is about: a visitor that was joined, and a customer that was merged, are the other. */
export interface FoundPerson {
  readonly kind: SubjectKind
  /** The visitor's or the customer's row. */
  readonly id: number
  readonly publicId: Buffer
  /** The customer's rows, itself first; none of a visitor who is nobody's. */
  readonly customerIds: readonly number[]
  /** Browsers that are this person, the last seen first. */
  readonly visitors: readonly VisitorRow[]
}

/** Of more browsers than this somebody's page shows the last seen only. */
const MOST_VISITORS = 200

export async function findPerson(
  handle: Handle,
  shopId: number,
  { kind, id }: { readonly kind: SubjectKind; readonly id: string },
  mostVisitors = MOST_VISITORS,
): Promise<FoundPerson> {
  const publicId = Buffer.from(id, 'base64url')
  const found =
    kind === 'visitor'
      ? await findVisitor(handle, shopId, publicId)
      : await findCustomer(handle, shopId, publicId, mostVisitors)
  if (found === undefined) throw new Refusal('not_found', `There is no such ${kind}`)
  return found
}

async function findVisitor(
  handle: Handle,
  shopId: number,
  publicId: Buffer,
): Promise<FoundPerson | undefined> {
  const row = await findVisitorRow(handle, shopId, publicId)
  if (row === undefined) return undefined
  const family = row.customerId === null ? [] : await familyOf(handle, shopId, row.customerId)
  return {
    kind: 'visitor',
    id: row.id,
    publicId: row.publicId,
    customerIds: family.map((member) => member.id),
    visitors: [row],
  }
}

async function findCustomer(
  handle: Handle,
  shopId: number,
  publicId: Buffer,
  mostVisitors: number,
): Promise<FoundPerson | undefined> {
  const { customers } = handle.t
  const [named] = await handle.sql
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.shopId, shopId), eq(customers.publicId, publicId)))
  if (named === undefined) return undefined
  const family = await familyOf(handle, shopId, named.id)
  const [customer] = family
  if (customer === undefined) return undefined
  const customerIds = family.map((member) => member.id)
  return {
    kind: 'customer',
    id: customer.id,
    publicId: customer.publicId,
    customerIds,
    visitors: await listVisitorsOf(handle, shopId, customerIds, mostVisitors),
  }
}
