import { randomBytes } from 'node:crypto'
import type { OwnSession } from '#protocol/account.ts'
import { truncatedAddress } from '../core/client-address.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { MemberSession } from '../core/member-guards.ts'
import { randomToken, sha256 } from '../core/tokens.ts'
import { familiesOf } from '../core/user-agent.ts'
import type { Database } from '../db/database.ts'
import type { Handle } from './member-store.ts'
import * as store from './session-store.ts'

/** What is kept of a browser that somebody signs in with. */
export interface Browser {
  readonly userAgent: string | undefined
  /** Whole; only a part of it is stored. */
  readonly address: string
}

export interface Sessions {
  /** A new one's token, within the caller's transaction. */
  readonly open: (handle: Handle, memberId: number, browser: Browser) => Promise<string>
  readonly find: (tokenHash: Buffer) => Promise<MemberSession | undefined>
  /** The same, and counts as use. */
  readonly use: (tokenHash: Buffer) => Promise<MemberSession | undefined>
  /** The session's next token; the one before opens nothing any more. `isProven`: its member has just said who they are. */
  readonly rotate: (
    handle: Handle,
    session: MemberSession,
    proof?: { readonly isProven: true },
  ) => Promise<string>
  readonly list: (session: MemberSession) => Promise<OwnSession[]>
  readonly end: (session: MemberSession, publicId: string) => Promise<void>
  readonly endOthers: (session: MemberSession) => Promise<void>
  readonly signOut: (session: MemberSession) => Promise<void>
  /** Rows that count no more. */
  readonly tidy: () => Promise<void>
}

interface SessionsDeps {
  readonly db: Database
  readonly now: Clock
}

const HOUR_MS = 3_600_000
const IDLE_MS = 12 * HOUR_MS
export const MEMBER_SESSION_MS = 7 * 24 * HOUR_MS
const TOUCH_EVERY_MS = 60_000

export function createSessions({ db, now }: SessionsDeps): Sessions {
  const alive = () => ({ now: now(), usedSince: now() - IDLE_MS })

  async function find(tokenHash: Buffer) {
    const found = await store.findMemberSession(db, tokenHash, alive())
    return found && { ...found, tokenHash, memberName: found.memberPublicId.toString('base64url') }
  }

  return {
    async open(handle, memberId, { userAgent, address }) {
      const token = randomToken(32)
      const at = now()
      await store.insertMemberSession(handle, {
        publicId: randomBytes(16),
        tokenHash: sha256(token),
        memberId,
        device: familiesOf(userAgent ?? ''),
        addressGroup: truncatedAddress(address),
        createdAt: at,
        usedAt: at,
        signedInAt: at,
        expiresAt: at + MEMBER_SESSION_MS,
      })
      return token
    },

    find,

    async use(tokenHash) {
      const found = await find(tokenHash)
      if (found === undefined) return undefined
      const usedAt = now()
      const unlessSince = usedAt - TOUCH_EVERY_MS
      if (found.usedAt < unlessSince) {
        await store.touchSession(db, found.id, { usedAt, unlessSince })
      }
      return found
    },

    async rotate(handle, { tokenHash, signedInAt }, proof) {
      const token = randomToken(32)
      const change = { tokenHash: sha256(token), usedAt: now() }
      const isRotated = await store.rotateSession(handle, tokenHash, {
        ...change,
        signedInAt: proof === undefined ? signedInAt : now(),
      })
      if (!isRotated) throw new Refusal('sign_in', 'This session has ended: sign in')
      return token
    },

    async list({ memberId, tokenHash }) {
      const current = await find(tokenHash)
      const sessions = await store.listMemberSessions(db, memberId, alive())
      return sessions.map(({ id, publicId, device, addressGroup, createdAt, usedAt }) => ({
        id: publicId.toString('base64url'),
        isThis: id === current?.id,
        ...device,
        addressGroup,
        createdAt,
        usedAt,
      }))
    },

    async end({ memberId }, publicId) {
      const isEnded = await store.deleteSession(db, memberId, Buffer.from(publicId, 'base64url'))
      if (!isEnded) throw new Refusal('not_found', 'You have no such session')
    },

    endOthers: ({ memberId, tokenHash }) => store.deleteSessionsOf(db, memberId, tokenHash),

    signOut: ({ tokenHash }) => store.deleteSessionByToken(db, tokenHash),

    tidy: () => store.deleteDeadSessions(db, alive()),
  }
}
