import type { ListImport, Mapping } from '#protocol/customers.ts'
import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import { runImport } from './import-run.ts'
import {
  countOpen,
  deleteAbandoned,
  deleteImport,
  findImport,
  insertChunk,
  insertImport,
  listStalled,
  setFormat,
  startImport,
  type ImportRow,
} from './import-store.ts'
import type { WhenListed } from './list-changes.ts'
import { createListFormatFinder } from './list-format.ts'
import { requireList } from './lists.ts'

export interface ListImports {
  /** Keeps a CSV file as it arrives, and says what it looks like. Nothing is in the list yet. */
  readonly uploadImport: (
    shopId: number,
    listId: string,
    pieces: AsyncIterable<Buffer>,
  ) => Promise<ListImport>
  /** Begins to read an uploaded file; goes on after the answer. */
  readonly startImport: (
    shopId: number,
    importId: string,
    mapping: Mapping,
    by: Actor,
  ) => Promise<ListImport>
  readonly findImport: (shopId: number, importId: string) => Promise<ListImport>
  /** Goes on with what a node that died has left. */
  readonly resumeImports: () => Promise<void>
  /** Ends after the batch at hand; another node, or the next start, goes on. */
  readonly drain: () => Promise<void>
}

interface ImportsDeps {
  readonly db: Database
  readonly now: Clock
  readonly log: Pick<Log, 'error'>
  readonly whenListed: WhenListed
}

const CHUNK_BYTES = 256 * 1024
const MAX_OPEN_IMPORTS = 20
const ABANDONED_AFTER_MS = 24 * 3_600_000

export function createListImports({ db, now, log, whenListed }: ImportsDeps): ListImports {
  const running = new Set<Promise<void>>()
  let isDraining = false

  function run(shopId: number, importId: number): void {
    if (isDraining) return
    const deps = { db, now, whenListed, isStopping: () => isDraining }
    const work = runImport(deps, shopId, importId)
      // It stands as running; whoever looks at it once its lease is over starts it again.
      .catch((error: unknown) => log.error({ err: error }, 'An import was interrupted'))
      .finally(() => running.delete(work))
    running.add(work)
  }

  async function requireImport(shopId: number, importId: string) {
    const found = await findImport(db, shopId, Buffer.from(importId, 'base64url'))
    if (found === undefined) throw new Refusal('not_found', 'There is no such import')
    return found
  }

  return {
    async uploadImport(shopId, listId, pieces) {
      const list = await requireList(db, shopId, listId)
      await deleteAbandoned(db, shopId, now() - ABANDONED_AFTER_MS)
      const made = await insertImport(db, shopId, { listId: list.id, createdAt: now() })
      try {
        // Counted with this one, so that of any number at once none is too many.
        if ((await countOpen(db, shopId)) > MAX_OPEN_IMPORTS) {
          throw new Refusal('conflict', 'Too many imports wait: start some of them first')
        }
        await keepPieces(db, shopId, made, pieces)
      } catch (error) {
        await deleteImport(db, shopId, made.id)
        throw error
      }
      return importOf(await requireImport(shopId, made.publicId.toString('base64url')))
    },

    async startImport(shopId, importId, mapping, by) {
      const found = await requireImport(shopId, importId)
      const named = Object.values(mapping).filter((it) => it !== undefined)
      const unknown = named.filter((it) => !found.columns.includes(it))
      if (unknown.length > 0) {
        throw new Refusal('bad_request', `The file has no column "${unknown.join('", "')}"`)
      }
      await db.transaction(async (sql) => {
        const transaction = { sql, t: db.t }
        if (!(await startImport(transaction, shopId, found.id, mapping))) {
          throw new Refusal('conflict', 'This import was started before')
        }
        await recordChange(transaction, shopId, {
          by,
          at: now(),
          action: 'contact_list.import_started',
          object: { kind: 'contact_list', id: found.listPublicId.toString('base64url') },
          before: null,
          after: { importId, lines: found.lines },
        })
      })
      run(shopId, found.id)
      return importOf(await requireImport(shopId, importId))
    },

    async findImport(shopId, importId) {
      const found = await requireImport(shopId, importId)
      const isStalled = found.state === 'running' && (found.leaseUntil ?? 0) < now()
      if (isStalled) run(shopId, found.id)
      return importOf(found)
    },

    async resumeImports() {
      for (const { shopId, id } of await listStalled(db, now())) run(shopId, id)
    },

    async drain() {
      isDraining = true
      await Promise.all(running)
    },
  }
}

async function keepPieces(
  db: Database,
  shopId: number,
  { id: importId }: ImportRow,
  pieces: AsyncIterable<Buffer>,
): Promise<void> {
  const format = createListFormatFinder()
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let position = 0
  const flush = async () => {
    await insertChunk(db, shopId, { importId, position, bytes: Buffer.concat(waiting) })
    position += 1
    waiting = []
    waitingBytes = 0
  }
  for await (const piece of pieces) {
    format.look(piece)
    waiting.push(piece)
    waitingBytes += piece.length
    if (waitingBytes >= CHUNK_BYTES) await flush()
  }
  if (waitingBytes > 0) await flush()
  if (position === 0) throw new Refusal('bad_request', 'The file is empty')
  await setFormat(db, shopId, importId, format.found())
}

function importOf(row: ImportRow & { readonly listPublicId: Buffer }): ListImport {
  const { state, columns, sample, mapping, lines, doneLines } = row
  const { added, alreadyThere, faultCount, faults } = row
  return {
    id: row.publicId.toString('base64url'),
    listId: row.listPublicId.toString('base64url'),
    state,
    columns,
    sample,
    mapping,
    lines,
    doneLines,
    added,
    alreadyThere,
    faultCount,
    faults,
  }
}
