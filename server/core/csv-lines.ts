/** What a cell can hold. */
export type Cell = string | number | boolean | null | undefined

/** What a spreadsheet would take for a formula, or for the beginning of one. */
const FORMULA = /^[=+\-@\t\r\0\uFF0B\uFF0D\uFF1D\uFF20]/
const NEEDS_QUOTES = /[",\r\n]/
/** Numbers that we wrote ourselves are none. */
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/

/** One line of RFC 4180. A text that a spreadsheet could run as a formula is led by an apostrophe. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell !== 'string') return String(cell)
  const text = cell.replaceAll('\0', '')
  const isFormula = FORMULA.test(cell) && !PLAIN_NUMBER.test(text)
  const safe = isFormula ? `'${text}` : text
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
