import { randomBytes } from 'node:crypto'
import type { RecoveryCodes, SecondFactorOffer } from '#protocol/account.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import { requireRecentSignIn, type MemberSession } from '../core/member-guards.ts'
import type { SecretBox } from '../core/secret-box.ts'
import type { Database } from '../db/database.ts'
import { findMember, type Handle, type MemberRow } from './member-store.ts'
import { recoveryHash, secretPlace, type Proof } from './proof.ts'
import * as store from './second-factor-store.ts'
import type { Sessions } from './sessions.ts'
import { toBase32, totpAddress } from './totp.ts'

export interface SecondFactor {
  /** A secret that is asked for once its first code was confirmed. Refuses where one is already. */
  readonly offer: (session: MemberSession) => Promise<SecondFactorOffer>
  /** From now on it is asked for; every other session ends, this one goes on under `token`. */
  readonly confirm: (
    session: MemberSession,
    code: string,
  ) => Promise<RecoveryCodes & { readonly token: string }>
  readonly remove: (session: MemberSession) => Promise<{ readonly token: string }>
  /** Those before count no more. */
  readonly newRecoveryCodes: (session: MemberSession) => Promise<RecoveryCodes>
}

interface SecondFactorDeps {
  readonly db: Database
  readonly now: Clock
  readonly proof: Proof
  readonly sessions: Sessions
  readonly box: SecretBox
}

const SECRET_BYTES = 20
const RECOVERY_CODES = 10
const RECOVERY_BYTES = 10

export function createSecondFactor(deps: SecondFactorDeps): SecondFactor {
  const { db, now, proof, sessions, box } = deps

  return {
    async offer(session) {
      requireRecentSignIn(session, now())
      const { email } = await memberOf(db, session)
      const secret = toBase32(randomBytes(SECRET_BYTES))
      const sealed = box.seal(secret, secretPlace(session.memberId))
      const isOffered = await store.offerSecret(db, session.memberId, sealed)
      if (!isOffered) throw new Refusal('conflict', 'There is a second factor: remove it first')
      return { secret, address: totpAddress(secret, email) }
    },

    async confirm(session, code) {
      requireRecentSignIn(session, now())
      const { id, email } = await memberOf(db, session)
      const factor = await store.findSecondFactor(db, id)
      if (factor === undefined || factor.confirmedAt !== null) {
        throw new Refusal('conflict', 'No second factor waits to be confirmed')
      }
      await proof.proveCode({ id, email }, code)
      const codes = newCodes()
      const { secret } = factor
      await db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        const isIt = await store.confirmSecret(handle, id, { secret, confirmedAt: now() })
        if (!isIt) throw new Refusal('conflict', 'Another second factor was begun meanwhile')
        await keepCodes(handle, id, codes)
      })
      await sessions.endOthers(session)
      return { codes, token: await sessions.rotate(db, session) }
    },

    async remove(session) {
      requireRecentSignIn(session, now())
      return db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        await store.deleteSecondFactor(handle, session.memberId)
        return { token: await sessions.rotate(handle, session) }
      })
    },

    async newRecoveryCodes(session) {
      requireRecentSignIn(session, now())
      const factor = await store.findSecondFactor(db, session.memberId)
      if (factor === undefined || factor.confirmedAt === null) {
        throw new Refusal('conflict', 'Recovery codes stand in for a second factor: there is none')
      }
      const codes = newCodes()
      await db.transaction((sql) => keepCodes({ sql, t: db.t }, session.memberId, codes))
      return { codes }
    },
  }
}

/** The member behind a session that was just found. */
export async function memberOf(
  db: Handle,
  { memberId }: Pick<MemberSession, 'memberId'>,
): Promise<MemberRow> {
  const member = await findMember(db, memberId)
  if (member === undefined) throw new Refusal('sign_in', 'This account is no longer there')
  return member
}

async function keepCodes(
  handle: Handle,
  memberId: number,
  codes: readonly string[],
): Promise<void> {
  const hashes = codes.map((code) => recoveryHash(memberId, code))
  await store.replaceRecoveryCodes(handle, memberId, hashes)
}

/** `ABCD-EFGH-IJKL-MNOP`. */
function newCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    (toBase32(randomBytes(RECOVERY_BYTES)).match(/.{4}/g) ?? []).join('-'),
  )
}
