import type { FileFormat, FileMapping } from '#protocol/imports.ts'
import { createFormatFinder, type CsvFormat } from '../../core/csv-format.ts'
import { wellFormed } from '../../core/well-formed.ts'
import type { ImportField, ImportKind } from './import-kind.ts'

/** How a file is to be read, and what it shows of itself. */
export interface FileLayout extends CsvFormat {
  readonly format: FileFormat
}

export interface FileLayoutFinder {
  readonly look: (piece: Buffer) => void
  readonly found: () => FileLayout
}

const HEAD_BYTES = 64 * 1024
const SAMPLE_RECORDS = 5
const MAX_COLUMNS = 100
const MAX_CELL_CHARS = 200
/** A name of a column has a letter, and is no address. */
const COLUMN_NAME = /^(?!https?:)(?=.*\p{L})/iu

/** Looks at a file as it passes: nothing of it but its head is kept. */
export function createFileLayoutFinder(): FileLayoutFinder {
  const csv = createFormatFinder((cells) => cells.every((it) => it === '' || COLUMN_NAME.test(it)))
  const head: Buffer[] = []
  let headBytes = 0
  return {
    look(piece) {
      if (headBytes < HEAD_BYTES) head.push(piece.subarray(0, HEAD_BYTES - headBytes))
      headBytes += piece.length
      csv.look(piece)
    },
    found() {
      const format = csv.found()
      const objects = objectsIn(new TextDecoder(format.encoding).decode(Buffer.concat(head)))
      return objects.length === 0
        ? { ...format, format: 'csv' }
        : { ...format, format: 'jsonl', hasHeader: false, ...samplesOf(objects) }
    },
  }
}

/** By the names of its columns, each taken once; the first field that fits has it. */
export function guessMapping(
  { columns, sample }: Pick<FileLayout, 'columns' | 'sample'>,
  { fields, hasAttributes }: Pick<ImportKind, 'fields' | 'hasAttributes'>,
): FileMapping {
  const taken = new Map<string, string>()
  for (const field of fields) {
    const column = columns.find((it) => !taken.has(it) && isSpelt(field, it))
    if (column !== undefined) taken.set(column, field.name)
  }
  const rest = hasAttributes ? columns.filter((it) => !taken.has(it) && ATTRIBUTE.test(it)) : []
  return {
    fields: Object.fromEntries([...taken].map(([column, field]) => [field, column])),
    attributes: rest.map((column) => ({
      name: column.replace(ATTRIBUTE_PREFIX, '').slice(0, 64) || column.slice(0, 64),
      column,
      type: 'text',
    })),
    decimal: sample.flat().some((cell) => /^\d{1,3}(\.\d{3})*,\d{1,2}\b/.test(cell)) ? ',' : '.',
  }
}

/** What files of products call what is said of some of them only. */
const ATTRIBUTE_PREFIX = /^(attributes?|attr|metafield|custom|g)\s*[:._-]\s*/i
const ATTRIBUTE =
  /^((attributes?|attr|metafield|custom)\s*[:._-].+|(g:)?(colou?r|size|material|pattern|gender|age_group|condition|gtin|mpn))$/i

function isSpelt({ name, spelling }: ImportField, column: string): boolean {
  const plain = column.trim().replace(/^g:/i, '')
  return plain.toLowerCase() === name.toLowerCase() || spelling.test(plain)
}

/** Whole lines of a file's head that are objects; none where the first is none. */
function objectsIn(text: string): Record<string, unknown>[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const found: Record<string, unknown>[] = []
  for (const line of lines.slice(0, SAMPLE_RECORDS * 20)) {
    const value = objectOf(line)
    if (value === undefined) {
      if (found.length === 0 && line.trim() !== '') return []
      continue
    }
    found.push(value)
  }
  return found
}

/** The object that a line is, if it is one. */
export function objectOf(line: string): Record<string, unknown> | undefined {
  if (!line.trimStart().startsWith('{')) return undefined
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    // A fault of this line, told with it.
    return undefined
  }
}

function samplesOf(objects: readonly Record<string, unknown>[]) {
  const columns = [...new Set(objects.flatMap((it) => Object.keys(it)))].slice(0, MAX_COLUMNS)
  const sample = objects
    .slice(0, SAMPLE_RECORDS)
    .map((it) => columns.map((column) => shown(Object.hasOwn(it, column) ? it[column] : undefined)))
  return { columns: columns.map((it) => wellFormed(it.slice(0, MAX_CELL_CHARS))), sample }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return wellFormed(text.slice(0, MAX_CELL_CHARS))
}
