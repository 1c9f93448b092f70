/** Prints a Markdown table with aligned columns, fit to be pasted into docs/proofs.md. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`
  const rule = widths.map((width) => '-'.repeat(width))
  console.log(['', line(head), line(rule), ...rows.map(line), ''].join('\n'))
}

/** 162000 → "162,000". */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** Two figures after the point, as ratios are given in the specification. */
export function ratio(ours: number, against: number): string {
  return (ours / against).toFixed(2)
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`
}

/** kB of 1,000 bytes, as size budgets are counted. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
