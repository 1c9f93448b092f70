import { sql as text, type SQL } from 'drizzle-orm'
import { piecesOf } from './pieces.ts'
import type { Span } from './range.ts'

/** Spans as a table `span (i, start_at, end_at)`, to be asked about all at once. */
export function spanTable(spans: readonly Span[]): SQL {
  const rows = spans.map(({ start, end }, i) => text`(${whole(i)}, ${whole(start)}, ${whole(end)})`)
  return text`(select column1 as i, column2 as start_at, column3 as end_at
    from (values ${text.join(rows, text`, `)}) as spans) as span`
}

/** The sums that make them up, as a table `span (i, start_at, end_at, grain)`. */
export function pieceTable(spans: readonly Span[]): SQL {
  const rows = spans.flatMap((span, i) =>
    // A span in which nothing can be has a row, too: a table needs one.
    [...piecesOf(span), { grain: 'day', start: 0, end: 0 }].map(
      ({ grain, start, end }) =>
        text`(${whole(i)}, ${whole(start)}, ${whole(end)}, cast(${grain} as text))`,
    ),
  )
  return text`(select column1 as i, column2 as start_at, column3 as end_at, column4 as grain
    from (values ${text.join(rows, text`, `)}) as spans) as span`
}

function whole(value: number): SQL {
  return text`cast(${value} as bigint)`
}

/** Its columns. */
export const SPAN = {
  i: text<number>`span.i`.mapWith(Number),
  start: text`span.start_at`,
  end: text`span.end_at`,
  grain: text`span.grain`,
}
