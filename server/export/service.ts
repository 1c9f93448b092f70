import type { Readable } from 'node:stream'
import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Shop } from '../core/guards.ts'
import { patientStream } from '../core/patient-stream.ts'
import type { Database } from '../db/database.ts'
import { exportLines } from './export-lines.ts'

export interface Exports {
  /**
   * All of the shop as lines of JSON, read while they are taken. One at once of a shop and node: another is refused
   * (`too_many_requests`). The audit log keeps that it began, and by whom.
   */
  readonly begin: (shop: Shop, by: Actor, form: 'gzip' | 'plain') => Promise<Readable>
}

interface ExportsDeps {
  readonly db: Database
  readonly now: Clock
  readonly version: string
}

export function createExports({ db, now, version }: ExportsDeps): Exports {
  const running = new Set<number>()

  async function note(shopId: number, by: Actor): Promise<void> {
    const object = { kind: 'shop', id: '' }
    const change = { by, at: now(), action: 'shop.exported', object, before: null, after: null }
    await db.transaction((sql) => recordChange({ sql, t: db.t }, shopId, change))
  }

  return {
    async begin(shop, by, form) {
      if (running.has(shop.id)) {
        throw new Refusal('too_many_requests', 'An export of this shop is running: wait for it', {
          retryAfterSeconds: 30,
        })
      }
      running.add(shop.id)
      try {
        await note(shop.id, by)
      } catch (error) {
        running.delete(shop.id)
        throw error
      }
      const lines = exportLines(db, shop.id, { version, shop: shop.name, at: now() })
      const stream = patientStream(lines, form)
      stream.once('close', () => running.delete(shop.id))
      return stream
    },
  }
}
