import { randomBytes } from 'node:crypto'
import type {
  AudienceEstimate,
  AudienceGrowth,
  ExplainAnswer,
  TargetingSuggestions,
} from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import { again } from '../core/again.ts'
import { Refusal } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import type { Subject } from '../events/service.ts'
import { createAudiences, type AskerElsewhere, type Audiences } from './audiences.ts'
import { createDefinitionCache, type Handle } from './definitions.ts'
import { createReconsideration, makeChattersDue, makeCustomersDue, type Chatters } from './due.ts'
import { createEstimates } from './estimate.ts'
import { explainFor, type Explained } from './explain.ts'
import { createFill } from './fill.ts'
import { holdAudiences } from './gate.ts'
import { createGrowth } from './growth.ts'
import { createJudging, type JudgeProfiles } from './judge-profiles.ts'
import { createCountJoining } from './member-counts.ts'
import { deleteMemberships } from './membership.ts'
import { parseCondition } from './parse-condition.ts'
import type { Parts } from './rejudge.ts'
import type { TellFacts } from './tell-membership.ts'
import { createSuggestions } from './suggestions.ts'

export { asksFor, holdAskedFor, type Audiences } from './audiences.ts'
export { compileRegex } from './compare/regex.ts'
export { createCompiler, type CompiledCondition } from './compile.ts'
export type { Handle } from './definitions.ts'
export { gatherConditions, type GatheredConditions } from './gathered-conditions.ts'
export type { Chatters } from './due.ts'
export type { Facts } from './facts.ts'
export type { ChatParts } from './rejudge.ts'
export { factsOf } from './judge.ts'
export { readFacts, type Reading } from './reading.ts'
export { instantOf, wallTimeAt, weekdayOf, type WallTime } from './wall-clock.ts'
export { parseCondition } from './parse-condition.ts'

const OFTEN_MS = 250

export interface Targeting {
  readonly audiences: Audiences
  /** Before a commit locks anybody whose profile it is going to change: until it ends, no audience of these shops changes. */
  readonly hold: (handle: Handle, shopIds: Iterable<number>) => Promise<void>
  /**
   * Works out who joins and leaves audiences, and writes it, in the commit that changed the profiles, whose subjects it
   * holds. One answer a profile, in order; the profile's row is the caller's to write.
   */
  readonly judgeProfiles: JudgeProfiles
  /** Somebody's profile has become another's: it is a member of nothing any more. */
  readonly forget: (handle: Handle, subject: Subject) => Promise<void>
  /** What is known of these customers, or the lists they are in, changed in this transaction without an event. */
  readonly customersChanged: (
    handle: Handle,
    shopId: number,
    customerIds: readonly number[],
  ) => Promise<void>
  /** The same of what the chat knows of somebody; who that is is asked where an audience asks for it. */
  readonly chatChanged: (
    handle: Handle,
    shopId: number,
    whom: () => Promise<Chatters>,
  ) => Promise<void>
  /** Leaf by leaf what is true of a visitor or customer now, with the value seen. */
  readonly explain: (
    shopId: number,
    condition: Condition,
    whom: Explained,
  ) => Promise<ExplainAnswer>
  /** About how many it is true of now; ends early where nobody waits for it any more. */
  readonly estimate: (
    shopId: number,
    condition: Condition,
    isGone: () => boolean,
  ) => Promise<AudienceEstimate>
  /** How large the shop's audiences were on each of the last days. */
  readonly growth: (shopId: number, days: number) => Promise<AudienceGrowth[]>
  /** Values that a condition may mean. */
  readonly suggestions: (shopId: number) => Promise<TargetingSuggestions>
  /** Resolves when memberships that time alone changes are right as of now. */
  readonly reconsider: () => Promise<void>
  /** Resolves when no audience is being filled. */
  readonly fill: () => Promise<void>
  /** Does both by itself from now on; returns `stop`, which waits for what is under way. */
  readonly start: () => () => Promise<void>
}

interface TargetingDeps extends Parts {
  readonly db: Database
  readonly log: Pick<Log, 'error'>
  readonly now: () => number
  readonly askerElsewhere: AskerElsewhere
  /** Writes what shops' servers are told of who enters and leaves. */
  readonly tell: TellFacts
}

export function createTargeting(given: TargetingDeps): Targeting {
  const { db, log, now, customerParts, chatParts, askerElsewhere, tell } = given
  const definitions = createDefinitionCache()
  const deps = { db, definitions, customerParts, chatParts, now, tell }
  const reconsider = createReconsideration(deps)
  const fill = createFill(deps)
  const growth = createGrowth(deps)
  const joinCounts = createCountJoining(deps)
  const outside = { sql: db.sql, t: db.t }
  const estimates = createEstimates({
    ...deps,
    handle: outside,
    elapsed: () => performance.now(),
    newStart: () => randomBytes(16),
  })
  let isOver = false
  let filling = Promise.resolve()

  function fillInTurn(): Promise<void> {
    filling = filling.catch(() => undefined).then(() => fill(() => isOver))
    return filling
  }

  function report(error: unknown): void {
    log.error({ err: error }, 'Audiences could not be brought up to date; it is tried again')
  }

  return {
    audiences: createAudiences({
      db,
      now,
      askerElsewhere,
      onChanged: () => void fillInTurn().catch(report),
    }),
    hold: holdAudiences,
    judgeProfiles: createJudging(deps),
    forget: deleteMemberships,
    customersChanged: (handle, shopId, customerIds) =>
      makeCustomersDue(handle, definitions, { shopId, customerIds, now: now() }),
    chatChanged: (handle, shopId, whom) =>
      makeChattersDue(handle, definitions, { shopId, whom, now: now() }),
    async explain(shopId, condition, whom) {
      const handle = { sql: db.sql, t: db.t }
      const explained = await explainFor(
        { handle, definitions, customerParts, chatParts, now: now() },
        { shopId, condition: parseCondition(condition), whom },
      )
      if (explained === undefined) throw new Refusal('not_found', 'Nobody is known by that id')
      return explained
    },
    estimate: (shopId, condition, isGone) => estimates(shopId, parseCondition(condition), isGone),
    growth: (shopId, days) => growth.read(shopId, days),
    suggestions: createSuggestions({ handle: outside, now }),
    reconsider: () => reconsider(() => false),
    fill: fillInTurn,
    start() {
      isOver = false
      const often = { everyMs: OFTEN_MS, onFailure: report }
      // What another node has left is filled by this one.
      const stopFilling = again(fillInTurn, often)
      const stopReconsidering = again(() => reconsider(() => isOver), often)
      const stopGrowing = again(() => growth.writeSometimes(() => isOver), often)
      const stopJoining = again(() => joinCounts(() => isOver), often)
      return async () => {
        isOver = true
        const filled = filling.catch(() => undefined)
        await Promise.all([
          stopFilling(),
          stopReconsidering(),
          stopGrowing(),
          stopJoining(),
          filled,
        ])
      }
    },
  }
}
