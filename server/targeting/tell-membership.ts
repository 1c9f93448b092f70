import { and, eq, inArray } from 'drizzle-orm'
import type { SubjectKind } from '#protocol/audiences.ts'
import type { Subject } from '../events/service.ts'
import type { Definitions, Handle } from './definitions.ts'
import type { Judgement } from './judge.ts'

/** Somebody has entered or left an audience, as the shop's servers are told of it. */
export interface MembershipFact {
  readonly type: 'audience.entered' | 'audience.left'
  readonly data: Readonly<Record<string, unknown>>
  readonly at: number
}

/** Writes what servers are told, in the transaction that makes it true. */
export type TellFacts = (
  handle: Handle,
  shopId: number,
  facts: readonly MembershipFact[],
) => Promise<void>

interface Moved {
  readonly subject: Subject
  readonly judgement: Pick<Judgement, 'joined' | 'left'>
}

/**
 * Tells of those audiences that the shop chose. One that is being filled tells nothing, whoever is judged meanwhile: people
 * who were in it all along have not entered. A visitor who is a customer is told of as that customer.
 */
export async function tellMembership(
  handle: Handle,
  { toldIds }: Pick<Definitions, 'toldIds'>,
  { moved, at, tell }: { readonly moved: readonly Moved[]; readonly at: number; tell: TellFacts },
): Promise<void> {
  if (toldIds.size === 0) return
  const changes = moved.flatMap(({ subject, judgement: { joined, left } }) => [
    ...joined.map((id) => ({ subject, id, type: 'audience.entered' as const })),
    ...left.map((id) => ({ subject, id, type: 'audience.left' as const })),
  ])
  const told = changes.filter(({ id }) => toldIds.has(id))
  const shopId = told[0]?.subject.shopId
  if (shopId === undefined) return
  const names = await readyNames(handle, shopId, [...new Set(told.map(({ id }) => id))])
  const people = {
    visitor: await visitorsOf(handle, shopId, idsOf(told, 'visitor')),
    customer: await customersOf(handle, shopId, idsOf(told, 'customer')),
  }
  const facts = told.flatMap(({ subject, id, type }): MembershipFact[] => {
    const person = people[subject.kind].get(subject.id)
    const name = names.get(id)
    if (person === undefined || name === undefined) return []
    const data = { audience: { id: String(id), name }, kind: subject.kind, ...person }
    return [{ type, data, at }]
  })
  await tell(handle, shopId, facts)
}

function idsOf(told: readonly { readonly subject: Subject }[], kind: SubjectKind): number[] {
  return [...new Set(told.flatMap(({ subject }) => (subject.kind === kind ? [subject.id] : [])))]
}

async function readyNames({ sql, t }: Handle, shopId: number, ids: readonly number[]) {
  const { audiences } = t
  const rows = await sql
    .select({ id: audiences.id, name: audiences.name })
    .from(audiences)
    .where(
      and(
        eq(audiences.shopId, shopId),
        inArray(audiences.id, [...ids]),
        eq(audiences.state, 'ready'),
        eq(audiences.isTold, true),
      ),
    )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

type People = ReadonlyMap<number, { readonly id: string; readonly userId: string | null }>

async function visitorsOf(
  { sql, t }: Handle,
  shopId: number,
  ids: readonly number[],
): Promise<People> {
  if (ids.length === 0) return new Map()
  const { visitors } = t
  const rows = await sql
    .select({ row: visitors.id, publicId: visitors.publicId, customerId: visitors.customerId })
    .from(visitors)
    .where(and(eq(visitors.shopId, shopId), inArray(visitors.id, [...ids])))
  const alone = rows.filter(({ customerId }) => customerId === null)
  return new Map(
    alone.map(({ row, publicId }) => [row, { id: publicId.toString('base64url'), userId: null }]),
  )
}

async function customersOf(
  { sql, t }: Handle,
  shopId: number,
  ids: readonly number[],
): Promise<People> {
  if (ids.length === 0) return new Map()
  const { customers } = t
  const rows = await sql
    .select({ row: customers.id, publicId: customers.publicId, userId: customers.userId })
    .from(customers)
    .where(and(eq(customers.shopId, shopId), inArray(customers.id, [...ids])))
  return new Map(
    rows.map(({ row, publicId, userId }) => [row, { id: publicId.toString('base64url'), userId }]),
  )
}
