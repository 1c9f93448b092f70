import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { exportedTables, type ExportedTable } from './exported-tables.ts'
import { readRows } from './read-rows.ts'

/** What the first line says. */
export interface ExportHead {
  /** The product's. */
  readonly version: string
  readonly shop: string
  readonly at: number
}

/**
 * A line with `granplaza`; of each table one with its `columns`, then a line a `row`; at the end one that counts the
 * `rows`, without which a file is not whole. Several lines a piece.
 */
export async function* exportLines(
  db: Database,
  shopId: number,
  head: ExportHead,
): AsyncGenerator<string> {
  yield lineOf({ granplaza: head })
  let total = 0
  for (const table of exportedTables(db)) {
    yield lineOf({ table: table.name, columns: kindsOf(table) })
    for await (const rows of readRows(db, table, shopId)) {
      total += rows.length
      yield rows.map((row) => lineOf({ table: table.name, row })).join('')
    }
  }
  if (await isClosed(db, shopId)) throw new Error('The shop was deleted while it was exported')
  yield lineOf({ end: { rows: total } })
}

/** Then rows are missing, and a file must not say that it is whole. */
async function isClosed({ sql, t }: Database, shopId: number): Promise<boolean> {
  const [shop] = await sql
    .select({ name: t.shops.name })
    .from(t.shops)
    .where(eq(t.shops.id, shopId))
  return shop === undefined || shop.name === ''
}

/** `bytes` stand in Base64, `number`s of columns in …At are milliseconds since 1970. */
function kindsOf({ columns }: ExportedTable): Record<string, string> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, { dataType }]) => [name, KINDS[dataType] ?? dataType]),
  )
}

const KINDS: Readonly<Record<string, string>> = { custom: 'bytes', buffer: 'bytes' }

function lineOf(value: object): string {
  return `${JSON.stringify(value, readable)}\n`
}

/** A Buffer turns itself into a list of numbers before a replacer sees it: the row still has it. */
function readable(this: unknown, name: string, value: unknown): unknown {
  const own: unknown = Reflect.get(Object(this), name)
  return own instanceof Uint8Array ? Buffer.from(own).toString('base64') : value
}
