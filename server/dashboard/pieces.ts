import type { Span } from './range.ts'
import { GRAIN_MS } from './sums.ts'
import type { Grain } from './tables.ts'

/** Sums of one grain that begin in a span. */
export interface Piece extends Span {
  readonly grain: Grain
}

/** Which sums make up a span: days in its midst, quarters of an hour at its ends. */
export function piecesOf({ start, end }: Span): readonly Piece[] {
  const [quarter, day] = [GRAIN_MS.quarter, GRAIN_MS.day]
  const first = Math.ceil(start / day) * day
  const last = Math.floor(end / day) * day
  const begins = Math.ceil(start / quarter) * quarter
  const ends = Math.ceil(end / quarter) * quarter
  const pieces: Piece[] =
    first < last
      ? [
          { grain: 'quarter', start: begins, end: first },
          { grain: 'day', start: first, end: last },
          { grain: 'quarter', start: last, end: ends },
        ]
      : [{ grain: 'quarter', start: begins, end: ends }]
  return pieces.filter((piece) => piece.start < piece.end)
}
