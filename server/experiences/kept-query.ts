import type { Handle } from '../targeting/service.ts'

/**
 * A query that is put together once for each handle. Those of a transaction on PostgreSQL come and go, and their queries
 * with them; the others last as long as the database is open.
 */
export function keptFor<Query>(prepare: (handle: Handle) => Query): (handle: Handle) => Query {
  const kept = new WeakMap<Handle['sql'], Query>()
  return (handle) => {
    const query = kept.get(handle.sql) ?? prepare(handle)
    kept.set(handle.sql, query)
    return query
  }
}
