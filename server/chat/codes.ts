import { randomInt } from 'node:crypto'
import { truncatedAddress } from '../core/client-address.ts'
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
interface Prover {
  readonly shop: Shop
  readonly token: string
}

interface Asker extends Prover {
  /** The IP address that it asks from. */
  readonly address: string
}

export interface Codes {
  /**
   * Mails a code, whether anything was ever said with that address or not: so the answer tells nobody. Refuses
   * (`too_many_requests`) what a browser, or an address by the wish of one network or of all, has had enough of today.
   */
  readonly request: (
    asker: Asker,
    asked: { readonly email: string; readonly languages: readonly string[] },
  ) => Promise<void>
  /** Refuses (`not_found`) a code that is wrong, spent, too old, of another browser or another address. */
  readonly prove: (
    prover: Prover,
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
/** Of a million codes. With those an address is mailed in a day, a stranger finds one in some 36 years. */
const MAX_ATTEMPTS = 5
/** To an address by the wish of one network: a stranger's do not use up its owner's. */
const MAX_MAILS_OF_NETWORK = 3
/** And of all together, so that a thousand networks cannot fill a mailbox. */
const MAX_MAILS_A_DAY = 15
const MAX_REQUESTS_A_DAY = 10
const PROVEN_MS = 30 * 24 * 60 * MINUTE_MS

export function createCodes({ db, now, mailCode }: CodesDeps): Codes {
  return {
    async request({ shop, token, address }, { email, languages }) {
      const at = now()
      const dayOn = new Date(at).toISOString().slice(0, 10)
      const tokenHash = sha256(token)
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      await db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        const network = truncatedAddress(address)
        const counts = [
          { subjectHash: tokenHash, dayOn, limit: MAX_REQUESTS_A_DAY },
          { subjectHash: sha256(`${email} ${network}`), dayOn, limit: MAX_MAILS_OF_NETWORK },
          { subjectHash: sha256(email), dayOn, limit: MAX_MAILS_A_DAY },
        ]
        for (const count of counts) {
          // With it the counts are undone.
          if (!(await countRequest(handle, shop.id, count))) throw tooMany()
        }
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

function tooMany(): Refusal {
  return new Refusal('too_many_requests', 'No more codes today')
}

/** A code has six digits alone; the token, 256 bits that the server does not keep, makes its hash one nobody can search. */
function hashOf(token: string, email: string, code: string): Buffer {
  return sha256(`${token} ${email} ${code}`)
}
