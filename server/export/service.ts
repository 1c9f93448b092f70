import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Shop } from '../core/guards.ts'
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

/** Whoever takes nothing for so long has gone, and keeps no other from beginning. */
const PATIENCE_MS = 60_000
/** So little that a slow line takes it in that time. */
const PIECE_BYTES = 64 * 1024

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
      const stream = patient(watched(lines, isStillAllowed), form)
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

/** Ends by itself where nobody takes anything any more. */
function patient(lines: AsyncIterable<string>, form: 'gzip' | 'plain'): Readable {
  const source = Readable.from(taken(), { objectMode: false })
  // Whoever reads hears of what went wrong; `pipeline` sees to it that both end.
  const stream = form === 'plain' ? source : pipeline(source, createGzip(), () => undefined)
  const patience = setTimeout(() => stream.destroy(new Error('Nobody took it')), PATIENCE_MS)
  patience.unref()
  stream.once('close', () => clearTimeout(patience))

  async function* taken() {
    for await (const text of lines) {
      const bytes = Buffer.from(text)
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        patience.refresh()
        yield bytes.subarray(at, at + PIECE_BYTES)
      }
    }
  }
  return stream
}
