export const VISITOR = `v.id AS row, coalesce(w.public_id, v.public_id) AS "publicId",
  v.joined_to AS "joinedTo", CASE WHEN w.id IS NULL THEN v.consent ELSE w.consent END AS consent,
  p.id AS "customerId", p.user_id AS "customerUserId",
  CASE WHEN w.id IS NULL THEN v.is_customer_proven ELSE w.is_customer_proven END AS "isCustomerProven"`
/** Whom the row `v` stands for now (`w`), and who that is (`p`). */
export const STANDS_FOR = `
  LEFT JOIN visitors w ON w.id = v.joined_to
  LEFT JOIN customers p
    ON p.id = CASE WHEN w.id IS NULL THEN v.customer_id ELSE w.customer_id END`
export const SESSION = `id AS row, clock_offset AS "clockOffset", last_seen_at AS "lastSeenAt"`

export const KNOWN = `
  SELECT ${VISITOR}, t.state AS "tokenState", f.id AS "sessionRow",
         f.clock_offset AS "clockOffset", f.last_seen_at AS "lastSeenAt"
    FROM unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[])
         WITH ORDINALITY AS c (shop_id, visitor_id, token_hash, session_id, position)
    LEFT JOIN visitors v ON v.shop_id = c.shop_id AND v.public_id = c.visitor_id
    ${STANDS_FOR}
    LEFT JOIN visitor_tokens t
      ON t.shop_id = v.shop_id AND t.visitor_id = v.id AND t.token_hash = c.token_hash
    LEFT JOIN sessions s
      ON s.shop_id = v.shop_id AND s.visitor_id = coalesce(v.joined_to, v.id)
     AND s.public_id = c.session_id
    LEFT JOIN sessions f ON f.id = coalesce(s.same_as, s.id)
   ORDER BY c.position`

/** In order on every node, so that two that make the same visitors wait in one direction only. */
export const INSERT_NEWCOMERS = `
  WITH n AS (
    SELECT position, shop_id, decode(public_id, 'hex') AS public_id,
           decode(token_hash, 'hex') AS token_hash, consent, seen_at,
           decode(session_id, 'hex') AS session_id, started_at, clock_offset, touch, device, context,
           place
      FROM json_to_recordset($1::json) AS r (
        position int, shop_id bigint, public_id text, token_hash text, consent jsonb,
        seen_at bigint, session_id text, started_at bigint, clock_offset bigint, touch jsonb,
        device text, context jsonb, place jsonb)
  ), v AS (
    INSERT INTO visitors (shop_id, public_id, consent, first_touch, last_touch, first_seen_at,
                          last_seen_at)
    SELECT shop_id, public_id, consent, touch, touch, seen_at, seen_at
      FROM n ORDER BY shop_id, public_id
    ON CONFLICT DO NOTHING RETURNING id, shop_id, public_id
  ), made AS (
    SELECT v.id AS visitor_id, n.*
      FROM n JOIN v ON v.shop_id = n.shop_id AND v.public_id = n.public_id
  ), t AS (
    INSERT INTO visitor_tokens (shop_id, visitor_id, token_hash, state, created_at)
    SELECT shop_id, visitor_id, token_hash, 'active', seen_at
      FROM made WHERE token_hash IS NOT NULL
  ), s AS (
    INSERT INTO sessions (shop_id, visitor_id, public_id, started_at, last_seen_at, clock_offset,
                          touch, device, context, place)
    SELECT shop_id, visitor_id, session_id, started_at, seen_at, clock_offset, touch, device,
           context, place
      FROM made WHERE session_id IS NOT NULL
    RETURNING id, visitor_id
  )
  SELECT made.position, made.visitor_id AS "visitorRow", s.id AS "sessionRow"
    FROM made LEFT JOIN s ON s.visitor_id = made.visitor_id`

export const FIND_SESSION = `
  SELECT f.id AS row, f.clock_offset AS "clockOffset", f.last_seen_at AS "lastSeenAt"
    FROM sessions s JOIN sessions f ON f.id = coalesce(s.same_as, s.id)
   WHERE s.shop_id = $1 AND s.visitor_id = $2 AND s.public_id = $3`

export const BEGUN_SESSION = `
  SELECT ${SESSION}, started_at AS "startedAt", touch
    FROM sessions WHERE shop_id = $1 AND visitor_id = $2 AND same_as IS NULL`

/** Sorted, so that two nodes with the same ids wait for one another in one direction only. */
export const INSERT_IDS = `
  INSERT INTO event_ids (shop_id, id)
  SELECT shop_id, id FROM unnest($1::bigint[], $2::bytea[]) AS n (shop_id, id) ORDER BY shop_id, id
  ON CONFLICT DO NOTHING RETURNING shop_id AS "shopId", id`

/** One JSON text in place of eighteen arrays: properties are JSON anyhow, and Node writes it fastest. */
export const INSERT_EVENTS = `
  INSERT INTO events (shop_id, id, visitor_id, session_id, type, name, at, received_at, client_seq,
                      url, referrer, title, page_type, user_id, group_id, properties, traits,
                      verified)
  SELECT shop_id, decode(id, 'hex'), visitor_id, session_id, type, name, at, received_at,
         client_seq, url, referrer, title, page_type, user_id, group_id, properties, traits,
         verified
    FROM json_to_recordset($1::json) AS n (
      shop_id bigint, id text, visitor_id bigint, session_id bigint, type text, name text,
      at bigint, received_at bigint, client_seq bigint, url text, referrer text, title text,
      page_type text, user_id text, group_id text, properties jsonb, traits jsonb, verified boolean)`

/** Rows that another node is writing are passed over: the next batch brings the same news. */
export const TOUCH_SESSIONS = `
  WITH news AS (
    SELECT shop_id, session_row, min(clock_offset) AS clock_offset, max(seen_at) AS seen_at
      FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
           AS n (shop_id, visitor_row, session_row, clock_offset, seen_at)
     GROUP BY shop_id, session_row
  ), free AS (
    SELECT s.id, n.clock_offset, n.seen_at
      FROM sessions s JOIN news n ON s.shop_id = n.shop_id AND s.id = n.session_row
       FOR NO KEY UPDATE OF s SKIP LOCKED
  )
  UPDATE sessions s SET clock_offset = least(s.clock_offset, free.clock_offset),
                        last_seen_at = greatest(s.last_seen_at, free.seen_at)
    FROM free WHERE s.id = free.id`

export const TOUCH_VISITORS = `
  WITH news AS (
    SELECT shop_id, visitor_row, max(seen_at) AS seen_at
      FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS n (shop_id, visitor_row, seen_at)
     GROUP BY shop_id, visitor_row
  ), free AS (
    SELECT v.id, n.seen_at
      FROM visitors v JOIN news n ON v.shop_id = n.shop_id AND v.id = n.visitor_row
       FOR NO KEY UPDATE OF v SKIP LOCKED
  )
  UPDATE visitors v SET last_seen_at = greatest(v.last_seen_at, free.seen_at)
    FROM free WHERE v.id = free.id`

export const ADD_COUNTS = `
  INSERT INTO ingestion_counts AS c (shop_id, day, outcome, lane, count, last_detail, last_at)
  SELECT shop_id, day, outcome, $4, count, detail, at
    FROM unnest($1::bigint[], $2::int[], $3::text[], $5::bigint[], $6::text[], $7::bigint[])
         AS n (shop_id, day, outcome, count, detail, at)
  ON CONFLICT (shop_id, day, outcome, lane) DO UPDATE
    SET count = c.count + excluded.count, last_at = excluded.last_at,
        last_detail = coalesce(excluded.last_detail, c.last_detail)`

export const TRIM_NEXT_TOKENS = `
  DELETE FROM visitor_tokens
   WHERE shop_id = $1 AND visitor_id = $2 AND state = 'next' AND token_hash NOT IN
     (SELECT token_hash FROM visitor_tokens
       WHERE shop_id = $1 AND visitor_id = $2 AND state = 'next'
       ORDER BY created_at DESC LIMIT $3)`

export const JOIN_SIZE = `
  SELECT (SELECT count(*) FROM (SELECT 1 FROM events
            WHERE shop_id = $1 AND visitor_id = $2 LIMIT $3) AS e)
       + (SELECT count(*) FROM (SELECT 1 FROM sessions
            WHERE shop_id = $1 AND visitor_id = $2 LIMIT $3) AS s)
       + (SELECT count(*) FROM (SELECT 1 FROM visitors
            WHERE shop_id = $1 AND joined_to = $2 LIMIT $3) AS v) AS size`

/** A session that both tabs shared exists twice: what was the loser's becomes the winner's, then its row goes. */
export const JOIN: [string, string][] = [
  ['join_events', 'UPDATE events SET visitor_id = $3 WHERE shop_id = $1 AND visitor_id = $2'],
  [
    'join_shared_sessions',
    `UPDATE events SET session_id = coalesce(kept.same_as, kept.id)
       FROM sessions lost JOIN sessions kept
         ON kept.shop_id = lost.shop_id AND kept.public_id = lost.public_id
      WHERE lost.shop_id = $1 AND lost.visitor_id = $2 AND kept.visitor_id = $3
        AND events.shop_id = $1 AND events.visitor_id = $3 AND events.session_id = lost.id`,
  ],
  [
    'join_same_sessions',
    `UPDATE sessions s SET same_as = coalesce(kept.same_as, kept.id)
       FROM sessions lost JOIN sessions kept
         ON kept.shop_id = lost.shop_id AND kept.public_id = lost.public_id
      WHERE lost.shop_id = $1 AND lost.visitor_id = $2 AND kept.visitor_id = $3
        AND s.shop_id = $1 AND s.visitor_id = $2 AND s.same_as = lost.id`,
  ],
  [
    'join_drop_sessions',
    `DELETE FROM sessions WHERE shop_id = $1 AND visitor_id = $2 AND public_id IN
       (SELECT public_id FROM sessions WHERE shop_id = $1 AND visitor_id = $3)`,
  ],
  ['join_sessions', 'UPDATE sessions SET visitor_id = $3 WHERE shop_id = $1 AND visitor_id = $2'],
  [
    'join_visitors',
    'UPDATE visitors SET joined_to = $3 WHERE shop_id = $1 AND (id = $2 OR joined_to = $2)',
  ],
  [
    'join_first_seen',
    `UPDATE visitors SET first_seen_at =
        least(first_seen_at, (SELECT first_seen_at FROM visitors WHERE id = $2 AND shop_id = $1))
      WHERE shop_id = $1 AND id = $3`,
  ],
  // Their sessions are counted anew (dashboard/recount.ts).
  [
    'join_figures',
    `INSERT INTO figure_changes (shop_id, visitor_id) VALUES ($1, $2), ($1, $3)
      ON CONFLICT DO NOTHING`,
  ],
]

/** The session $3 of the visitor $2 turned out to be the session $4. */
export const JOIN_SESSION: [string, string][] = [
  [
    'join_session_events',
    `UPDATE events SET session_id = $4
      WHERE shop_id = $1 AND visitor_id = $2 AND session_id = $3`,
  ],
  [
    'join_session_news',
    `UPDATE sessions s SET clock_offset = least(s.clock_offset, lost.clock_offset),
                           last_seen_at = greatest(s.last_seen_at, lost.last_seen_at)
       FROM sessions lost
      WHERE s.shop_id = $1 AND s.visitor_id = $2 AND s.id = $4
        AND lost.shop_id = $1 AND lost.id = $3`,
  ],
  [
    'join_session',
    `UPDATE sessions SET same_as = $4
      WHERE shop_id = $1 AND visitor_id = $2 AND (id = $3 OR same_as = $3)`,
  ],
  [
    'join_session_figures',
    `INSERT INTO figure_changes (shop_id, visitor_id)
     SELECT $1::bigint, $2::bigint WHERE $3::bigint <> $4::bigint ON CONFLICT DO NOTHING`,
  ],
]
