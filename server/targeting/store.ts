import { randomInt } from 'node:crypto'
import { and, asc, eq, gt, isNull, or, sql as text } from 'drizzle-orm'
import type { Condition } from '#protocol/targeting.ts'
import type { SubjectKind } from '#protocol/audiences.ts'
import type { Handle } from './definitions.ts'

export interface AudienceRow {
  readonly id: number
  readonly name: string
  readonly condition: Condition
  readonly isTold: boolean
  readonly state: 'computing' | 'ready'
  readonly filled: number
  readonly fillTotal: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly archivedAt: number | null
}

export interface MemberRow {
  readonly kind: SubjectKind
  readonly subjectId: number
  readonly publicId: Buffer
  readonly since: number
  /** Null: it is no customer's, or nothing is known to call them by. */
  readonly name: string | null
}

/** Whoever judges from now on compiles the audiences anew. */
export async function bumpEpoch({ sql, t }: Handle, shopId: number): Promise<void> {
  await sql
    .update(t.shops)
    .set({ targetingEpoch: text`${t.shops.targetingEpoch} + 1` })
    .where(eq(t.shops.id, shopId))
}

export function listAudiences({ sql, t }: Handle, shopId: number): Promise<AudienceRow[]> {
  return sql
    .select(columnsOf(t))
    .from(t.audiences)
    .where(eq(t.audiences.shopId, shopId))
    .orderBy(asc(t.audiences.name))
}

export async function findAudience(
  { sql, t }: Handle,
  shopId: number,
  id: number,
): Promise<AudienceRow | undefined> {
  const [found] = await sql
    .select(columnsOf(t))
    .from(t.audiences)
    .where(and(eq(t.audiences.shopId, shopId), eq(t.audiences.id, id)))
  return found
}

/** Undefined where there is one of that name. */
export async function insertAudience(
  { sql, t }: Handle,
  shopId: number,
  audience: Pick<AudienceRow, 'name' | 'condition' | 'isTold' | 'fillTotal' | 'createdAt'>,
): Promise<number | undefined> {
  const { createdAt: updatedAt } = audience
  const [made] = await sql
    .insert(t.audiences)
    .values({ ...audience, ...FROM_THE_START, id: newId(), shopId, updatedAt })
    .onConflictDoNothing()
    .returning({ id: t.audiences.id })
  return made?.id
}

/** One that no removed audience had: profiles keep those until they are looked at again, and SQLite would count on from them. */
function newId(): number {
  return randomInt(1, MAX_ID)
}

/** As much as `randomInt` takes, and a safe integer. */
const MAX_ID = 2 ** 48 - 1

/** A changed condition is filled from the start. */
export async function updateAudience(
  { sql, t }: Handle,
  shopId: number,
  id: number,
  changes: {
    readonly name: string
    readonly isTold: boolean
    readonly updatedAt: number
    readonly refill?: { readonly condition: Condition; readonly fillTotal: number }
  },
): Promise<void> {
  const { refill, ...plain } = changes
  await sql
    .update(t.audiences)
    .set({ ...plain, ...(refill !== undefined && { ...refill, ...FROM_THE_START }) })
    .where(and(eq(t.audiences.shopId, shopId), eq(t.audiences.id, id)))
}

/** Null: it is shown again. */
export async function setArchived(
  { sql, t }: Handle,
  shopId: number,
  id: number,
  archivedAt: number | null,
): Promise<void> {
  await sql
    .update(t.audiences)
    .set({ archivedAt })
    .where(and(eq(t.audiences.shopId, shopId), eq(t.audiences.id, id)))
}

const FROM_THE_START = {
  state: 'computing',
  fillKind: 'visitor',
  fillTo: 0,
  filled: 0,
} as const

export async function deleteAudience(
  { sql, t }: Handle,
  shopId: number,
  id: number,
): Promise<boolean> {
  const gone = await sql
    .delete(t.audiences)
    .where(and(eq(t.audiences.shopId, shopId), eq(t.audiences.id, id)))
    .returning({ id: t.audiences.id })
  return gone.length > 0
}

/** Members behind `after`, visitors last. */
export async function listMembers(
  { sql, t }: Handle,
  shopId: number,
  audienceId: number,
  { after, limit }: { readonly after: MemberPlace | undefined; readonly limit: number },
): Promise<MemberRow[]> {
  const { audienceMembers: members, visitors, customers } = t
  const isBehind =
    after === undefined
      ? undefined
      : or(
          gt(members.kind, after.kind),
          and(eq(members.kind, after.kind), gt(members.subjectId, after.subjectId)),
        )
  const rows = await sql
    .select({
      kind: members.kind,
      subjectId: members.subjectId,
      since: members.since,
      visitorId: visitors.publicId,
      customerId: customers.publicId,
      firstName: customers.firstName,
      lastName: customers.lastName,
      email: customers.email,
      phone: customers.phone,
      userId: customers.userId,
    })
    .from(members)
    .leftJoin(visitors, visitorOf(members, visitors))
    .leftJoin(
      customers,
      and(
        eq(members.kind, 'customer'),
        eq(customers.shopId, members.shopId),
        eq(customers.id, members.subjectId),
      ),
    )
    .where(
      and(
        eq(members.shopId, shopId),
        eq(members.audienceId, audienceId),
        isPerson(members, visitors),
        isBehind,
      ),
    )
    .orderBy(asc(members.kind), asc(members.subjectId))
    .limit(limit)
  return rows.flatMap(({ visitorId, customerId, kind, subjectId, since, ...known }) => {
    const publicId = visitorId ?? customerId
    return publicId === null ? [] : [{ kind, subjectId, since, publicId, name: nameOf(known) }]
  })
}

type Known = Readonly<
  Record<'firstName' | 'lastName' | 'email' | 'phone' | 'userId', string | null>
>

function nameOf({ firstName, lastName, email, phone, userId }: Known): string | null {
  const name = [firstName, lastName].filter((part) => part !== null && part !== '').join(' ')
  return [name, email, phone, userId].find((it) => it !== null && it !== '') ?? null
}

export interface MemberPlace {
  readonly kind: SubjectKind
  readonly subjectId: number
}

type Members = Handle['t']['audienceMembers']
type Visitors = Handle['t']['visitors']

function visitorOf(members: Members, visitors: Visitors) {
  return and(
    eq(members.kind, 'visitor'),
    eq(visitors.shopId, members.shopId),
    eq(visitors.id, members.subjectId),
  )
}

/** A visitor who is a customer counts as that customer. */
function isPerson(members: Members, visitors: Visitors) {
  return or(eq(members.kind, 'customer'), isNull(visitors.customerId))
}

function columnsOf({ audiences }: Handle['t']) {
  const { id, name, condition, isTold, state, filled, fillTotal } = audiences
  const { createdAt, updatedAt, archivedAt } = audiences
  const told = { id, name, condition, isTold, state, filled, fillTotal }
  return { ...told, createdAt, updatedAt, archivedAt }
}
