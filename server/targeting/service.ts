import type { ExplainAnswer } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import { Refusal } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import type { CustomerPart, Subject } from '../events/service.ts'
import { createAudiences, type Audiences } from './audiences.ts'
import { createDefinitionCache, type Handle } from './definitions.ts'
import { createReconsideration } from './due.ts'
import { explainFor, type Explained } from './explain.ts'
import { createFill } from './fill.ts'
import { judge, type Judged, type Judgement } from './judge.ts'
import { deleteMemberships, writeMembership } from './membership.ts'
import { parseCondition } from './parse-condition.ts'
import type { CustomerParts } from './rejudge.ts'

export type { Audiences } from './audiences.ts'
export type { Handle } from './definitions.ts'
export type { CustomerParts } from './rejudge.ts'

/** A profile as a commit hands it over; what is known of the customer is looked up here, if it is asked for. */
export type ChangedProfile = Omit<Judged, 'customer'>

export interface Targeting {
  readonly audiences: Audiences
  /**
   * Works out who joins and leaves audiences, and writes it, in the commit that changed the profiles, whose subjects it
   * holds. One answer a profile, in order; the profile's row is the caller's to write.
   */
  readonly judgeProfiles: (
    handle: Handle,
    profiles: readonly ChangedProfile[],
  ) => Promise<readonly Pick<Judgement, 'audiences' | 'reconsiderAt'>[]>
  /** Somebody's profile has become another's: it is a member of nothing any more. */
  readonly forget: (handle: Handle, subject: Subject) => Promise<void>
  /** Leaf by leaf what is true of a visitor or customer now, with the value seen. */
  readonly explain: (
    shopId: number,
    condition: Condition,
    whom: Explained,
  ) => Promise<ExplainAnswer>
  /** Resolves when memberships that time alone changes are right as of now. */
  readonly reconsider: () => Promise<void>
  /** Resolves when no audience is being filled. */
  readonly fill: () => Promise<void>
  /** Does both by itself from now on; returns `stop`, which waits for what is under way. */
  readonly start: () => () => Promise<void>
}

interface TargetingDeps {
  readonly db: Database
  readonly log: Pick<Log, 'error'>
  readonly now: () => number
  readonly customerParts: CustomerParts
}

/** So late at most is it seen that a window has ended. */
const RECONSIDER_EVERY_MS = 250

export function createTargeting({ db, log, now, customerParts }: TargetingDeps): Targeting {
  const definitions = createDefinitionCache()
  const deps = { db, definitions, customerParts, now }
  const reconsider = createReconsideration(deps)
  const fill = createFill(deps)
  let isOver = false
  let filling = Promise.resolve()

  function fillInTurn(): void {
    filling = filling.then(() => fill(() => isOver)).catch(report)
  }

  function report(error: unknown): void {
    log.error({ err: error }, 'Audiences could not be brought up to date; it is tried again')
  }

  async function judgeShop(
    handle: Handle,
    shopId: number,
    profiles: readonly ChangedProfile[],
  ): Promise<Judgement[]> {
    const found = (await definitions.of(handle, [shopId])).get(shopId)
    if (found === undefined) throw new Error(`There is no shop ${shopId}`)
    const at = now()
    const parts: ReadonlyMap<number, CustomerPart> = found.readsCustomers
      ? await customerParts(handle, shopId, customersAmong(profiles))
      : new Map()
    const judgements = profiles.map((profile) => {
      const { kind, id } = profile.subject
      const customer = kind === 'customer' ? parts.get(id) : undefined
      return judge({ ...profile, ...(customer !== undefined && { customer }) }, found, at)
    })
    const changes = profiles.flatMap(({ subject }, i) => {
      const judgement = judgements[i]
      return judgement === undefined ? [] : [{ subject, judgement }]
    })
    await writeMembership(handle, changes, at)
    return judgements
  }

  return {
    audiences: createAudiences({ db, now, onChanged: fillInTurn }),
    async judgeProfiles(handle, profiles) {
      const [first] = profiles
      if (first === undefined) return []
      const { shopId } = first.subject
      if (profiles.some(({ subject }) => subject.shopId !== shopId)) {
        throw new Error('Profiles of several shops are judged shop by shop')
      }
      return judgeShop(handle, shopId, profiles)
    },
    forget: deleteMemberships,
    async explain(shopId, condition, whom) {
      const handle = { sql: db.sql, t: db.t }
      const explained = await explainFor(
        { handle, definitions, customerParts, now: now() },
        { shopId, condition: parseCondition(condition), whom },
      )
      if (explained === undefined) throw new Refusal('not_found', 'Nobody is known by that id')
      return explained
    },
    reconsider,
    async fill() {
      fillInTurn()
      await filling
    },
    start() {
      isOver = false
      fillInTurn()
      let round = Promise.resolve()
      let isBusy = false
      const timer = setInterval(() => {
        if (isBusy) return
        isBusy = true
        round = reconsider()
          .catch(report)
          .finally(() => {
            isBusy = false
          })
      }, RECONSIDER_EVERY_MS)
      return async () => {
        isOver = true
        clearInterval(timer)
        await Promise.all([round, filling])
      }
    },
  }
}

function customersAmong(profiles: readonly ChangedProfile[]): number[] {
  return profiles.flatMap(({ subject }) => (subject.kind === 'customer' ? [subject.id] : []))
}
