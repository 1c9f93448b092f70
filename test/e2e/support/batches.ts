import type { Batch } from '#protocol/events.ts'
import type { FaultProxy } from './fault-proxy.ts'

/** Batches that a shop's pages sent, as they went over the wire. */
export function batchesOf(proxy: FaultProxy, key: string): readonly Batch[] {
  const all = proxy.batches().map((body): Batch => JSON.parse(body))
  return all.filter((batch) => batch.key === key)
}

/** Strings in `batches` that are long enough to tell one visitor from all others. */
export function longStrings(batches: readonly Batch[]): ReadonlySet<string> {
  const found = batches.flatMap((batch) => JSON.stringify(batch).match(/[\w-]{16,}/g) ?? [])
  return new Set(found)
}
