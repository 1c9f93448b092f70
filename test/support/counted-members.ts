import type { Database } from '#server/db/database.ts'
import { rowsOf } from './databases.ts'

/** By audience, what is kept and what counting its members one by one comes to; none of an audience that is gone. */
export async function countedMembers(
  db: Database,
): Promise<Record<string, { readonly kept: number; readonly right: number }>> {
  const rows = await rowsOf<{ id: number; kept: number; right: number }>(db, EACH)
  return Object.fromEntries(
    rows.map((row) => [String(row.id), { kept: Number(row.kept), right: Number(row.right) }]),
  )
}

const EACH = `
  SELECT a.id,
    (SELECT coalesce(sum(c.members), 0) FROM audience_counts c WHERE c.audience_id = a.id) AS kept,
    (SELECT count(*) FROM audience_members m
     LEFT JOIN visitors v ON m.kind = 'visitor' AND v.shop_id = m.shop_id AND v.id = m.subject_id
     WHERE m.audience_id = a.id AND (m.kind = 'customer' OR v.customer_id IS NULL)) AS "right"
  FROM audiences a`
