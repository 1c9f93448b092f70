import type { ExplainAnswer } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import { Refusal } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import type { CustomerPart, Subject } from '../events/service.ts'
import { createAudiences, type Audiences } from './audiences.ts'
import {
  createDefinitionCache,
  type CompiledAudience,
  type Definitions,
  type Handle,
} from './definitions.ts'
import { createReconsideration, makeCustomersDue } from './due.ts'
import { explainFor, type Explained } from './explain.ts'
import { createFill } from './fill.ts'
import { askedOf, judge, type Judged, type Judgement } from './judge.ts'
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
  /** What is known of these customers, or the lists they are in, changed in this transaction without an event. */
  readonly customersChanged: (
    handle: Handle,
    shopId: number,
    customerIds: readonly number[],
  ) => Promise<void>
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
const PAUSE_MS = 250

export function createTargeting({ db, log, now, customerParts }: TargetingDeps): Targeting {
  const definitions = createDefinitionCache()
  const deps = { db, definitions, customerParts, now }
  const reconsider = createReconsideration(deps)
  const fill = createFill(deps)
  let isOver = false
  let filling = Promise.resolve()

  function fillInTurn(): Promise<void> {
    filling = filling.then(() => fill(() => isOver)).catch(report)
    return filling
  }

  function report(error: unknown): void {
    log.error({ err: error }, 'Audiences could not be brought up to date; it is tried again')
  }

  async function partsOf(handle: Handle, shopId: number, customerIds: readonly number[]) {
    if (customerIds.length === 0) return new Map<number, CustomerPart>()
    return customerParts(handle, shopId, customerIds)
  }

  async function judgeShop(
    handle: Handle,
    shopId: number,
    profiles: readonly ChangedProfile[],
  ): Promise<Judgement[]> {
    const found = (await definitions.of(handle, [shopId])).get(shopId)
    if (found === undefined) throw new Error(`There is no shop ${shopId}`)
    const at = now()
    const asking = profiles.map((profile) => ({ profile, asked: askedOf(profile, found, at) }))
    const parts = await partsOf(handle, shopId, customersAsked(asking, found))
    const changes = asking.map(({ profile, asked }) => {
      const { subject } = profile
      const customer = subject.kind === 'customer' ? parts.get(subject.id) : undefined
      const judged = customer === undefined ? profile : { ...profile, customer }
      return { subject, judgement: judge(judged, found, asked, at) }
    })
    await writeMembership(handle, changes, at)
    return changes.map(({ judgement }) => judgement)
  }

  return {
    audiences: createAudiences({ db, now, onChanged: () => void fillInTurn() }),
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
    customersChanged: (handle, shopId, customerIds) =>
      makeCustomersDue(handle, definitions, { shopId, customerIds, now: now() }),
    async explain(shopId, condition, whom) {
      const handle = { sql: db.sql, t: db.t }
      const explained = await explainFor(
        { handle, definitions, customerParts, now: now() },
        { shopId, condition: parseCondition(condition), whom },
      )
      if (explained === undefined) throw new Refusal('not_found', 'Nobody is known by that id')
      return explained
    },
    reconsider: () => reconsider(() => false),
    fill: fillInTurn,
    start() {
      isOver = false
      // What another node has left is filled by this one.
      const stopFilling = again(fillInTurn)
      const stopReconsidering = again(() => reconsider(() => isOver).catch(report))
      return async () => {
        isOver = true
        await Promise.all([stopFilling(), stopReconsidering(), filling])
      }
    },
  }
}

/** Runs `work`, which never fails, again and again; returns `stop`, which waits for its end. */
function again(work: () => Promise<void>): () => Promise<void> {
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  let round = run()

  async function run(): Promise<void> {
    await work()
    if (isOver) return
    timer = setTimeout(() => {
      round = run()
    }, PAUSE_MS)
  }

  return async () => {
    isOver = true
    clearTimeout(timer)
    await round
  }
}

/** Of whom something must be known that the profile does not say. */
function customersAsked(
  asking: readonly { readonly profile: ChangedProfile; readonly asked: ReadonlySet<CompiledAudience> }[],
  { readsCustomer }: Definitions,
): number[] {
  if (readsCustomer.size === 0) return []
  return asking.flatMap(({ profile: { subject }, asked }) =>
    subject.kind === 'customer' && [...asked].some((it) => readsCustomer.has(it))
      ? [subject.id]
      : [],
  )
}
