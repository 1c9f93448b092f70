import { Readable } from 'node:stream'
import { parse, type CsvError, type Info } from 'csv-parse'
import { isContent, LENIENT, type CsvFormat, type Encoding } from './csv-format.ts'

/** One line of a file, or several that quotes hold together. Without cells it could not be read. */
export interface CsvRecord {
  /** The last of its lines, the first of a file being 1. */
  readonly line: number
  readonly cells?: readonly string[]
}

/** The records of a file, its header left out, read piece by piece. */
export async function* csvRecords(
  pieces: AsyncIterable<Buffer>,
  { encoding, delimiter, hasHeader }: Pick<CsvFormat, 'encoding' | 'delimiter' | 'hasHeader'>,
): AsyncIterable<CsvRecord> {
  const parser = parse({
    ...LENIENT,
    delimiter,
    info: true,
    on_skip: (error: CsvError | undefined) => {
      // Into the same stream, so that the order is that of the file each time it is read.
      parser.push({ record: undefined, info: { lines: Number(error?.['lines'] ?? 0) } })
      return undefined
    },
  })
  const source = Readable.from(decoded(pieces, encoding))
  source.once('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let isHeader = hasHeader
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const { lines: line } = info
      if (record === undefined) yield { line }
      else if (isContent(record)) {
        if (!isHeader) yield { line, cells: record }
        isHeader = false
      }
    }
  } finally {
    source.destroy()
  }
}

interface Parsed {
  readonly record: string[] | undefined
  readonly info: Pick<Info, 'lines'>
}

async function* decoded(pieces: AsyncIterable<Buffer>, encoding: Encoding): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding)
  for await (const piece of pieces) {
    const text = decoder.decode(piece, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
