import type { Database } from '#server/db/database.ts'
import { rowsOf } from './databases.ts'

/** A table as the database itself describes it, so that this works on every older version of the schema. */
export interface TableShape {
  readonly name: string
  readonly columns: readonly ColumnShape[]
}

interface ColumnShape {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  /** Given by the database itself. */
  readonly isSerial: boolean
  /** The table whose row it names. */
  readonly parent: string | undefined
}

const ROWS = 7

/** Our own tables, parents before their children. */
export async function tablesOf(db: Database): Promise<TableShape[]> {
  const shapes = await (db.raw.dialect === 'sqlite' ? sqliteTables(db) : postgresTables(db))
  const ordered: TableShape[] = []
  while (ordered.length < shapes.length) {
    const ready = shapes.filter(
      (it) =>
        !ordered.includes(it) &&
        it.columns.every(
          ({ parent }) =>
            parent === undefined || parent === it.name || ordered.some((o) => o.name === parent),
        ),
    )
    if (ready.length === 0) throw new Error('Tables that refer to one another in a circle')
    ordered.push(...ready)
  }
  return ordered
}

/** Puts rows into every table, each naming rows of its parents; every column has a value. */
export async function fillTables(db: Database, tables: readonly TableShape[]): Promise<void> {
  for (const { name, columns } of tables) {
    const given = columns.filter(({ isSerial }) => !isSerial)
    for (let row = 1; row <= ROWS; row++) {
      const values = given.map((column) => valueOf(column, row))
      const marks = values.map((_, i) => `$${i + 1}`)
      const statement = `INSERT INTO ${name} (${given.map((column) => column.name).join(', ')})
        VALUES (${marks.join(', ')})`
      await insert(db, statement, values)
    }
  }
}

/** How many rows each table holds. */
export async function countRows(db: Database, tables: readonly TableShape[]) {
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const [row] = await rowsOf<{ count: number }>(db, `SELECT count(*) AS count FROM ${name}`)
    counts[name] = row?.count ?? 0
  }
  return counts
}

/** Numbers start at 1 in a new database, so row 3 of a parent has the number 3. */
function valueOf({ type, isRequired, parent }: ColumnShape, row: number): unknown {
  if (parent !== undefined) return row
  if (/json/i.test(type)) return '{}'
  if (/blob|bytea/i.test(type)) return Buffer.from([row])
  if (/bool/i.test(type)) return row === 1 || isRequired ? true : null
  if (/int/i.test(type)) return row
  if (/tsvector/i.test(type)) return `'word${row}'`
  return `{"text":${row}}`
}

async function insert(db: Database, statement: string, values: unknown[]): Promise<void> {
  if (db.raw.dialect === 'postgres') {
    await db.raw.pool.query(statement, values)
    return
  }
  await db.raw.exclusive((connection) => {
    connection.prepare(statement.replaceAll(/\$\d+/g, '?')).run(...values)
  })
}

async function sqliteTables(db: Database): Promise<TableShape[]> {
  const names = await rowsOf<{ name: string }>(
    db,
    // Not those of full-text search: it keeps them itself.
    `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
        AND name NOT LIKE 'sqlite_%' AND name <> 'applied_migrations'`,
  )
  return Promise.all(
    names.map(async ({ name }) => {
      const columns = await rowsOf<{ name: string; type: string; notnull: number; pk: number }>(
        db,
        'SELECT name, type, "notnull", pk FROM pragma_table_info($1)',
        [name],
      )
      const keys = await rowsOf<{ column: string; parent: string }>(
        db,
        'SELECT "from" AS "column", "table" AS parent FROM pragma_foreign_key_list($1)',
        [name],
      )
      const primary = columns.filter(({ pk }) => pk > 0)
      return {
        name,
        columns: columns.map((column) => ({
          name: column.name,
          type: column.type,
          isRequired: column.notnull === 1,
          isSerial: column.pk === 1 && primary.length === 1 && /^integer$/i.test(column.type),
          parent: keys.find((key) => key.column === column.name)?.parent,
        })),
      }
    }),
  )
}

async function postgresTables(db: Database): Promise<TableShape[]> {
  const columns = await rowsOf<{
    table: string
    name: string
    type: string
    required: boolean
    serial: boolean
    parent: string | null
  }>(
    db,
    `SELECT c.relname AS "table", a.attname AS name, a.atttypid::regtype::text AS type,
            a.attnotnull AS required,
            coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval%', false) AS serial,
            (SELECT f.confrelid::regclass::text FROM pg_constraint f
              WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.conkey = ARRAY[a.attnum] LIMIT 1) AS parent
       FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT c.relispartition AND c.relname <> 'applied_migrations'
      ORDER BY c.relname, a.attnum`,
  )
  return [...new Set(columns.map(({ table }) => table))].map((name) => ({
    name,
    columns: columns
      .filter(({ table }) => table === name)
      .map(({ name: column, type, required, serial, parent }) => ({
        name: column,
        type,
        isRequired: required,
        isSerial: serial,
        parent: parent ?? undefined,
      })),
  }))
}
