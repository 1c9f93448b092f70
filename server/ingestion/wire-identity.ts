import { randomBytes } from 'node:crypto'
import { sha256 } from '../core/tokens.ts'
import type { DerivedVisitor, Envelope } from './envelope.ts'
import { eventIdBytes } from './event-id.ts'
import type { Identity } from './prepared.ts'
import type { CookieIdentity } from './visitor-cookie.ts'

interface WireIdentity extends CookieIdentity {
  readonly nextToken?: string | undefined
  readonly formerly?: CookieIdentity | undefined
}

/** Who a batch says it is from, with hashes in place of tokens. */
export function identityOf(
  { id, token, nextToken, formerly }: WireIdentity,
  envelope: Envelope,
): Identity {
  return {
    visitorId: visitorIdBytes(id),
    tokenHash: sha256(token),
    nextTokenHash: nextToken === undefined ? null : sha256(nextToken),
    formerly:
      formerly === undefined || formerly.id === id
        ? null
        : { visitorId: visitorIdBytes(formerly.id), tokenHash: sha256(formerly.token) },
    session: sessionOf(envelope),
  }
}

/** The same for a visitor who has no token. */
export function derivedIdentity({ publicId }: DerivedVisitor, envelope: Envelope): Identity {
  return {
    visitorId: publicId,
    tokenHash: null,
    nextTokenHash: null,
    formerly: null,
    session: sessionOf(envelope),
  }
}

function sessionOf({ session }: Envelope): Identity['session'] {
  return session === null ? null : { id: eventIdBytes(session.id), startedAt: session.startedAt }
}

function visitorIdBytes(id: string): Buffer {
  return Buffer.from(id, 'base64url')
}

/** For a visitor whose page keeps the identity in our cookie and has none yet. */
export function newIdentity(): CookieIdentity {
  return {
    id: randomBytes(16).toString('base64url'),
    token: randomBytes(32).toString('base64url'),
  }
}

/** Whether a batch has something to tell even without events. */
export function isAboutIdentity(identity: Identity | null): boolean {
  return identity !== null && (identity.formerly !== null || identity.nextTokenHash !== null)
}
