import { and, eq, sql as text } from 'drizzle-orm'
import { createSearchIndex } from '../catalog/service.ts'
import type { Database } from '../db/database.ts'
import { shopTables, type ShopTable } from '../db/shop-tables.ts'

/** What stays: that there was a shop, and what its audit log says of it. */
const KEPT: ReadonlySet<string> = new Set(['shops', 'audit_entries', 'audit_heads'])
/** So few that nobody else waits long for the one writer. */
const ROWS_AT_ONCE = 500

interface Erasing {
  readonly signal: AbortSignal
  /** Told after each piece. */
  readonly report: (erased: number, table: string) => Promise<void>
}

/**
 * Erases all rows of a shop, children before their parents, until a whole round finds none: what was under way when the
 * shop was closed may have written behind us. Can be begun again at any time.
 */
export async function eraseRows(
  db: Database,
  shopId: number,
  { signal, report }: Erasing,
): Promise<void> {
  const tables = childrenFirst(shopTables(db).filter(({ name }) => !KEPT.has(name)))
  let erased = 0
  for (let before = -1; before < erased;) {
    before = erased
    for (const table of tables) {
      for (;;) {
        signal.throwIfAborted()
        const count = await eraseSome(db, table, shopId)
        if (count === 0) break
        erased += count
        await report(erased, table.name)
      }
    }
  }
}

/** How many there were of at most some hundred. */
async function eraseSome(db: Database, from: ShopTable, shopId: number): Promise<number> {
  const { table, owner, key, name } = from
  const columns = key.map((column) => columnOf(from, column))
  return db.transaction(async (sql) => {
    const some = sql
      .select(Object.fromEntries(key.map((column) => [column, columnOf(from, column)])))
      .from(table)
      .where(eq(owner, shopId))
      .limit(ROWS_AT_ONCE)
    const gone: Record<string, unknown>[] = await sql
      .delete(table)
      // A key may be unique within its shop only: another's row can have the same one.
      .where(and(eq(owner, shopId), text`(${text.join(columns, text`, `)}) in ${some}`))
      .returning(Object.fromEntries(key.map((column) => [column, columnOf(from, column)])))
    // No foreign key leads to full-text search on SQLite.
    if (name === 'products') {
      const rows = gone.map(({ id }) => Number(id))
      await createSearchIndex(db.raw.dialect).remove({ sql, t: db.t }, rows)
    }
    return gone.length
  })
}

function columnOf({ name, columns }: ShopTable, column: string) {
  const found = columns[column]
  if (found === undefined) throw new Error(`${name} has no ${column}`)
  return found
}

/** So that no erased row takes others with it: a piece stays as small as it is meant to be. */
function childrenFirst(tables: readonly ShopTable[]): ShopTable[] {
  const ordered: ShopTable[] = []
  const waiting = [...tables]
  while (waiting.length > 0) {
    const at = waiting.findIndex((table) =>
      waiting.every((other) => other === table || !other.parents.includes(table.name)),
    )
    const [next] = waiting.splice(at, 1)
    if (at < 0 || next === undefined) throw new Error('Tables refer to one another in a circle')
    ordered.push(next)
  }
  return ordered
}
