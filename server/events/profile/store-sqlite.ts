import type { SqliteConnection } from '../../db/database.ts'
import type { SubjectKind } from '#protocol/audiences.ts'
import type { ProfileRow, ProfileStore, SessionFactsRow } from './store.ts'

interface Columns extends Omit<ProfileRow, 'audiences' | 'consent'> {
  readonly consent: string | null
  readonly audiences: string
}

/** One writer holds the file, so there is nothing to lock. */
export function createSqliteProfileStore(connection: SqliteConnection): ProfileStore {
  const texts = { visitor: prepare('visitor_profiles'), customer: prepare('customer_profiles') }
  const session = connection.prepare<[number, number], SessionFactsRow>(
    `SELECT id, started_at AS startedAt, touch, device, context, place
       FROM sessions WHERE shop_id = ? AND id = ?`,
  )

  function prepare(table: string) {
    return {
      find: connection.prepare<[number, number], Columns>(
        `SELECT subject_id AS subjectId, shop_id AS shopId, version, document, consent, audiences,
                reconsider_at AS reconsiderAt, last_at AS lastAt, visits, orders
           FROM ${table} WHERE shop_id = ? AND subject_id = ?`,
      ),
      save: connection.prepare(
        `INSERT INTO ${table} (subject_id, shop_id, version, document, consent, audiences,
                               reconsider_at, last_at, visits, orders)
         VALUES (@subjectId, @shopId, @version, @document, @consent, @audiences, @reconsiderAt,
                 @lastAt, @visits, @orders)
         ON CONFLICT (subject_id) DO UPDATE SET version = excluded.version,
           document = excluded.document, consent = excluded.consent, audiences = excluded.audiences,
           reconsider_at = excluded.reconsider_at, last_at = excluded.last_at,
           visits = excluded.visits, orders = excluded.orders
         WHERE shop_id = excluded.shop_id`,
      ),
      remove: connection.prepare(`DELETE FROM ${table} WHERE shop_id = ? AND subject_id = ?`),
    }
  }

  return {
    async find(kind, shopId, subjectIds) {
      const found = new Map<number, ProfileRow>()
      for (const subjectId of subjectIds) {
        const row = texts[kind].find.get(shopId, subjectId)
        if (row !== undefined) found.set(subjectId, rowOf(row))
      }
      return found
    },
    async save(kind: SubjectKind, rows) {
      for (const row of rows) {
        const { consent, audiences } = row
        texts[kind].save.run({
          ...row,
          consent: consent === null ? null : JSON.stringify(consent),
          audiences: JSON.stringify(audiences),
        })
      }
    },
    async remove(kind, shopId, subjectId) {
      texts[kind].remove.run(shopId, subjectId)
    },
    async sessions(shopId, sessionIds) {
      const found = new Map<number, SessionFactsRow>()
      for (const id of sessionIds) {
        const row = session.get(shopId, id)
        if (row !== undefined) found.set(id, row)
      }
      return found
    },
  }
}

/** What we wrote ourselves, so its types are known. */
function rowOf({ consent, audiences, ...row }: Columns): ProfileRow {
  return {
    ...row,
    consent: consent === null ? null : JSON.parse(consent),
    audiences: JSON.parse(audiences),
  }
}
