import { and, asc, sql as text, type SQL } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import type { ExportedTable } from './exported-tables.ts'
import { MASKS } from './left-out.ts'

type Row = Record<string, unknown>

/** So many rows are held at a time, whatever there is: some hundred kilobytes as a rule. */
const ROWS_AT_ONCE = 500

/** The shop's rows in the order of their key, some hundred at a time. What changes meanwhile may be among them or not. */
export async function* readRows(
  db: Database,
  from: ExportedTable,
  shopId: number,
): AsyncGenerator<readonly Row[]> {
  let last: Row | undefined
  do {
    const rows: Row[] = await db.sql
      .select({ ...from.columns })
      .from(from.table)
      .where(and(from.ofShop(shopId), last && behind(from, last)))
      .orderBy(...from.key.map((name) => asc(columnOf(from, name))))
      .limit(ROWS_AT_ONCE)
    const mask = MASKS[from.name]
    if (rows.length > 0) yield mask === undefined ? rows : rows.map(mask)
    last = rows.length === ROWS_AT_ONCE ? rows.at(-1) : undefined
  } while (last !== undefined)
}

/** `(a, b) > (1, 'x')`, which both databases answer from the key's index. */
function behind(from: ExportedTable, row: Row): SQL {
  const columns = from.key.map((name) => text`${columnOf(from, name)}`)
  const values = from.key.map((name) => text`${text.param(row[name], columnOf(from, name))}`)
  return text`(${text.join(columns, text`, `)}) > (${text.join(values, text`, `)})`
}

function columnOf({ name: table, columns }: ExportedTable, name: string) {
  const column = columns[name]
  if (column === undefined) throw new Error(`${table} is read by ${name}, which it does not tell`)
  return column
}
