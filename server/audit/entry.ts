import { createHash } from 'node:crypto'
import type { Actor } from '../core/actor.ts'

/** What an entry says, as it is stored and hashed. */
export interface EntryText {
  readonly seq: number
  readonly at: number
  readonly actorKind: Actor['kind']
  readonly actorName: string
  readonly address: string
  readonly action: string
  readonly objectKind: string
  readonly objectId: string
  readonly before: string | null
  readonly after: string | null
}

/** Before a shop's first entry. */
export const GENESIS = Buffer.alloc(32)

/** SHA-256 over the hash before, the shop and all that the entry says, in one unambiguous text. */
export function hashOf(previous: Uint8Array, shopId: number, entry: EntryText): Buffer {
  const { seq, at, actorKind, actorName, address, action, objectKind, objectId } = entry
  const said = [shopId, seq, at, actorKind, actorName, address, action, objectKind, objectId]
  return createHash('sha256')
    .update(previous)
    .update(JSON.stringify([...said, entry.before, entry.after]))
    .digest()
}
