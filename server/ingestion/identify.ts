import { and, eq } from 'drizzle-orm'
import { moveVisitorOrders } from '../customers/service.ts'
import { eventRowsOf, firstTouch, lastTouch } from '../events/service.ts'
import type { JoinedVisitor } from './joined-visitors.ts'
import type { IdentifiedBatch, PreparedBatch } from './prepared.ts'
import type {
  Claim,
  Known,
  SessionRow,
  Statements,
  VisitorCustomer,
  VisitorRow,
} from './statements.ts'
import { sameSessions, settleSession } from './settle-session.ts'
import { judgeToken, MAX_NEXT_TOKENS } from './visitor-tokens.ts'

/** A tab learns of the other within seconds. Whoever brings more than this means to keep the database busy. */
const MAX_JOIN_SIZE = 2_000

/** Whose events a batch's are, once the database has been asked. */
export interface Owner {
  readonly visitorRow: number
  readonly visitorId: Buffer
  readonly session: SessionRow | null
  readonly customer: VisitorCustomer | null
  /** The token was not this visitor's: its events are written, and nothing else of it changes. */
  readonly isForeign: boolean
}

export function claimOf({ shopId, identity }: IdentifiedBatch): Claim {
  const { visitorId, tokenHash, session } = identity
  return { shopId, visitorId, tokenHash, sessionId: session?.id ?? null }
}

/** The owner where nothing has to be written to know it, which is most of the time. */
export function settledOwner(batch: IdentifiedBatch, known: Known | null): Owner | undefined {
  const { identity, consent, events } = batch
  if (known === null) return undefined
  const hasToken = identity.tokenHash !== null
  if (hasToken && known.tokenState !== 'active') return undefined
  if (identity.nextTokenHash !== null || identity.formerly !== null) return undefined
  if (identity.session !== null && known.session === null && events.length > 0) return undefined
  if (hasToken && !isSameConsent(known.visitor.consent, consent)) return undefined
  return ownerOf(known.visitor, known.session, false)
}

/** The owner of a batch that brings something new: a visitor, a token, a session, a choice, another tab's identity. */
export async function settleOwner(
  statements: Statements,
  batch: IdentifiedBatch,
  joined: JoinedVisitor[],
): Promise<Owner> {
  const { shopId, identity } = batch
  const visitor = await lockOrInsert(statements, batch, identity.visitorId)
  const isForeign = await settleToken(statements, batch, visitor)
  const visitorRow = visitor.joinedTo ?? visitor.row
  // Who has no token has no choice to tell either.
  if (!isForeign && identity.tokenHash !== null) {
    if (!isSameConsent(visitor.consent, batch.consent)) {
      await statements.updateConsent(shopId, visitorRow, batch.consent)
    }
    if (identity.formerly !== null) {
      const join = await joinFormer(statements, batch, visitor)
      if (join !== undefined) joined.push(join)
    }
  }
  const session = await settleSession(statements, batch, { visitorRow, isForeign })
  return ownerOf(visitor, session, isForeign)
}

function ownerOf(visitor: VisitorRow, session: SessionRow | null, isForeign: boolean): Owner {
  return {
    visitorRow: visitor.joinedTo ?? visitor.row,
    visitorId: visitor.publicId,
    session,
    customer: visitor.customer,
    isForeign,
  }
}

async function lockOrInsert(
  statements: Statements,
  { shopId, consent, receivedAt }: IdentifiedBatch,
  publicId: Buffer,
): Promise<VisitorRow> {
  const visitor =
    (await statements.lockVisitor(shopId, publicId)) ??
    (await statements.insertVisitor(shopId, publicId, consent, receivedAt)) ??
    (await statements.lockVisitor(shopId, publicId))
  if (visitor === null) throw new Error('A visitor was neither found nor made')
  return visitor
}

/** Whether the token is foreign; writes what presenting it means. */
async function settleToken(
  statements: Statements,
  { shopId, identity, receivedAt }: IdentifiedBatch,
  { row }: VisitorRow,
): Promise<boolean> {
  const { tokenHash, nextTokenHash } = identity
  if (tokenHash === null) return false
  const tokens = await statements.tokensOf(shopId, row)
  const verdict = judgeToken(tokens, tokenHash, nextTokenHash)
  if (verdict.isFirst) {
    await statements.insertToken(shopId, row, { hash: tokenHash, state: 'active' }, receivedAt)
  }
  if (verdict.endsOthers) await statements.promoteToken(shopId, row, tokenHash)
  if (verdict.bindsNext && nextTokenHash !== null) {
    if (verdict.isCrowded) await statements.trimNextTokens(shopId, row, MAX_NEXT_TOKENS - 1)
    await statements.insertToken(shopId, row, { hash: nextTokenHash, state: 'next' }, receivedAt)
  }
  return verdict.isForeign
}

/**
 * Two tabs made an identity each before they knew of one another: the one given up joins the other, if its token fits.
 * When its events are still on their way, the row made here leads them to the winner.
 */
async function joinFormer(
  statements: Statements,
  batch: IdentifiedBatch,
  visitor: VisitorRow,
): Promise<JoinedVisitor | undefined> {
  const { shopId, identity, receivedAt } = batch
  const { formerly } = identity
  const winner = visitor.joinedTo ?? visitor.row
  if (formerly === null) return undefined
  const loser = await lockOrInsert(statements, batch, formerly.visitorId)
  if (loser.row === winner || loser.joinedTo !== null) return undefined
  const [loserCustomer, winnerCustomer] = [loser.customer, visitor.customer]
  // In the race of their first start somebody signed in here, and somebody else there.
  const areTwo = loserCustomer !== null && winnerCustomer !== null
  if (areTwo && loserCustomer.id !== winnerCustomer.id) return undefined
  const tokens = await statements.tokensOf(shopId, loser.row)
  const verdict = judgeToken(tokens, formerly.tokenHash, null)
  if (verdict.isForeign) return undefined
  const size = await statements.joinSize(shopId, loser.row, MAX_JOIN_SIZE)
  if (size >= MAX_JOIN_SIZE) return undefined
  if (verdict.isFirst) {
    const token = { hash: formerly.tokenHash, state: 'active' } as const
    await statements.insertToken(shopId, loser.row, token, receivedAt)
  }
  const [lost, won] = [
    await statements.touchesOf(shopId, loser.row),
    await statements.touchesOf(shopId, winner),
  ]
  const same = await sameSessions(statements, shopId, loser.row, winner)
  const events = await eventRowsOf(statements.transaction, shopId, loser.row, MAX_JOIN_SIZE)
  await statements.joinVisitor(shopId, loser.row, winner)
  const customerId = winnerCustomer?.id ?? loserCustomer?.id ?? null
  await moveVisitorOrders(statements.transaction, shopId, {
    from: loser.row,
    to: winner,
    customerId,
  })
  if (winnerCustomer === null && loserCustomer !== null) {
    const { isProven: isCustomerProven } = loserCustomer
    const { sql, t } = statements.transaction
    await sql
      .update(t.visitors)
      .set({ customerId, isCustomerProven })
      .where(and(eq(t.visitors.shopId, shopId), eq(t.visitors.id, winner)))
  }
  for (const pair of same) {
    const rows = { loser: pair.lost.row, winner: pair.kept.row }
    await statements.joinSession(shopId, winner, rows)
  }
  await statements.updateTouches(shopId, winner, {
    first: lost.first === null ? won.first : firstTouch(won.first, lost.first),
    last: lost.last === null ? won.last : lastTouch(won.last, lost.last),
  })
  const sessions = new Map(same.map(({ lost: { row }, kept }) => [row, kept.row]))
  return { shopId, loser: loser.row, loserCustomer, winner, winnerCustomer, events, sessions }
}

function isSameConsent(one: PreparedBatch['consent'], other: PreparedBatch['consent']): boolean {
  if (one === null || other === null) return one === other
  return (
    one.statistics === other.statistics &&
    one.personalisation === other.personalisation &&
    one.marketing === other.marketing &&
    one.gpc === other.gpc
  )
}
