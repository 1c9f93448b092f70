import type { SubjectKind } from '#protocol/audiences.ts'
import type { ProfileRow, ProfileStore, SessionFactsRow } from './store.ts'

/** Runs a statement of that name, which each connection prepares once. */
export type RowsOf = <Row extends object>(
  name: string,
  text: string,
  values: unknown[],
) => Promise<Row[]>

/** Few round trips for many rows. */
export function createPostgresProfileStore(rows: RowsOf): ProfileStore {
  return {
    async find(kind, shopId, subjectIds) {
      if (subjectIds.length === 0) return new Map()
      const found = await rows<ProfileRow>(
        `profiles_find_${kind}`,
        `SELECT subject_id AS "subjectId", shop_id AS "shopId", version, document, consent, audiences,
                reconsider_at AS "reconsiderAt", last_at AS "lastAt", visits, orders
           FROM ${tableOf(kind)} WHERE shop_id = $1 AND subject_id = ANY ($2)`,
        [shopId, [...subjectIds]],
      )
      return new Map(found.map((row) => [row.subjectId, row]))
    },
    async save(kind, profiles) {
      if (profiles.length === 0) return
      const values = profiles.map((row) => ({
        subject_id: row.subjectId,
        shop_id: row.shopId,
        version: row.version,
        document: row.document,
        consent: row.consent,
        audiences: row.audiences,
        reconsider_at: row.reconsiderAt,
        last_at: row.lastAt,
        visits: row.visits,
        orders: row.orders,
      }))
      const table = tableOf(kind)
      await rows(
        `profiles_save_${kind}`,
        `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)
         ON CONFLICT (subject_id) DO UPDATE SET version = excluded.version,
           document = excluded.document, consent = excluded.consent, audiences = excluded.audiences,
           reconsider_at = excluded.reconsider_at, last_at = excluded.last_at,
           visits = excluded.visits, orders = excluded.orders
         WHERE ${table}.shop_id = excluded.shop_id`,
        [JSON.stringify(values)],
      )
    },
    async remove(kind, shopId, subjectId) {
      await rows(
        `profiles_remove_${kind}`,
        `DELETE FROM ${tableOf(kind)} WHERE shop_id = $1 AND subject_id = $2`,
        [shopId, subjectId],
      )
    },
    async sessions(shopId, sessionIds) {
      const found = await rows<SessionFactsRow>(
        'profiles_sessions',
        `SELECT id, started_at AS "startedAt", touch::text, device, context::text, place::text
           FROM sessions WHERE shop_id = $1 AND id = ANY ($2)`,
        [shopId, [...sessionIds]],
      )
      return new Map(found.map((row) => [row.id, row]))
    },
  }
}

function tableOf(kind: SubjectKind): string {
  return kind === 'visitor' ? 'visitor_profiles' : 'customer_profiles'
}
