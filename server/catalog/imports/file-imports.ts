import { setTimeout } from 'node:timers/promises'
import type { FileFault, FileImport, FileMapping, ImportKindName } from '#protocol/imports.ts'
import { recordChange } from '../../audit/service.ts'
import type { Actor } from '../../core/actor.ts'
import type { Clock } from '../../core/clock.ts'
import { Refusal } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { Database } from '../../db/database.ts'
import { createFileLayoutFinder, guessMapping } from './file-format.ts'
import type { ImportKind } from './import-kind.ts'
import * as store from './import-store.ts'
import { runImport } from './run-import.ts'

/** Files of products, customers and orders, from their upload to their undoing. */
export interface FileImports {
  /** Keeps a file as it arrives, and says what it looks like. Nothing of it is anywhere yet. */
  readonly upload: (
    shopId: number,
    kind: ImportKindName,
    pieces: AsyncIterable<Buffer>,
  ) => Promise<FileImport>
  /** Begins to read an uploaded file; goes on after the answer. */
  readonly start: (
    shopId: number,
    kind: ImportKindName,
    importId: string,
    /** `by`: whom the audit log names; nobody where a schedule did it. */
    start: { readonly mapping: FileMapping; readonly by: Actor | undefined },
  ) => Promise<FileImport>
  /** The same as `upload` for products that a feed brought; `columns`: of lines of JSON, where they are known. */
  readonly uploadFetched: (
    shopId: number,
    fetched: {
      readonly feedId: number
      readonly pieces: AsyncIterable<Buffer>
      readonly columns?: readonly string[]
    },
  ) => Promise<{ readonly id: string; readonly row: number; readonly mapping: FileMapping }>
  /** Forgets an upload that was not started. */
  readonly discard: (shopId: number, importId: string) => Promise<void>
  /** Resolves once nobody is at work on an import any more, and goes on with one that was left. */
  readonly settled: (shopId: number, row: number, signal: AbortSignal) => Promise<void>
  /** Begins to put back what was there before; what has been changed since stays. */
  readonly undo: (
    shopId: number,
    kind: ImportKindName,
    importId: string,
    by: Actor,
  ) => Promise<FileImport>
  readonly find: (shopId: number, kind: ImportKindName, importId: string) => Promise<FileImport>
  /** The newest first. */
  readonly list: (
    shopId: number,
    kind: ImportKindName,
    page: { readonly cursor: string | undefined; readonly limit: number },
  ) => Promise<{ readonly items: readonly FileImport[]; readonly nextCursor: string | null }>
  /** All that are kept, in the order of the file. */
  readonly faults: (
    shopId: number,
    kind: ImportKindName,
    importId: string,
  ) => Promise<readonly FileFault[]>
  /** Goes on with what a node that died has left. */
  readonly resume: () => Promise<void>
  /** Ends after the batch at hand; another node, or the next start, goes on. */
  readonly drain: () => Promise<void>
}

interface FileImportsDeps {
  readonly db: Database
  readonly now: Clock
  readonly log: Pick<Log, 'error'>
  readonly kinds: readonly ImportKind[]
  /** ISO 4217: of amounts that name none. */
  readonly currencyOf: (shopId: number) => Promise<string>
}

/** Whether another node has done it. */
const LOOK_AGAIN_MS = 1_000
const CHUNK_BYTES = 256 * 1024
const MAX_OPEN_IMPORTS = 20
const ABANDONED_AFTER_MS = 24 * 3_600_000
const FAULTS_SHOWN = 100
const FAULTS_AT_ONCE = 2_000

export function createFileImports(given: FileImportsDeps): FileImports {
  const { db, now, log, kinds, currencyOf } = given
  const running = new Map<Promise<void>, number>()
  let isDraining = false

  function kindOf(name: ImportKindName): ImportKind {
    const kind = kinds.find((it) => it.kind === name)
    if (kind === undefined) throw new Error(`Nobody imports ${name}`)
    return kind
  }

  function run(shopId: number, importId: number): void {
    if (isDraining) return
    const deps = { db, now, kindOf, currencyOf, isStopping: () => isDraining }
    const work = runImport(deps, shopId, importId)
      // It stands as running; whoever looks at it once its lease is over starts it again.
      .catch((error: unknown) => log.error({ err: error }, 'An import was interrupted'))
      .finally(() => running.delete(work))
    running.set(work, importId)
  }

  async function require(shopId: number, kind: ImportKindName, importId: string) {
    const found = await store.findImport(db, shopId, kind, Buffer.from(importId, 'base64url'))
    if (found === undefined) throw new Refusal('not_found', 'There is no such import')
    return found
  }

  async function show(shopId: number, row: store.ImportRow): Promise<FileImport> {
    const page = { after: -1, limit: FAULTS_SHOWN }
    const faults = row.faultCount === 0 ? [] : await store.listFaults(db, shopId, row.id, page)
    return importOf(row, kindOf(row.kind), faults.map(faultOf))
  }

  async function find(shopId: number, kind: ImportKindName, importId: string) {
    const found = await require(shopId, kind, importId)
    const isAtWork = found.state === 'running' || found.state === 'undoing'
    if (isAtWork && (found.leaseUntil ?? 0) < now()) run(shopId, found.id)
    return show(shopId, found)
  }

  /** With its entry in the audit log; false: it was moved before. */
  function moved(
    shopId: number,
    { id, publicId, kind, lines }: store.ImportRow,
    move: Parameters<typeof store.moveImport>[3],
    by: Actor | undefined,
  ): Promise<boolean> {
    return db.transaction(async (sql) => {
      const transaction = { sql, t: db.t }
      if (!(await store.moveImport(transaction, shopId, id, move))) return false
      if (by === undefined) return true
      await recordChange(transaction, shopId, {
        by,
        at: now(),
        action: move.state === 'running' ? 'import.started' : 'import.undone',
        object: { kind: 'import', id: publicId.toString('base64url') },
        before: null,
        after: { kind, lines },
      })
      return true
    })
  }

  return {
    async upload(shopId, kind, pieces) {
      await store.deleteAbandoned(db, shopId, now() - ABANDONED_AFTER_MS)
      const made = await store.insertImport(db, shopId, { kind, createdAt: now() })
      try {
        // Counted with this one, so that of any number at once none is too many.
        if ((await store.countOpen(db, shopId)) > MAX_OPEN_IMPORTS) {
          throw new Refusal('conflict', 'Too many imports wait: start some of them first')
        }
        await keepPieces(db, shopId, { importId: made.id, kind: kindOf(kind), pieces })
      } catch (error) {
        await store.deleteImport(db, shopId, made.id)
        throw error
      }
      return find(shopId, kind, made.publicId.toString('base64url'))
    },

    async uploadFetched(shopId, { feedId, pieces, columns }) {
      const made = await store.insertImport(db, shopId, {
        kind: 'products',
        createdAt: now(),
        feedId,
      })
      try {
        await keepPieces(db, shopId, {
          importId: made.id,
          kind: kindOf('products'),
          pieces,
          ...(columns !== undefined && { columns }),
        })
      } catch (error) {
        await store.deleteImport(db, shopId, made.id)
        throw error
      }
      const id = made.publicId.toString('base64url')
      const { mapping } = await require(shopId, 'products', id)
      return { id, row: made.id, mapping }
    },

    async discard(shopId, importId) {
      const { id, state } = await require(shopId, 'products', importId)
      if (state === 'uploaded') await store.deleteImport(db, shopId, id)
    },

    async settled(shopId, row, signal) {
      for (;;) {
        signal.throwIfAborted()
        const found = await store.findImportRow(db, shopId, row)
        if (found?.state !== 'running') return
        if ((found.leaseUntil ?? 0) < now()) run(shopId, row)
        const work = [...running].find(([, importId]) => importId === row)?.[0]
        await Promise.race([work ?? setTimeout(LOOK_AGAIN_MS), stopped(signal)])
      }
    },

    async start(shopId, kind, importId, { mapping, by }) {
      const found = await require(shopId, kind, importId)
      refuseMapping(mapping, found, kindOf(kind))
      const move = { from: 'uploaded', state: 'running', mapping } as const
      if (!(await moved(shopId, found, move, by))) {
        throw new Refusal('conflict', 'This import was started before')
      }
      run(shopId, found.id)
      return find(shopId, kind, importId)
    },

    async undo(shopId, kind, importId, by) {
      const found = await require(shopId, kind, importId)
      const move = { from: 'done', state: 'undoing' } as const
      if (!(await moved(shopId, found, move, by))) {
        throw new Refusal('conflict', 'Only an import that is done can be undone, and only once')
      }
      run(shopId, found.id)
      return find(shopId, kind, importId)
    },

    find,

    async list(shopId, kind, { cursor, limit }) {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : rowOfCursor(cursor)
      const page = { before, limit: limit + 1 }
      const rows = await store.listImports(db, shopId, kind, page)
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return {
        items: shown.map((row) => importOf(row, kindOf(row.kind), [])),
        nextCursor: last === undefined ? null : String(last.id),
      }
    },

    async faults(shopId, kind, importId) {
      const found = await require(shopId, kind, importId)
      const all: FileFault[] = []
      for (let after = -1; ;) {
        const page = { after, limit: FAULTS_AT_ONCE }
        const some = await store.listFaults(db, shopId, found.id, page)
        all.push(...some.map(faultOf))
        after = some.at(-1)?.record ?? after
        if (some.length < FAULTS_AT_ONCE) return all
      }
    },

    async resume() {
      for (const { shopId, id } of await store.listStalled(db, now())) run(shopId, id)
    },

    async drain() {
      isDraining = true
      await Promise.all(running.keys())
    },
  }
}

interface Upload {
  readonly importId: number
  readonly kind: ImportKind
  readonly pieces: AsyncIterable<Buffer>
  readonly columns?: readonly string[]
}

/** Resolves when the server stops. */
function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function keepPieces(
  db: Database,
  shopId: number,
  { importId, kind, pieces, columns }: Upload,
): Promise<void> {
  const finder = createFileLayoutFinder()
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let position = 0
  const flush = async () => {
    await store.insertChunk(db, shopId, { importId, position, bytes: Buffer.concat(waiting) })
    position += 1
    waiting = []
    waitingBytes = 0
  }
  for await (const piece of pieces) {
    finder.look(piece)
    waiting.push(piece)
    waitingBytes += piece.length
    if (waitingBytes >= CHUNK_BYTES) await flush()
  }
  if (waitingBytes > 0) await flush()
  if (position === 0) throw new Refusal('bad_request', 'The file is empty')
  const found = finder.found()
  const layout =
    columns === undefined
      ? found
      : { ...found, format: 'jsonl' as const, encoding: 'utf-8' as const, columns }
  const mapping = guessMapping(layout, kind)
  await store.setLayout(db, shopId, importId, { ...layout, mapping })
}

function refuseMapping(
  { fields, attributes }: FileMapping,
  { columns }: store.ImportRow,
  kind: ImportKind,
): void {
  const named = [...Object.values(fields), ...attributes.map(({ column }) => column)]
  const missing = named.filter((it) => !columns.includes(it))
  if (missing.length > 0) {
    throw new Refusal('bad_request', `The file has no column "${missing.join('", "')}"`)
  }
  const known = kind.fields.map(({ name }) => name)
  const unknown = Object.keys(fields).filter((it) => !known.includes(it))
  if (unknown.length > 0) {
    throw new Refusal('bad_request', `No field is called "${unknown.join('", "')}"`)
  }
  if (!kind.names.some((name) => fields[name] !== undefined)) {
    throw new Refusal('bad_request', `Name the column of ${kind.names.join(' or ')}`)
  }
}

function rowOfCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) throw new Refusal('bad_request', 'The cursor is none of ours')
  return Number(cursor)
}

function faultOf({ line, fault, detail }: FileFault): FileFault {
  return { line, fault, detail }
}

function importOf(
  row: store.ImportRow,
  { fields }: ImportKind,
  faults: readonly FileFault[],
): FileImport {
  return {
    id: row.publicId.toString('base64url'),
    kind: row.kind,
    state: row.state,
    format: row.format,
    columns: row.columns,
    sample: row.sample,
    mapping: row.mapping,
    fields: fields.map(({ name }) => name),
    lines: row.lines,
    doneLines: row.doneLines,
    created: row.created,
    changed: row.changed,
    unchanged: row.unchanged,
    faultCount: row.faultCount,
    faults,
    isUndoable: row.isUndoable,
    undone: row.undone,
    createdAt: row.createdAt,
  }
}
