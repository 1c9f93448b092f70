import { z } from 'zod'
import type { Role } from '#protocol/account.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { KeyHolder, SessionHolder, Shop } from '../core/guards.ts'
import type { JobKind, Jobs } from '../core/jobs/jobs.ts'
import type { Log } from '../core/log.ts'
import type { FindSession, MemberSession } from '../core/member-guards.ts'
import type { SecretBox } from '../core/secret-box.ts'
import type { Database } from '../db/database.ts'
import { createAccountLinks, type AccountLinks, type WhenJoined } from './account-links.ts'
import { forgetStrays, listStrays } from './forget-members.ts'
import { createInvitations, type Invitations } from './invitations.ts'
import { createMemberships, type Memberships } from './memberships.ts'
import { createOwnShops, type OwnShops } from './own-shops.ts'
import { createPasswordResets, type PasswordResets } from './password-resets.ts'
import type { Passwords } from './passwords.ts'
import { createProfile, type Profile } from './profile.ts'
import { createProof } from './proof.ts'
import { createSecondFactor, type SecondFactor } from './second-factor.ts'
import type { SendMail } from './send-mail.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { createSignIn, type SignIn } from './sign-in.ts'

/** People with an account: how they come in, what they say of themselves, which shops are theirs. */
export interface Members {
  readonly signIn: SignIn
  readonly sessions: Sessions
  readonly secondFactor: SecondFactor
  readonly passwordResets: PasswordResets
  readonly profile: Profile
  readonly links: AccountLinks
  readonly shops: OwnShops
  readonly memberships: Memberships
  readonly invitations: Invitations
  /** For requests: finding a session counts as using it. */
  readonly findMember: (tokenHash: Buffer) => Promise<MemberSession | undefined>
  readonly findSession: FindSession
  /** The same for sockets, which ask by themselves again and again: it counts as no use. */
  readonly watchSession: FindSession
}

/** A console session that a one-time link has opened; see ADR 0004. */
interface LinkSession {
  readonly shop: Shop
  readonly role: Role
  readonly createdAt: number
  readonly expiresAt: number
}

interface MembersDeps {
  readonly db: Database
  readonly now: Clock
  readonly jobs: Pick<Jobs, 'register' | 'schedule'>
  readonly log: Pick<Log, 'error'>
  readonly passwords: Passwords
  readonly sendMail: SendMail
  readonly box: SecretBox
  /** What is to become of it elsewhere that somebody joins a shop. */
  readonly whenJoined?: WhenJoined
  readonly account: {
    readonly shopOf: (shopId: number) => Promise<Shop>
    readonly findKeyHolder: (key: string) => Promise<KeyHolder | undefined>
    readonly findSession: (tokenHash: Buffer) => Promise<LinkSession | undefined>
    readonly forgetKeys: () => void
  }
}

const TIDY: JobKind<Record<string, never>> = { name: 'member.tidy', payload: z.strictObject({}) }
const TIDY_BATCH = 100

export function createMembers(deps: MembersDeps): Members {
  const { db, now, jobs, log, passwords, sendMail, box, account } = deps
  const { shopOf, findKeyHolder, forgetKeys } = account
  const sessions = createSessions({ db, now })
  const proof = createProof({ db, now, passwords, box })
  const shops = createOwnShops({ db, now, shopOf, findKeyHolder })

  function finding(find: Sessions['find']): FindSession {
    return async (tokenHash, shopKey) => {
      const session = await find(tokenHash)
      if (session !== undefined) return shops.enter(session, shopKey)
      const opened = await account.findSession(tokenHash)
      return opened && holderOf(opened, shopKey)
    }
  }

  jobs.register(TIDY, ({ signal }) => tidyMembers({ db, now }, signal))
  jobs.schedule(TIDY, { pattern: '37 3 * * *', timeZone: 'UTC' })

  return {
    signIn: createSignIn({ db, now, proof, passwords, sessions }),
    sessions,
    secondFactor: createSecondFactor({ db, now, proof, sessions, box }),
    passwordResets: createPasswordResets({ db, now, log, sendMail }),
    profile: createProfile({ db, now, shops }),
    links: createAccountLinks({
      db,
      now,
      passwords,
      sessions,
      shopOf,
      whenJoined: deps.whenJoined,
    }),
    shops,
    memberships: createMemberships({ db, now, forgetKeys }),
    invitations: createInvitations({ db, now, sendMail }),
    findMember: sessions.use,
    findSession: finding(sessions.use),
    watchSession: finding(sessions.find),
  }
}

/** Those whose last way to a shop has expired. */
async function tidyMembers(
  { db, now }: Pick<MembersDeps, 'db' | 'now'>,
  signal: AbortSignal,
): Promise<void> {
  const holds = db.raw.dialect === 'postgres'
  for (;;) {
    const strays = await listStrays(db, now(), TIDY_BATCH)
    if (strays.length === 0) return
    for (const memberId of strays) {
      signal.throwIfAborted()
      await db.transaction((sql) => forgetStrays({ sql, t: db.t, holds }, [memberId], now()))
    }
  }
}

/** A link opens one shop; a page that shows another must not get this one's answers. */
function holderOf(
  { shop, role, createdAt, expiresAt }: LinkSession,
  shopKey: string | undefined,
): SessionHolder {
  if (shopKey !== undefined && shopKey !== shop.publicKey) {
    throw new Refusal('not_found', 'This link opened another shop')
  }
  const nobody = { memberId: undefined, memberName: undefined }
  return { shop, roles: [role], ...nobody, signedInAt: createdAt, expiresAt }
}
