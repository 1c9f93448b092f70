import { joinProfiles, storedInputs } from '../events/service.ts'
import type { ProfileChange } from './update-profiles.ts'
import type { Statements, VisitorCustomer } from './statements.ts'

/** A visitor whose events have just become another's. */
export interface JoinedVisitor {
  readonly shopId: number
  readonly loser: number
  readonly loserCustomer: VisitorCustomer | null
  readonly winner: number
  readonly winnerCustomer: VisitorCustomer | null
  /** Rows of the loser's events. */
  readonly events: readonly number[]
}

interface JoinDeps {
  readonly statements: Statements
  readonly now: number
  /** Somebody's profile has become another's. */
  readonly forget: (subject: { kind: 'visitor'; shopId: number; id: number }) => Promise<void>
}

/**
 * Brings what the loser of a join did into the winner's profile, event by event, for its sessions may be the winner's
 * own. Whoever of the two was known is who both are.
 */
export async function adoptProfile(
  { statements, now, forget }: JoinDeps,
  { shopId, loser, winner, loserCustomer, winnerCustomer, events }: JoinedVisitor,
): Promise<ProfileChange> {
  const { transaction } = statements
  await statements.profiles.remove('visitor', shopId, loser)
  await forget({ kind: 'visitor', shopId, id: loser })
  if (winnerCustomer === null && loserCustomer !== null) {
    await joinProfiles(transaction, {
      from: { kind: 'visitor', shopId, id: winner },
      into: { kind: 'customer', shopId, id: loserCustomer.id },
      endsFrom: false,
      now,
    })
  }
  return {
    shopId,
    visitorRow: winner,
    // A customer whose visitor the loser was has counted these events.
    customerRow: loserCustomer === null ? (winnerCustomer?.id ?? null) : null,
    consent: null,
    events: await storedInputs(transaction, shopId, events),
  }
}
