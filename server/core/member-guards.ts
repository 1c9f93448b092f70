import { PERMISSIONS, type Access, type Permission, type Role } from '#protocol/account.ts'
import { SHOP_HEADER } from '#protocol/names.ts'
import type { Actor } from './actor.ts'
import { addressGroup, truncatedAddress } from './client-address.ts'
import type { Clock } from './clock.ts'
import { Refusal } from './errors.ts'
import {
  bearerOf,
  cookieOf,
  refuseForeign,
  type Guard,
  type GuardsDeps,
  type SessionHolder,
  type Shop,
} from './guards.ts'
import type { Call } from './http.ts'
import type { SecretKeyGuard } from './secret-key-guard.ts'
import { sha256 } from './tokens.ts'

/** A member's session, whatever shop they look at. */
export interface MemberSession {
  readonly tokenHash: Buffer
  readonly memberId: number
  /** The member's id outside of the server. */
  readonly memberName: string
  /** When they last proved who they are. */
  readonly signedInAt: number
  readonly expiresAt: number
}

/** A request of somebody who is signed in, about their own account. */
export interface SignedInCall {
  readonly call: Call
  readonly session: MemberSession
}

/** A request of a member about one of their shops. */
export interface MemberCall extends SessionHolder {
  readonly call: Call
  /** Whom the audit log names for what the request changes. */
  readonly by: Actor
}

/** One that a member's roles allowed. */
export interface PermittedCall extends MemberCall {
  /** Whether session and roles allow it still, for what takes long. */
  readonly isStillAllowed: () => Promise<boolean>
}

/** Of somebody in particular, not of a link that opened the console. */
export interface OwnCall extends MemberCall {
  readonly memberId: number
  readonly isOwnOnly: boolean
}

/** A request to the management API, of a server of the shop's by its key or of a member at the console. */
export interface ManagementCall {
  readonly call: Call
  readonly shop: Shop
  /** Whom the audit log names for what the request changes. */
  readonly by: Actor
  /** What the key, or the member's roles, allow. */
  readonly scopes: readonly string[]
  /** Only with what they have made themselves, which the route must see to. */
  readonly isOwnOnly: boolean
  /** Of a session of somebody in particular. */
  readonly memberId?: number
  /** Of a session: when its holder last proved who they are; a key proves itself with every request. */
  readonly signedInAt?: number
}

/** The session behind a cookie, in the shop that the public key names. Refuses what names no shop of theirs. */
export type FindSession = (
  tokenHash: Buffer,
  shopKey: string | undefined,
) => Promise<SessionHolder | undefined>

export interface MemberGuards {
  /** For people about their own account: our own pages only. */
  readonly signedIn: Guard<SignedInCall>
  /** The same where being signed in is not needed, yet changes what happens. */
  readonly perhapsSignedIn: Guard<{ readonly call: Call; readonly session?: MemberSession }>
  /** For members of the shop that the request names, whatever they may do there. */
  readonly ofShop: Guard<MemberCall>
  /** For members whose roles allow it. */
  readonly member: (permission: Permission, access: 'read' | 'edit') => Guard<PermittedCall>
  /** The same for those too who may do so with what is their own (`isOwnOnly`), as far as they are somebody. */
  readonly memberOfOwn: (permission: Permission) => Guard<OwnCall>
  /** `customers:read`: for a secret key with that scope, or a member who may read customers (`write`: edit them). */
  readonly management: (scope: string) => Guard<ManagementCall>
  /** The same, and for members who may do so with what is their own (`isOwnOnly`). */
  readonly managementOfOwn: (scope: string) => Guard<ManagementCall>
}

interface MemberGuardsDeps extends Pick<GuardsDeps, 'publicUrl' | 'rateLimit'> {
  /** The name of the console's cookie. */
  readonly cookieName: string
  readonly findMember: (tokenHash: Buffer) => Promise<MemberSession | undefined>
  readonly findSession: FindSession
  /** The same, and counts as no use. */
  readonly watchSession: FindSession
  readonly accessOf: (roles: readonly Role[], permission: Permission) => Access
  /** As a key that may do what these roles may would have them. */
  readonly scopesOf: (roles: readonly Role[]) => readonly string[]
  readonly secretKey: SecretKeyGuard
}

export function createMemberGuards(deps: MemberGuardsDeps): MemberGuards {
  const { publicUrl, rateLimit, accessOf, scopesOf, secretKey } = deps

  function tokenOf(call: Call): Buffer | undefined {
    rateLimit.take('address', `console ${addressGroup(call.address)}`)
    refuseForeign(call, publicUrl)
    const token = cookieOf(call.header('cookie'), deps.cookieName)
    return token === undefined ? undefined : sha256(token)
  }

  async function findMember(call: Call): Promise<MemberSession | undefined> {
    const tokenHash = tokenOf(call)
    return tokenHash === undefined ? undefined : deps.findMember(tokenHash)
  }

  async function requireSession(call: Call): Promise<SessionHolder> {
    const tokenHash = tokenOf(call)
    const found = tokenHash && (await deps.findSession(tokenHash, shopKeyOf(call)))
    if (found === undefined)
      throw new Refusal('sign_in', 'Sign in, or open the console with a link')
    return found
  }

  /** The session as it is by now. */
  async function watch(call: Call): Promise<SessionHolder | undefined> {
    const token = cookieOf(call.header('cookie'), deps.cookieName)
    return token === undefined ? undefined : deps.watchSession(sha256(token), shopKeyOf(call))
  }

  function management(scope: string, isForOwn: boolean): Guard<ManagementCall> {
    const key = secretKey(scope)
    const { permission, access } = permissionBehind(scope)
    return {
      principal: 'management',
      scope,
      permission: isForOwn ? `${scope}_own` : scope,
      async admit(call) {
        const bearer = bearerOf(call)
        // A cookie alone makes it a member's: what names a key is judged by the key, right or wrong.
        if (bearer !== undefined || call.header('cookie') === undefined) {
          const { request } = await key.admit(call)
          return { request: { ...request, isOwnOnly: false } }
        }
        const session = await requireSession(call)
        const { shop, roles, signedInAt } = session
        const held = accessOf(roles, permission)
        const isOwnOnly = isForOwn && held === 'own'
        if (!isOwnOnly) requireAccess(held, access)
        const by = actorOf(session, call)
        const { memberId } = session
        const member = memberId === undefined ? {} : { memberId }
        const request = { call, shop, by, scopes: scopesOf(roles), isOwnOnly, signedInAt }
        return { request: { ...request, ...member } }
      },
    }
  }

  return {
    signedIn: {
      principal: 'console',
      async admit(call) {
        const session = await findMember(call)
        if (session === undefined) throw new Refusal('sign_in', 'Sign in first')
        return { request: { call, session } }
      },
    },

    perhapsSignedIn: {
      principal: 'anyone',
      async admit(call) {
        rateLimit.take('signIn', addressGroup(call.address))
        const session = await findMember(call)
        return { request: { call, ...(session !== undefined && { session }) } }
      },
    },

    ofShop: {
      principal: 'console',
      async admit(call) {
        const session = await requireSession(call)
        return { request: { ...session, call, by: actorOf(session, call) } }
      },
    },

    member: (permission, access) => ({
      principal: 'console',
      permission: `${permission}:${access === 'read' ? 'read' : 'write'}`,
      async admit(call) {
        const session = await requireSession(call)
        requireAccess(accessOf(session.roles, permission), access)
        const isStillAllowed = async () => {
          const found = await watch(call).catch(nobody)
          return found !== undefined && isEnough(accessOf(found.roles, permission), access)
        }
        return { request: { ...session, call, by: actorOf(session, call), isStillAllowed } }
      },
    }),

    memberOfOwn: (permission) => ({
      principal: 'console',
      permission: `${permission}:write_own`,
      async admit(call) {
        const session = await requireSession(call)
        const held = accessOf(session.roles, permission)
        if (held !== 'own') requireAccess(held, 'edit')
        const { memberId } = session
        if (memberId === undefined) {
          throw new Refusal('forbidden', 'A link is nobody in particular: sign in as a member')
        }
        const by = actorOf(session, call)
        return { request: { ...session, call, by, memberId, isOwnOnly: held === 'own' } }
      },
    }),

    management: (scope) => management(scope, false),
    managementOfOwn: (scope) => management(scope, true),
  }
}

/** The member; nobody in particular where a one-time link of the server's opened the console. */
function actorOf({ memberName }: SessionHolder, call: Call): Actor {
  const address = truncatedAddress(call.address)
  if (memberName === undefined) return { kind: 'command', name: 'link', address }
  return { kind: 'member', name: memberName, address }
}

/** What gives away the most needs more than a session that somebody left open. Refuses with `sign_in_again`. */
export function requireRecentSignIn(
  { signedInAt }: { readonly signedInAt?: number },
  now: ReturnType<Clock>,
): void {
  // A key proves itself with every request.
  if (signedInAt === undefined || now - signedInAt <= RECENT_MS) return
  throw new Refusal('sign_in_again', 'Say once more who you are: this needs your password')
}

const RECENT_MS = 15 * 60_000

/** By header; where a browser sends none of ours (images), by the address. */
function shopKeyOf(call: Call): string | undefined {
  const named = call.header(SHOP_HEADER)
  return named ?? (call.method === 'GET' ? call.query('shop') : undefined)
}

function requireAccess(held: Access, needed: 'read' | 'edit'): void {
  if (isEnough(held, needed)) return
  throw new Refusal('forbidden', 'Your roles in this shop do not allow this: ask an owner')
}

function isEnough(held: Access, needed: 'read' | 'edit'): boolean {
  return held === 'edit' || held === needed
}

/** A shop that is no more theirs, or no more there, is refused; anything else went wrong. */
function nobody(error: unknown): undefined {
  if (error instanceof Refusal) return undefined
  throw error
}

function permissionBehind(scope: string): {
  readonly permission: Permission
  readonly access: 'read' | 'edit'
} {
  const [name, verb] = scope.split(':')
  const permission = PERMISSIONS.find((known) => known === name)
  if (permission === undefined) throw new Error(`The scope ${scope} stands for no permission`)
  return { permission, access: verb === 'read' ? 'read' : 'edit' }
}
