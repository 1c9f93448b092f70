import { eq, getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Database } from '#server/db/database.ts'

/**
 * What holds sessions of the server's own console, or counts what it did: no part of what a shop is. Nor is what follows
 * from other tables by itself, a little later.
 */
const NOT_THE_SHOPS = [
  'console_sessions',
  'one_time_links',
  'figure_cursors',
  'figure_changes',
  'session_figures',
  'session_sums',
  'product_sums',
  'order_lines',
  'audience_counts',
  'event_name_days',
  'event_name_cursors',
]

/** All that the database holds of one shop, table by table, as text that can be compared and searched. */
export async function rowsOfShop(db: Database, shopId: number): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const table of tablesOf(db)) {
    const { shopId: column, id } = getTableColumns(table)
    const owner = column ?? (getTableName(table) === 'shops' ? id : undefined)
    if (owner === undefined) continue
    const rows = await db.sql.select().from(table).where(eq(owner, shopId))
    found[getTableName(table)] = rows.map(textOf).toSorted()
  }
  return found
}

/** The names of all columns of all tables, as code has them. */
export function columnNames(db: Database): string[] {
  const names = tablesOf(db).flatMap((table) => Object.keys(getTableColumns(table)))
  return [...new Set(names)].toSorted()
}

function tablesOf(db: Database): PgTable[] {
  const all: PgTable[] = Object.values(db.t)
  return all.filter((table) => !NOT_THE_SHOPS.includes(getTableName(table)))
}

function textOf(row: object): string {
  return JSON.stringify(row, (name, value: unknown) => {
    // Written behind the request, of a key that was right, whatever it was refused for.
    if (name === 'lastUsedAt') return undefined
    return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
  })
}
