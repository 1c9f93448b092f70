import { and, inArray, sql as text, type SQL } from 'drizzle-orm'
import { kits } from '../db/columns.ts'
import type { Database } from '../db/database.ts'
import { inGroups, padded } from '../db/padded.ts'
import { indexMark, indexWord, type MarkKind } from './search-words.ts'

/** An open transaction with the tables it works on; the outer handle will do for a single statement. */
export type Handle = Pick<Database, 'sql' | 't'>

/** What a row of `products` is found by. */
export interface IndexedProduct {
  readonly row: number
  readonly main: readonly string[]
  readonly whole: readonly string[]
  readonly marks: readonly (readonly [MarkKind, string])[]
}

/** Words of which one must be there; `isPrefix`: words that begin so count too. */
export interface SearchTerm {
  readonly words: readonly string[]
  readonly isPrefix: boolean
}

export interface ProductQuestion {
  readonly terms: readonly SearchTerm[]
  /** Where the words must stand. */
  readonly within: 'main' | 'whole'
  readonly marks: readonly (readonly [MarkKind, string])[]
}

export interface SearchIndex {
  /** None of them may be in the index already: see `remove`. */
  readonly put: (
    handle: Handle,
    shopId: number,
    products: readonly IndexedProduct[],
    between: () => Promise<void> | undefined,
  ) => Promise<void>
  readonly remove: (handle: Handle, rows: readonly number[]) => Promise<void>
  /** That a row of `products` answers; to be joined with the shop by whoever asks. */
  readonly matches: (t: Database['t'], shopId: number, question: ProductQuestion) => SQL
}

/**
 * SQLite's FTS5 or PostgreSQL's tsvector, fed with words that we make ourselves, so that both find the same. Needs no
 * extension, and so no superuser.
 */
export function createSearchIndex(dialect: Database['raw']['dialect']): SearchIndex {
  const table = searchTable(kits[dialect])
  const listed = dialect === 'sqlite' ? plainList : quotedList
  const asked = dialect === 'sqlite' ? askSqlite : askPostgres

  async function remove({ sql }: Handle, rows: readonly number[]): Promise<void> {
    if (rows.length > 0) await sql.delete(table).where(inArray(table.rowid, padded(rows)))
  }

  return {
    async put(handle, shopId, products, between) {
      for (const group of inGroups(products, 32)) {
        const rows = group.map(({ row, main, whole, marks }) => ({
          rowid: row,
          main: listed(main.map((word) => indexWord(shopId, word))),
          whole: listed([
            ...whole.map((word) => indexWord(shopId, word)),
            ...marks.map(([kind, value]) => indexMark(shopId, kind, value)),
          ]),
        }))
        await handle.sql.insert(table).values(rows)
        await between()
      }
    },
    remove,
    matches: ({ products }, shopId, question) =>
      text`${products.id} IN (SELECT rowid FROM product_search WHERE ${asked(shopId, question)})`,
  }
}

/** Not in the schema, for drizzle-kit can declare neither form of it: see `server/db/by-hand`. */
function searchTable(k: (typeof kits)['postgres']) {
  return k.table('product_search', {
    rowid: k.long().notNull(),
    main: k.text().notNull(),
    whole: k.text().notNull(),
  })
}

function plainList(words: readonly string[]): string {
  return words.join(' ')
}

/** As the type `tsvector` is written. Words are letters and digits only. */
function quotedList(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(' ')
}

function askSqlite(shopId: number, { terms, within, marks }: ProductQuestion): SQL {
  const parts = terms.map(({ words, isPrefix }) => {
    const either = words.map((word) => `"${indexWord(shopId, word)}"${isPrefix ? ' *' : ''}`)
    return `(${either.join(' OR ')})`
  })
  const all = [
    ...(parts.length === 0 ? [] : [`${within} : (${parts.join(' AND ')})`]),
    ...marks.map(([kind, value]) => `whole : "${indexMark(shopId, kind, value)}"`),
  ]
  return text`product_search MATCH ${all.map((part) => `(${part})`).join(' AND ')}`
}

function askPostgres(shopId: number, { terms, within, marks }: ProductQuestion): SQL | undefined {
  const parts = terms.map(({ words, isPrefix }) => {
    const either = words.map((word) => `'${indexWord(shopId, word)}'${isPrefix ? ':*' : ''}`)
    return `(${either.join(' | ')})`
  })
  const marked = marks.map(([kind, value]) => `'${indexMark(shopId, kind, value)}'`)
  const column = within === 'main' ? text`main` : text`whole`
  return and(
    parts.length === 0 ? undefined : text`${column} @@ ${parts.join(' & ')}::tsquery`,
    marked.length === 0 ? undefined : text`whole @@ ${marked.join(' & ')}::tsquery`,
  )
}
