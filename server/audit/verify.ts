import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ChainFault } from '#protocol/audit.ts'
import type { Database } from '../db/database.ts'
import { GENESIS, hashOf, type EntryText } from './entry.ts'
import { entriesAfter, findHead, type AuditHead, type StoredEntry } from './store.ts'

/** `end`: `<number>:<hash>`, to be kept elsewhere; whoever rewrites the whole log can't make it come out the same. */
export type ChainReport =
  | { readonly isWhole: true; readonly entries: number; readonly end: string }
  | { readonly isWhole: false; readonly seq: number; readonly fault: ChainFault }

const CHUNK = 500

/** Works out every hash anew. `noted`: an end that somebody kept, which must be in the log still. */
export async function verifyChain(
  db: Database,
  shopId: number,
  noted: AuditHead | undefined,
): Promise<ChainReport> {
  // First: what is added while we read lies behind it.
  const head = await findHead(db, shopId)
  const ends = [head, noted].filter((it) => it !== undefined)
  let last: AuditHead = { seq: 0, hash: GENESIS }
  let entries: StoredEntry[]
  do {
    entries = await entriesAfter(db, shopId, last.seq, CHUNK)
    for (const entry of entries) {
      const fault = faultOf(entry, last, shopId) ?? endFault(entry, ends)
      if (fault !== undefined) return { isWhole: false, seq: last.seq + 1, fault }
      last = entry
    }
    // SQLite never waits by itself: others have their turn.
    await nextTurn()
  } while (entries.length === CHUNK)
  const isCut = ends.some(({ seq }) => seq > last.seq) || (head === undefined && last.seq > 0)
  if (isCut) return { isWhole: false, seq: last.seq + 1, fault: 'cut' }
  return { isWhole: true, entries: last.seq, end: `${last.seq}:${last.hash.toString('hex')}` }
}

function faultOf(
  { hash, ...entry }: EntryText & { readonly hash: Buffer },
  last: AuditHead,
  shopId: number,
): ChainFault | undefined {
  if (entry.seq !== last.seq + 1) return 'missing'
  return hashOf(last.hash, shopId, entry).equals(hash) ? undefined : 'changed'
}

/** Somebody who wrote the log anew from here on has made other hashes. */
function endFault({ seq, hash }: StoredEntry, ends: readonly AuditHead[]): ChainFault | undefined {
  const isOther = ends.some((end) => end.seq === seq && !end.hash.equals(hash))
  return isOther ? 'rewritten' : undefined
}

/** `<number>:<hash>`, as a report tells it. */
export function readEnd(text: string): AuditHead | undefined {
  const [, seq, hash] = /^(\d{1,15}):([\da-f]{64})$/.exec(text) ?? []
  if (seq === undefined || hash === undefined) return undefined
  return { seq: Number(seq), hash: Buffer.from(hash, 'hex') }
}
