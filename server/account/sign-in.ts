import type { PasswordChange, SignInAgainInput, SignInInput } from '#protocol/account.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { MemberSession } from '../core/member-guards.ts'
import type { Database } from '../db/database.ts'
import { clearAttempts, deleteOldAttempts } from './attempts.ts'
import { deleteOldLinks, deleteResets } from './link-store.ts'
import { holdMember, updatePassword, type Handle, type MemberRow } from './member-store.ts'
import { requireGoodPassword } from './password-rules.ts'
import type { Passwords } from './passwords.ts'
import type { Proof } from './proof.ts'
import { memberOf } from './second-factor.ts'
import { deleteSessionsOf } from './session-store.ts'
import type { Browser, Sessions } from './sessions.ts'

export interface SignIn {
  /** A new session's token. The one that the browser had, if any, ends. */
  readonly signIn: (
    input: SignInInput,
    browser: Browser,
    former: MemberSession | undefined,
  ) => Promise<string>
  /** The session's next token: its member has just said once more who they are. */
  readonly signInAgain: (session: MemberSession, input: SignInAgainInput) => Promise<string>
  /** Ends every session of the member; the token of a new one. */
  readonly changePassword: (
    session: MemberSession,
    change: PasswordChange,
    browser: Browser,
  ) => Promise<string>
}

interface SignInDeps {
  readonly db: Database
  readonly now: Clock
  readonly proof: Proof
  readonly passwords: Passwords
  readonly sessions: Sessions
}

export function createSignIn({ db, now, proof, passwords, sessions }: SignInDeps): SignIn {
  return {
    async signIn(input, browser, former) {
      const member = await proof.prove(input)
      const token = await db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        await requireUnchanged(handle, member)
        return sessions.open(handle, member.id, browser)
      })
      if (former !== undefined) await sessions.signOut(former)
      await sessions.tidy()
      await deleteOldAttempts(db, now())
      await deleteOldLinks(db, now())
      return token
    },

    async signInAgain(session, input) {
      const { email } = await memberOf(db, session)
      const member = await proof.prove({ email, ...input })
      return db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        await requireUnchanged(handle, member)
        return sessions.rotate(handle, session, { isProven: true })
      })
    },

    async changePassword(session, { password, newPassword }, browser) {
      const { email } = await memberOf(db, session)
      requireGoodPassword(newPassword, email)
      const { id, passwordHash: formerHash } = await proof.provePassword({ email, password })
      const passwordHash = await passwords.hash(newPassword)
      return db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        const isChanged = await setPassword(
          handle,
          { id, email },
          { passwordHash, formerHash, at: now() },
        )
        if (!isChanged) throw new Refusal('conflict', 'The password was just changed elsewhere')
        return sessions.open(handle, id, browser)
      })
    },
  }
}

interface NewPassword {
  readonly passwordHash: string
  readonly at: number
  /** Only where this is still the password. */
  readonly formerHash?: string
}

/**
 * Every session ends with the old password, and so do every link to set another and the wait after wrong attempts.
 * Whether it was set.
 */
export async function setPassword(
  handle: Handle,
  { id, email }: Pick<MemberRow, 'id' | 'email'>,
  password: NewPassword,
): Promise<boolean> {
  const isSet = await updatePassword(handle, id, password)
  if (!isSet) return false
  await deleteSessionsOf(handle, id)
  await deleteResets(handle, email)
  await clearAttempts(handle, email)
  return true
}

/** Checking takes a while: whoever changed the password meanwhile ended all sessions, this one included. */
async function requireUnchanged(
  handle: Handle,
  { id, passwordHash }: Pick<MemberRow, 'id' | 'passwordHash'>,
): Promise<void> {
  const isUnchanged = await holdMember(handle, id, passwordHash)
  if (!isUnchanged) throw new Refusal('wrong_sign_in', 'Address or password is wrong')
}
