import { getTableColumns, getTableName } from 'drizzle-orm'
import {
  getTableConfig as postgresConfig,
  type AnyPgColumn,
  type PgColumn,
  type PgTable,
} from 'drizzle-orm/pg-core'
import { getTableConfig as sqliteConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database } from './database.ts'

/** A table of which each row is some shop's. */
export interface ShopTable {
  readonly name: string
  readonly table: PgTable
  /** By their names in code. */
  readonly columns: Readonly<Record<string, PgColumn>>
  /** Whose the row is. */
  readonly owner: AnyPgColumn
  /** Columns, by their names in code, that are together unique within a shop. */
  readonly key: readonly string[]
  /** Names of other tables whose rows these name. */
  readonly parents: readonly string[]
}

/** All there are, `shops` among them; what the installation has is nobody's and not here. */
export function shopTables(db: Database): ShopTable[] {
  const all: PgTable[] = Object.values(db.t)
  return all.flatMap((table) => {
    const name = getTableName(table)
    const columns = getTableColumns(table)
    const owner = name === 'shops' ? columns['id'] : columns['shopId']
    if (owner === undefined) return []
    const { key, parents } = shapeOf(db, table, columns)
    return [{ name, table, columns, owner, key, parents }]
  })
}

function shapeOf(
  db: Database,
  table: PgTable,
  columns: Readonly<Record<string, PgColumn>>,
): Pick<ShopTable, 'key' | 'parents'> {
  const name = getTableName(table)
  const config = configOf(db, table)
  const alone = config.columns.filter(({ primary }) => primary)
  const together = config.primaryKeys.flatMap((key) => key.columns)
  const primary = [...alone, ...together].map((column) => column.name)
  const found = Object.keys(columns).filter((key) => primary.includes(columns[key]?.name ?? ''))
  // Partitioned on PostgreSQL, where a row's number can't be the primary key.
  const whole = found.length === 0 && 'seq' in columns ? ['seq'] : found
  if (whole.length === 0) throw new Error(`${name} has no key`)
  const parents = config.foreignKeys.map((key) => getTableName(key.reference().foreignTable))
  return {
    key: whole.filter((column) => column !== 'shopId' || whole.length === 1),
    parents: parents.filter((parent) => parent !== name),
  }
}

/** What both kinds of table say of themselves, with names as the database has them. */
interface TableConfig {
  readonly columns: readonly { readonly name: string; readonly primary: boolean }[]
  readonly primaryKeys: readonly { readonly columns: readonly { readonly name: string }[] }[]
  readonly foreignKeys: readonly {
    readonly reference: () => { readonly foreignTable: PgTable | SQLiteTable }
  }[]
}

/** Cast: the schema is typed as PostgreSQL's, and is SQLite's where that is the database. */
function configOf(db: Database, table: PgTable): TableConfig {
  return db.raw.dialect === 'postgres'
    ? postgresConfig(table)
    : sqliteConfig(table as unknown as SQLiteTable)
}
