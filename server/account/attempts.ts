import { eq, lt, sql as expression } from 'drizzle-orm'
import { Refusal } from '../core/errors.ts'
import { sha256 } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import type { Handle } from './member-store.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** From so many attempts on, the next is looked at only after so long. */
const FREE_ATTEMPTS = 10
const WAITS = [
  { attempts: 30, waitMs: 15 * MINUTE_MS },
  { attempts: 20, waitMs: 5 * MINUTE_MS },
] as const
const FIRST_WAIT_MS = MINUTE_MS

/**
 * Counts an attempt at `email`'s account before it is looked at, and refuses (`too_many_requests`) what comes too soon
 * after too many. One statement: of any number at once, each counts. An address that nobody has is counted alike, so
 * that being refused tells nothing. What succeeds in full is followed by `clearAttempts`; a day without any clears too.
 */
export async function takeAttempt(db: Database, email: string, now: number): Promise<void> {
  const { isAllowed, blockedUntil } = await countAttempt(db, subjectOf(email), now)
  if (isAllowed) return
  const retryAfterSeconds = Math.max(1, Math.ceil((blockedUntil - now) / 1_000))
  throw new Refusal(
    'too_many_requests',
    'Too many attempts at this account: wait, then try again',
    {
      retryAfterSeconds,
    },
  )
}

/**
 * Whether a link to set a new password may be mailed to `email` now. Whoever asks is nobody in particular: without a count, anybody
 * could fill a member's inbox, and end each link by the next.
 */
export async function mayMailReset(db: Database, email: string, now: number): Promise<boolean> {
  return (await countAttempt(db, sha256(`password reset ${email}`), now)).isAllowed
}

export async function clearAttempts({ sql, t }: Handle, email: string): Promise<void> {
  await sql.delete(t.signInAttempts).where(eq(t.signInAttempts.subject, subjectOf(email)))
}

/** Those that count no more. */
export async function deleteOldAttempts({ sql, t }: Database, now: number): Promise<void> {
  await sql.delete(t.signInAttempts).where(lt(t.signInAttempts.triedAt, now - DAY_MS))
}

async function countAttempt(
  { sql, t }: Database,
  subject: Buffer,
  now: number,
): Promise<{ readonly isAllowed: boolean; readonly blockedUntil: number }> {
  const { attempts, blockedUntil, isAllowed, triedAt } = t.signInAttempts
  const count = expression`${attempts} + 1`
  const [long, longer] = [WAITS[1], WAITS[0]]
  const [counted] = await sql
    .insert(t.signInAttempts)
    .values({ subject, attempts: 1, isAllowed: true, blockedUntil: 0, triedAt: now })
    .onConflictDoUpdate({
      target: t.signInAttempts.subject,
      // On the right side stands what was there before, on both databases.
      set: {
        attempts: expression`case when ${triedAt} < ${now - DAY_MS} then 1 else ${count} end`,
        isAllowed: expression`${blockedUntil} <= ${now}`,
        blockedUntil: expression`case
          when ${blockedUntil} > ${now} then ${blockedUntil}
          when ${triedAt} < ${now - DAY_MS} then 0
          when ${count} >= ${longer.attempts} then ${now + longer.waitMs}
          when ${count} >= ${long.attempts} then ${now + long.waitMs}
          when ${count} >= ${FREE_ATTEMPTS} then ${now + FIRST_WAIT_MS}
          else 0 end`,
        triedAt: now,
      },
    })
    .returning({ isAllowed, blockedUntil })
  if (counted === undefined) throw new Error('An attempt was not counted')
  return counted
}

function subjectOf(email: string): Buffer {
  return sha256(`sign-in ${email}`)
}
