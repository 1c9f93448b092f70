import { randomBytes } from 'node:crypto'
import type { AcceptLinkInput, AccountLink, LinkKind, Role } from '#protocol/account.ts'
import { recordChange } from '../audit/service.ts'
import { truncatedAddress } from '../core/client-address.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Shop } from '../core/guards.ts'
import type { MemberSession } from '../core/member-guards.ts'
import { randomToken, sha256 } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import * as store from './link-store.ts'
import { findMemberByEmail, insertMember, type Handle, type MemberRow } from './member-store.ts'
import { requireGoodPassword } from './password-rules.ts'
import type { Passwords } from './passwords.ts'
import { changingRoles, hasOwner, insertRoles } from './role-store.ts'
import { deleteSecondFactor } from './second-factor-store.ts'
import type { Browser, Sessions } from './sessions.ts'
import { setPassword } from './sign-in.ts'

export interface AccountLinks {
  /** For the first owner; undefined: the shop has one. */
  readonly createSetupLink: (shopId: number) => Promise<string | undefined>
  /** Asked of it without using it up. */
  readonly read: (token: string) => Promise<AccountLink>
  /** Uses it up, once. A new session's token; undefined after a reset, which signs nobody in. */
  readonly accept: (
    input: AcceptLinkInput,
    browser: Browser,
    session: MemberSession | undefined,
  ) => Promise<string | undefined>
}

interface AccountLinksDeps {
  readonly db: Database
  readonly now: Clock
  readonly passwords: Passwords
  readonly sessions: Sessions
  readonly shopOf: (shopId: number) => Promise<Shop>
  readonly whenJoined?: WhenJoined | undefined
}

/** Told in the transaction in which somebody accepts a link into a shop: what it was to bring them comes with it, or not. */
export type WhenJoined = (handle: Handle, shopId: number, joined: Joined) => Promise<void>

interface Joined {
  readonly memberId: number
  readonly invitationId: Buffer
  /** Nobody owned the shop before. */
  readonly isFirstOwner: boolean
}

const HOUR_MS = 3_600_000
const LIFETIMES_MS: Readonly<Record<LinkKind, number>> = {
  setup: HOUR_MS,
  rescue: HOUR_MS,
  reset: HOUR_MS,
  invitation: 7 * 24 * HOUR_MS,
}

/** What becomes of a link: how it is accepted, once all that it asks for is there. */
interface Acceptance {
  readonly link: store.LinkRow
  readonly tokenHash: Buffer
  readonly input: AcceptLinkInput
  /** Of the address that the link is for, or that was given. */
  readonly email: string
  readonly member: MemberRow | undefined
  /** Of the password that was given, if one was. */
  readonly passwordHash: string | undefined
}

export function createAccountLinks(deps: AccountLinksDeps): AccountLinks {
  const { db, now, passwords, sessions, shopOf, whenJoined } = deps

  async function findLink(tokenHash: Buffer): Promise<store.LinkRow> {
    const link = await store.findLink(db, tokenHash, now())
    if (link === undefined) throw new Refusal('link_spent', 'This link was used or has expired')
    return link
  }

  async function prepare(
    input: AcceptLinkInput,
    session: MemberSession | undefined,
  ): Promise<Acceptance> {
    const tokenHash = sha256(input.token)
    const link = await findLink(tokenHash)
    const email = link.email ?? requireField(input.email, 'email')
    const member = await findMemberByEmail(db, email)
    if (link.kind === 'setup' && member !== undefined) {
      throw new Refusal('conflict', 'This address has an account: run npm run owner on the server')
    }
    const isSignedIn = link.kind === 'invitation' && member !== undefined
    if (isSignedIn && session?.memberId !== member.id) {
      throw new Refusal('sign_in', `Sign in as ${email}, then open the link again`)
    }
    if (member === undefined && link.kind !== 'reset') requireField(input.name, 'name')
    if (isSignedIn) return { link, tokenHash, input, email, member, passwordHash: undefined }
    const password = requireField(input.password, 'password')
    requireGoodPassword(password, email)
    const passwordHash = await passwords.hash(password)
    return { link, tokenHash, input, email, member, passwordHash }
  }

  /** Everything that a link does is done with its being spent, or not at all. */
  async function accept(
    handle: Handle,
    acceptance: Acceptance,
    { address }: Pick<Browser, 'address'>,
  ): Promise<number> {
    const { link, tokenHash } = acceptance
    const isSpent = await store.spendLink(handle, tokenHash, now())
    if (!isSpent) throw new Refusal('link_spent', 'This link was used or has expired')
    const isOwned = link.shopId !== null && (await hasOwner(handle, link.shopId))
    if (link.kind === 'setup' && isOwned) {
      throw new Refusal('link_spent', 'The shop has an owner, who can invite you')
    }
    const { id: memberId, publicId } = await memberBehind(handle, acceptance)
    if (link.shopId === null) return memberId
    await insertRoles(handle, link.shopId, { memberId, roles: link.roles, createdAt: now() })
    const isFirstOwner = !isOwned && link.roles.includes('owner')
    await whenJoined?.(handle, link.shopId, { memberId, invitationId: link.publicId, isFirstOwner })
    const name = publicId.toString('base64url')
    await recordChange(handle, link.shopId, {
      by: { kind: 'member', name, address: truncatedAddress(address) },
      at: now(),
      action: link.kind === 'rescue' ? 'member.rescued' : 'member.joined',
      object: { kind: 'member', id: name },
      before: null,
      after: { roles: link.roles },
    })
    return memberId
  }

  async function memberBehind(
    handle: Handle,
    acceptance: Acceptance,
  ): Promise<Pick<MemberRow, 'id' | 'publicId'>> {
    const { link, input, email, member, passwordHash } = acceptance
    if (member === undefined) {
      if (passwordHash === undefined) throw new Error('A member without a password')
      const name = requireField(input.name, 'name')
      const publicId = randomBytes(16)
      const id = await insertMember(handle, {
        publicId,
        email,
        name,
        passwordHash,
        createdAt: now(),
      })
      if (id === undefined) throw new Refusal('conflict', 'This address has an account by now')
      return { id, publicId }
    }
    if (passwordHash !== undefined) {
      await setPassword(handle, member, { passwordHash, at: now() })
      if (link.kind === 'rescue') await deleteSecondFactor(handle, member.id)
    }
    return member
  }

  return {
    async createSetupLink(shopId) {
      if (await hasOwner(db, shopId)) return undefined
      return addOwnerLink({ db, now }, { kind: 'setup', shopId, email: null })
    },

    async read(token) {
      const { kind, email, shopId, roles } = await findLink(sha256(token))
      const member = email === null ? undefined : await findMemberByEmail(db, email)
      return {
        kind,
        roles,
        hasAccount: member !== undefined,
        ...(email !== null && { email }),
        ...(shopId !== null && { shopName: (await shopOf(shopId)).name }),
      }
    },

    async accept(input, browser, session) {
      const acceptance = await prepare(input, session)
      const { link, member } = acceptance
      if (link.kind === 'reset') {
        // For an address that nobody has, a reset is made too, and never sent.
        if (member === undefined)
          throw new Refusal('link_spent', 'This link was used or has expired')
        await db.transaction((sql) => accept({ sql, t: db.t }, acceptance, browser))
        return undefined
      }
      if (link.shopId === null) throw new Error('A link to a shop names none')
      return changingRoles(db, link.shopId, async (handle) => {
        const memberId = await accept(handle, acceptance, browser)
        const goesOn = session !== undefined && acceptance.passwordHash === undefined
        if (goesOn) return sessions.rotate(handle, session)
        return sessions.open(handle, memberId, browser)
      })
    },
  }
}

/**
 * For a command on the server: whoever uses the link becomes an owner of the shop, with a new password and without the
 * second factor that they had.
 */
export function rescueLinks(
  deps: Pick<AccountLinksDeps, 'db' | 'now'>,
): (shopId: number, email: string) => Promise<string> {
  return (shopId, email) => addOwnerLink(deps, { kind: 'rescue', shopId, email })
}

async function addOwnerLink(
  { db, now }: Pick<AccountLinksDeps, 'db' | 'now'>,
  link: Pick<store.NewLink, 'kind' | 'shopId' | 'email'>,
): Promise<string> {
  const { token, row } = newLink({ ...link, roles: ['owner'], invitedBy: null }, now())
  await store.insertLink(db, row)
  return token
}

/** A link and the only sight of its token. */
export function newLink(
  link: Pick<store.NewLink, 'kind' | 'shopId' | 'email' | 'invitedBy'> & {
    readonly roles: readonly Role[]
  },
  now: number,
): { readonly token: string; readonly row: store.NewLink } {
  const token = randomToken(32)
  const row = {
    ...link,
    roles: [...link.roles],
    publicId: randomBytes(16),
    tokenHash: sha256(token),
    createdAt: now,
    expiresAt: now + LIFETIMES_MS[link.kind],
  }
  return { token, row }
}

function requireField(value: string | undefined, name: string): string {
  if (value !== undefined) return value
  throw new Refusal('bad_request', `${name}: this link asks for it`)
}
