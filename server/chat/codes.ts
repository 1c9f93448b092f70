import { randomInt } from 'node:crypto'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Shop } from '../core/guards.ts'
import { sameBytes, sha256 } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import {
  countRequest,
  deleteCode,
  insertProvenAddress,
  replaceCode,
  takeAttempt,
} from './code-store.ts'
import type { Handle } from './log-store.ts'

/** Whose browser it is that asks. */
interface Asker {
  readonly shop: Shop
  readonly token: string
}

export interface Codes {
  /**
   * Mails a code, whether anything was ever said with that address or not: so the answer tells nobody. Refuses
   * (`too_many_requests`) what an address or a browser has had enough of today.
   */
  readonly request: (
    asker: Asker,
    asked: { readonly email: string; readonly languages: readonly string[] },
  ) => Promise<void>
  /** Refuses (`not_found`) a code that is wrong, spent, too old, of another browser or another address. */
  readonly prove: (
    asker: Asker,
    shown: { readonly email: string; readonly code: string },
  ) => Promise<void>
}

interface CodesDeps {
  readonly db: Database
  readonly now: Clock
  readonly mailCode: (
    handle: Handle,
    of: {
      readonly shop: Shop
      readonly to: string
      readonly code: string
      readonly languages: readonly string[]
    },
  ) => Promise<void>
}

const MINUTE_MS = 60_000
const CODE_MS = 10 * MINUTE_MS
/** Of a million codes. With those an address is mailed in a day, a stranger finds one in some 180 years. */
const MAX_ATTEMPTS = 5
const MAX_MAILS_A_DAY = 3
const MAX_REQUESTS_A_DAY = 10
const PROVEN_MS = 30 * 24 * 60 * MINUTE_MS

export function createCodes({ db, now, mailCode }: CodesDeps): Codes {
  return {
    async request({ shop, token }, { email, languages }) {
      const at = now()
      const dayOn = new Date(at).toISOString().slice(0, 10)
      const tokenHash = sha256(token)
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      await db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        const ofToken = { subjectHash: tokenHash, dayOn, limit: MAX_REQUESTS_A_DAY }
        const ofAddress = { subjectHash: sha256(email), dayOn, limit: MAX_MAILS_A_DAY }
        const isGranted =
          (await countRequest(handle, shop.id, ofToken)) &&
          (await countRequest(handle, shop.id, ofAddress))
        // With it the count is undone.
        if (!isGranted) throw new Refusal('too_many_requests', 'No more codes today')
        const codeHash = hashOf(token, email, code)
        await replaceCode(handle, shop.id, { tokenHash, email, codeHash, expiresAt: at + CODE_MS })
        await mailCode(handle, { shop, to: email, code, languages })
      })
    },

    async prove({ shop, token }, { email, code }) {
      const at = now()
      const tokenHash = sha256(token)
      const isRight = await db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        const tried = { tokenHash, email, now: at, limit: MAX_ATTEMPTS }
        const codeHash = await takeAttempt(handle, shop.id, tried)
        // Not thrown: the attempt stays counted.
        if (codeHash === undefined || !sameBytes(codeHash, hashOf(token, email, code))) return false
        await deleteCode(handle, shop.id, tokenHash)
        await insertProvenAddress(handle, shop.id, { tokenHash, email, expiresAt: at + PROVEN_MS })
        return true
      })
      if (!isRight) throw new Refusal('not_found', 'This code is wrong, used or too old')
    },
  }
}

/** A code has six digits alone; the token, 256 bits that the server does not keep, makes its hash one nobody can search. */
function hashOf(token: string, email: string, code: string): Buffer {
  return sha256(`${token} ${email} ${code}`)
}
