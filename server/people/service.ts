import type { Readable } from 'node:stream'
import { z } from 'zod'
import type { SubjectKind } from '#protocol/audiences.ts'
import type { LivePerson, Person, PersonPage } from '#protocol/people.ts'
import { recordChange } from '../audit/service.ts'
import type { Catalog } from '../catalog/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Shop } from '../core/guards.ts'
import type { JobKind, Jobs } from '../core/jobs/jobs.ts'
import { patientStream } from '../core/patient-stream.ts'
import type { Customers } from '../customers/service.ts'
import type { Database } from '../db/database.ts'
import type { ChatParts } from '../targeting/service.ts'
import { csvOf, ORDER_COLUMNS, PERSON_COLUMNS, PRODUCT_COLUMNS } from './csv.ts'
import { erasePerson, type Forgetting } from './erase-person.ts'
import { exportPerson } from './export-person.ts'
import { findPerson } from './find-person.ts'
import { listPeople, type PeopleQuery } from './list-people.ts'
import { peopleOnNow } from './on-now.ts'
import { readPerson } from './read-person.ts'
import { createSavedViews, type SavedViews } from './saved-views.ts'
import { readTrail, type TrailPage } from './trail.ts'

export { createBuyerJudge } from './judge-buyers.ts'

export interface Named {
  readonly kind: SubjectKind
  /** As it is called outside. */
  readonly id: string
}

type OrdersAsked = Omit<Parameters<Customers['listOrders']>[1], 'limit' | 'cursor'>
type ProductsAsked = Omit<Parameters<Catalog['listProducts']>[1], 'limit' | 'cursor'>

/** A list as a file: narrowed as on the screen, and all of it. */
export type FileAsked =
  | { readonly list: 'people'; readonly query: Omit<PeopleQuery, 'limit' | 'cursor'> }
  | { readonly list: 'orders'; readonly query: OrdersAsked }
  | { readonly list: 'products'; readonly query: ProductsAsked }

export interface People {
  readonly list: (shop: Pick<Shop, 'id' | 'timeZone'>, query: PeopleQuery) => Promise<PersonPage>
  /** A visitor that was joined, and a customer that was merged, are the other. */
  readonly read: (shopId: number, whom: Named) => Promise<Person>
  readonly trail: (
    shopId: number,
    whom: Named,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ) => Promise<TrailPage>
  /** At most a hundred, those seen last first. */
  readonly onNow: (shopId: number) => Promise<LivePerson[]>
  /** The audit log keeps that it began, and by whom. One file at once of a shop and node. */
  readonly file: (shop: Shop, asked: FileAsked, by: Actor) => Promise<Readable>
  readonly exportOne: (shopId: number, whom: Named, by: Actor) => Promise<Readable>
  /** By a job. Refuses a visitor who is a customer: erasing that one erases it as well. */
  readonly erase: (shopId: number, whom: Named, by: Actor) => Promise<void>
  readonly views: SavedViews
}

interface PeopleDeps extends Forgetting {
  readonly db: Database
  readonly chatParts: ChatParts
  readonly now: Clock
  readonly jobs: Jobs
  readonly customers: Pick<Customers, 'readCustomer' | 'listConsents' | 'listOrders'>
  readonly catalog: Pick<Catalog, 'listProducts'>
}

const ERASE: JobKind<{ readonly kind: SubjectKind; readonly id: string }> = {
  name: 'person.erase',
  payload: z.object({ kind: z.enum(['visitor', 'customer']), id: z.string() }),
  atOnce: 1,
}

/** An answer takes at most 300 ms at the server: half of it may go to looking. */
const PATIENCE_MS = 150
const FILE_PAGE = 100
/** Nobody waits for a page of a file. */
const FILE_PATIENCE_MS = 1_000
const ALL_VISITORS = 1_000_000

export function createPeople(deps: PeopleDeps): People {
  const { db, now, jobs, customers, catalog } = deps
  const handle = { sql: db.sql, t: db.t }
  const listing = { handle, chatParts: deps.chatParts, now, patienceMs: PATIENCE_MS }
  const running = new Set<number>()

  jobs.register(ERASE, async ({ shopId, payload, signal, report }) => {
    if (shopId === null) return
    // Whoever was erased by an earlier attempt is not there any more.
    const found = await findPerson(handle, shopId, payload, ALL_VISITORS).catch(notFound)
    if (found === undefined) return
    await erasePerson(deps, shopId, found, {
      signal,
      report: (done) => report({ done, total: null, text: payload.kind }),
    })
  })

  function note(shopId: number, by: Actor, action: string, object: { kind: string; id: string }) {
    const change = { by, at: now(), action, object, before: null, after: null }
    return db.transaction((sql) => recordChange({ sql, t: db.t }, shopId, change))
  }

  async function* linesOf(shop: Shop, asked: FileAsked): AsyncGenerator<string> {
    const page = (cursor: string | undefined) => ({ limit: FILE_PAGE, cursor })
    if (asked.list === 'people') {
      const patient = { ...listing, patienceMs: FILE_PATIENCE_MS }
      yield* csvOf(PERSON_COLUMNS, (cursor) =>
        listPeople(patient, shop, { ...asked.query, ...page(cursor) }),
      )
    } else if (asked.list === 'orders') {
      yield* csvOf(ORDER_COLUMNS, (cursor) =>
        customers.listOrders(shop.id, { ...asked.query, ...page(cursor) }),
      )
    } else {
      yield* csvOf(PRODUCT_COLUMNS, (cursor) =>
        catalog.listProducts(shop.id, { ...asked.query, ...page(cursor) }),
      )
    }
  }

  return {
    list: (shop, query) => listPeople(listing, shop, query),
    async read(shopId, whom) {
      const { readCustomer } = customers
      return readPerson({ handle, readCustomer }, shopId, await findPerson(handle, shopId, whom))
    },
    async trail(shopId, whom, page) {
      return readTrail(handle, shopId, await findPerson(handle, shopId, whom), page)
    },
    onNow: (shopId) => peopleOnNow(handle, shopId, now()),
    async file(shop, asked, by) {
      if (running.has(shop.id)) {
        throw new Refusal('too_many_requests', 'Another file of this shop is being made: wait', {
          retryAfterSeconds: 10,
        })
      }
      running.add(shop.id)
      try {
        const id = asked.list === 'people' ? `${asked.query.kind}s` : asked.list
        await note(shop.id, by, 'list.exported', { kind: 'list', id })
      } catch (error) {
        running.delete(shop.id)
        throw error
      }
      const stream = patientStream(linesOf(shop, asked), 'plain')
      stream.once('close', () => running.delete(shop.id))
      return stream
    },
    async exportOne(shopId, whom, by) {
      const found = await findPerson(handle, shopId, whom, ALL_VISITORS)
      const { readCustomer } = customers
      const person = await readPerson({ handle, readCustomer }, shopId, found)
      const consents =
        person.customer === null ? [] : await customers.listConsents(shopId, person.customer.id)
      await note(shopId, by, 'person.exported', { kind: whom.kind, id: person.id })
      return patientStream(
        exportPerson(handle, shopId, found, { person, consents, at: now() }),
        'plain',
      )
    },
    async erase(shopId, whom, by) {
      const { kind, publicId, customerIds } = await findPerson(handle, shopId, whom)
      if (kind === 'visitor' && customerIds.length > 0) {
        throw new Refusal('conflict', 'This visitor is a customer: erase the customer')
      }
      const id = publicId.toString('base64url')
      await db.transaction(async (sql) => {
        const transaction = { sql, t: db.t }
        await jobs.enqueue(transaction, shopId, ERASE, { payload: { kind, id } })
        await recordChange(transaction, shopId, {
          by,
          at: now(),
          action: 'person.erased',
          object: { kind, id },
          before: null,
          after: null,
        })
      })
    },
    views: createSavedViews({ db, now }),
  }
}

function notFound(error: unknown): undefined {
  if (error instanceof Refusal && error.code === 'not_found') return undefined
  throw error
}
