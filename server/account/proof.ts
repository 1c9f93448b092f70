import type { SignInInput } from '#protocol/account.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { SecretBox } from '../core/secret-box.ts'
import { sha256 } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import { clearAttempts, takeAttempt } from './attempts.ts'
import { findMemberByEmail, type MemberRow } from './member-store.ts'
import type { Passwords } from './passwords.ts'
import * as factors from './second-factor-store.ts'
import { stepOf } from './totp.ts'

/** How people prove who they are. */
export interface Proof {
  /**
   * The member of this address, password and, where they have a second factor, code. Refuses with `wrong_sign_in`,
   * with `second_factor` once the password is right and the code is missing or wrong, and with `too_many_requests`.
   * For an address that nobody has it works as long, and counts as much.
   */
  readonly prove: (input: SignInInput) => Promise<MemberRow>
  /** The same without the second factor, for who is signed in with it. */
  readonly provePassword: (input: Omit<SignInInput, 'code'>) => Promise<MemberRow>
  /** The same for one code alone; the newest offered secret counts, confirmed or not. */
  readonly proveCode: (member: Pick<MemberRow, 'id' | 'email'>, code: string) => Promise<void>
}

interface ProofDeps {
  readonly db: Database
  readonly now: Clock
  readonly passwords: Passwords
  readonly box: SecretBox
}

export function createProof({ db, now, passwords, box }: ProofDeps): Proof {
  async function requirePassword({
    email,
    password,
  }: Omit<SignInInput, 'code'>): Promise<MemberRow> {
    await takeAttempt(db, email, now())
    const member = await findMemberByEmail(db, email)
    const isRight = await passwords.matches(password, member?.passwordHash)
    if (member !== undefined && isRight) return member
    throw new Refusal('wrong_sign_in', 'Address or password is wrong')
  }

  async function requireCode(memberId: number, code: string | undefined): Promise<void> {
    const factor = await factors.findSecondFactor(db, memberId)
    if (factor === undefined || factor.confirmedAt === null) return
    if (code === undefined) {
      throw new Refusal('second_factor', 'Send the code of your second factor too')
    }
    if (await isRightCode(memberId, factor.secret, code)) return
    throw new Refusal('second_factor', 'The code is wrong, or was used before: wait for the next')
  }

  async function isRightCode(memberId: number, secret: Buffer, code: string): Promise<boolean> {
    const digits = code.replaceAll(/\s/g, '')
    // Only then is the secret opened, so that recovery codes let people in whose key file was lost.
    if (/^\d{6}$/.test(digits)) {
      const step = stepOf(box.open(secret, secretPlace(memberId)), digits, now())
      return step !== undefined && factors.spendStep(db, memberId, { secret, step })
    }
    const spent = { codeHash: recoveryHash(memberId, code), spentAt: now() }
    return factors.spendRecoveryCode(db, memberId, spent)
  }

  return {
    async prove({ email, password, code }) {
      const member = await requirePassword({ email, password })
      await requireCode(member.id, code)
      await clearAttempts(db, email)
      return member
    },

    async provePassword(input) {
      const member = await requirePassword(input)
      await clearAttempts(db, input.email)
      return member
    },

    async proveCode({ id, email }, code) {
      await takeAttempt(db, email, now())
      const factor = await factors.findSecondFactor(db, id)
      const isRight = factor !== undefined && (await isRightCode(id, factor.secret, code))
      if (!isRight) throw new Refusal('second_factor', 'The code is wrong: wait for the next')
      await clearAttempts(db, email)
    },
  }
}

/** Where a second factor's secret is sealed for. */
export function secretPlace(memberId: number): string {
  return `second factor of member ${memberId}`
}

/** Recovery codes are 80 random bits: nobody finds them by trying, so a plain hash will do. */
export function recoveryHash(memberId: number, code: string): Buffer {
  const letters = code.toUpperCase().replaceAll(/[^A-Z2-7]/g, '')
  return sha256(`recovery ${memberId} ${letters}`)
}
