import type { Sql } from './database.ts'
import { assertOpen, type Lease } from './transaction-guard.ts'

interface Lasting {
  /** Of the connection: it outlives the transaction. */
  readonly sql: Sql
  readonly lease: Lease
}

const lastings = new WeakMap<Sql, Lasting>()

/** A transaction's handle: what is put together for it may be kept on that of its connection. */
export function onLasting(handle: Sql, lasting: Lasting): Sql {
  lastings.set(handle, lasting)
  return handle
}

/** What a query is kept on, for as long as there is one; refuses the handle of a transaction that is over. */
export function lastingOf(handle: Sql): Sql {
  const lasting = lastings.get(handle)
  if (lasting === undefined) return handle
  assertOpen(lasting.lease)
  return lasting.sql
}
