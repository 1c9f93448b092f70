import type { SubjectKind } from '#protocol/audiences.ts'
import type { PeopleOrder } from '#protocol/lists.ts'
import type { PersonPage } from '#protocol/people.ts'
import type { Condition } from '#protocol/targeting.ts'
import { Refusal } from '../core/errors.ts'
import type { Shop } from '../core/guards.ts'
import { factsOfCustomers, isMeant } from '../customers/service.ts'
import { documentOf, type CustomerPart } from '../events/service.ts'
import type { ChatParts } from '../targeting/service.ts'
import { judgeOf, type JudgePerson } from './judge.ts'
import { personItem, type Known } from './person-item.ts'
import { scan } from '../core/scan.ts'
import {
  findNames,
  findProfiles,
  idBetween,
  isOfCustomers,
  listCustomerRows,
  listVisitorRows,
  type Handle,
  type PersonRow,
  type Place,
} from './store.ts'

/** What a list of people is asked for. */
export interface PeopleQuery {
  readonly kind: SubjectKind
  /** A name's beginning, a whole address, number or user id; of visitors the beginning of their id as well. */
  readonly search?: string | undefined
  readonly condition?: Condition | undefined
  readonly order: PeopleOrder
  readonly limit: number
  readonly cursor?: string | undefined
}

interface ListDeps {
  readonly handle: Handle
  readonly chatParts: ChatParts
  readonly now: () => number
  /** How long a list may look for those who fulfil a condition. */
  readonly patienceMs: number
}

/** Found by what was searched for, at most; whoever finds too many says more of them. */
const MOST_MEANT = 50
const ID_CHARS = /^[\w-]{4,23}$/

export async function listPeople(
  deps: ListDeps,
  shop: Pick<Shop, 'id' | 'timeZone'>,
  query: PeopleQuery,
): Promise<PersonPage> {
  const { handle } = deps
  const { kind, condition, order, limit } = query
  const judge = condition && judgeOf(deps.now, shop.timeZone, condition)
  const isWanted = judge?.holds
  if (kind === 'visitor' && query.search !== undefined) {
    const rows = await visitorsMeant(handle, shop.id, query.search, order)
    const known = await knownOf(deps, shop.id, { kind, rows, judge })
    const found = known.filter((one) => isWanted?.(one) ?? true).slice(0, limit)
    const items = found.map((one) => personItem(kind, one))
    return { items, nextCursor: null, lookedAt: rows.length }
  }
  const where = query.search === undefined ? undefined : isMeant(handle.t, query.search)
  const first = placeOf(order, query.cursor)
  const list = kind === 'visitor' ? listVisitorRows : listCustomerRows
  const { found, goesOnBehind, lookedAt } = await scan<Known>({
    limit,
    patienceMs: deps.patienceMs,
    isWanted,
    async next(last, count) {
      const after: Place | undefined =
        last === undefined ? first : { id: last.row.id, at: last.row.lastSeenAt }
      const rows = await list(handle, shop.id, { order, after, limit: count, where })
      return knownOf(deps, shop.id, { kind, rows, judge })
    },
  })
  return {
    items: found.map((known) => personItem(kind, known)),
    nextCursor: goesOnBehind === undefined ? null : cursorOf(order, goesOnBehind.row),
    lookedAt,
  }
}

interface Looked {
  readonly kind: SubjectKind
  readonly rows: readonly PersonRow[]
  /** Undefined: all of them are wanted. */
  readonly judge: JudgePerson | undefined
}

async function knownOf(
  { handle, chatParts }: Pick<ListDeps, 'handle' | 'chatParts'>,
  shopId: number,
  { kind, rows, judge }: Looked,
): Promise<Known[]> {
  const customerIds = [...new Set(rows.flatMap(({ customerId }) => customerId ?? []))]
  const profiles = await findProfiles(
    handle,
    kind,
    shopId,
    rows.map(({ id }) => id),
  )
  const names = await findNames(handle, shopId, customerIds)
  const parts: ReadonlyMap<number, CustomerPart> =
    judge !== undefined && customerIds.length > 0
      ? await factsOfCustomers(handle, shopId, customerIds)
      : new Map()
  const chats = judge?.readsChat
    ? await chatParts(
        handle,
        shopId,
        kind,
        rows.map(({ id }) => id),
      )
    : undefined
  return rows.map((row) => {
    const profile = profiles.get(row.id)
    return {
      row,
      named: names.get(row.customerId ?? 0),
      profile,
      document: profile && documentOf(profile.document),
      part: parts.get(row.customerId ?? 0),
      chat: chats?.get(row.id),
    }
  })
}

/**
 * Those whose id begins so, and those who are customers called so; at most some hundred, and no further page: whoever
 * finds too many says more of them. Two questions: for one with OR, SQLite would read all visitors of the shop.
 */
async function visitorsMeant(
  handle: Handle,
  shopId: number,
  search: string,
  order: PeopleOrder,
): Promise<PersonRow[]> {
  const page = { order, after: undefined, limit: MOST_MEANT }
  const where = isMeant(handle.t, search)
  const customers = await listCustomerRows(handle, shopId, { ...page, order: 'newest', where })
  const ids = customers.map(({ id }) => id)
  const ofCustomers =
    ids.length === 0
      ? []
      : await listVisitorRows(handle, shopId, { ...page, where: isOfCustomers(handle.t, ids) })
  const text = search.trim()
  const ofId = ID_CHARS.test(text)
    ? await listVisitorRows(handle, shopId, {
        ...page,
        where: idBetween(handle.t, ...idsFrom(text)),
      })
    : []
  const rows = new Map([...ofCustomers, ...ofId].map((row) => [row.id, row]))
  return [...rows.values()].toSorted((a, b) => {
    if (order === 'active') return b.lastSeenAt - a.lastSeenAt || b.id - a.id
    return order === 'newest' ? b.id - a.id : a.id - b.id
  })
}

/** The least and the greatest id that begins so. */
function idsFrom(beginning: string): [Buffer, Buffer] {
  const bytes = (fill: string) => Buffer.from(beginning.padEnd(24, fill), 'base64url')
  return [bytes('A').subarray(0, 16), Buffer.concat([bytes('_')])]
}

function cursorOf(order: PeopleOrder, { id, lastSeenAt }: PersonRow): string {
  return order === 'active' ? `${lastSeenAt}-${id}` : String(id)
}

function placeOf(order: PeopleOrder, cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(?:(\d{1,16})-)?(\d{1,15})$/.exec(cursor) ?? []
  if (id === undefined || (order === 'active') !== (at !== undefined)) {
    throw new Refusal('bad_request', 'cursor: send the nextCursor of the answer before')
  }
  return { id: Number(id), at: Number(at ?? 0) }
}
