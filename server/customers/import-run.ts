import { randomUUID } from 'node:crypto'
import { ADDRESS_KINDS, type Address, type LineFault } from '#protocol/customers.ts'
import type { Clock } from '../core/clock.ts'
import { csvRecords, type CsvRecord } from '../core/csv-records.ts'
import type { Database } from '../db/database.ts'
import { readAddress } from './addresses.ts'
import {
  deleteChunks,
  findChunk,
  leaseImport,
  updateProgress,
  type ImportProgress,
  type ImportRow,
} from './import-store.ts'
import { tellOfLists, type WhenListed } from './list-changes.ts'
import { insertMembers } from './list-store.ts'

interface RunDeps {
  readonly db: Database
  readonly now: Clock
  readonly whenListed: WhenListed
  /** Asked after each batch: a server that is stopping leaves the rest to the next one. */
  readonly isStopping: () => boolean
}

const LEASE_MS = 30_000
/** Small enough that events never wait long for SQLite's only writer. */
const BATCH_RECORDS = 500
const MAX_FAULTS_KEPT = 100

const BAD: Record<(typeof ADDRESS_KINDS)[number], LineFault> = {
  userId: 'bad_user_id',
  email: 'bad_email',
  phone: 'bad_phone',
}

/**
 * Reads what was uploaded into its list, from where it was left, unless another node is at it. Members and progress are
 * written in one transaction, so that whoever goes on after a crash counts nothing twice.
 */
export async function runImport(
  { db, now, whenListed, isStopping }: RunDeps,
  shopId: number,
  importId: number,
): Promise<void> {
  const holder = randomUUID()
  const lease = { holder, now: now(), until: now() + LEASE_MS }
  const found = await leaseImport(db, shopId, importId, lease)
  if (found === undefined) return
  let progress: ImportProgress = found
  const pieces = chunksOf(db, shopId, importId)
  for await (const batch of batchesOf(csvRecords(pieces, found), found.doneRecords)) {
    const written = await writeBatch({ db, now, whenListed }, shopId, {
      found,
      holder,
      batch,
      progress,
    })
    if (written === undefined) return
    progress = written
    if (isStopping()) {
      await updateProgress(db, shopId, importId, { ...progress, holder, until: null })
      return
    }
  }
  await db.transaction(async (sql) => {
    const transaction = { sql, t: db.t }
    const end = { ...progress, state: 'done', holder, until: null } as const
    const isOurs = await updateProgress(transaction, shopId, importId, end)
    if (isOurs) await deleteChunks(transaction, shopId, importId)
  })
}

interface Step {
  readonly found: ImportRow
  readonly holder: string
  readonly batch: readonly CsvRecord[]
  readonly progress: ImportProgress
}

/** What has been done with it; undefined where another node has taken over. */
async function writeBatch(
  { db, now, whenListed }: Omit<RunDeps, 'isStopping'>,
  shopId: number,
  { found, holder, batch, progress }: Step,
): Promise<ImportProgress | undefined> {
  const read = batch.map((record) => ({ line: record.line, said: addressOf(record, found) }))
  const addresses = read.flatMap(({ said }) => (typeof said === 'string' ? [] : [said]))
  const faults = read.flatMap(({ line, said }) =>
    typeof said === 'string' ? [{ line, fault: said }] : [],
  )
  return db.transaction(async (sql) => {
    const transaction = { sql, t: db.t }
    const at = now()
    const added = await insertMembers(transaction, shopId, found.listId, { addresses, at })
    await tellOfLists(transaction, shopId, addresses, whenListed)
    const next: ImportProgress = {
      state: 'running',
      doneLines: batch.at(-1)?.line ?? progress.doneLines,
      doneRecords: progress.doneRecords + batch.length,
      added: progress.added + added,
      alreadyThere: progress.alreadyThere + addresses.length - added,
      faultCount: progress.faultCount + faults.length,
      faults: [...progress.faults, ...faults].slice(0, MAX_FAULTS_KEPT),
    }
    const lease = { holder, until: at + LEASE_MS }
    const isOurs = await updateProgress(transaction, shopId, found.id, { ...next, ...lease })
    // What was added stays added: the other node counts it as already there.
    return isOurs ? next : undefined
  })
}

/** The surest address of a line, or what is wrong with it. */
function addressOf(
  { cells }: CsvRecord,
  { columns, mapping }: Pick<ImportRow, 'columns' | 'mapping'>,
): Address | LineFault {
  if (cells === undefined) return 'bad_csv'
  let fault: LineFault = 'no_address'
  for (const kind of ADDRESS_KINDS) {
    const column = mapping[kind]
    const value = column === undefined ? '' : (cells[columns.indexOf(column)] ?? '').trim()
    if (value === '') continue
    const address = readAddress({ kind, value })
    if (address !== undefined) return address
    if (fault === 'no_address') fault = BAD[kind]
  }
  return fault
}

async function* chunksOf(db: Database, shopId: number, importId: number): AsyncIterable<Buffer> {
  for (let position = 0; ; position += 1) {
    const bytes = await findChunk(db, shopId, importId, position)
    if (bytes === undefined) return
    yield bytes
  }
}

async function* batchesOf(
  records: AsyncIterable<CsvRecord>,
  skip: number,
): AsyncIterable<CsvRecord[]> {
  let batch: CsvRecord[] = []
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
