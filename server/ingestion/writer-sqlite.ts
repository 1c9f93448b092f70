import type { Breather } from '../db/breather.ts'
import type { SqliteConnection } from '../db/database.ts'
import type { Transaction } from '../db/transaction.ts'
import { createSqliteProfileStore } from '../events/service.ts'
import { createEventStore } from './sqlite-events.ts'
import {
  BEGUN_SESSION,
  JOIN,
  JOIN_SESSION,
  JOIN_SIZE,
  STANDS_FOR,
  TRIM_NEXT_TOKENS,
  VISITOR,
} from './sqlite-texts.ts'
import {
  MAX_SAME_SESSIONS,
  TOGETHER_MS,
  type BegunSession,
  type Known,
  type Newcomer,
  type NewSession,
  type SessionRow,
  type Statements,
  type VisitorRow,
} from './statements.ts'
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
  readonly customerId: number | null
  readonly customerUserId: string | null
  readonly isCustomerProven: number
}

interface BegunColumns extends SessionRow {
  readonly startedAt: number
  readonly touch: string | null
}

interface TouchColumns {
  readonly first: string | null
  readonly last: string | null
}

interface SqliteParts {
  readonly transaction: Transaction
  readonly lane: number
  readonly breather: Pick<Breather, 'breathe'>
}

/** One writer holds the file, so a row once read stays as it is until the commit. */
export function sqliteStatements(
  connection: SqliteConnection,
  { transaction, lane, breather }: SqliteParts,
): Statements {
  const known = connection.prepare<unknown[], KnownColumns>(
    `${VISITOR}, t.state AS tokenState, f.id AS sessionRow, f.clock_offset AS clockOffset,
            f.last_seen_at AS lastSeenAt
       FROM visitors v
       ${STANDS_FOR}
       LEFT JOIN visitor_tokens t
         ON t.shop_id = v.shop_id AND t.visitor_id = v.id AND t.token_hash = ?
       LEFT JOIN sessions s
         ON s.shop_id = v.shop_id AND s.visitor_id = coalesce(v.joined_to, v.id) AND s.public_id = ?
       LEFT JOIN sessions f ON f.id = coalesce(s.same_as, s.id)
      WHERE v.shop_id = ? AND v.public_id = ?`,
  )
  const findVisitor = connection.prepare<unknown[], VisitorColumns>(
    `${VISITOR} FROM visitors v ${STANDS_FOR}
      WHERE v.shop_id = ? AND v.public_id = ?`,
  )
  const insertVisitor = connection.prepare(
    `INSERT INTO visitors (shop_id, public_id, consent, first_seen_at, last_seen_at)
     VALUES (?, ?, ?, ?, ?)`,
  )
  const insertNewcomer = connection.prepare(
    `INSERT INTO visitors (shop_id, public_id, consent, first_touch, last_touch, first_seen_at,
                           last_seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const tokens = connection.prepare<unknown[], KnownToken>(
    'SELECT token_hash AS hash, state FROM visitor_tokens WHERE shop_id = ? AND visitor_id = ?',
  )
  const insertToken = connection.prepare(
    `INSERT INTO visitor_tokens (shop_id, visitor_id, token_hash, state, created_at)
     VALUES (?, ?, ?, ?, ?)`,
  )
  const promoteToken = connection.prepare(
    `UPDATE visitor_tokens SET state = 'active'
      WHERE shop_id = ? AND visitor_id = ? AND token_hash = ?`,
  )
  const forgetOtherTokens = connection.prepare(
    'DELETE FROM visitor_tokens WHERE shop_id = ? AND visitor_id = ? AND token_hash <> ?',
  )
  const trimNextTokens = connection.prepare(TRIM_NEXT_TOKENS)
  const findSession = connection.prepare<unknown[], SessionRow>(
    `SELECT f.id AS row, f.clock_offset AS clockOffset, f.last_seen_at AS lastSeenAt
       FROM sessions s JOIN sessions f ON f.id = coalesce(s.same_as, s.id)
      WHERE s.shop_id = ? AND s.visitor_id = ? AND s.public_id = ?`,
  )
  const sessionsBegunNear = connection.prepare<unknown[], BegunColumns>(
    `${BEGUN_SESSION} AND started_at BETWEEN ? AND ? ORDER BY id LIMIT ${MAX_SAME_SESSIONS}`,
  )
  const sessionsOf = connection.prepare<unknown[], BegunColumns>(
    `${BEGUN_SESSION} ORDER BY started_at DESC LIMIT ${MAX_SAME_SESSIONS}`,
  )
  const insertSession = connection.prepare(
    `INSERT INTO sessions (shop_id, visitor_id, public_id, same_as, started_at, last_seen_at,
                           clock_offset, touch, device, context, place)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
  const joinSize = connection.prepare<unknown[], { size: number }>(JOIN_SIZE)
  const join = JOIN.map((statement) => connection.prepare(statement))
  const joinSession = JOIN_SESSION.map((statement) => connection.prepare(statement))
  const storeEvents = createEventStore(connection, breather)
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

  function storeNewcomer({ shopId, publicId, tokenHash, consent, seenAt, session }: Newcomer) {
    const touch = jsonOf(session?.touch ?? null)
    const visitor = [shopId, publicId, jsonOf(consent), touch, touch, seenAt, seenAt]
    const visitorRow = Number(insertNewcomer.run(visitor).lastInsertRowid)
    if (tokenHash !== null) insertToken.run(shopId, visitorRow, tokenHash, 'active', seenAt)
    if (session === null) return { visitorRow, sessionRow: null }
    const sessionRow = storeSession({ ...session, shopId, visitorRow, sameAs: null, seenAt })
    return { visitorRow, sessionRow }
  }

  function storeSession(session: NewSession): number {
    const { lastInsertRowid } = insertSession.run(
      session.shopId,
      session.visitorRow,
      session.publicId,
      session.sameAs,
      session.startedAt,
      session.seenAt,
      session.clockOffset,
      jsonOf(session.touch),
      session.device,
      jsonOf(session.context),
      jsonOf(session.place),
    )
    return Number(lastInsertRowid)
  }

  return {
    transaction,
    profiles: createSqliteProfileStore(connection, breather),
    // Nobody else writes meanwhile.
    holdSubjects: () => true,
    known: (claims) =>
      claims.map(({ shopId, visitorId, tokenHash, sessionId }) => {
        const columns = known.get(tokenHash, sessionId, shopId, visitorId)
        return columns === undefined ? null : knownOf(columns)
      }),
    insertNewcomers: (newcomers) => newcomers.map(storeNewcomer),
    lockVisitor(shopId, publicId) {
      const columns = findVisitor.get(shopId, publicId)
      return columns === undefined ? null : visitorOf(columns)
    },
    insertVisitor(shopId, publicId, consent, at) {
      const { lastInsertRowid } = insertVisitor.run(shopId, publicId, jsonOf(consent), at, at)
      return { row: Number(lastInsertRowid), publicId, joinedTo: null, consent, customer: null }
    },
    tokensOf: (shopId, visitorRow) => tokens.all(shopId, visitorRow),
    insertToken(shopId, visitorRow, { hash, state }, at) {
      insertToken.run(shopId, visitorRow, hash, state, at)
    },
    promoteToken(shopId, visitorRow, hash) {
      promoteToken.run(shopId, visitorRow, hash)
      forgetOtherTokens.run(shopId, visitorRow, hash)
    },
    trimNextTokens(shopId, visitorRow, kept) {
      trimNextTokens.run({ shopId, visitorRow, kept })
    },
    findSession: (shopId, visitorRow, publicId) =>
      findSession.get(shopId, visitorRow, publicId) ?? null,
    sessionsBegunNear: (shopId, visitorRow, startedAt) =>
      sessionsBegunNear
        .all(shopId, visitorRow, startedAt - TOGETHER_MS, startedAt + TOGETHER_MS)
        .map(begunOf),
    sessionsOf: (shopId, visitorRow) => sessionsOf.all(shopId, visitorRow).map(begunOf),
    insertSession(session) {
      const { clockOffset, seenAt: lastSeenAt } = session
      return { row: storeSession(session), clockOffset, lastSeenAt }
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
    joinSize: (shopId, visitorRow, limit) => joinSize.get({ shopId, visitorRow, limit })?.size ?? 0,
    joinVisitor(shopId, loser, winner) {
      for (const statement of join) statement.run({ shopId, loser, winner })
    },
    joinSession(shopId, visitorRow, { loser, winner }) {
      for (const statement of joinSession) statement.run({ shopId, visitorRow, loser, winner })
    },
    storeEvents,
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

function begunOf({ touch, ...columns }: BegunColumns): BegunSession {
  return { ...columns, touch: valueOf(touch) }
}

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

function visitorOf({ row, publicId, joinedTo, consent, ...columns }: VisitorColumns): VisitorRow {
  const { customerId: id, customerUserId: userId, isCustomerProven } = columns
  const customer = id === null ? null : { id, userId, isProven: isCustomerProven === 1 }
  return { row, publicId, joinedTo, consent: valueOf(consent), customer }
}

function jsonOf(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

/** What we wrote ourselves, so its type is known. */
function valueOf<T>(json: string | null | undefined): T | null {
  return json === null || json === undefined ? null : (JSON.parse(json) as T)
}
