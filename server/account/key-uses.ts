import type { Clock } from '../core/clock.ts'
import type { KeyHolder } from '../core/guards.ts'
import type { Log } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import { touchKeyRow } from './management-store.ts'

type FindKeyHolder = (key: string) => Promise<KeyHolder | undefined>

export interface KeyUses {
  /** The same, and remembers of secret keys that they were used. */
  readonly watching: (find: FindKeyHolder) => FindKeyHolder
  /** Writes down what is still to be written. */
  readonly drain: () => Promise<void>
}

interface KeyUsesDeps {
  readonly db: Database
  readonly now: Clock
  readonly log: Pick<Log, 'warn'>
}

const MINUTE_MS = 60_000
/** Requests do not wait for it, and those of the same moment are written together. */
const WRITE_AFTER_MS = 1_000

/** When each secret key was used last, to the minute: a key in use costs a write a minute, behind its requests. */
export function createKeyUses({ db, now, log }: KeyUsesDeps): KeyUses {
  const pending = new Map<number, { readonly shopId: number; readonly usedAt: number }>()
  /** By key, what this process knows to be written or about to be. */
  const known = new Map<number, number>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined

  function remember({ keyId, shop }: KeyHolder): void {
    const usedAt = now()
    if (Math.abs(usedAt - (known.get(keyId) ?? -Infinity)) < MINUTE_MS) return
    known.set(keyId, usedAt)
    pending.set(keyId, { shopId: shop.id, usedAt })
    timer ??= setTimeout(() => void (writing = write()), WRITE_AFTER_MS).unref()
  }

  async function write(): Promise<void> {
    timer = undefined
    const uses = [...pending]
    pending.clear()
    try {
      for (const [keyId, { shopId, usedAt }] of uses) {
        await touchKeyRow(db, shopId, keyId, { usedAt, unlessSince: usedAt - MINUTE_MS })
      }
    } catch (error) {
      // Nothing depends on it; the next use writes it anew.
      for (const [keyId] of uses) known.delete(keyId)
      log.warn({ err: error }, 'When keys were used last could not be written')
    }
  }

  return {
    watching: (find) => async (key) => {
      const holder = await find(key)
      if (holder?.isVerified === true) remember(holder)
      return holder
    },

    async drain() {
      clearTimeout(timer)
      await writing
      await write()
    },
  }
}
