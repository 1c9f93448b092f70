import SqliteDatabase from 'better-sqlite3'

export interface EventBytes {
  readonly ours: number
  readonly withTextIds: number
}

/**
 * Bytes that one event takes in a SQLite file, indexes included: in our tables, and copied into the table that most
 * would write, where every id is text. Both are measured by SQLite's own count of pages.
 */
export function measureEventBytes(file: string): EventBytes {
  const connection = new SqliteDatabase(file)
  try {
    connection.function('as_uuid', { deterministic: true }, asUuid)
    connection.exec(COPY)
    const rows = Number(connection.prepare('SELECT count(*) FROM events').pluck().get())
    const bytesOf = (tables: string) =>
      Number(
        connection
          .prepare(
            `SELECT sum(pgsize) FROM dbstat WHERE aggregate = true AND name IN
              (SELECT name FROM sqlite_schema WHERE tbl_name IN (SELECT value FROM json_each(?)))`,
          )
          .pluck()
          .get(tables),
      ) / rows
    return {
      ours: bytesOf('["events","event_ids"]'),
      withTextIds: bytesOf('["text_events"]'),
    }
  } finally {
    connection.close()
  }
}

function asUuid(id: unknown): string | null {
  if (!Buffer.isBuffer(id)) return null
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const COPY = `
  CREATE TABLE text_events (
    id TEXT PRIMARY KEY, shop_id TEXT NOT NULL, visitor_id TEXT, session_id TEXT, type TEXT NOT NULL, name TEXT,
    at INTEGER NOT NULL, received_at INTEGER NOT NULL, client_seq INTEGER NOT NULL, url TEXT NOT NULL, referrer TEXT,
    title TEXT, page_type TEXT, user_id TEXT, properties TEXT, verified INTEGER NOT NULL
  );
  CREATE INDEX text_events_visitor ON text_events (shop_id, visitor_id, at);
  CREATE INDEX text_events_received ON text_events (shop_id, received_at);
  INSERT INTO text_events
    SELECT as_uuid(e.id), '0193a5f0-0000-7000-8000-000000000001', as_uuid(v.public_id), as_uuid(s.public_id), e.type, e.name,
      e.at, e.received_at, e.client_seq, e.url, e.referrer, e.title, e.page_type, e.user_id, e.properties, e.verified
    FROM events e LEFT JOIN visitors v ON v.id = e.visitor_id LEFT JOIN sessions s ON s.id = e.session_id
    ORDER BY e.seq;
`
