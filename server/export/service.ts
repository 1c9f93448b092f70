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
  readonly begin: (
    shop: Shop,
    by: Actor,
    as: {
      readonly form: 'gzip' | 'plain'
      /** Asked before each piece: whoever loses the role, or the session, gets no more of it. */
      readonly isStillAllowed: () => Promise<boolean>
    },
  ) => Promise<Readable>
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
    async begin(shop, by, { form, isStillAllowed }) {
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
      const stream = patientStream(watched(lines, isStillAllowed), form)
      stream.once('close', () => running.delete(shop.id))
      return stream
    },
  }
}

/** Breaks off where it is not allowed any more; a file without its last line is not whole. */
async function* watched(
  lines: AsyncIterable<string>,
  isStillAllowed: () => Promise<boolean>,
): AsyncGenerator<string> {
  for await (const text of lines) {
    if (!(await isStillAllowed())) throw new Error('Whoever took it may not any more')
    yield text
  }
}
