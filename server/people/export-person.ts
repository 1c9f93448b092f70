import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { padded } from '../db/padded.ts'
import { uuidOf } from '../events/service.ts'
import type { Person } from '#protocol/people.ts'
import type { ConsentRecord } from '#protocol/customers.ts'
import { exportConversations } from './export-conversations.ts'
import type { FoundPerson } from './find-person.ts'
import type { Handle } from './store.ts'

interface Exported {
  readonly person: Person
  readonly consents: readonly ConsentRecord[]
  readonly at: number
}

const ROWS_AT_ONCE = 500

/** All that is stored of one person as one JSON document, read while it is taken. */
export async function* exportPerson(
  handle: Handle,
  shopId: number,
  found: FoundPerson,
  { person, consents, at }: Exported,
): AsyncGenerator<string> {
  // All of them stand below, with their lines.
  const whole = { exportedAt: new Date(at).toISOString(), ...person, consents, orders: undefined }
  yield `${JSON.stringify(whole, null, 2).slice(0, -2)},\n  "orders": `
  yield JSON.stringify(await ordersOf(handle, shopId, found))
  yield ',\n  "forms": '
  yield JSON.stringify(await formsOf(handle, shopId, found))
  yield ',\n  "conversations": [\n'
  yield* exportConversations(handle, shopId, found)
  yield '\n  ],\n  "sessions": [\n'
  yield* rowsOf((visitor, after) => sessionsOf(handle, shopId, visitor, after), found)
  yield '\n  ],\n  "events": [\n'
  yield* rowsOf((visitor, after) => eventsOf(handle, shopId, visitor, after), found)
  yield '\n  ]\n}\n'
}

interface Numbered {
  readonly row: number
  readonly told: object
}

type Next = (visitor: number, after: number) => Promise<readonly Numbered[]>

async function* rowsOf(next: Next, { visitors }: FoundPerson): AsyncGenerator<string> {
  let isFirst = true
  for (const { id } of visitors) {
    let after = 0
    for (;;) {
      const rows = await next(id, after)
      for (const { told } of rows) {
        yield `${isFirst ? '' : ',\n'}    ${JSON.stringify(told)}`
        isFirst = false
      }
      const last = rows.at(-1)
      if (last === undefined || rows.length < ROWS_AT_ONCE) break
      after = last.row
    }
  }
}

async function sessionsOf(
  { sql, t: { sessions } }: Handle,
  shopId: number,
  visitor: number,
  after: number,
): Promise<Numbered[]> {
  const rows = await sql
    .select()
    .from(sessions)
    .where(
      and(eq(sessions.shopId, shopId), eq(sessions.visitorId, visitor), gt(sessions.id, after)),
    )
    .orderBy(asc(sessions.id))
    .limit(ROWS_AT_ONCE)
  return rows.map(({ id: row, startedAt, lastSeenAt, touch, device, context, place }) => {
    return { row, told: { startedAt, lastSeenAt, touch, device, context, place } }
  })
}

async function eventsOf(
  { sql, t: { events } }: Handle,
  shopId: number,
  visitor: number,
  after: number,
): Promise<Numbered[]> {
  const rows = await sql
    .select()
    .from(events)
    .where(and(eq(events.shopId, shopId), eq(events.visitorId, visitor), gt(events.seq, after)))
    .orderBy(asc(events.seq))
    .limit(ROWS_AT_ONCE)
  return rows.map(({ seq: row, id, ...event }) => {
    const { type, name, at, receivedAt, url, referrer, title, pageType, userId, groupId } = event
    const { properties, traits, verified: isVerified } = event
    const what = { type, name, at, receivedAt, url, referrer, title, pageType, userId, groupId }
    return { row, told: { id: uuidOf(id), ...what, properties, traits, isVerified } }
  })
}

/** Of the customer, and those of the visitors that no customer has. */
async function ordersOf({ sql, t: { orders } }: Handle, shopId: number, found: FoundPerson) {
  const isTheirs =
    found.customerIds.length > 0
      ? inArray(orders.customerId, padded(found.customerIds))
      : inArray(orders.visitorId, padded([found.id]))
  const rows = await sql
    .select()
    .from(orders)
    .where(and(eq(orders.shopId, shopId), isTheirs))
    .orderBy(asc(orders.at))
  return rows.map(({ orderId, at, status, statusTimes, total, currency, lines }) => {
    return { orderId, at, status, statusTimes, total, currency, lines }
  })
}

async function formsOf({ sql, t }: Handle, shopId: number, { visitors }: FoundPerson) {
  const { formSubmissions: forms } = t
  if (visitors.length === 0) return []
  return sql
    .select({ at: forms.at, url: forms.url, fields: forms.fields })
    .from(forms)
    .where(
      and(
        eq(forms.shopId, shopId),
        inArray(forms.visitorRow, padded(visitors.map(({ id }) => id))),
      ),
    )
}
