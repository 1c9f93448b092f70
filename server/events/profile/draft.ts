/** The same shape, to be written to. */
export type Draft<T> = T extends object ? { -readonly [Key in keyof T]: Draft<T[Key]> } : T

/** A record's own entry: keys come from pages, and `constructor` must find nothing. */
export function own<Value>(record: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** Sets an entry of that very name: plain assignment to `__proto__` would change what the record inherits. */
export function put<Value>(record: Record<string, Value>, key: string, value: Value): void {
  if (key !== '__proto__') {
    record[key] = value
    return
  }
  const entry = { value, writable: true, enumerable: true, configurable: true }
  Object.defineProperty(record, key, entry)
}

/** Keeps the `limit` entries used last; of those used at one time, the first by name go. */
export function trim(record: Record<string, { readonly lastAt: number }>, limit: number): void {
  const names = Object.keys(record)
  if (names.length <= limit) return
  const lastAt = (name: string) => own(record, name)?.lastAt ?? 0
  names.sort((a, b) => lastAt(a) - lastAt(b) || (a < b ? -1 : 1))
  for (const name of names.slice(0, names.length - limit)) delete record[name]
}
