import { setImmediate as nextTurn } from 'node:timers/promises'

interface Scan<Row> {
  /** How many are wanted. */
  readonly limit: number
  /** After so long it stops where it is, whatever it has found. */
  readonly patienceMs: number
  /** The rows behind that one, at most so many, in the order of the list. */
  readonly next: (after: Row | undefined, limit: number) => Promise<readonly Row[]>
  /** Undefined: all of them. */
  readonly isWanted: ((row: Row) => boolean) | undefined
}

export interface Scanned<Row> {
  readonly found: readonly Row[]
  /** The row behind which it goes on; undefined: nothing is left. */
  readonly goesOnBehind: Row | undefined
  readonly lookedAt: number
}

/** Rows that are looked at together: a power of two, as `padded` has them. */
const CHUNK = 128

/** Reads rows in order until enough are found, all have been seen, or time is up: a list may ask for anything. */
export async function scan<Row>({
  limit,
  patienceMs,
  next,
  isWanted,
}: Scan<Row>): Promise<Scanned<Row>> {
  if (isWanted === undefined) {
    const rows = await next(undefined, limit + 1)
    const found = rows.slice(0, limit)
    const goesOnBehind = rows.length > limit ? found.at(-1) : undefined
    return { found, goesOnBehind, lookedAt: found.length }
  }
  const found: Row[] = []
  const until = performance.now() + patienceMs
  let lookedAt = 0
  let last: Row | undefined
  do {
    const rows = await next(last, CHUNK)
    for (const row of rows) {
      lookedAt += 1
      last = row
      if (isWanted(row)) found.push(row)
      if (found.length === limit) return { found, goesOnBehind: row, lookedAt }
    }
    if (rows.length < CHUNK) return { found, goesOnBehind: undefined, lookedAt }
    // SQLite never waits by itself: others have their turn.
    await nextTurn()
  } while (performance.now() < until)
  return { found, goesOnBehind: last, lookedAt }
}
