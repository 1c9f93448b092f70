import type { PoolClient, QueryResultRow } from 'pg'
import type { Consent } from '#protocol/events.ts'
import { together } from '../db/together.ts'
import type { Transaction } from '../db/transaction.ts'
import { createPostgresProfileStore } from '../events/service.ts'
import {
  ADD_COUNTS,
  BEGUN_SESSION,
  FIND_SESSION,
  INSERT_EVENTS,
  INSERT_IDS,
  INSERT_NEWCOMERS,
  JOIN,
  JOIN_SESSION,
  JOIN_SIZE,
  KNOWN,
  SESSION,
  STANDS_FOR,
  TOUCH_SESSIONS,
  TOUCH_VISITORS,
  TRIM_NEXT_TOKENS,
  VISITOR,
} from './postgres-texts.ts'
import { eventRow, newcomerRow } from './postgres-rows.ts'
import type { PreparedEvent } from './prepared.ts'
import {
  MAX_SAME_SESSIONS,
  TOGETHER_MS,
  type BegunSession,
  type HeldVisitor,
  type NewcomerRows,
  type SessionRow,
  type Statements,
  type Touches,
  type VisitorRow,
} from './statements.ts'
import type { KnownToken, TokenState } from './visitor-tokens.ts'

interface VisitorColumns {
  readonly row: number
  readonly publicId: Buffer
  readonly joinedTo: number | null
  readonly consent: Consent | null
  readonly customerId: number | null
  readonly customerUserId: string | null
  readonly isCustomerProven: boolean
}

interface KnownColumns extends Omit<VisitorColumns, 'row'> {
  readonly row: number | null
  readonly tokenState: TokenState | null
  readonly sessionRow: number | null
  readonly clockOffset: number
  readonly lastSeenAt: number
}

/** Few round trips for many rows. Named statements, which each connection prepares once. */
export function postgresStatements(
  client: PoolClient,
  transaction: Transaction,
  lane: number,
): Statements {
  async function rows<Row extends QueryResultRow>(
    name: string,
    text: string,
    values: unknown[],
  ): Promise<Row[]> {
    const result = await client.query<Row>({ name: `ingestion_${name}`, text, values })
    return result.rows
  }
  const row = async <Row extends QueryResultRow>(name: string, text: string, values: unknown[]) =>
    (await rows<Row>(name, text, values))[0] ?? null
  const run = async (name: string, text: string, values: unknown[]) => {
    await rows(name, text, values)
  }

  return {
    transaction,
    profiles: createPostgresProfileStore(rows),
    async holdSubjects(shopId, visitors) {
      const customerRows = new Set(visitors.flatMap((one) => one.customerRow ?? []))
      const [held] = await together([
        rows<HeldVisitor & { readonly joinedTo: number | null }>(
          'hold_visitors',
          `SELECT id AS row, joined_to AS "joinedTo", customer_id AS "customerRow"
             FROM visitors WHERE shop_id = $1 AND id = ANY ($2) ORDER BY id FOR NO KEY UPDATE`,
          [shopId, [...new Set(visitors.map(({ row: visitorRow }) => visitorRow))]],
        ),
        customerRows.size > 0 &&
          run(
            'hold_customers',
            `SELECT id FROM customers WHERE shop_id = $1 AND id = ANY ($2)
              ORDER BY id FOR NO KEY UPDATE`,
            [shopId, [...customerRows]],
          ),
      ])
      const now = new Map(held.map((one) => [one.row, one]))
      return visitors.every(({ row: visitorRow, customerRow }) => {
        const one = now.get(visitorRow)
        return one !== undefined && one.joinedTo === null && one.customerRow === customerRow
      })
    },
    async known(claims) {
      const found = await rows<KnownColumns>('known', KNOWN, [
        claims.map(({ shopId }) => shopId),
        claims.map(({ visitorId }) => visitorId),
        claims.map(({ tokenHash }) => tokenHash),
        claims.map(({ sessionId }) => sessionId),
      ])
      return found.map(({ row: visitorRow, tokenState, sessionRow, ...columns }) => {
        if (visitorRow === null) return null
        const { clockOffset, lastSeenAt } = columns
        return {
          visitor: visitorOf({ ...columns, row: visitorRow }),
          tokenState,
          session: sessionRow === null ? null : { row: sessionRow, clockOffset, lastSeenAt },
        }
      })
    },
    async insertNewcomers(newcomers) {
      const made = await rows<NewcomerRows & { readonly position: number }>(
        'insert_newcomers',
        INSERT_NEWCOMERS,
        [JSON.stringify(newcomers.map(newcomerRow))],
      )
      const byPosition = new Map(made.map((one) => [one.position, one]))
      return newcomers.map((_, position) => byPosition.get(position) ?? null)
    },
    async lockVisitor(shopId, publicId) {
      const [locked, found] = await together([
        row(
          'lock_visitor',
          'SELECT id FROM visitors WHERE shop_id = $1 AND public_id = $2 FOR NO KEY UPDATE',
          [shopId, publicId],
        ),
        // Only then, for a statement that waits for a lock sees what it joins as it was before.
        row<VisitorColumns & QueryResultRow>(
          'locked_visitor',
          `SELECT ${VISITOR} FROM visitors v ${STANDS_FOR} WHERE v.shop_id = $1 AND v.public_id = $2`,
          [shopId, publicId],
        ),
      ])
      return locked === null || found === null ? null : visitorOf(found)
    },
    async insertVisitor(shopId, publicId, consent, at) {
      const made = await row<{ id: number }>(
        'insert_visitor',
        `INSERT INTO visitors (shop_id, public_id, consent, first_seen_at, last_seen_at)
         VALUES ($1, $2, $3, $4, $4) ON CONFLICT DO NOTHING
         RETURNING id`,
        [shopId, publicId, jsonOf(consent), at],
      )
      return made === null
        ? null
        : { row: made.id, publicId, joinedTo: null, consent, customer: null }
    },
    tokensOf: (shopId, visitorRow) =>
      rows<KnownToken & QueryResultRow>(
        'tokens',
        'SELECT token_hash AS hash, state FROM visitor_tokens WHERE shop_id = $1 AND visitor_id = $2',
        [shopId, visitorRow],
      ),
    insertToken: (shopId, visitorRow, { hash, state }, at) =>
      run(
        'insert_token',
        `INSERT INTO visitor_tokens (shop_id, visitor_id, token_hash, state, created_at)
         VALUES ($1, $2, $3, $4, $5)`,
        [shopId, visitorRow, hash, state, at],
      ),
    async promoteToken(shopId, visitorRow, hash) {
      await run(
        'promote_token',
        `UPDATE visitor_tokens SET state = 'active'
          WHERE shop_id = $1 AND visitor_id = $2 AND token_hash = $3`,
        [shopId, visitorRow, hash],
      )
      await run(
        'forget_other_tokens',
        'DELETE FROM visitor_tokens WHERE shop_id = $1 AND visitor_id = $2 AND token_hash <> $3',
        [shopId, visitorRow, hash],
      )
    },
    trimNextTokens: (shopId, visitorRow, kept) =>
      run('trim_next_tokens', TRIM_NEXT_TOKENS, [shopId, visitorRow, kept]),
    findSession: (shopId, visitorRow, publicId) =>
      row<SessionRow & QueryResultRow>('find_session', FIND_SESSION, [
        shopId,
        visitorRow,
        publicId,
      ]),
    sessionsBegunNear: (shopId, visitorRow, startedAt) =>
      rows<BegunSession & QueryResultRow>(
        'sessions_begun_near',
        `${BEGUN_SESSION} AND started_at BETWEEN $3 AND $4 ORDER BY id LIMIT ${MAX_SAME_SESSIONS}`,
        [shopId, visitorRow, startedAt - TOGETHER_MS, startedAt + TOGETHER_MS],
      ),
    sessionsOf: (shopId, visitorRow) =>
      rows<BegunSession & QueryResultRow>(
        'sessions_of',
        `${BEGUN_SESSION} ORDER BY started_at DESC LIMIT ${MAX_SAME_SESSIONS}`,
        [shopId, visitorRow],
      ),
    insertSession: (session) =>
      row<SessionRow & QueryResultRow>(
        'insert_session',
        `INSERT INTO sessions (shop_id, visitor_id, public_id, same_as, started_at,
                               last_seen_at, clock_offset, touch, device, context, place)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING ${SESSION}`,
        [
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
        ],
      ),
    async touchesOf(shopId, visitorRow) {
      const found = await row<Touches & QueryResultRow>(
        'touches',
        `SELECT first_touch AS first, last_touch AS last FROM visitors
          WHERE shop_id = $1 AND id = $2 FOR NO KEY UPDATE`,
        [shopId, visitorRow],
      )
      return found ?? { first: null, last: null }
    },
    updateTouches: (shopId, visitorRow, { first, last }) =>
      run(
        'update_touches',
        'UPDATE visitors SET first_touch = $3, last_touch = $4 WHERE shop_id = $1 AND id = $2',
        [shopId, visitorRow, jsonOf(first), jsonOf(last)],
      ),
    updateConsent: (shopId, visitorRow, consent) =>
      run('update_consent', 'UPDATE visitors SET consent = $3 WHERE shop_id = $1 AND id = $2', [
        shopId,
        visitorRow,
        jsonOf(consent),
      ]),
    async joinSize(shopId, visitorRow, limit) {
      const found = await row<{ size: number }>('join_size', JOIN_SIZE, [shopId, visitorRow, limit])
      return found?.size ?? 0
    },
    async joinVisitor(shopId, loser, winner) {
      for (const [name, text] of JOIN) await run(name, text, [shopId, loser, winner])
    },
    async joinSession(shopId, visitorRow, { loser, winner }) {
      for (const [name, text] of JOIN_SESSION) {
        await run(name, text, [shopId, visitorRow, loser, winner])
      }
    },
    async storeEvents(events) {
      const isNew = await newIds(events)
      const fresh = events.filter((_, i) => isNew[i])
      if (fresh.length > 0)
        await run('insert_events', INSERT_EVENTS, [JSON.stringify(fresh.map(eventRow))])
      return isNew
    },
    touchSessions: async (uses) => {
      const values = [
        uses.map(({ shopId }) => shopId),
        uses.map(({ visitorRow }) => visitorRow),
        uses.map(({ sessionRow }) => sessionRow),
        uses.map(({ clockOffset }) => clockOffset),
        uses.map(({ seenAt }) => seenAt),
      ]
      await together([
        run('touch_sessions', TOUCH_SESSIONS, values),
        run('touch_visitors', TOUCH_VISITORS, [values[0], values[1], values[4]]),
      ])
    },
    addCounts: (counts) =>
      run('add_counts', ADD_COUNTS, [
        counts.map(({ shopId }) => shopId),
        counts.map(({ day }) => day),
        counts.map(({ outcome }) => outcome),
        lane,
        counts.map(({ count }) => count),
        counts.map(({ detail }) => detail),
        counts.map(({ at }) => at),
      ]),
  }

  /** Of an id that stands here more than once, the first counts. */
  async function newIds(events: readonly PreparedEvent[]): Promise<boolean[]> {
    const inserted = await rows<{ shopId: number; id: Buffer }>('insert_ids', INSERT_IDS, [
      events.map(({ shopId }) => shopId),
      events.map(({ onceKey }) => onceKey),
    ])
    const names = new Set(inserted.map(nameOf))
    return events.map(({ shopId, onceKey: id }) => names.delete(nameOf({ shopId, id })))
  }
}

function visitorOf({ row, publicId, joinedTo, consent, ...columns }: VisitorColumns): VisitorRow {
  const { customerId: id, customerUserId: userId, isCustomerProven: isProven } = columns
  const customer = id === null ? null : { id, userId, isProven }
  return { row, publicId, joinedTo, consent, customer }
}

function nameOf({ shopId, id }: { shopId: number; id: Buffer }): string {
  return `${shopId} ${id.toString('latin1')}`
}

function jsonOf(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}
