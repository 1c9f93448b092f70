import { eq, sql as text } from 'drizzle-orm'
import { canonicalEvents } from '../events/service.ts'
import {
  createCompiler,
  gatherConditions,
  type CompiledCondition,
  type Handle,
} from '../targeting/service.ts'
import { keptFor } from '../db/kept-query.ts'
import type { KnownExperience, Running } from './known-experience.ts'
import { watchedNames } from './watched-names.ts'

/** Gives a shop's experiences as the handle sees them; reads and compiles again only what has been changed since. */
export interface RunningCache {
  /** Undefined: the shop has never had any. */
  readonly of: (handle: Handle, shopId: number) => Promise<Running | undefined>
}

interface Cached {
  readonly targetingEpoch: number
  readonly running: Running
}

export function createRunningCache(): RunningCache {
  const known = new Map<number, Cached>()

  return {
    async of(handle, shopId) {
      const [settings] = await settingsQuery(handle).execute({ shopId })
      if (settings === undefined) return undefined
      const { targetingEpoch, ...shop } = settings
      const before = known.get(shopId)
      const isSame =
        before?.running.epoch === shop.epoch &&
        before.running.timeZone === shop.timeZone &&
        before.targetingEpoch === targetingEpoch
      if (isSame) return before.running
      const running = { ...shop, ...(await load(handle, shopId)) }
      known.set(shopId, { targetingEpoch, running })
      return running
    },
  }
}

/** Every commit asks it. */
const settingsQuery = keptFor(({ sql, t: { experienceSettings: settings, shops } }: Handle) =>
  sql
    .select({
      epoch: settings.epoch,
      isOn: settings.isOn,
      perSession: settings.perSession,
      gapSeconds: settings.gapSeconds,
      timeZone: shops.timeZone,
      targetingEpoch: shops.targetingEpoch,
    })
    .from(settings)
    .innerJoin(shops, eq(shops.id, settings.shopId))
    .where(eq(settings.shopId, text.placeholder('shopId')))
    .prepare('experiences_of_shop'),
)

type Loaded = Omit<Running, 'epoch' | 'timeZone' | 'isOn' | 'perSession' | 'gapSeconds'>

async function load({ sql, t }: Handle, shopId: number): Promise<Loaded> {
  const { experiences: all, audiences } = t
  const { id, key, kind, state, priority, targeting, triggers, frequency, goal } = all
  const { startsAt, endsAt, createdAt, drawn } = all
  const who = { id, key, kind, state, priority, targeting, triggers, frequency, goal }
  const rows = await sql
    .select({ ...who, startsAt, endsAt, createdAt, drawn })
    .from(all)
    .where(eq(all.shopId, shopId))
  const asked = await sql
    .select({ id: audiences.id, condition: audiences.condition })
    .from(audiences)
    .where(eq(audiences.shopId, shopId))
  // One compiler for all: what several ask is worked out once.
  const compile = createCompiler()
  const compiled = new Map<string, CompiledCondition>()
  const known = rows.map((row) => {
    // Many are for everybody, or for the same page: those are asked once.
    const written = JSON.stringify(row.targeting)
    const targeting = compiled.get(written) ?? compile(row.targeting)
    compiled.set(written, targeting)
    return knownOf(row, targeting)
  })
  const active = known
    .filter(({ isActive }) => isActive)
    .toSorted((a, b) => b.priority - a.priority || a.id - b.id)
  const audienceReads = new Map(
    asked.map((audience) => [String(audience.id), compile(audience.condition).reads] as const),
  )
  return {
    byId: new Map(known.map((one) => [String(one.id), one])),
    active,
    targeted: gatherConditions(active.map((one) => [one, one.targeting] as const)),
    scheduled: active.filter(({ startsAt, endsAt }) => startsAt !== null || endsAt !== null),
    readsCustomer: active.some(({ targeting }) => targeting.reads.has('customer')),
    readsChat: active.some(({ targeting }) => targeting.reads.has('chat')),
    tellsName: active.some(({ tellsName }) => tellsName),
    byGoal: byGoal(known),
    watch: watchedNames(active, audienceReads),
  }
}

function byGoal(known: readonly KnownExperience[]): Map<string, KnownExperience[]> {
  const goals = new Map<string, KnownExperience[]>()
  for (const one of known) {
    const others = goals.get(one.goalName)
    if (others === undefined) goals.set(one.goalName, [one])
    else others.push(one)
  }
  return goals
}

type Tables = Handle['t']
type Row = Pick<
  Tables['experiences']['$inferSelect'],
  | 'id'
  | 'key'
  | 'kind'
  | 'state'
  | 'priority'
  | 'triggers'
  | 'frequency'
  | 'goal'
  | 'startsAt'
  | 'endsAt'
  | 'createdAt'
  | 'drawn'
>

function knownOf(
  { state, goal, drawn: content, ...row }: Row,
  targeting: CompiledCondition,
): KnownExperience {
  const written = JSON.stringify(content)
  return {
    ...row,
    targeting,
    content,
    isActive: state === 'active',
    isDraft: state === 'draft',
    goalName: canonicalName(goal.event),
    withinDays: goal.withinDays,
    isInterruption: content.layout.kind !== 'bar',
    tellsCart: TELLS_CART.test(written) || row.triggers.some(({ on }) => on === 'cartValue'),
    tellsName: TELLS_NAME.test(written),
  }
}

const TELLS_CART = /"kind":"goal"|"of":"cart"|\{\{\s*cart/
const TELLS_NAME = /\{\{\s*firstName/

function canonicalName(name: string): string {
  const [event] = canonicalEvents({ type: 'track', name, properties: null })
  return event?.name ?? name
}
