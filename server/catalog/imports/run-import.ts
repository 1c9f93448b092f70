import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../../core/clock.ts'
import { createBreather } from '../../db/breather.ts'
import type { Database } from '../../db/database.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { ImportKind, SourceRecord } from './import-kind.ts'
import {
  deleteSomeChunks,
  endUndoing,
  findChunk,
  insertFaults,
  leaseImport,
  listOlder,
  updateProgress,
  type ImportRow,
} from './import-store.ts'
import { sourceRecords } from './source-records.ts'

interface RunDeps {
  readonly db: Database
  readonly now: Clock
  readonly kindOf: (name: ImportRow['kind']) => ImportKind
  readonly currencyOf: (shopId: number) => Promise<string>
  /** Asked after each batch: a server that is stopping leaves the rest to the next one. */
  readonly isStopping: () => boolean
}

interface Run extends RunDeps {
  readonly shopId: number
  readonly found: ImportRow
  readonly kind: ImportKind
  readonly holder: string
  readonly currency: string
}

const LEASE_MS = 30_000
/** Small enough that events never wait long for SQLite's only writer. */
const BATCH_RECORDS = 100
/** Bytes that are parsed before others have their turn. */
const PIECE_BYTES = 16 * 1024
const CHUNKS_AT_ONCE = 4
/** Imports of a kind whose undoing is still possible. */
const MAX_UNDOABLE = 5
const MAX_FAULTS_KEPT = 10_000

/**
 * Reads or takes back an import from where it was left, unless another node is at it. What is written and how far it
 * has come are one transaction, so that whoever goes on after a crash does nothing twice.
 */
export async function runImport(deps: RunDeps, shopId: number, importId: number): Promise<void> {
  const holder = randomUUID()
  const lease = { holder, now: deps.now(), until: deps.now() + LEASE_MS }
  const found = await leaseImport(deps.db, shopId, importId, lease)
  if (found === undefined) return
  // Before any transaction: the outer handle is no use inside one.
  const currency = await deps.currencyOf(shopId)
  const run = { ...deps, shopId, found, holder, currency, kind: deps.kindOf(found.kind) }
  await (found.state === 'undoing' ? undo(run) : read(run))
}

async function read(run: Run): Promise<void> {
  const { db, shopId, found, kind, isStopping } = run
  let progress = found
  const records = sourceRecords(piecesOf(db, shopId, found.id), found)
  for await (const batch of batchesOf(records, found.doneRecords)) {
    const written = await writeBatch(run, batch, progress)
    if (written === undefined) return
    progress = written
    if (isStopping()) return letGo(run)
    await nextTurn()
  }
  const isUndoable = kind.undoSome !== undefined
  while ((await deleteSomeChunks(db, shopId, found.id, CHUNKS_AT_ONCE)) > 0) await nextTurn()
  await end(run, { state: 'done', isUndoable })
  await forgetOlder(run)
}

/** What older imports had found before them is not kept for ever. What breaks off here goes with the next import. */
async function forgetOlder(run: Run): Promise<void> {
  const { db, shopId, kind } = run
  const { forgetSome } = kind
  if (forgetSome === undefined) return
  const older = { kept: MAX_UNDOABLE, limit: MAX_UNDOABLE }
  for (const id of await listOlder(db, shopId, kind.kind, older)) {
    if (!(await endUndoing(db, shopId, id))) continue
    while (await inTransaction(run, (transaction) => forgetSome(transaction, shopId, id))) {
      await nextTurn()
    }
  }
}

async function undo(run: Run): Promise<void> {
  const { shopId, found, kind, isStopping } = run
  const { undoSome } = kind
  if (undoSome === undefined) throw new Error(`An import of ${kind.kind} can't be undone`)
  for (let undone = found.undone; ;) {
    const some = await inTransaction(run, async (transaction, batch) => {
      const taken = await undoSome(transaction, shopId, { ...batch, importId: found.id })
      const lease = { holder: run.holder, until: batch.at + LEASE_MS }
      const next = { undone: undone + taken.undone, ...lease }
      if (!(await updateProgress(transaction, shopId, found.id, next))) throw new TakenOver()
      return taken
    }).catch(leaveToOther)
    if (some === undefined) return
    undone += some.undone
    if (some.seen === 0) return end(run, { state: 'undone', isUndoable: false })
    if (isStopping()) return letGo(run)
    await nextTurn()
  }
}

/** How far it has come; undefined where another node has taken over, and nothing was written. */
async function writeBatch(
  run: Run,
  records: readonly SourceRecord[],
  before: ImportRow,
): Promise<ImportRow | undefined> {
  const { shopId, found, kind, holder, currency } = run
  const { id: importId, feedId, mapping } = found
  const own = { importId, feedId, records, mapping, currency }
  const ahead = await kind.writeAhead?.(shopId, { ...own, at: run.now() })
  return inTransaction(run, async (transaction, { at, between }) => {
    const batch = { ...own, at, between }
    const outcomes = ahead ?? (await kind.write?.(transaction, shopId, batch)) ?? []
    const faults = outcomes.flatMap((outcome, i) =>
      'fault' in outcome
        ? [{ ...outcome, line: records[i]?.line ?? 0, record: before.doneRecords + i }]
        : [],
    )
    const room = Math.max(0, MAX_FAULTS_KEPT - before.faultCount)
    await insertFaults(transaction, shopId, found.id, faults.slice(0, room))
    const counted = (name: 'created' | 'changed' | 'unchanged') =>
      before[name] + outcomes.filter((it) => 'outcome' in it && it.outcome === name).length
    const next = {
      doneLines: records.at(-1)?.line ?? before.doneLines,
      doneRecords: before.doneRecords + records.length,
      created: counted('created'),
      changed: counted('changed'),
      unchanged: counted('unchanged'),
      faultCount: before.faultCount + faults.length,
    }
    const lease = { holder, until: at + LEASE_MS }
    if (!(await updateProgress(transaction, shopId, found.id, { ...next, ...lease }))) {
      throw new TakenOver()
    }
    return { ...before, ...next }
  }).catch(leaveToOther)
}

/** Another node has taken the import over: what this one has just written must not stay. */
class TakenOver extends Error {}

function leaveToOther(error: unknown): undefined {
  if (!(error instanceof TakenOver)) throw error
  return undefined
}

interface Turn {
  readonly at: number
  readonly between: () => Promise<void> | undefined
}

function inTransaction<T>(
  { db, now }: Run,
  work: (transaction: Transaction, turn: Turn) => Promise<T>,
): Promise<T> {
  return db.transaction((sql) => {
    const breather = createBreather(() => performance.now())
    breather.begin()
    const transaction = { sql, t: db.t, holds: db.raw.dialect === 'postgres' }
    return work(transaction, { at: now(), between: () => breather.breathe() })
  })
}

async function end(
  { db, shopId, found, holder }: Run,
  last: { readonly state: 'done' | 'undone'; readonly isUndoable: boolean },
): Promise<void> {
  await updateProgress(db, shopId, found.id, { ...last, holder, until: null })
}

async function letGo({ db, shopId, found, holder }: Run): Promise<void> {
  await updateProgress(db, shopId, found.id, { holder, until: null })
}

async function* piecesOf(db: Database, shopId: number, importId: number): AsyncIterable<Buffer> {
  for (let position = 0; ; position += 1) {
    const bytes = await findChunk(db, shopId, importId, position)
    if (bytes === undefined) return
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
      yield bytes.subarray(from, from + PIECE_BYTES)
    }
  }
}

async function* batchesOf(
  records: AsyncIterable<SourceRecord>,
  skip: number,
): AsyncIterable<SourceRecord[]> {
  let batch: SourceRecord[] = []
  let seen = 0
  for await (const record of records) {
    seen += 1
    if (seen <= skip) continue
    batch.push(record)
    if (batch.length < BATCH_RECORDS) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
