import { LostRace } from '../db/postgres.ts'
import { claimOf, settleOwner, type Owner } from './identify.ts'
import type { IdentifiedBatch, PreparedBatch } from './prepared.ts'
import type { Statements } from './statements.ts'

/**
 * Who sent a request that brings no events, held until the transaction ends. Undefined where nobody may be known, or the
 * token is another's. A visitor that nobody has seen is made, and bound to its token, as its first events would do it.
 */
export async function holdAsker(
  statements: Statements,
  batch: PreparedBatch,
): Promise<Owner | undefined> {
  const asking = identifiedOf(batch)
  if (asking === undefined) return undefined
  const owner = (await findOwner(statements, asking)) ?? (await makeOwner(statements, asking))
  if (owner.isForeign) return undefined
  const held = { row: owner.visitorRow, customerRow: owner.customer?.id ?? null }
  const isStill = await statements.holdSubjects(batch.shopId, [held])
  if (!isStill) throw new LostRace('A visitor became somebody else meanwhile')
  return owner
}

/** The same without holding or making anybody. */
export async function findAsker(
  statements: Statements,
  batch: PreparedBatch,
): Promise<Owner | undefined> {
  const asking = identifiedOf(batch)
  const owner = asking && (await findOwner(statements, asking))
  return owner?.isForeign === true ? undefined : owner
}

function identifiedOf(batch: PreparedBatch): IdentifiedBatch | undefined {
  const { identity } = batch
  if (identity === null || identity.tokenHash === null) return undefined
  // What is told of the identity itself comes with events.
  return { ...batch, identity: { ...identity, nextTokenHash: null, formerly: null } }
}

/** A token that waits for its first use is as good as the one before it. */
async function findOwner(
  statements: Statements,
  asking: IdentifiedBatch,
): Promise<Owner | undefined> {
  const [known] = await statements.known([claimOf(asking)])
  if (!known) return undefined
  const { visitor, tokenState, session } = known
  return {
    visitorRow: visitor.joinedTo ?? visitor.row,
    visitorId: visitor.publicId,
    session,
    customer: visitor.customer,
    isForeign: tokenState !== 'active' && tokenState !== 'next',
  }
}

/** Its session begins with its first event. */
function makeOwner(statements: Statements, asking: IdentifiedBatch): Promise<Owner> {
  return settleOwner(statements, { ...asking, identity: { ...asking.identity, session: null } }, [])
}
