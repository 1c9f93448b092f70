import {
  MAX_CONTACT_LISTS,
  type Address,
  type ContactList,
  type ListMember,
} from '#protocol/customers.ts'
import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import { readAddress } from './addresses.ts'
import { findCustomer, type CustomerRow } from './customer-store.ts'
import { addressesOf } from './facts.ts'
import { tellOfLists, type WhenListed } from './list-changes.ts'
import * as store from './list-store.ts'

export interface ContactLists {
  /** The list of that name, made where there is none. */
  readonly createList: (shopId: number, name: string, by: Actor) => Promise<ContactList>
  readonly listLists: (shopId: number) => Promise<ContactList[]>
  /** Refuses all of them when one is no address. */
  readonly changeMembers: (
    shopId: number,
    listId: string,
    change: ListChange,
    by: Actor,
  ) => Promise<void>
  readonly listMembers: (shopId: number, listId: string, after?: Address) => Promise<ListMember[]>
  /** Those customers who are in the list by its next members, for audiences that read it; one may come twice. */
  readonly customersInList: (
    shopId: number,
    listId: string,
    after?: Address,
  ) => Promise<{ readonly customerIds: readonly number[]; readonly next?: Address }>
}

interface ListChange {
  readonly add: readonly Address[]
  readonly remove: readonly Address[]
}

interface ListsDeps {
  readonly db: Database
  readonly now: Clock
  readonly whenListed: WhenListed
}

export const MEMBERS_PAGE = 100

export function createContactLists({ db, now, whenListed }: ListsDeps): ContactLists {
  return {
    async createList(shopId, name, by) {
      const list = await db.transaction(async (sql) => {
        const transaction = { sql, t: db.t }
        const at = now()
        const { isNew, ...made } = await store.ensureList(transaction, shopId, {
          name,
          createdAt: at,
        })
        if (isNew) {
          const id = made.publicId.toString('base64url')
          await recordChange(transaction, shopId, {
            by,
            at,
            action: 'contact_list.created',
            object: { kind: 'contact_list', id },
            before: null,
            after: { name },
          })
          // Behind the entry, which holds the end of the shop's log: whoever makes another waits for it, and counts this one.
          if ((await store.countLists(transaction, shopId)) > MAX_CONTACT_LISTS) {
            throw new Refusal('conflict', `A shop has at most ${MAX_CONTACT_LISTS} lists`)
          }
        }
        return made
      })
      return shown({ ...list, memberCount: await store.countMembers(db, shopId, list.id) })
    },

    async listLists(shopId) {
      return (await store.listLists(db, shopId)).map(shown)
    },

    async changeMembers(shopId, listId, { add, remove }, by) {
      const list = await requireList(db, shopId, listId)
      const addresses = add.map(requireAddress)
      const gone = remove.map(requireAddress)
      await db.transaction(async (sql) => {
        const transaction = { sql, t: db.t }
        await store.deleteMembers(transaction, shopId, list.id, gone)
        await store.insertMembers(transaction, shopId, list.id, { addresses, at: now() })
        await tellOfLists(transaction, shopId, [...addresses, ...gone], whenListed)
        // Whose addresses they are is nothing for a log that is never erased.
        await recordChange(transaction, shopId, {
          by,
          at: now(),
          action: 'contact_list.members_changed',
          object: { kind: 'contact_list', id: listId },
          before: null,
          after: { added: addresses.length, removed: gone.length },
        })
      })
    },

    async listMembers(shopId, listId, after) {
      const list = await requireList(db, shopId, listId)
      const members = await store.listMembers(db, shopId, list.id, { after, limit: MEMBERS_PAGE })
      return withHolders(db, shopId, members)
    },

    async customersInList(shopId, listId, after) {
      const list = await requireList(db, shopId, listId)
      const members = await store.listMembers(db, shopId, list.id, { after, limit: MEMBERS_PAGE })
      const holders = await store.listHolders(db, shopId, members)
      const customerIds = [...new Set(holders.map(({ id, mergedInto }) => mergedInto ?? id))]
      const next = members.at(-1)
      return next === undefined ? { customerIds } : { customerIds, next }
    },
  }
}

/** Whose an address is now; who has become another counts as that one. */
async function withHolders(
  db: Database,
  shopId: number,
  members: readonly Address[],
): Promise<ListMember[]> {
  const holders = await store.listHolders(db, shopId, members)
  const idsByAddress = new Map<string, string[]>()
  for (const holder of holders) {
    const final = await finalOf(db, shopId, holder)
    for (const { kind, value } of addressesOf(holder)) {
      const key = `${kind} ${value}`
      idsByAddress.set(key, [...(idsByAddress.get(key) ?? []), final])
    }
  }
  return members.map(({ kind, value }) => ({
    kind,
    value,
    customerIds: [...new Set(idsByAddress.get(`${kind} ${value}`))],
  }))
}

async function finalOf(db: Database, shopId: number, row: CustomerRow): Promise<string> {
  const final = row.mergedInto === null ? row : await findCustomer(db, shopId, row.mergedInto)
  return (final ?? row).publicId.toString('base64url')
}

export async function requireList(
  db: Database,
  shopId: number,
  listId: string,
): Promise<store.ListRow> {
  const list = await store.findList(db, shopId, Buffer.from(listId, 'base64url'))
  if (list === undefined) throw new Refusal('not_found', 'There is no such list')
  return list
}

function requireAddress(address: Address): Address {
  const read = readAddress(address)
  if (read !== undefined) return read
  throw new Refusal('bad_request', `"${address.value.slice(0, 80)}" is no ${address.kind}`)
}

function shown({
  publicId,
  name,
  createdAt,
  memberCount,
}: store.ListRow & { memberCount: number }) {
  return { id: publicId.toString('base64url'), name, createdAt, memberCount }
}
