import { eq, getTableColumns, inArray, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Database } from '../db/database.ts'
import { shopTables } from '../db/shop-tables.ts'
import { LEFT_OUT_COLUMNS, LEFT_OUT_TABLES } from './left-out.ts'

/** A table, as far as an export has it. */
export interface ExportedTable {
  readonly name: string
  readonly table: PgTable
  /** By their names in code. */
  readonly columns: Readonly<Record<string, PgColumn>>
  /** Together unique within the shop: the order in which rows are read, and where reading goes on. */
  readonly key: readonly string[]
  readonly ofShop: (shopId: number) => SQL
}

/** Of people, who are the installation's, what the others of their shop see. */
const MEMBER_COLUMNS = ['id', 'publicId', 'email', 'name', 'alias', 'languages', 'timeZone']

/** Every table of the schema that has rows of a shop, what is left out excepted. */
export function exportedTables(db: Database): ExportedTable[] {
  const told = shopTables(db).filter(({ name }) => !LEFT_OUT_TABLES.has(name))
  const found = told.map(({ name, table, columns, owner, key }) => ({
    name,
    table,
    columns: only(columns, (column) => LEFT_OUT_COLUMNS[name]?.includes(column) !== true),
    key,
    ofShop: (shopId: number) => eq(owner, shopId),
  }))
  return [...found, membersTable(db)]
}

function membersTable({ sql, t }: Database): ExportedTable {
  const { members, memberRoles } = t
  const ofShop = (shopId: number) =>
    sql.select({ id: memberRoles.memberId }).from(memberRoles).where(eq(memberRoles.shopId, shopId))
  return {
    name: 'members',
    table: members,
    columns: only(getTableColumns(members), (name) => MEMBER_COLUMNS.includes(name)),
    key: ['id'],
    ofShop: (shopId) => inArray(members.id, ofShop(shopId)),
  }
}

function only(
  columns: Readonly<Record<string, PgColumn>>,
  isTold: (name: string) => boolean,
): Record<string, PgColumn> {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => isTold(name)))
}
