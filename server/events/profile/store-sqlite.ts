import type { Breather } from '../../db/breather.ts'
import type { SqliteConnection } from '../../db/database.ts'
import type { SubjectKind } from '#protocol/audiences.ts'
import type { ProfileRow, ProfileStore, SessionFactsRow } from './store.ts'

interface Columns extends Omit<ProfileRow, 'audiences' | 'consent'> {
  readonly consent: string | null
  readonly audiences: string
}

/** One writer holds the file, so there is nothing to lock. */
export function createSqliteProfileStore(
  connection: SqliteConnection,
  breather: Pick<Breather, 'breathe'>,
): ProfileStore {
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
      add: connection.prepare(
        `INSERT INTO ${table} (subject_id, shop_id, version, document, consent, audiences,
                               reconsider_at, last_at, visits, orders)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      // Rows that are there: an upsert would look up again whom they belong to.
      update: connection.prepare(
        `UPDATE ${table} SET version = ?, document = ?, consent = ?, audiences = ?,
                reconsider_at = ?, last_at = ?, visits = ?, orders = ?
          WHERE subject_id = ? AND shop_id = ?`,
      ),
      remove: connection.prepare(`DELETE FROM ${table} WHERE shop_id = ? AND subject_id = ?`),
    }
  }

  return {
    async find(kind, shopId, subjectIds) {
      const found = new Map<number, ProfileRow>()
      for (const subjectId of subjectIds) {
        await breather.breathe()
        const row = texts[kind].find.get(shopId, subjectId)
        if (row !== undefined) found.set(subjectId, rowOf(row))
      }
      return found
    },
    async save(kind: SubjectKind, rows) {
      const { add, update } = texts[kind]
      for (const row of rows) {
        await breather.breathe()
        const { subjectId, shopId, version, document, reconsiderAt, lastAt, visits, orders } = row
        const consent = row.consent === null ? null : JSON.stringify(row.consent)
        const audiences = JSON.stringify(row.audiences)
        const news = [version, document, consent, audiences, reconsiderAt, lastAt, visits, orders]
        const { changes } = update.run(...news, subjectId, shopId)
        if (changes === 0) add.run(subjectId, shopId, ...news)
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
function rowOf(columns: Columns): ProfileRow {
  const { subjectId, shopId, version, document, reconsiderAt, lastAt, visits, orders } = columns
  return {
    subjectId,
    shopId,
    version,
    document,
    consent: columns.consent === null ? null : JSON.parse(columns.consent),
    audiences: JSON.parse(columns.audiences),
    reconsiderAt,
    lastAt,
    visits,
    orders,
  }
}
