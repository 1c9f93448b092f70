import { MAX_SECRET_KEYS, type NewKey, type SecretKey } from '#protocol/shop.ts'
import type { Scope } from '#protocol/scopes.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import { randomToken, sha256 } from '../core/tokens.ts'
import type { Transaction } from '../db/transaction.ts'
import { createAudited, type AuditedDeps } from './audited.ts'
import { mayGive } from './keys-of-members.ts'
import * as rows from './management-store.ts'
import { findMemberOfShop, listMembers, listRolesOf } from './role-store.ts'

export interface SecretKeys {
  /** Those that open something, oldest first; of somebody who may have their own only, theirs. */
  readonly keys: (shopId: number, asker: KeyAsker) => Promise<SecretKey[]>
  /** The only time that the key can be seen: its SHA-256 alone is kept. Refuses scopes that `giver` has not. */
  readonly createKey: (
    shopId: number,
    draft: { readonly name: string; readonly scopes: readonly Scope[] },
    giver: KeyGiver,
  ) => Promise<NewKey>
  readonly renameKey: (
    shopId: number,
    change: { readonly id: string; readonly name: string },
    giver: KeyGiver,
  ) => Promise<SecretKey>
  /** From now on it opens nothing; in other processes within five seconds. Refuses keys that may do more than `giver`. */
  readonly revokeKey: (shopId: number, id: string, giver: KeyGiver) => Promise<void>
}

interface KeyAsker {
  readonly by: Actor
  /** Keys of others are not there for them. */
  readonly isOwnOnly: boolean
}

export interface KeyGiver extends KeyAsker {
  /** `all`: a command. */
  readonly scopes: readonly string[] | 'all'
}

const NO_KEY = 'There is no such key'

export function createSecretKeys(deps: AuditedDeps): SecretKeys {
  const { db, now } = deps
  const { changing, note } = createAudited(deps)

  async function keysOf(handle: Pick<Transaction, 'sql' | 't'>, shopId: number, asker: KeyAsker) {
    const all = await rows.listKeyRows(handle, shopId)
    return asker.isOwnOnly ? all.filter((row) => isBy(row, asker.by)) : all
  }

  async function keys(shopId: number, asker: KeyAsker): Promise<SecretKey[]> {
    const names = new Map(
      (await listMembers(db, shopId)).map(({ publicId, name }) => [
        publicId.toString('base64url'),
        name,
      ]),
    )
    return (await keysOf(db, shopId, asker)).map((row) => told(row, names))
  }

  /** One that `giver` may do something with; refuses those that may do more than they. */
  async function requireKey(
    transaction: Transaction,
    shopId: number,
    { id, giver, why }: { readonly id: string; readonly giver: KeyGiver; readonly why: string },
  ): Promise<rows.SecretKeyRow> {
    const there = await keysOf(transaction, shopId, giver)
    const found = there.find((row) => String(row.id) === id)
    if (found === undefined) throw new Refusal('not_found', NO_KEY)
    // Somebody's own were theirs to give; roles that they lost since then make them no less theirs.
    if (!giver.isOwnOnly) refuseMore(found.scopes, giver.scopes, why)
    return found
  }

  return {
    keys,

    async createKey(shopId, { name, scopes: given }, giver) {
      const { by } = giver
      const scopes = [...new Set(given)]
      refuseMore(scopes, giver.scopes, 'A key gives no more than its maker has')
      const key = `sec_${randomToken(32)}`
      const id = await changing(async (transaction) => {
        const made = await rows.insertKeyRow(transaction, shopId, {
          ending: key.slice(-4),
          name,
          scopes,
          createdAt: now(),
          makerKind: by.kind,
          makerName: by.name,
          value: sha256(key).toString('hex'),
        })
        const changed = { before: null, after: { ending: key.slice(-4), name, scopes } }
        await note(transaction, shopId, { by, action: 'key.made', id: String(made), ...changed })
        // Behind the entry, which holds the end of the shop's log: whoever makes another waits for it, and counts this one.
        if ((await rows.countKeyRows(transaction, shopId)) > MAX_SECRET_KEYS) {
          throw new Refusal('conflict', `A shop has at most ${MAX_SECRET_KEYS} keys: revoke one`)
        }
        await refuseWhoLost(transaction, shopId, by, scopes)
        return String(made)
      })
      return { ...requireOne(await keys(shopId, giver), id), key }
    },

    async renameKey(shopId, { id, name }, giver) {
      const { by } = giver
      await changing(async (transaction) => {
        const why = 'A key renames none that may do more'
        const { id: row, name: before } = await requireKey(transaction, shopId, { id, giver, why })
        if (before === name) return
        if (!(await rows.renameKeyRow(transaction, shopId, row, name))) {
          throw new Refusal('not_found', NO_KEY)
        }
        const changed = { before: { name: before }, after: { name } }
        await note(transaction, shopId, { by, action: 'key.renamed', id, ...changed })
      })
      return requireOne(await keys(shopId, giver), id)
    },

    revokeKey(shopId, id, giver) {
      return changing(async (transaction) => {
        const why = 'A key revokes none that may do more'
        const found = await requireKey(transaction, shopId, { id, giver, why })
        if (!(await rows.revokeKeyRow(transaction, shopId, found.id, now()))) {
          throw new Refusal('not_found', NO_KEY)
        }
        const { ending, name, scopes } = found
        const changed = { before: { ending, name, scopes }, after: null }
        await note(transaction, shopId, { by: giver.by, action: 'key.revoked', id, ...changed })
      })
    },
  }
}

/** Behind the entry too: whoever takes somebody's roles revokes what they have made until then. */
async function refuseWhoLost(
  transaction: Transaction,
  shopId: number,
  { kind, name }: Actor,
  scopes: readonly string[],
): Promise<void> {
  if (kind !== 'member') return
  const bytes = Buffer.from(name, 'base64url')
  const memberId = await findMemberOfShop(transaction, shopId, bytes)
  const roles = memberId === undefined ? [] : await listRolesOf(transaction, shopId, memberId)
  if (!mayGive(roles, scopes))
    throw new Refusal('forbidden', 'Your roles in this shop have changed')
}

function isBy({ makerKind, makerName }: rows.SecretKeyRow, { kind, name }: Actor): boolean {
  return makerKind === kind && makerName === name
}

function told(row: rows.SecretKeyRow, names: ReadonlyMap<string, string>): SecretKey {
  const { id, makerKind: kind, makerName, ...shown } = row
  const maker = makerName ?? ''
  const madeBy =
    kind === null
      ? null
      : { kind, id: maker, name: (kind === 'member' && names.get(maker)) || null }
  return { ...shown, id: String(id), madeBy }
}

/** Revoked by somebody else meanwhile, it is not there. */
function requireOne(keys: readonly SecretKey[], id: string): SecretKey {
  const found = keys.find((key) => key.id === id)
  if (found === undefined) throw new Refusal('not_found', NO_KEY)
  return found
}

function refuseMore(wanted: readonly string[], own: KeyGiver['scopes'], why: string): void {
  const more = own === 'all' ? [] : wanted.filter((scope) => !own.includes(scope))
  if (more.length > 0) throw new Refusal('forbidden', `${why}: ${more.join(', ')}`)
}
