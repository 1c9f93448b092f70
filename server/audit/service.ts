import type { AuditEntry } from '#protocol/audit.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import type { Changes } from './changes.ts'
import * as store from './store.ts'
import { readEnd, verifyChain, type ChainReport } from './verify.ts'

export { changesOf, type Changes } from './changes.ts'
export { createAuditChecks, type AuditChecks } from './checks.ts'
export type { ChainReport } from './verify.ts'

/** A change of something that a shop's own people or servers manage. */
export interface AuditedChange extends Changes {
  readonly by: Actor
  readonly at: number
  /** `audience.created`. */
  readonly action: string
  readonly object: { readonly kind: string; readonly id: string }
}

/** Writes the change into the shop's log, in the transaction that makes it: either both are there, or neither. */
export async function recordChange(
  handle: Pick<Database, 'sql' | 't'>,
  shopId: number,
  { by, at, action, object, before, after }: AuditedChange,
): Promise<void> {
  await store.appendEntry(handle, shopId, {
    at,
    actorKind: by.kind,
    actorName: by.name,
    address: by.address,
    action,
    objectKind: object.kind,
    objectId: object.id,
    before: before === null ? null : JSON.stringify(before),
    after: after === null ? null : JSON.stringify(after),
  })
}

export interface Audit {
  /** The newest first. */
  readonly list: (
    shopId: number,
    filter: store.EntryFilter,
    page: { readonly cursor: string | undefined; readonly limit: number },
  ) => Promise<{ readonly items: AuditEntry[]; readonly nextCursor: string | null }>
  /** Whether every entry still is what it was. `end`: that of an earlier report, which must be in the log still. */
  readonly verify: (shopId: number, end?: string) => Promise<ChainReport>
}

export function createAudit(db: Database): Audit {
  return {
    async list(shopId, filter, { cursor, limit }) {
      const before = cursor === undefined ? undefined : seqOf(cursor)
      const rows = await store.listEntries(db, shopId, filter, { before, limit: limit + 1 })
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return { items: shown.map(entryOf), nextCursor: last === undefined ? null : String(last.seq) }
    },
    async verify(shopId, end) {
      const noted = end === undefined ? undefined : readEnd(end)
      if (end !== undefined && noted === undefined) {
        throw new Refusal('bad_request', 'An end is a number, a colon and 64 hexadecimal digits')
      }
      return verifyChain(db, shopId, noted)
    },
  }
}

function entryOf(row: store.StoredEntry): AuditEntry {
  const { seq, at, actorKind, actorName, address, action, objectKind, objectId } = row
  return {
    seq,
    at,
    actor: { kind: actorKind, name: actorName },
    address,
    action,
    object: { kind: objectKind, id: objectId },
    before: fieldsOf(row.before),
    after: fieldsOf(row.after),
    hash: row.hash.toString('hex'),
  }
}

function fieldsOf(text: string | null): Record<string, unknown> | null {
  return text === null ? null : Object(JSON.parse(text))
}

function seqOf(cursor: string): number {
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor)
  throw new Refusal('bad_request', 'cursor: send the nextCursor of the answer before')
}
