import { sql as text, type Placeholder } from 'drizzle-orm'
import type { Sql } from './database.ts'
import { lastingOf } from './lasting.ts'
import { padded } from './padded.ts'

/**
 * For `prepare`: PostgreSQL plans it anew each time. What has a name it may plan once for all, and then reads the whole of a
 * table that was small and is filled at once, as by an import, until it is next analysed.
 */
export const NO_NAME = ''

interface Handle {
  readonly sql: Sql
}

/**
 * A query that is put together once for each connection, or for all of a pool: also in a transaction, whose handle comes and
 * goes. To be executed at once.
 */
export function keptFor<Of extends Handle, Query>(
  prepare: (handle: Of) => Query,
): (handle: Of) => Query {
  const kept = new WeakMap<Sql, Query>()
  return (handle) => {
    const sql = lastingOf(handle.sql)
    const query = kept.get(sql) ?? prepare({ ...handle, sql })
    kept.set(sql, query)
    return query
  }
}

interface Executable<Row> {
  readonly execute: (values: Record<string, unknown>) => Promise<Row[]>
}

/** The same for rows by a list of ids, or whatever names them, in `IN (…)`: once for each of the few lengths that `padded` makes; of no id none. */
export function keptForIds<Of extends Handle, Row>(
  prepare: (handle: Of, ids: Placeholder[]) => Executable<Row>,
): (
  handle: Of,
  values: Readonly<Record<string, unknown>>,
  ids: readonly (number | string)[],
) => Promise<Row[]> {
  const byLength = new Map<number, (handle: Of) => Executable<Row>>()

  return async (handle, values, ids) => {
    const given = padded(ids)
    if (given.length === 0) return []
    const places = given.map((_, at) => `id${at}`)
    const query =
      byLength.get(given.length) ??
      keptFor((of: Of) =>
        prepare(
          of,
          places.map((place) => text.placeholder(place)),
        ),
      )
    byLength.set(given.length, query)
    const byPlace = Object.fromEntries(places.map((place, at) => [place, given[at]]))
    return query(handle).execute({ ...values, ...byPlace })
  }
}
