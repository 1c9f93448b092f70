import { sameBytes } from '../core/tokens.ts'

export type TokenState = 'next' | 'active' | 'revoked'

export interface KnownToken {
  readonly hash: Buffer
  readonly state: TokenState
}

export interface TokenVerdict {
  readonly isForeign: boolean
  /** The presented token is the visitor's first. */
  readonly isFirst: boolean
  /** The presented token was waiting for its first use, which ends all others. */
  readonly endsOthers: boolean
  /** The announced next token is new and may be bound. */
  readonly bindsNext: boolean
  /** So many others wait for their first use that the oldest have to go before. */
  readonly isCrowded: boolean
}

/** Each page that identifies announces one, and no page need ever use it: only so many are worth a wait. */
export const MAX_NEXT_TOKENS = 10

const FOREIGN: TokenVerdict = {
  isForeign: true,
  isFirst: false,
  endsOthers: false,
  bindsNext: false,
  isCrowded: false,
}

/**
 * What presenting a token means for a visitor with these. The first token binds; another one counts as none; a next
 * one, announced with a good token, takes over at its first use. All revoked is not none: a new token stays foreign.
 */
export function judgeToken(
  known: readonly KnownToken[],
  presented: Buffer,
  next: Buffer | null,
): TokenVerdict {
  const match = known.find(({ hash }) => sameBytes(hash, presented))
  const isFirst = known.length === 0
  if (!isFirst && (match === undefined || match.state === 'revoked')) return FOREIGN
  const isNextKnown =
    next === null || sameBytes(next, presented) || known.some(({ hash }) => sameBytes(hash, next))
  const waiting = known.filter(({ state }) => state === 'next')
  return {
    isForeign: false,
    isFirst,
    endsOthers: match?.state === 'next',
    bindsNext: !isNextKnown,
    isCrowded: waiting.length >= MAX_NEXT_TOKENS,
  }
}
