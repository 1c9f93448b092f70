/** Whether two values of JSON say the same; databases do not keep the order of fields. */
export function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other)
}

function canonical(value: unknown): string {
  const sorted = (_: string, it: unknown): unknown =>
    typeof it === 'object' && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : it
  return JSON.stringify(value, sorted) ?? ''
}
