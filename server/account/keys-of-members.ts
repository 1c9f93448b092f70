import type { Role } from '#protocol/account.ts'
import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Transaction } from '../db/transaction.ts'
import { listKeyRows, revokeKeyRow, type SecretKeyRow } from './management-store.ts'
import { accessOf, scopesOf } from './permissions.ts'

/** Secret keys that `maker` made, and those that were made with these in turn. `maker`: a member's public id. */
export function keysThrough(maker: string, keys: readonly SecretKeyRow[]): SecretKeyRow[] {
  return withMadeBy(keys, ({ makerKind, makerName }) => {
    return makerKind === 'member' && makerName === maker
  })
}

function withMadeBy(
  keys: readonly SecretKeyRow[],
  isFirst: (key: SecretKeyRow) => boolean,
): SecretKeyRow[] {
  const found: SecretKeyRow[] = []
  // By number, so that a key comes before what it makes. An ending may be another's too: rather one too many.
  for (const key of keys.toSorted((one, other) => one.id - other.id)) {
    const isMadeByOne =
      key.makerKind === 'key' && found.some(({ ending }) => ending === key.makerName)
    if (isMadeByOne || isFirst(key)) found.push(key)
  }
  return found
}

interface RolesLost {
  readonly maker: string
  /** Those that they have left. */
  readonly roles: readonly Role[]
  readonly by: Actor
  readonly at: number
}

/**
 * Revokes what stands on `maker` alone and may do more than they may now: a key gives no more than its maker has. Behind
 * the entry that says what they lost, for that holds the end of the shop's log: who is just making a key waits for it.
 */
export async function revokeKeysBeyond(
  transaction: Transaction,
  shopId: number,
  { maker, roles, by, at }: RolesLost,
): Promise<void> {
  const theirs = keysThrough(maker, await listKeyRows(transaction, shopId))
  const gone = withMadeBy(theirs, ({ scopes }) => !mayGive(roles, scopes))
  for (const { id, ending, name, scopes } of gone) {
    if (!(await revokeKeyRow(transaction, shopId, id, at))) continue
    await recordChange(transaction, shopId, {
      by,
      at,
      action: 'key.revoked',
      object: { kind: 'key', id: String(id) },
      before: { ending, name, scopes },
      after: null,
    })
  }
}

/** Whether somebody with these roles may make a key, and give it these scopes. */
export function mayGive(roles: readonly Role[], scopes: readonly string[]): boolean {
  const granted = scopesOf(roles)
  return accessOf(roles, 'keys') !== 'none' && scopes.every((scope) => granted.includes(scope))
}
