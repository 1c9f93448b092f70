import { eventRowsOfCustomer, joinProfiles, storedInputs } from '../events/service.ts'
import type { Move } from '../experiences/service.ts'
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
  /** Rows of the loser's sessions, by those of the winner's that they are the same as. */
  readonly sessions: ReadonlyMap<number, number>
}

interface JoinDeps {
  readonly statements: Statements
  readonly now: number
  /** Somebody's profile has become another's. */
  readonly forget: (subject: { kind: 'visitor'; shopId: number; id: number }) => Promise<void>
  /** What is counted by visitor or customer goes along. */
  readonly move: (move: Move) => Promise<void>
}

/** Reading more would keep everybody else waiting: whoever did more counts a session twice if both tabs were in it. */
const MAX_READ_AGAIN = 5_000

/**
 * Brings what the losers of joins did into the winners' profiles, event by event, for their sessions may be the winners'
 * own. Whoever of the two was known is who both are. `customers`: who each visitor is by now.
 */
export async function adoptProfiles(
  deps: JoinDeps,
  joined: readonly JoinedVisitor[],
  customers: ReadonlyMap<number, VisitorCustomer>,
): Promise<readonly ProfileChange[]> {
  const changes: ProfileChange[] = []
  const whole = new Map<number, ProfileChange>()
  for (const [i, join] of joined.entries()) {
    const later = joined.slice(i + 1)
    const customerRow = customers.get(standingFor(join.winner, later))?.id ?? null
    changes.push(await adoptProfile(deps, join, { later, customerRow }))
    if (join.loserCustomer === null || customerRow === null || whole.has(customerRow)) continue
    const anew = await readAgain(deps, join.shopId, customerRow)
    if (anew !== undefined) whole.set(customerRow, anew)
  }
  const others = changes.map((change) =>
    whole.has(change.customerRow ?? 0) ? { ...change, customerRow: null } : change,
  )
  return [...others, ...whole.values()]
}

/** The visitor that has taken this one's place, if one has. */
function standingFor(visitorRow: number, joined: readonly JoinedVisitor[]): number {
  return joined.reduce((row, { loser, winner }) => (loser === row ? winner : row), visitorRow)
}

interface Since {
  /** Joins after this one: the winner may have lost in one of them, and all its events with it. */
  readonly later: readonly JoinedVisitor[]
  readonly customerRow: number | null
}

async function adoptProfile(
  { statements, now, forget, move }: JoinDeps,
  { shopId, loser, winner, loserCustomer, winnerCustomer, events, sessions }: JoinedVisitor,
  { later, customerRow }: Since,
): Promise<ProfileChange> {
  const { transaction } = statements
  await statements.profiles.remove('visitor', shopId, loser)
  await forget({ kind: 'visitor', shopId, id: loser })
  const into =
    customerRow === null
      ? ({ kind: 'visitor', shopId, id: winner } as const)
      : ({ kind: 'customer', shopId, id: customerRow } as const)
  await move({ from: { kind: 'visitor', shopId, id: loser }, into, sessions })
  await move({ from: { kind: 'visitor', shopId, id: winner }, into })
  if (winnerCustomer === null && loserCustomer !== null && customerRow !== null) {
    await joinProfiles(transaction, {
      from: { kind: 'visitor', shopId, id: winner },
      into: { kind: 'customer', shopId, id: customerRow },
      endsFrom: false,
      now,
    })
  }
  const isLost = later.some((join) => join.loser === winner)
  // A customer whose visitor the loser was has counted these events, and a later join brings them all again.
  const isCounted = loserCustomer !== null || (isLost && winnerCustomer === null)
  return {
    shopId,
    visitorRow: isLost ? null : winner,
    customerRow: isCounted ? null : customerRow,
    consent: null,
    events: await storedInputs(transaction, shopId, events),
    isJoined: true,
  }
}

/**
 * A customer who was both visitors may have counted one session as two, which no sum can tell apart again: its profile
 * begins anew with all events of its visitors.
 */
async function readAgain(
  { statements: { transaction } }: JoinDeps,
  shopId: number,
  customerRow: number,
): Promise<ProfileChange | undefined> {
  const rows = await eventRowsOfCustomer(transaction, shopId, customerRow, MAX_READ_AGAIN)
  if (rows.length === MAX_READ_AGAIN) return undefined
  const events = await storedInputs(transaction, shopId, rows)
  return {
    shopId,
    visitorRow: null,
    customerRow,
    consent: null,
    events,
    isWhole: true,
    isJoined: true,
  }
}
