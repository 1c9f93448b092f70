import { accountTables } from '../account/tables.ts'
import { eventsTables } from '../events/tables.ts'
import type { Kit } from './columns.ts'

/** Every table of the product, declared once and built for one database. */
export function buildSchema(k: Kit) {
  const account = accountTables(k)
  return { ...account, ...eventsTables(k, account) }
}

export type Schema = ReturnType<typeof buildSchema>
