import { randomBytes } from 'node:crypto'
import { and, asc, desc, eq, gt, inArray, isNull, lt, or } from 'drizzle-orm'
import type { FileFault, FileImportState, FileMapping, ImportKindName } from '#protocol/imports.ts'
import type { Database } from '../../db/database.ts'
import { inGroups } from '../../db/padded.ts'
import type { Handle } from '../search-index.ts'
import type { FileLayout } from './file-format.ts'

export type ImportRow = Omit<Database['t']['fileImports']['$inferSelect'], 'shopId'>

/** How far an import has come. */
export type ImportProgress = Partial<
  Pick<
    ImportRow,
    | 'state'
    | 'doneLines'
    | 'doneRecords'
    | 'created'
    | 'changed'
    | 'unchanged'
    | 'faultCount'
    | 'isUndoable'
    | 'undone'
  >
>

const NOTHING_DONE = {
  lines: 0,
  doneLines: 0,
  doneRecords: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  faultCount: 0,
  isUndoable: false,
  undone: 0,
}

const UNKNOWN_LAYOUT = {
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  hasHeader: true,
  columns: [],
  sample: [],
  mapping: { fields: {}, attributes: [], decimal: '.' } as FileMapping,
} as const

export async function insertImport(
  { sql, t }: Handle,
  shopId: number,
  {
    kind,
    createdAt,
    feedId = null,
  }: Pick<ImportRow, 'kind' | 'createdAt'> & { feedId?: number | null },
): Promise<ImportRow> {
  const row = {
    ...UNKNOWN_LAYOUT,
    ...NOTHING_DONE,
    state: 'uploading',
    kind,
    createdAt,
    feedId,
  } as const
  const [made] = await sql
    .insert(t.fileImports)
    .values({ ...row, shopId, publicId: randomBytes(16) })
    .returning()
  if (made === undefined) throw new Error('An import was not made')
  return made
}

export async function insertChunk(
  { sql, t }: Handle,
  shopId: number,
  chunk: { readonly importId: number; readonly position: number; readonly bytes: Buffer },
): Promise<void> {
  await sql.insert(t.fileImportChunks).values({ ...chunk, shopId })
}

export async function findChunk(
  { sql, t }: Handle,
  shopId: number,
  importId: number,
  position: number,
): Promise<Buffer | undefined> {
  const { fileImportChunks: chunks } = t
  const [found] = await sql
    .select({ bytes: chunks.bytes })
    .from(chunks)
    .where(
      and(eq(chunks.shopId, shopId), eq(chunks.importId, importId), eq(chunks.position, position)),
    )
  return found?.bytes
}

/** The first few that are left, for a large file's pages are many. Answers how many there were. */
export async function deleteSomeChunks(
  { sql, t }: Handle,
  shopId: number,
  importId: number,
  limit: number,
): Promise<number> {
  const { fileImportChunks: chunks } = t
  const isIts = and(eq(chunks.shopId, shopId), eq(chunks.importId, importId))
  const some = await sql
    .select({ position: chunks.position })
    .from(chunks)
    .where(isIts)
    .orderBy(asc(chunks.position))
    .limit(limit)
  const last = some.at(-1)
  if (last === undefined) return 0
  await sql.delete(chunks).where(and(isIts, lt(chunks.position, last.position + 1)))
  return some.length
}

export async function setLayout(
  { sql, t }: Handle,
  shopId: number,
  id: number,
  layout: FileLayout & { readonly mapping: FileMapping },
): Promise<void> {
  await sql
    .update(t.fileImports)
    .set({ ...layout, state: 'uploaded' })
    .where(and(eq(t.fileImports.shopId, shopId), eq(t.fileImports.id, id)))
}

export async function findImport(
  { sql, t }: Handle,
  shopId: number,
  kind: ImportKindName,
  publicId: Buffer,
): Promise<ImportRow | undefined> {
  const { fileImports: imports } = t
  const [found] = await sql
    .select()
    .from(imports)
    .where(and(eq(imports.shopId, shopId), eq(imports.publicId, publicId), eq(imports.kind, kind)))
  return found
}

export async function findImportRow(
  { sql, t }: Handle,
  shopId: number,
  id: number,
): Promise<ImportRow | undefined> {
  const { fileImports: imports } = t
  const [found] = await sql
    .select()
    .from(imports)
    .where(and(eq(imports.shopId, shopId), eq(imports.id, id)))
  return found
}

/** The newest first, those before row `before`. */
export async function listImports(
  { sql, t }: Handle,
  shopId: number,
  kind: ImportKindName,
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<ImportRow[]> {
  const { fileImports: imports } = t
  return sql
    .select()
    .from(imports)
    .where(and(eq(imports.shopId, shopId), eq(imports.kind, kind), lt(imports.id, before)))
    .orderBy(desc(imports.id))
    .limit(limit)
}

/** The `limit` imports that come before the newest `kept` of those that are done. */
export async function listOlder(
  { sql, t }: Handle,
  shopId: number,
  kind: ImportKindName,
  { kept, limit }: { readonly kept: number; readonly limit: number },
): Promise<number[]> {
  const { fileImports: imports } = t
  const rows = await sql
    .select({ id: imports.id })
    .from(imports)
    .where(and(eq(imports.shopId, shopId), eq(imports.kind, kind), eq(imports.state, 'done')))
    .orderBy(desc(imports.id))
    .limit(limit)
    .offset(kept)
  return rows.map(({ id }) => id)
}

/** From now on nobody can begin to undo it. False: somebody has. */
export async function endUndoing({ sql, t }: Handle, shopId: number, id: number): Promise<boolean> {
  const { fileImports: imports } = t
  const ended = await sql
    .update(imports)
    .set({ isUndoable: false })
    .where(and(eq(imports.shopId, shopId), eq(imports.id, id), eq(imports.state, 'done')))
    .returning({ id: imports.id })
  return ended.length > 0
}

/** From one state to another: of any number of attempts one succeeds. */
export async function moveImport(
  { sql, t }: Handle,
  shopId: number,
  id: number,
  { from, ...to }: { from: FileImportState; state: FileImportState; mapping?: FileMapping },
): Promise<boolean> {
  const { fileImports: imports } = t
  const isReady = from === 'done' ? eq(imports.isUndoable, true) : undefined
  const moved = await sql
    .update(imports)
    .set(to)
    .where(and(eq(imports.shopId, shopId), eq(imports.id, id), eq(imports.state, from), isReady))
    .returning({ id: imports.id })
  return moved.length > 0
}

const AT_WORK: FileImportState[] = ['running', 'undoing']

/** Takes an import that nobody is at work on; of any number of nodes one gets it. */
export async function leaseImport(
  { sql, t }: Handle,
  shopId: number,
  id: number,
  lease: { readonly holder: string; readonly now: number; readonly until: number },
): Promise<ImportRow | undefined> {
  const { fileImports: imports } = t
  const isFree = or(isNull(imports.leaseUntil), lt(imports.leaseUntil, lease.now))
  const [leased] = await sql
    .update(imports)
    .set({ leaseHolder: lease.holder, leaseUntil: lease.until })
    .where(
      and(eq(imports.shopId, shopId), eq(imports.id, id), inArray(imports.state, AT_WORK), isFree),
    )
    .returning()
  return leased
}

/** Writes how far it has come and keeps the lease; false once another node has taken it over. */
export async function updateProgress(
  { sql, t }: Handle,
  shopId: number,
  id: number,
  { holder, until, ...progress }: ImportProgress & { holder: string; until: number | null },
): Promise<boolean> {
  const { fileImports: imports } = t
  const kept = await sql
    .update(imports)
    .set({ ...progress, leaseUntil: until })
    .where(and(eq(imports.shopId, shopId), eq(imports.id, id), eq(imports.leaseHolder, holder)))
    .returning({ id: imports.id })
  return kept.length > 0
}

/** Those of every shop that nobody is at work on: a node that starts asks for no shop. */
export async function listStalled(
  { sql, t }: Handle,
  now: number,
): Promise<{ readonly shopId: number; readonly id: number }[]> {
  const { fileImports: imports } = t
  return sql
    .select({ shopId: imports.shopId, id: imports.id })
    .from(imports)
    .where(
      and(
        inArray(imports.state, AT_WORK),
        or(isNull(imports.leaseUntil), lt(imports.leaseUntil, now)),
      ),
    )
    .orderBy(asc(imports.id))
}

export async function deleteImport({ sql, t }: Handle, shopId: number, id: number): Promise<void> {
  const { fileImports: imports } = t
  await sql.delete(imports).where(and(eq(imports.shopId, shopId), eq(imports.id, id)))
}

const UNSTARTED: FileImportState[] = ['uploading', 'uploaded']

/** Files that nobody came back to. */
export async function deleteAbandoned(
  { sql, t }: Handle,
  shopId: number,
  before: number,
): Promise<void> {
  const { fileImports: imports } = t
  await sql
    .delete(imports)
    .where(
      and(
        eq(imports.shopId, shopId),
        inArray(imports.state, UNSTARTED),
        lt(imports.createdAt, before),
      ),
    )
}

/** How many of the shop's wait to be started or done. */
export async function countOpen({ sql, t }: Handle, shopId: number): Promise<number> {
  const { fileImports: imports } = t
  const isOpen = inArray(imports.state, [...UNSTARTED, ...AT_WORK])
  return sql.$count(imports, and(eq(imports.shopId, shopId), isOpen))
}

export async function insertFaults(
  { sql, t }: Handle,
  shopId: number,
  importId: number,
  faults: readonly (FileFault & { readonly record: number })[],
): Promise<void> {
  const rows = faults.map((fault) => ({ ...fault, shopId, importId }))
  for (const group of inGroups(rows)) await sql.insert(t.fileImportFaults).values(group)
}

/** In the order of the file, those behind record `after`. */
export async function listFaults(
  { sql, t }: Handle,
  shopId: number,
  importId: number,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<(FileFault & { readonly record: number })[]> {
  const { record, line, fault, detail, ...columns } = t.fileImportFaults
  return sql
    .select({ record, line, fault, detail })
    .from(t.fileImportFaults)
    .where(and(eq(columns.shopId, shopId), eq(columns.importId, importId), gt(record, after)))
    .orderBy(asc(record))
    .limit(limit)
}
