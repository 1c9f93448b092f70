export const VISITOR = `
  SELECT v.id AS row, coalesce(w.public_id, v.public_id) AS publicId, v.joined_to AS joinedTo,
         iif(w.id IS NULL, v.consent, w.consent) AS consent,
         p.id AS customerId, p.user_id AS customerUserId,
         iif(w.id IS NULL, v.is_customer_proven, w.is_customer_proven) AS isCustomerProven`
/** Whom the row `v` stands for now (`w`), and who that is (`p`). */
export const STANDS_FOR = `
  LEFT JOIN visitors w ON w.id = v.joined_to
  LEFT JOIN customers p ON p.id = iif(w.id IS NULL, v.customer_id, w.customer_id)`

export const TRIM_NEXT_TOKENS = `
  DELETE FROM visitor_tokens
   WHERE shop_id = @shopId AND visitor_id = @visitorRow AND state = 'next' AND token_hash NOT IN
     (SELECT token_hash FROM visitor_tokens
       WHERE shop_id = @shopId AND visitor_id = @visitorRow AND state = 'next'
       ORDER BY created_at DESC LIMIT @kept)`

export const JOIN_SIZE = `
  SELECT (SELECT count(*) FROM (SELECT 1 FROM events
            WHERE shop_id = @shopId AND visitor_id = @visitorRow LIMIT @limit))
       + (SELECT count(*) FROM (SELECT 1 FROM sessions
            WHERE shop_id = @shopId AND visitor_id = @visitorRow LIMIT @limit))
       + (SELECT count(*) FROM (SELECT 1 FROM visitors
            WHERE shop_id = @shopId AND joined_to = @visitorRow LIMIT @limit)) AS size`

/** A session that both tabs shared exists twice: what was the loser's becomes the winner's, then its row goes. */
export const JOIN = [
  `UPDATE events SET visitor_id = @winner WHERE shop_id = @shopId AND visitor_id = @loser`,
  `UPDATE events SET session_id = coalesce(kept.same_as, kept.id)
     FROM sessions lost JOIN sessions kept
       ON kept.shop_id = lost.shop_id AND kept.public_id = lost.public_id
    WHERE lost.shop_id = @shopId AND lost.visitor_id = @loser AND kept.visitor_id = @winner
      AND events.shop_id = @shopId AND events.visitor_id = @winner AND events.session_id = lost.id`,
  `UPDATE sessions SET same_as = coalesce(kept.same_as, kept.id)
     FROM sessions lost JOIN sessions kept
       ON kept.shop_id = lost.shop_id AND kept.public_id = lost.public_id
    WHERE lost.shop_id = @shopId AND lost.visitor_id = @loser AND kept.visitor_id = @winner
      AND sessions.shop_id = @shopId AND sessions.visitor_id = @loser AND sessions.same_as = lost.id`,
  `DELETE FROM sessions WHERE shop_id = @shopId AND visitor_id = @loser AND public_id IN
     (SELECT public_id FROM sessions WHERE shop_id = @shopId AND visitor_id = @winner)`,
  `UPDATE sessions SET visitor_id = @winner WHERE shop_id = @shopId AND visitor_id = @loser`,
  `UPDATE visitors SET joined_to = @winner
    WHERE shop_id = @shopId AND (id = @loser OR joined_to = @loser)`,
  `UPDATE visitors SET first_seen_at =
      min(first_seen_at, (SELECT first_seen_at FROM visitors WHERE id = @loser AND shop_id = @shopId))
    WHERE shop_id = @shopId AND id = @winner`,
  // Their sessions are counted anew (dashboard/recount.ts).
  `INSERT INTO figure_changes (shop_id, visitor_id) VALUES (@shopId, @loser), (@shopId, @winner)
    ON CONFLICT DO NOTHING`,
]

export const JOIN_SESSION = [
  `UPDATE events SET session_id = @winner
    WHERE shop_id = @shopId AND visitor_id = @visitorRow AND session_id = @loser`,
  `UPDATE sessions SET clock_offset = min(sessions.clock_offset, lost.clock_offset),
      last_seen_at = max(sessions.last_seen_at, lost.last_seen_at)
     FROM sessions lost
    WHERE sessions.shop_id = @shopId AND sessions.id = @winner
      AND lost.shop_id = @shopId AND lost.id = @loser`,
  `UPDATE sessions SET same_as = @winner
    WHERE shop_id = @shopId AND visitor_id = @visitorRow AND (id = @loser OR same_as = @loser)`,
  `INSERT INTO figure_changes (shop_id, visitor_id) VALUES (@shopId, @visitorRow)
    ON CONFLICT DO NOTHING`,
]

export const BEGUN_SESSION = `
  SELECT id AS row, clock_offset AS clockOffset, last_seen_at AS lastSeenAt,
         started_at AS startedAt, touch
    FROM sessions WHERE shop_id = ? AND visitor_id = ? AND same_as IS NULL`
