import { randomBytes } from 'node:crypto'
import { and, asc, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import type { ImportState, Mapping } from '#protocol/customers.ts'
import type { Database } from '../db/database.ts'
import type { Transaction } from './customer-store.ts'
import type { ListFormat } from './list-format.ts'

export type ImportRow = Omit<Database['t']['listImports']['$inferSelect'], 'shopId'>

/** How far an import has come. */
export type ImportProgress = Pick<
  ImportRow,
  'state' | 'doneLines' | 'doneRecords' | 'added' | 'alreadyThere' | 'faultCount' | 'faults'
>

const NO_PROGRESS = {
  doneLines: 0,
  doneRecords: 0,
  added: 0,
  alreadyThere: 0,
  faultCount: 0,
  faults: [],
}

const UNKNOWN_FORMAT = {
  encoding: 'utf-8',
  delimiter: ',',
  hasHeader: true,
  columns: [],
  sample: [],
  mapping: {},
  lines: 0,
} as const

export async function insertImport(
  { sql, t }: Transaction,
  shopId: number,
  { listId, createdAt }: { readonly listId: number; readonly createdAt: number },
): Promise<ImportRow> {
  const [made] = await sql
    .insert(t.listImports)
    .values({
      ...UNKNOWN_FORMAT,
      ...NO_PROGRESS,
      state: 'uploading',
      shopId,
      listId,
      createdAt,
      publicId: randomBytes(16),
    })
    .returning()
  if (made === undefined) throw new Error('An import was not made')
  return made
}

export async function insertChunk(
  { sql, t }: Transaction,
  shopId: number,
  chunk: { readonly importId: number; readonly position: number; readonly bytes: Buffer },
): Promise<void> {
  await sql.insert(t.listImportChunks).values({ ...chunk, shopId })
}

export async function findChunk(
  { sql, t }: Transaction,
  shopId: number,
  importId: number,
  position: number,
): Promise<Buffer | undefined> {
  const { listImportChunks: chunks } = t
  const [found] = await sql
    .select({ bytes: chunks.bytes })
    .from(chunks)
    .where(
      and(eq(chunks.shopId, shopId), eq(chunks.importId, importId), eq(chunks.position, position)),
    )
  return found?.bytes
}

export async function deleteChunks(
  { sql, t }: Transaction,
  shopId: number,
  importId: number,
): Promise<void> {
  const { listImportChunks: chunks } = t
  await sql.delete(chunks).where(and(eq(chunks.shopId, shopId), eq(chunks.importId, importId)))
}

export async function setFormat(
  { sql, t }: Transaction,
  shopId: number,
  id: number,
  format: ListFormat,
): Promise<void> {
  await sql
    .update(t.listImports)
    .set({ ...format, state: 'uploaded' })
    .where(and(eq(t.listImports.shopId, shopId), eq(t.listImports.id, id)))
}

export async function findImport(
  { sql, t }: Transaction,
  shopId: number,
  publicId: Buffer,
): Promise<(ImportRow & { readonly listPublicId: Buffer }) | undefined> {
  const { listImports: imports, contactLists: lists } = t
  const [found] = await sql
    .select({ row: imports, listPublicId: lists.publicId })
    .from(imports)
    .innerJoin(lists, eq(lists.id, imports.listId))
    .where(and(eq(imports.shopId, shopId), eq(imports.publicId, publicId)))
  return found === undefined ? undefined : { ...found.row, listPublicId: found.listPublicId }
}

/** Of any number of attempts one starts it. */
export async function startImport(
  { sql, t }: Transaction,
  shopId: number,
  id: number,
  mapping: Mapping,
): Promise<boolean> {
  const { listImports: imports } = t
  const started = await sql
    .update(imports)
    .set({ state: 'running', mapping })
    .where(and(eq(imports.shopId, shopId), eq(imports.id, id), eq(imports.state, 'uploaded')))
    .returning({ id: imports.id })
  return started.length > 0
}

/** Takes a running import that nobody is at work on; of any number of nodes one gets it. */
export async function leaseImport(
  { sql, t }: Transaction,
  shopId: number,
  id: number,
  lease: { readonly holder: string; readonly now: number; readonly until: number },
): Promise<ImportRow | undefined> {
  const { listImports: imports } = t
  const isFree = or(isNull(imports.leaseUntil), lt(imports.leaseUntil, lease.now))
  const [leased] = await sql
    .update(imports)
    .set({ leaseHolder: lease.holder, leaseUntil: lease.until })
    .where(
      and(eq(imports.shopId, shopId), eq(imports.id, id), eq(imports.state, 'running'), isFree),
    )
    .returning()
  return leased
}

/** Writes how far it has come and keeps the lease; false once another node has taken it over. */
export async function updateProgress(
  { sql, t }: Transaction,
  shopId: number,
  id: number,
  { holder, until, ...progress }: ImportProgress & { holder: string; until: number | null },
): Promise<boolean> {
  const { listImports: imports } = t
  const kept = await sql
    .update(imports)
    .set({ ...progress, leaseUntil: until })
    .where(and(eq(imports.shopId, shopId), eq(imports.id, id), eq(imports.leaseHolder, holder)))
    .returning({ id: imports.id })
  return kept.length > 0
}

/** Those of every shop that nobody is at work on: a node that starts asks for no shop. */
export async function listStalled(
  { sql, t }: Transaction,
  now: number,
): Promise<{ readonly shopId: number; readonly id: number }[]> {
  const { listImports: imports } = t
  return sql
    .select({ shopId: imports.shopId, id: imports.id })
    .from(imports)
    .where(
      and(
        eq(imports.state, 'running'),
        or(isNull(imports.leaseUntil), lt(imports.leaseUntil, now)),
      ),
    )
    .orderBy(asc(imports.id))
}

export async function deleteImport(
  { sql, t }: Transaction,
  shopId: number,
  id: number,
): Promise<void> {
  const { listImports: imports } = t
  await sql.delete(imports).where(and(eq(imports.shopId, shopId), eq(imports.id, id)))
}

const UNFINISHED: ImportState[] = ['uploading', 'uploaded']

/** Files that nobody came back to. */
export async function deleteAbandoned(
  { sql, t }: Transaction,
  shopId: number,
  before: number,
): Promise<void> {
  const { listImports: imports } = t
  await sql
    .delete(imports)
    .where(
      and(
        eq(imports.shopId, shopId),
        inArray(imports.state, UNFINISHED),
        lt(imports.createdAt, before),
      ),
    )
}

/** How many of the shop's are waiting to be started or done. */
export async function countOpen({ sql, t }: Transaction, shopId: number): Promise<number> {
  const { listImports: imports } = t
  return sql.$count(
    imports,
    and(eq(imports.shopId, shopId), inArray(imports.state, [...UNFINISHED, 'running'])),
  )
}
