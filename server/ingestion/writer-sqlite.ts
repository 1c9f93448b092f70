import type { SqliteConnection } from '../db/database.ts'
import type { PreparedEvent } from './prepared.ts'
import type { Known, SessionRow, Statements, VisitorRow } from './statements.ts'
import type { KnownToken, TokenState } from './visitor-tokens.ts'

interface KnownColumns extends VisitorColumns {
  readonly tokenState: TokenState | null
  readonly sessionRow: number | null
  readonly clockOffset: number | null
  readonly lastSeenAt: number | null
}

interface VisitorColumns {
  readonly row: number
  readonly publicId: Buffer
  readonly joinedTo: number | null
  readonly consent: string | null
}

interface TouchColumns {
  readonly first: string | null
  readonly last: string | null
}

const VISITOR = `
  SELECT v.id AS row, coalesce(w.public_id, v.public_id) AS publicId, v.joined_to AS joinedTo,
         iif(w.id IS NULL, v.consent, w.consent) AS consent`

/** One writer holds the file, so a row once read stays as it is until the commit. */
export function sqliteStatements(connection: SqliteConnection, lane: number): Statements {
  const known = connection.prepare<unknown[], KnownColumns>(
    `${VISITOR}, t.state AS tokenState, s.id AS sessionRow, s.clock_offset AS clockOffset,
            s.last_seen_at AS lastSeenAt
       FROM visitors v
       LEFT JOIN visitors w ON w.id = v.joined_to
       LEFT JOIN visitor_tokens t
         ON t.shop_id = v.shop_id AND t.visitor_id = v.id AND t.token_hash = ?
       LEFT JOIN sessions s
         ON s.shop_id = v.shop_id AND s.visitor_id = coalesce(v.joined_to, v.id) AND s.public_id = ?
      WHERE v.shop_id = ? AND v.public_id = ?`,
  )
  const findVisitor = connection.prepare<unknown[], VisitorColumns>(
    `${VISITOR} FROM visitors v LEFT JOIN visitors w ON w.id = v.joined_to
      WHERE v.shop_id = ? AND v.public_id = ?`,
  )
  const insertVisitor = connection.prepare(
    `INSERT INTO visitors (shop_id, public_id, consent, first_seen_at, last_seen_at)
     VALUES (?, ?, ?, ?, ?)`,
  )
  const tokens = connection.prepare<unknown[], KnownToken>(
    'SELECT token_hash AS hash, state FROM visitor_tokens WHERE shop_id = ? AND visitor_id = ?',
  )
  const insertToken = connection.prepare(
    `INSERT INTO visitor_tokens (shop_id, visitor_id, token_hash, state, created_at)
     VALUES (?, ?, ?, ?, ?)`,
  )
  const promoteToken = connection.prepare(
    `UPDATE visitor_tokens SET state = iif(token_hash = ?, 'active', 'revoked')
      WHERE shop_id = ? AND visitor_id = ?`,
  )
  const findSession = connection.prepare<unknown[], SessionRow>(
    `SELECT id AS row, clock_offset AS clockOffset, last_seen_at AS lastSeenAt
       FROM sessions WHERE shop_id = ? AND visitor_id = ? AND public_id = ?`,
  )
  const insertSession = connection.prepare(
    `INSERT INTO sessions (shop_id, visitor_id, public_id, started_at, last_seen_at, clock_offset,
                           touch, device, context)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const touches = connection.prepare<unknown[], TouchColumns>(
    'SELECT first_touch AS first, last_touch AS last FROM visitors WHERE shop_id = ? AND id = ?',
  )
  const updateTouches = connection.prepare(
    'UPDATE visitors SET first_touch = ?, last_touch = ? WHERE shop_id = ? AND id = ?',
  )
  const updateConsent = connection.prepare(
    'UPDATE visitors SET consent = ? WHERE shop_id = ? AND id = ?',
  )
  const join = JOIN.map((statement) => connection.prepare(statement))
  const insertId = connection.prepare(
    'INSERT INTO event_ids (shop_id, id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const insertEvent = connection.prepare(
    `INSERT INTO events (shop_id, id, visitor_id, session_id, type, name, at, received_at,
                         client_seq, url, referrer, title, page_type, user_id, group_id,
                         properties, traits, verified)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const touchSession = connection.prepare(
    `UPDATE sessions SET clock_offset = min(clock_offset, ?), last_seen_at = max(last_seen_at, ?)
      WHERE shop_id = ? AND id = ?`,
  )
  const touchVisitor = connection.prepare(
    'UPDATE visitors SET last_seen_at = max(last_seen_at, ?) WHERE shop_id = ? AND id = ?',
  )
  const addCount = connection.prepare(
    `INSERT INTO ingestion_counts (shop_id, day, outcome, lane, count, last_detail, last_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count, last_at = excluded.last_at,
       last_detail = coalesce(excluded.last_detail, last_detail)`,
  )

  function storeEvent(event: PreparedEvent): boolean {
    if (insertId.run(event.shopId, event.id).changes === 0) return false
    insertEvent.run(
      event.shopId,
      event.id,
      event.visitorRow,
      event.sessionRow,
      event.type,
      event.name,
      event.at,
      event.receivedAt,
      event.clientSeq,
      event.url,
      event.referrer,
      event.title,
      event.pageType,
      event.userId,
      event.groupId,
      jsonOf(event.properties),
      jsonOf(event.traits),
      event.isVerified ? 1 : 0,
    )
    return true
  }

  return {
    known: (claims) =>
      claims.map(({ shopId, visitorId, tokenHash, sessionId }) => {
        const columns = known.get(tokenHash, sessionId, shopId, visitorId)
        return columns === undefined ? null : knownOf(columns)
      }),
    lockVisitor(shopId, publicId) {
      const columns = findVisitor.get(shopId, publicId)
      return columns === undefined ? null : visitorOf(columns)
    },
    insertVisitor(shopId, publicId, consent, at) {
      const { lastInsertRowid } = insertVisitor.run(shopId, publicId, jsonOf(consent), at, at)
      return { row: Number(lastInsertRowid), publicId, joinedTo: null, consent }
    },
    tokensOf: (shopId, visitorRow) => tokens.all(shopId, visitorRow),
    insertToken(shopId, visitorRow, { hash, state }, at) {
      insertToken.run(shopId, visitorRow, hash, state, at)
    },
    promoteToken(shopId, visitorRow, hash) {
      promoteToken.run(hash, shopId, visitorRow)
    },
    findSession: (shopId, visitorRow, publicId) =>
      findSession.get(shopId, visitorRow, publicId) ?? null,
    insertSession(session) {
      const { lastInsertRowid } = insertSession.run(
        session.shopId,
        session.visitorRow,
        session.publicId,
        session.startedAt,
        session.seenAt,
        session.clockOffset,
        jsonOf(session.touch),
        session.device,
        jsonOf(session.context),
      )
      const { clockOffset, seenAt: lastSeenAt } = session
      return { row: Number(lastInsertRowid), clockOffset, lastSeenAt }
    },
    touchesOf(shopId, visitorRow) {
      const columns = touches.get(shopId, visitorRow)
      return { first: valueOf(columns?.first), last: valueOf(columns?.last) }
    },
    updateTouches(shopId, visitorRow, { first, last }) {
      updateTouches.run(jsonOf(first), jsonOf(last), shopId, visitorRow)
    },
    updateConsent(shopId, visitorRow, consent) {
      updateConsent.run(jsonOf(consent), shopId, visitorRow)
    },
    joinVisitor(shopId, loser, winner) {
      for (const statement of join) statement.run({ shopId, loser, winner })
    },
    storeEvents: (events) => events.map(storeEvent),
    touchSessions(uses) {
      for (const { shopId, visitorRow, sessionRow, clockOffset, seenAt } of uses) {
        touchSession.run(clockOffset, seenAt, shopId, sessionRow)
        touchVisitor.run(seenAt, shopId, visitorRow)
      }
    },
    addCounts(counts) {
      for (const { shopId, day, outcome, count, detail, at } of counts) {
        addCount.run(shopId, day, outcome, lane, count, detail, at)
      }
    },
  }
}

/** A session that both tabs shared exists twice: its events move to the winner's, then the loser's goes. */
const JOIN = [
  `UPDATE events SET visitor_id = @winner WHERE shop_id = @shopId AND visitor_id = @loser`,
  `UPDATE events SET session_id = kept.id
     FROM sessions lost JOIN sessions kept
       ON kept.shop_id = lost.shop_id AND kept.public_id = lost.public_id
    WHERE lost.shop_id = @shopId AND lost.visitor_id = @loser AND kept.visitor_id = @winner
      AND events.shop_id = @shopId AND events.visitor_id = @winner AND events.session_id = lost.id`,
  `DELETE FROM sessions WHERE shop_id = @shopId AND visitor_id = @loser AND public_id IN
     (SELECT public_id FROM sessions WHERE shop_id = @shopId AND visitor_id = @winner)`,
  `UPDATE sessions SET visitor_id = @winner WHERE shop_id = @shopId AND visitor_id = @loser`,
  `UPDATE visitors SET joined_to = @winner
    WHERE shop_id = @shopId AND (id = @loser OR joined_to = @loser)`,
  `UPDATE visitors SET first_seen_at =
      min(first_seen_at, (SELECT first_seen_at FROM visitors WHERE id = @loser AND shop_id = @shopId))
    WHERE shop_id = @shopId AND id = @winner`,
]

function knownOf(columns: KnownColumns): Known {
  const { sessionRow, clockOffset, lastSeenAt, tokenState } = columns
  return {
    visitor: visitorOf(columns),
    tokenState,
    session:
      sessionRow === null || clockOffset === null || lastSeenAt === null
        ? null
        : { row: sessionRow, clockOffset, lastSeenAt },
  }
}

function visitorOf({ row, publicId, joinedTo, consent }: VisitorColumns): VisitorRow {
  return { row, publicId, joinedTo, consent: valueOf(consent) }
}

function jsonOf(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

/** What we wrote ourselves, so its type is known. */
function valueOf<T>(json: string | null | undefined): T | null {
  return json === null || json === undefined ? null : (JSON.parse(json) as T)
}
