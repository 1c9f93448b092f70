/** A list for `IN (…)` in one of few lengths: every length makes a statement of its own, and all are kept prepared. */
export function padded<T>(values: readonly T[]): T[] {
  const [first] = values
  if (first === undefined) return []
  const length = 2 ** Math.ceil(Math.log2(values.length))
  return [...values, ...Array.from({ length: length - values.length }, () => first)]
}

/** Rows in groups of few sizes, for the same reason. */
export function inGroups<T>(rows: readonly T[], largest = 256): T[][] {
  const groups: T[][] = []
  let from = 0
  for (let size = largest; size >= 1; size /= 2) {
    for (; rows.length - from >= size; from += size) groups.push(rows.slice(from, from + size))
  }
  return groups
}
