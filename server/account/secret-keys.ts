import type { NewKey, SecretKey } from '#protocol/shop.ts'
import type { Scope } from '#protocol/scopes.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import { randomToken, sha256 } from '../core/tokens.ts'
import { createAudited, type AuditedDeps } from './audited.ts'
import * as rows from './management-store.ts'

export interface SecretKeys {
  readonly keys: (shopId: number) => Promise<SecretKey[]>
  /** The only time that the key can be seen: its SHA-256 alone is kept. Refuses scopes that `giver` has not. */
  readonly createKey: (shopId: number, scopes: readonly Scope[], giver: KeyGiver) => Promise<NewKey>
  /** From now on it opens nothing; in other processes within five seconds. Refuses keys that may do more than `giver`. */
  readonly revokeKey: (shopId: number, id: string, giver: KeyGiver) => Promise<void>
}

export interface KeyGiver {
  readonly by: Actor
  /** `all`: a member who may give keys, or a command. */
  readonly scopes: readonly string[] | 'all'
}

export function createSecretKeys(deps: AuditedDeps): SecretKeys {
  const { db, now } = deps
  const { changing, note } = createAudited(deps)
  return {
    keys: (shopId) => rows.listKeyRows(db, shopId),

    createKey(shopId, given, { by, scopes: own }) {
      const scopes = [...new Set(given)]
      refuseMore(scopes, own, 'A key gives no more than it has')
      const key = `sec_${randomToken(32)}`
      return changing(async (transaction) => {
        const row = { ending: key.slice(-4), scopes, createdAt: now() }
        const value = sha256(key).toString('hex')
        const id = String(await rows.insertKeyRow(transaction, shopId, { ...row, value }))
        const changed = { before: null, after: { ending: row.ending, scopes } }
        await note(transaction, shopId, { by, action: 'key.made', id, ...changed })
        return { id, ...row, key }
      })
    },

    revokeKey(shopId, id, { by, scopes: own }) {
      return changing(async (transaction) => {
        const found = (await rows.listKeyRows(transaction, shopId)).find((one) => one.id === id)
        if (found === undefined) throw new Refusal('not_found', 'There is no such key')
        refuseMore(found.scopes, own, 'A key revokes none that may do more')
        if (!(await rows.revokeKeyRow(transaction, shopId, rowOf(id), now()))) {
          throw new Refusal('not_found', 'There is no such key')
        }
        const { ending, scopes } = found
        const changed = { before: { ending, scopes }, after: null }
        await note(transaction, shopId, { by, action: 'key.revoked', id, ...changed })
      })
    },
  }
}

function refuseMore(wanted: readonly string[], own: KeyGiver['scopes'], why: string): void {
  const more = own === 'all' ? [] : wanted.filter((scope) => !own.includes(scope))
  if (more.length > 0) throw new Refusal('forbidden', `${why}: ${more.join(', ')}`)
}

function rowOf(id: string): number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0
}
