export const VISITOR = `v.id AS row, coalesce(w.public_id, v.public_id) AS "publicId",
  v.joined_to AS "joinedTo", CASE WHEN w.id IS NULL THEN v.consent ELSE w.consent END AS consent`
export const SESSION = `id AS row, clock_offset AS "clockOffset", last_seen_at AS "lastSeenAt"`

export const KNOWN = `
  SELECT ${VISITOR}, t.state AS "tokenState", s.id AS "sessionRow",
         s.clock_offset AS "clockOffset", s.last_seen_at AS "lastSeenAt"
    FROM unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[])
         WITH ORDINALITY AS c (shop_id, visitor_id, token_hash, session_id, position)
    LEFT JOIN visitors v ON v.shop_id = c.shop_id AND v.public_id = c.visitor_id
    LEFT JOIN visitors w ON w.id = v.joined_to
    LEFT JOIN visitor_tokens t
      ON t.shop_id = v.shop_id AND t.visitor_id = v.id AND t.token_hash = c.token_hash
    LEFT JOIN sessions s
      ON s.shop_id = v.shop_id AND s.visitor_id = coalesce(v.joined_to, v.id)
     AND s.public_id = c.session_id
   ORDER BY c.position`

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

/** A session that both tabs shared exists twice: its events move to the winner's, then the loser's goes. */
export const JOIN: [string, string][] = [
  ['join_events', 'UPDATE events SET visitor_id = $3 WHERE shop_id = $1 AND visitor_id = $2'],
  [
    'join_shared_sessions',
    `UPDATE events SET session_id = kept.id
       FROM sessions lost JOIN sessions kept
         ON kept.shop_id = lost.shop_id AND kept.public_id = lost.public_id
      WHERE lost.shop_id = $1 AND lost.visitor_id = $2 AND kept.visitor_id = $3
        AND events.shop_id = $1 AND events.visitor_id = $3 AND events.session_id = lost.id`,
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
]
