import { KEY_PATH, KEYS_PATH } from '#protocol/names.ts'
import type { Scope } from '#protocol/scopes.ts'
import type { NewKey, SecretKey } from '#protocol/shop.ts'
import { change, send, type Reply } from '../api.ts'
import { pathOf } from '../settings/path-of.ts'

/** The only answer that tells the key. */
export function makeKey(draft: {
  readonly name: string
  readonly scopes: readonly Scope[]
}): Promise<Reply<NewKey>> {
  return send<NewKey>(KEYS_PATH, draft)
}

export function renameKey({ id, name }: Pick<SecretKey, 'id' | 'name'>): Promise<Reply<SecretKey>> {
  return change<SecretKey>('PUT', pathOf(KEY_PATH, { id }), { name })
}

export function revokeKey(id: string): Promise<Reply<undefined>> {
  return change('DELETE', pathOf(KEY_PATH, { id }))
}
