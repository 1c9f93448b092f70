import { csvRecords } from '../../core/csv-records.ts'
import { wellFormed } from '../../core/well-formed.ts'
import { objectOf } from './file-format.ts'
import type { SourceRecord } from './import-kind.ts'
import type { ImportRow } from './import-store.ts'

type Layout = Pick<ImportRow, 'format' | 'encoding' | 'delimiter' | 'hasHeader' | 'columns'>

/** Longer than any record may be. */
const MAX_LINE_CHARS = 1_000_000

/** The records of a file, in its order; lines of nothing are none. */
export async function* sourceRecords(
  pieces: AsyncIterable<Buffer>,
  layout: Layout,
): AsyncIterable<SourceRecord> {
  if (layout.format === 'jsonl') yield* jsonRecords(pieces, layout)
  else yield* tableRecords(pieces, layout)
}

async function* tableRecords(
  pieces: AsyncIterable<Buffer>,
  layout: Layout,
): AsyncIterable<SourceRecord> {
  for await (const { line, cells } of csvRecords(pieces, layout)) {
    if (cells === undefined) {
      yield { line, values: undefined }
      continue
    }
    const values = new Map<string, unknown>()
    for (const [i, column] of layout.columns.entries()) {
      // Of two columns of one name the first is meant.
      if (!values.has(column)) values.set(column, wellFormed((cells[i] ?? '').trim()))
    }
    yield { line, values }
  }
}

async function* jsonRecords(
  pieces: AsyncIterable<Buffer>,
  { encoding }: Layout,
): AsyncIterable<SourceRecord> {
  let line = 0
  for await (const text of linesOf(pieces, encoding)) {
    line += 1
    if (text.trim() === '') continue
    const value = objectOf(text)
    yield { line, values: value && new Map(Object.entries(value)) }
  }
}

/** One that is too long comes as a text that is no JSON. */
async function* linesOf(
  pieces: AsyncIterable<Buffer>,
  encoding: Layout['encoding'],
): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding)
  let open = ''
  for await (const piece of pieces) {
    const lines = (open + decoder.decode(piece, { stream: true })).split('\n')
    open = (lines.pop() ?? '').slice(0, MAX_LINE_CHARS)
    yield* lines
  }
  open += decoder.decode()
  if (open !== '') yield open
}
