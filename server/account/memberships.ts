import type { Role, ShopMember } from '#protocol/account.ts'
import type { Clock } from '../core/clock.ts'
import { recordChange } from '../audit/service.ts'
import { Refusal } from '../core/errors.ts'
import { requireRecentSignIn, type MemberCall } from '../core/member-guards.ts'
import type { Database } from '../db/database.ts'
import { keysThrough, revokeKeysBeyond } from './keys-of-members.ts'
import { deleteInvitationsBy } from './link-store.ts'
import { listKeyRows } from './management-store.ts'
import type { Transaction } from '../db/transaction.ts'
import { forgetStrays } from './forget-members.ts'
import { findTraitsOf, type Handle } from './member-store.ts'
import * as store from './role-store.ts'

/** Who asks, as far as what they may do depends on it. */
export type Actor = Pick<MemberCall, 'shop' | 'memberId' | 'signedInAt' | 'by'>

/** Somebody who goes by themselves. */
export type Leaver = Pick<MemberCall, 'by'> & { readonly memberId: number }

export interface Memberships {
  readonly list: (shopId: number) => Promise<ShopMember[]>
  readonly find: (shopId: number, publicId: string) => Promise<ShopMember>
  /**
   * All the roles that the member has from now on. An owner's, and who is one, only an owner changes; the last owner
   * stays one (`conflict`). Secret keys that they might not give any more stop working; so with `remove` and `leave`.
   */
  readonly setRoles: (actor: Actor, publicId: string, roles: readonly Role[]) => Promise<ShopMember>
  /** Whoever belongs to no other shop, and is invited to none, has no account any more; so with `leave`. */
  readonly remove: (actor: Actor, publicId: string) => Promise<void>
  readonly leave: (shopId: number, leaver: Leaver) => Promise<void>
}

interface MembershipsDeps {
  readonly db: Database
  readonly now: Clock
  /** What is known of keys is read anew. */
  readonly forgetKeys: () => void
}

export function createMemberships({ db, now, forgetKeys }: MembershipsDeps): Memberships {
  async function list(shopId: number): Promise<ShopMember[]> {
    const rows = await store.listMembers(db, shopId)
    const { secured, pictured, seen } = await findTraitsOf(
      db,
      rows.map(({ id }) => id),
    )
    const keys = await listKeyRows(db, shopId)
    const members = new Map<number, ShopMember>()
    for (const { id, publicId, role, createdAt, ...shown } of rows) {
      const known = members.get(id)
      const roles = [...(known?.roles ?? []), role]
      const name = publicId.toString('base64url')
      members.set(id, {
        id: name,
        ...shown,
        roles,
        hasPhoto: pictured.has(id),
        hasSecondFactor: secured.has(id),
        joinedAt: known?.joinedAt ?? createdAt,
        seenAt: seen.get(id) ?? null,
        keyCount: known?.keyCount ?? keysThrough(name, keys).length,
      })
    }
    return [...members.values()]
  }

  async function find(shopId: number, publicId: string): Promise<ShopMember> {
    const member = (await list(shopId)).find(({ id }) => id === publicId)
    if (member === undefined) throw new Refusal('not_found', 'The shop has no such member')
    return member
  }

  /** Roles that `member` is to have in the shop; none: they leave it. */
  async function change(
    handle: Transaction,
    shopId: number,
    { memberId, roles }: { readonly memberId: number; readonly roles: readonly Role[] },
  ): Promise<void> {
    const held = await store.listRolesOf(handle, shopId, memberId)
    if (held.length === 0) throw new Refusal('not_found', 'The shop has no such member')
    const isLosingOwner = held.includes('owner') && !roles.includes('owner')
    if (isLosingOwner && !(await store.hasOtherOwner(handle, shopId, memberId))) {
      throw new Refusal('conflict', 'A shop keeps an owner: make somebody else one first')
    }
    const lost = held.filter((role) => !roles.includes(role))
    const gained = roles.filter((role) => !held.includes(role))
    if (lost.length > 0) await store.deleteRoles(handle, shopId, memberId, lost)
    if (gained.length > 0) {
      await store.insertRoles(handle, shopId, { memberId, roles: gained, createdAt: now() })
    }
    if (lost.length > 0) await deleteInvitationsBy(handle, shopId, memberId)
    if (roles.length === 0) await forgetStrays(handle, [memberId], now())
  }

  async function changeOther(
    actor: Actor,
    publicId: string,
    roles: readonly Role[],
  ): Promise<void> {
    requireRecentSignIn(actor, now())
    const shopId = actor.shop.id
    await store.changingRoles(db, shopId, async (handle) => {
      const bytes = Buffer.from(publicId, 'base64url')
      const memberId = await store.findMemberOfShop(handle, shopId, bytes)
      if (memberId === undefined) throw new Refusal('not_found', 'The shop has no such member')
      const held = await store.listRolesOf(handle, shopId, memberId)
      await requireMayGrant(handle, actor, [...held, ...roles])
      await change(handle, shopId, { memberId, roles })
      await recordChange(handle, shopId, {
        by: actor.by,
        at: now(),
        action: roles.length === 0 ? 'member.removed' : 'member.roles_changed',
        object: { kind: 'member', id: publicId },
        before: { roles: held },
        after: roles.length === 0 ? null : { roles },
      })
      await revokeKeysBeyond(handle, shopId, { maker: publicId, roles, by: actor.by, at: now() })
    })
    forgetKeys()
  }

  return {
    list,
    find,

    async setRoles(actor, publicId, roles) {
      await changeOther(actor, publicId, roles)
      return find(actor.shop.id, publicId)
    },

    remove: (actor, publicId) => changeOther(actor, publicId, []),

    async leave(shopId, { memberId, by }) {
      await store.changingRoles(db, shopId, async (handle) => {
        const held = await store.listRolesOf(handle, shopId, memberId)
        await change(handle, shopId, { memberId, roles: [] })
        await recordChange(handle, shopId, {
          by,
          at: now(),
          action: 'member.left',
          object: { kind: 'member', id: by.name },
          before: { roles: held },
          after: null,
        })
        await revokeKeysBeyond(handle, shopId, { maker: by.name, roles: [], by, at: now() })
      })
      forgetKeys()
    },
  }
}

/** Owners may give and take any role; admins any but an owner's. Read anew, for roles change while requests wait. */
export async function requireMayGrant(
  handle: Handle,
  { shop, memberId }: Actor,
  roles: readonly Role[],
): Promise<void> {
  // A one-time link is printed on the server, to its owner.
  const held =
    memberId === undefined ? ['owner'] : await store.listRolesOf(handle, shop.id, memberId)
  if (held.includes('owner')) return
  if (held.includes('admin') && !roles.includes('owner')) return
  throw new Refusal('forbidden', 'Only an owner decides who owns the shop')
}
