import { parse } from 'csv-parse/sync'
import type { ENCODINGS } from '#protocol/imports.ts'
import { wellFormed } from './well-formed.ts'

export type Encoding = (typeof ENCODINGS)[number]

/** How a file is to be read, and what it shows of itself. */
export interface CsvFormat {
  readonly encoding: Encoding
  readonly delimiter: string
  readonly hasHeader: boolean
  readonly columns: readonly string[]
  readonly sample: readonly (readonly string[])[]
  /** About how many: line breaks inside quotes count as well. */
  readonly lines: number
}

type IsHeader = (cells: readonly string[]) => boolean

export interface FormatFinder {
  readonly look: (piece: Buffer) => void
  readonly found: () => CsvFormat
}

const HEAD_BYTES = 64 * 1024
const SAMPLE_LINES = 5
const MAX_COLUMNS = 100
const MAX_CELL_CHARS = 200
const DELIMITERS = [',', ';', '\t', '|']
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** Looks at a file as it passes: nothing of it but its head is kept. `isHeader`: whether a first line names columns. */
export function createFormatFinder(isHeader: IsHeader): FormatFinder {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  const head: Buffer[] = []
  let headBytes = 0
  let isUtf8 = true
  let feeds = 0
  let returns = 0

  return {
    look(piece) {
      if (headBytes < HEAD_BYTES) head.push(piece.subarray(0, HEAD_BYTES - headBytes))
      headBytes += piece.length
      for (const byte of piece) {
        if (byte === LINE_FEED) feeds += 1
        else if (byte === CARRIAGE_RETURN) returns += 1
      }
      isUtf8 &&= isValid(() => utf8.decode(piece, { stream: true }))
    },
    found() {
      isUtf8 &&= isValid(() => utf8.decode())
      const bytes = Buffer.concat(head)
      const encoding = encodingOf(bytes, isUtf8)
      const text = new TextDecoder(encoding).decode(bytes)
      return { encoding, lines: Math.max(feeds, returns), ...layoutOf(text, isHeader) }
    },
  }
}

function isValid(decode: () => unknown): boolean {
  try {
    decode()
    return true
  } catch {
    // Not UTF-8: read as what spreadsheets write in Western countries.
    return false
  }
}

/** By its mark, or by where its zeros are: of Western text in UTF-16 every second byte is one. */
function encodingOf(bytes: Buffer, isUtf8: boolean): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[1] === 0 && bytes[0] !== 0) return 'utf-16le'
  if (bytes[0] === 0 && bytes[1] !== 0) return 'utf-16be'
  return isUtf8 ? 'utf-8' : 'windows-1252'
}

function layoutOf(
  text: string,
  isHeader: IsHeader,
): Pick<CsvFormat, 'delimiter' | 'hasHeader' | 'columns' | 'sample'> {
  const delimiter = delimiterOf(text)
  const read: unknown[] = parse(text, { ...LENIENT, delimiter, to: SAMPLE_LINES + 2 })
  const rows = read
    .filter((row): row is string[] => Array.isArray(row))
    .filter(isContent)
    .map(short)
  const first = rows[0] ?? []
  const hasHeader = isHeader(first)
  const columns = hasHeader ? first : first.map((_, i) => `Column ${i + 1}`)
  const sample = rows.slice(hasHeader ? 1 : 0).slice(0, SAMPLE_LINES)
  return { delimiter, hasHeader, columns, sample }
}

/** What every reading of a file shares: files are written by people and spreadsheets. */
export const LENIENT = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  skip_records_with_error: true,
  // Files put together of others mix them.
  record_delimiter: ['\r\n', '\n', '\r'],
}

/** Excel's first line `sep=;` speaks of the file and is none of it. */
export function isContent(row: readonly string[]): boolean {
  return !/^sep=/i.test(row[0] ?? '')
}

/** The one that the first line has most of, outside of quotes. */
function delimiterOf(text: string): string {
  const line = text.replace(/^\s+/, '').split(/\r?\n|\r/, 1)[0] ?? ''
  const said = /^sep=(.)$/i.exec(line)?.[1]
  if (said !== undefined) return said
  const bare = line.replaceAll(/"[^"]*"/g, '')
  const counts = DELIMITERS.map((it) => bare.split(it).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

function short(row: readonly string[]): string[] {
  return row.slice(0, MAX_COLUMNS).map((cell) => wellFormed(cell.trim().slice(0, MAX_CELL_CHARS)))
}
