import { sql as text, type Column, type SQL } from 'drizzle-orm'

/** Where the values of some columns go in a statement that is kept. */
export interface Places<Name extends string> {
  /** For `values` or `set`. */
  readonly at: Record<Name, SQL>
  /** What to execute it with; null where a row says nothing of a column. drizzle's own places would encode a null, too. */
  readonly of: (row: { readonly [Each in Name]?: unknown }) => Record<Name, unknown>
}

export function placesOf<Name extends string>(
  table: Readonly<Record<Name, Column>>,
  names: readonly Name[],
): Places<Name> {
  const each = <Value>(valueOf: (name: Name) => Value) =>
    Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>
  return {
    at: each((name) => text`${text.placeholder(name)}`),
    of: (row) =>
      each((name) => (row[name] == null ? null : table[name].mapToDriverValue(row[name]))),
  }
}
