import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import { randomToken } from '../core/tokens.ts'
import type { Transaction } from '../db/transaction.ts'
import { createAudited, type AuditedDeps } from './audited.ts'
import { forgetStrays, membersOf } from './forget-members.ts'
import { holdShop } from './management-store.ts'
import { insertRoles } from './role-store.ts'
import { FIRST_SHOP, insertShop } from './store.ts'

/** Who closes a shop. */
export interface Closing {
  /** Its name, as somebody types it who means it. */
  readonly name: string
  readonly by: Actor
  /** Undefined: a session that is nobody's. */
  readonly memberId: number | undefined
}

/**
 * Ends a shop for all who use it: from now on no key, role, link or session opens it, in other processes within five
 * seconds. Who belonged to no other has no account any more. Its row stays without a name, and its audit log, which says so. Refuses another name than the shop's.
 * `then` joins the transaction.
 */
export type CloseShop = (
  shopId: number,
  closing: Closing,
  then: (transaction: Transaction) => Promise<unknown>,
) => Promise<void>

export function createCloseShop(deps: AuditedDeps): CloseShop {
  const { changing, note } = createAudited(deps)

  return (shopId, { name, by, memberId }, then) =>
    changing(async (transaction) => {
      const shop = await holdShop(transaction, shopId)
      if (shop === undefined) throw new Error(`Shop ${shopId} is not there`)
      if (shop.name !== name.trim()) {
        throw new Refusal('bad_request', 'name: write the name of the shop, as it is')
      }
      const changed = { before: { name: shop.name }, after: null }
      await note(transaction, shopId, { by, action: 'shop.deleted', id: '', ...changed })
      const members = await membersOf(transaction, shopId)
      await removeWaysIn(transaction, shopId)
      await removeFromSight(transaction, shopId, { memberId, now: deps.now() })
      await forgetStrays(transaction, members, deps.now())
      await then(transaction)
    })
}

async function removeWaysIn({ sql, t }: Transaction, shopId: number): Promise<void> {
  const ways = [t.keys, t.oneTimeLinks, t.consoleSessions, t.accountLinks, t.memberRoles]
  for (const way of ways) await sql.delete(way).where(eq(way.shopId, shopId))
  await sql.delete(t.identitySettings).where(eq(t.identitySettings.shopId, shopId))
}

/** There is always a first shop: the oldest that is left, else a new one, which whoever closed the last one owns. */
async function removeFromSight(
  transaction: Transaction,
  shopId: number,
  { memberId, now }: { readonly memberId: number | undefined; readonly now: number },
): Promise<void> {
  const { sql, t, holds } = transaction
  const { shops, keys } = t
  const [before] = await sql
    .select({ isFirst: shops.isFirst })
    .from(shops)
    .where(eq(shops.id, shopId))
  await sql.update(shops).set({ name: '', isFirst: null }).where(eq(shops.id, shopId))
  if (before?.isFirst !== true) return
  const oldest = sql
    .select({ id: shops.id })
    .from(shops)
    .innerJoin(keys, and(eq(keys.shopId, shops.id), eq(keys.kind, 'public')))
    .where(isNull(keys.revokedAt))
    .orderBy(asc(shops.id))
    .limit(1)
  // Held with its key, so that one that is being closed at the same time is waited for, and then passed over.
  const [next] = await (holds ? oldest.for('update') : oldest)
  const first =
    next?.id ??
    (await insertShop(transaction, { ...FIRST_SHOP, createdAt: now }, `pub_${randomToken(16)}`))
  await sql.update(shops).set({ isFirst: true }).where(eq(shops.id, first))
  if (next !== undefined || memberId === undefined) return
  await insertRoles(transaction, first, { memberId, roles: ['owner'], createdAt: now })
}
